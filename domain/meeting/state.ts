/** The meeting's state, and its timers as data. Its parts: words.ts, held.ts, tracked.ts. */
import type { Instant, WorkingCalendar, ZoneData } from '../calendar/index.js';
import type { Fault } from '../errors.js';
import type { Adjournment, Floor } from './floor.js';
import type { Alternate, Cancelling, PendingChange, WrittenInput } from './before.js';
import type { Participant, Topic, Reading, Rsvp, Attendance, KeyPoint, Vote, HeldReply, TimeProposal } from './held.js';
import type { Norms } from '../norms.js';
import type { Action, Plan, FollowUpTask, MinutesState, Reopening, SurveyState } from './tracked.js';
import type { MeetingId, TopicId, PersonId, DepartmentId, Phase, MeetingKind, IssueKind, Locale, By } from './words.js';

export type * from './floor.js';
export type * from './before.js';
export type * from './held.js';
export type * from './tracked.js';
export type * from './words.js';

/** A durable timer, as data: the workflow shell keeps one engine timer per entry. `key` is unique in a meeting. */
export interface Timer {
  key: string;
  kind: TimerKind;
  at: Instant;
  ref?: string;
}

export type TimerKind =
  | 'lapse'
  | 'draftReminder'
  | 'autoPublish'
  | 'replyReminder'
  | 'keyReplyReminder'
  | 'preRead'
  | 'alternateCheck'
  | 'hostBrief'
  | 'changeMail'
  | 'cancelFinal'
  | 'notOpenedFirst'
  | 'notOpenedSecond'
  | 'plannedEnd'
  | 'autoClose'
  | 'minutesMorning'
  | 'minutesLastHour'
  | 'minutesLimit'
  | 'objectionsEnd'
  | 'objectionSilent'
  | 'surveyReminder'
  | 'surveyEnd'
  | 'reminder'
  | 'missed'
  | 'ownerSilent'
  | 'coordinatorSilent'
  | 'acceptSilence'
  | 'decisionSilent'
  | 'blockCheck'
  | 'topicSilent'
  | 'digest';

export interface MeetingState {
  schemaVersion: 1;
  id: MeetingId;
  /** Rises by one with every change. */
  revision: number;
  /** Last number given per letter, for ids inside the meeting. */
  counters: Record<string, number>;
  phase: Phase;
  kind: MeetingKind;
  emergencyReason?: string;
  title: string;
  goal: string;
  sharedGoal?: string;
  /** H10: hidden from everyone without a part in it, in lists, search and reports too. */
  confidential?: boolean;
  issueKind: IssueKind;
  complex: boolean;
  startsAt: Instant;
  zone: ZoneData;
  calendar: WorkingCalendar;
  norms: Norms;
  durationMinutes: number;
  /** N1 and E15: the end as announced, moved by extend. */
  plannedEndAt: Instant;
  place?: string;
  onlineLink?: string;
  initiator: { department: DepartmentId; person: PersonId };
  host: PersonId;
  deputyHost?: PersonId;
  coordinator?: PersonId;
  recorder?: PersonId;
  sponsor?: PersonId;
  participants: Participant[];
  supportDepartments: { department: DepartmentId; person: PersonId }[];
  agenda: Topic[];
  openDiscussionMinutes: number;
  breakMinutes: number;
  /** P9: a released story, told in this meeting. */
  successStory?: { id: string; title: string };
  capReason?: string;
  locale: Locale;
  /** M4: the minutes are in both. */
  secondLocale?: Locale;
  seriesId?: string;
  /** S1: the series publishes this draft so many days before its start. */
  publishDaysBefore?: number;
  /** S1: the meeting of the series held before this one. */
  previousMeeting?: MeetingId;
  /** S1, M2: when the series meets next, as far as it was known when the backlog was asked for. */
  nextInSeries?: Instant;
  /** S1: carried topics that were taken off this agenda again. */
  leftOut?: TopicId[];
  /** It has asked for topics of other meetings. */
  took?: true;
  /** H4: who held an office before they left. */
  formerOfficers?: FormerOfficer[];
  /** Hints that were given and are kept and reported (P2, P4, P8 …). */
  warnings: Fault[];
  createdAt: Instant;
  createdBy: By;
  /** Hash of the creating request, for a repeated Idempotency-Key. */
  requestHash?: string;
  publishedAt?: Instant;
  /** E15: who opened, when not the host. */
  actingHost?: PersonId;
  openedAt?: Instant;
  endReachedAt?: Instant;
  closedAt?: Instant;
  closedBy?: 'host' | 'clock';
  endedAt?: Instant;
  cancelReason?: string;
  /** Last recorded event of the execution phase (E15, M1). */
  lastEventAt?: Instant;
  rsvps: Record<PersonId, Rsvp>;
  /** E1 */
  readings?: Record<PersonId, Reading>;
  /** N3: who was asked for an alternate. */
  alternates?: Alternate[];
  /** N3: the texts are in the archive under their hash. */
  writtenInputs?: WrittenInput[];
  /** P8: who was asked to present or prepare something without being invited. */
  preparing?: PersonId[];
  /** N4: changed, and not told yet. */
  pendingChange?: PendingChange;
  /** N4: cancelled, and may be undone for some seconds. */
  cancelling?: Cancelling;
  /** N2: by calendar programs. */
  proposals?: TimeProposal[];
  heldReplies?: HeldReply[];
  attendance: Record<PersonId, Attendance>;
  keyPoints: KeyPoint[];
  votes: Vote[];
  /** E6, E10, E12, E13: turns, parking lot, groups, analyses, notes; absent until there is one. */
  floor?: Floor;
  /** E15: each time the sitting was interrupted; the last one without `resumedAt`: it is now. */
  adjournments?: Adjournment[];
  actions: Action[];
  plans: Plan[];
  tasks: FollowUpTask[];
  minutes?: MinutesState;
  /** M3: closes that were taken back, with the versions of their minutes and the objections to them. */
  reopenings?: Reopening[];
  survey?: SurveyState;
  /** F6, at the end; null = not rated. */
  effectiveness?: number | null;
  /** H1: whose clocks were asked for, and those that are not the meeting's; likewise the calendars, each once. */
  clocks?: {
    asked: PersonId[];
    away: Record<PersonId, ZoneData>;
    calendars?: Record<string, WorkingCalendar>;
    works?: Record<PersonId, string>;
  };
  /** H2: what reminders before the start became, per person. */
  reminded?: Record<PersonId, Reminded>;
  /** H2: days whose digest tells somebody of a decision; the meeting's end does not take that away. */
  digestNews?: Instant[];
  timers: Timer[];
  /** Of a view only: made for somebody from outside (H7, visibility.ts). */
  outside?: boolean;
}

export interface FormerOfficer {
  office: 'host' | 'deputyHost' | 'actingHost' | 'coordinator' | 'recorder' | 'initiator';
  person: PersonId;
  /** Up to which revision. */
  revision: number;
}

/** H2: sent singly; beyond the most, put into the digest; left out, since no digest comes before the start. */
export interface Reminded {
  sent: number;
  digest: number;
  dropped: number;
}
