/**
 * Y1: what each norm is: its rule, its unit, and what an organisation may set it to. Bounds are where a value would no longer
 * be that norm: a notice of no hours, a survey whose mean says who answered (F5).
 */
import type { Norms } from './norms.js';

/** Every norm that is a number or a clock time. */
export type NormName = Exclude<keyof Norms, 'version' | 'pmo'>;
export type NormUnit =
  'minutes' | 'seconds' | 'hours' | 'workingHours' | 'wd' | 'days' | 'people' | 'percent' | 'times' | 'score' | 'time';

interface NumberRule {
  rule: string;
  unit: Exclude<NormUnit, 'time'>;
  min: number;
  max: number;
}
/** Local clock times, `HH:MM`. */
interface TimeRule {
  rule: string;
  unit: 'time';
  min: string;
  max: string;
}
export type NormRule = NumberRule | TimeRule;

const number =
  (unit: NumberRule['unit']) =>
  (rule: string, min: number, max: number): NumberRule => ({ rule, unit, min, max });
const minutes = number('minutes');
const hours = number('hours');
const wd = number('wd');
const people = number('people');
const times = number('times');
const time = (rule: string, min = '06:00', max = '22:00'): TimeRule => ({ rule, unit: 'time', min, max });

/** In the order of the standard, in which they are shown. */
export const normTable: Record<NormName, NormRule> = {
  durationMinMinutes: minutes('P2', 5, 240),
  durationMaxMinutes: minutes('P2', 15, 480),
  durationCapMinutes: minutes('P2', 30, 720),
  participantsHintFrom: people('P4', 3, 100),
  participantsCap: people('P4', 3, 100),
  participantsEmergencyCap: people('X1', 3, 100),
  participantsMin: people('P3', 2, 10),
  openDiscussionMinutes: minutes('P7', 0, 60),
  breakMinutes: minutes('P9', 0, 60),
  breakFromMinutes: minutes('P9', 30, 720),
  materialsDueAt: time('P8'),
  materialsAfterNoticeWorkingHours: number('workingHours')('P8', 0, 40),
  noticeHours: hours('N1', 1, 336),
  emergencyLeadMinutes: minutes('X1', 5, 1_440),
  draftReminderAt: time('N1'),
  draftReminderWd: wd('N1', 1, 10),
  replyReminderAt: time('N2'),
  keyReplyReminderAt: time('N2'),
  alternateAt: time('N3'),
  changeBundleSeconds: number('seconds')('N4', 10, 600),
  cancelUndoSeconds: number('seconds')('N4', 5, 300),
  preReadAt: time('E1'),
  hostBriefAt: time('E2'),
  signInMinutes: minutes('E3', 5, 240),
  speakingMinutes: minutes('E6', 1, 30),
  speakingSharePercent: number('percent')('E7', 20, 100),
  speakingShareFromDepartments: times('E7', 2, 20),
  majorityFloor: people('E9', 1, 50),
  majorityFloorFrom: people('E9', 1, 100),
  openEarlyMinutes: minutes('H11', 0, 60),
  notOpenedFirstMinutes: minutes('E15', 1, 120),
  notOpenedSecondMinutes: minutes('E15', 2, 240),
  lapseAfterEndHours: hours('E15', 1, 72),
  autoCloseAfterEndHours: hours('E15', 1, 72),
  autoCloseIdleMinutes: minutes('E15', 10, 480),
  adjournMaxDays: number('days')('E15', 1, 365),
  minutesHours: hours('M1', 1, 168),
  minutesReminderAt: time('M1'),
  nextMeetingWd: wd('M2', 1, 60),
  objectionWd: wd('M3', 1, 20),
  objectionTimesAsked: times('M3', 1, 5),
  reopenHours: hours('M3', 1, 168),
  actionReminderWdBefore: wd('F1', 1, 10),
  acceptSilenceWd: wd('F1', 1, 20),
  reminderAt: time('H2', '08:30', '18:00'),
  remindersBeforeStart: times('H2', 0, 20),
  newDateMaxWd: wd('F2', 1, 60),
  ownerSilentWd: wd('F2', 1, 10),
  coordinatorSilentWd: wd('F2', 1, 10),
  silentExtensionWd: wd('F2', 1, 20),
  blockedRecheckWd: wd('F2', 1, 40),
  missesToEscalate: times('F3', 2, 10),
  decisionWd: wd('F3', 1, 20),
  decisionTopDays: number('days')('F3', 1, 60),
  topicStuckMeetings: times('F4', 2, 10),
  topicStuckWd: wd('F4', 1, 20),
  surveyWd: wd('F5', 1, 20),
  emergencySurveyWd: wd('X1', 1, 20),
  surveyReminderWdBefore: wd('F5', 1, 10),
  surveyMinForMean: people('F5', 3, 20),
  surveyMinForSuggestions: people('F5', 5, 50),
  planBelow: number('score')('F6', 1, 5),
  planDueWd: wd('F6', 1, 60),
};

export const normNames = Object.keys(normTable) as NormName[];

/**
 * What goes together: the first may not be more than the second. In the second's unit, `factor` times; `slack`: by how much
 * it may be more.
 */
export const normOrder: { less: NormName; more: NormName; factor?: number; slack?: number }[] = [
  { less: 'durationMinMinutes', more: 'durationMaxMinutes' },
  { less: 'durationMaxMinutes', more: 'durationCapMinutes' },
  { less: 'participantsMin', more: 'participantsCap' },
  { less: 'participantsCap', more: 'participantsEmergencyCap' },
  // A hint that comes after the refusal would say nothing; the same as the cap plus one turns it off.
  { less: 'participantsHintFrom', more: 'participantsCap', slack: 1 },
  { less: 'openDiscussionMinutes', more: 'durationMinMinutes' },
  { less: 'breakMinutes', more: 'breakFromMinutes' },
  { less: 'emergencyLeadMinutes', more: 'noticeHours', factor: 60 },
  { less: 'replyReminderAt', more: 'keyReplyReminderAt' },
  { less: 'keyReplyReminderAt', more: 'alternateAt' },
  { less: 'openEarlyMinutes', more: 'signInMinutes' },
  // E9: else an electorate of the smallest size could never decide.
  { less: 'majorityFloor', more: 'majorityFloorFrom' },
  { less: 'notOpenedFirstMinutes', more: 'notOpenedSecondMinutes' },
  { less: 'notOpenedSecondMinutes', more: 'lapseAfterEndHours', factor: 60 },
  { less: 'autoCloseIdleMinutes', more: 'autoCloseAfterEndHours', factor: 60 },
  { less: 'emergencySurveyWd', more: 'surveyWd' },
  { less: 'surveyReminderWdBefore', more: 'surveyWd' },
  { less: 'surveyMinForMean', more: 'surveyMinForSuggestions' },
];
