/**
 * The norms: every number of the standard, with the standard's value as default (standard.md, introduction). A meeting
 * carries its own copy, so that a later change of the organisation's norms never rewrites a meeting under way.
 * Units are in the names; `Wd` = working days; clock times are local to the meeting's zone.
 */
export interface Norms {
  version: number;
  /** P2 */
  durationMinMinutes: number;
  durationMaxMinutes: number;
  durationCapMinutes: number;
  /** P4 */
  participantsHintFrom: number;
  participantsCap: number;
  participantsEmergencyCap: number;
  participantsMin: number;
  /** P7, P9 */
  openDiscussionMinutes: number;
  breakMinutes: number;
  breakFromMinutes: number;
  /** P8 */
  materialsDueAt: string;
  materialsAfterNoticeWorkingHours: number;
  /** N1, N2, N4, X1 */
  noticeHours: number;
  emergencyLeadMinutes: number;
  replyReminderAt: string;
  keyReplyReminderAt: string;
  /** E3: how long before the start people may sign in. */
  signInMinutes: number;
  /** E6, E7 */
  speakingMinutes: number;
  speakingSharePercent: number;
  speakingShareFromDepartments: number;
  /** N1: a draft nearing its limit, on each of the last working days before it. */
  draftReminderAt: string;
  draftReminderWd: number;
  /** N3 */
  alternateAt: string;
  /** N4 */
  changeBundleSeconds: number;
  cancelUndoSeconds: number;
  /** E1, E2 */
  preReadAt: string;
  hostBriefAt: string;
  /** E8, E9 */
  majorityFloor: number;
  majorityFloorFrom: number;
  /** E15, H11, lapsing */
  openEarlyMinutes: number;
  notOpenedFirstMinutes: number;
  notOpenedSecondMinutes: number;
  lapseAfterEndHours: number;
  autoCloseAfterEndHours: number;
  autoCloseIdleMinutes: number;
  /** E15: beyond that it is the next meeting, not the same one. */
  adjournMaxDays: number;
  /** M1–M3 */
  minutesHours: number;
  minutesReminderAt: string;
  objectionWd: number;
  reopenHours: number;
  /** M2: the next meeting, where no deadline is open. */
  nextMeetingWd: number;
  /** M3: then an objection stands as unanswered and holds nothing up. */
  objectionTimesAsked: number;
  /** F1–F3 */
  actionReminderWdBefore: number;
  /** H2: the clock time of the day's digest, on the recipient's calendar and clock. */
  reminderAt: string;
  /** H2: automatic mails that go singly to one person about one meeting before its start. */
  remindersBeforeStart: number;
  acceptSilenceWd: number;
  newDateMaxWd: number;
  ownerSilentWd: number;
  coordinatorSilentWd: number;
  silentExtensionWd: number;
  missesToEscalate: number;
  decisionWd: number;
  decisionTopDays: number;
  /** F2: an accepted block is asked about again after this long. */
  blockedRecheckWd: number;
  /** F4 */
  topicStuckMeetings: number;
  topicStuckWd: number;
  /** F5, F6 */
  surveyWd: number;
  emergencySurveyWd: number;
  surveyReminderWdBefore: number;
  surveyMinForMean: number;
  surveyMinForSuggestions: number;
  planBelow: number;
  planDueWd: number;
  /** The person or department that acts as PMO; unset = skipped. */
  pmo?: { person?: string; department?: string };
}

/** The standard's own values. */
export const defaultNorms: Norms = {
  version: 1,
  durationMinMinutes: 30,
  durationMaxMinutes: 60,
  durationCapMinutes: 240,
  participantsHintFrom: 11,
  participantsCap: 15,
  participantsEmergencyCap: 30,
  participantsMin: 2,
  openDiscussionMinutes: 10,
  breakMinutes: 15,
  breakFromMinutes: 90,
  materialsDueAt: '12:00',
  materialsAfterNoticeWorkingHours: 4,
  noticeHours: 24,
  emergencyLeadMinutes: 15,
  replyReminderAt: '10:00',
  keyReplyReminderAt: '15:00',
  signInMinutes: 60,
  speakingMinutes: 3,
  speakingSharePercent: 50,
  speakingShareFromDepartments: 3,
  draftReminderAt: '10:00',
  draftReminderWd: 2,
  alternateAt: '16:00',
  changeBundleSeconds: 60,
  cancelUndoSeconds: 10,
  preReadAt: '14:00',
  hostBriefAt: '17:00',
  majorityFloor: 5,
  majorityFloorFrom: 7,
  openEarlyMinutes: 15,
  notOpenedFirstMinutes: 10,
  notOpenedSecondMinutes: 30,
  lapseAfterEndHours: 4,
  autoCloseAfterEndHours: 4,
  autoCloseIdleMinutes: 60,
  adjournMaxDays: 90,
  minutesHours: 24,
  minutesReminderAt: '09:30',
  objectionWd: 2,
  reopenHours: 24,
  nextMeetingWd: 10,
  objectionTimesAsked: 2,
  actionReminderWdBefore: 1,
  reminderAt: '08:40',
  remindersBeforeStart: 3,
  acceptSilenceWd: 2,
  newDateMaxWd: 10,
  ownerSilentWd: 1,
  coordinatorSilentWd: 1,
  silentExtensionWd: 3,
  missesToEscalate: 3,
  decisionWd: 3,
  decisionTopDays: 7,
  blockedRecheckWd: 5,
  topicStuckMeetings: 3,
  topicStuckWd: 1,
  surveyWd: 3,
  emergencySurveyWd: 1,
  surveyReminderWdBefore: 1,
  surveyMinForMean: 3,
  surveyMinForSuggestions: 5,
  planBelow: 3,
  planDueWd: 5,
};
