import type { Instant, LocalDate, WorkingCalendar, ZoneData } from '../calendar/index.js';
import type { Fault } from '../errors.js';
import type { Norms } from '../norms.js';

/** Opaque ids. Everything inside a meeting is `<meetingId>-<letter><n>` (design §3, Ids). */
export type MeetingId = string;
export type PersonId = string;
export type DepartmentId = string;
export type TopicId = string;

/** standard.md, Phases. */
export type Phase = 'preparation' | 'notice' | 'execution' | 'minutes' | 'followUp' | 'closed' | 'cancelled' | 'lapsed';
export type MeetingKind = 'regular' | 'emergency';
export type IssueKind = 'progress' | 'resources' | 'process' | 'other';
export type Locale = 'zh-TW' | 'zh-CN' | 'en';
/** P3: head, core and support vote; observer and external do not. */
export type ParticipantRole = 'head' | 'core' | 'support' | 'observer' | 'external';
export type Reply = 'accepted' | 'declined' | 'tentative';
export type Outcome = 'decided' | 'informed' | 'deferred' | 'dropped';
/** E9: on what a topic's decision rests. */
export type Basis = 'vote' | 'noObjection' | 'ruling';
export type KeyPointKind = 'information' | 'decision' | 'concern';
export type Choice = 'agree' | 'against' | 'neutral';
export type TrackedStatus = 'open' | 'overdue' | 'escalated' | 'reported' | 'done' | 'cancelled';
export type TaskKind = 'talk' | 'escalation' | 'improvementPlan';

/** Who did something, and how it came (H8: entered for someone; link, page, API). Person ids only. */
export interface By {
  person?: PersonId;
  /** The key's id when no person stands behind it. */
  key?: string;
  via: 'api' | 'link' | 'clock' | 'engine';
}

export interface Participant {
  person: PersonId;
  department: DepartmentId;
  role: ParticipantRole;
  key: boolean;
  topics: TopicId[];
}

export interface Material {
  id: string;
  title: string;
  owner: PersonId;
  dueAt: Instant;
  link?: string;
}

/** E11 */
export interface Deferral {
  factQuestion?: string;
  department?: DepartmentId;
  bringsMaterial?: string;
  date?: LocalDate;
  /** unreached: the meeting ended before it was called; interrupted: it was live at the close. */
  reason: 'facts' | 'unreached' | 'interrupted';
}

export interface Topic {
  topicId: TopicId;
  title: string;
  minutes: number;
  /** 1 first; equal ones keep `order` (P5). */
  priority: number;
  order: number;
  department?: DepartmentId;
  presenter?: PersonId;
  expectedConclusion?: string;
  materials: Material[];
  status: 'planned' | 'live' | 'finished';
  /** E4: planned and actual; a topic can be live more than once. */
  startedAt?: Instant;
  endedAt?: Instant;
  spentMs: number;
  outcome?: Outcome;
  basis?: Basis;
  conclusion?: string;
  deferral?: Deferral;
}

export interface Rsvp {
  reply: Reply;
  comment?: string;
  delegate?: PersonId;
  at: Instant;
  by: By;
}

/** E3 */
export interface Attendance {
  present: boolean;
  log: { at: Instant; present: boolean; by: By }[];
}

/** E5 */
export interface KeyPoint {
  id: string;
  topicId: TopicId;
  text: string;
  kind: KeyPointKind;
  department?: DepartmentId;
  dueAt?: Instant;
  at: Instant;
  by: By;
}

export interface Tally {
  agree: number;
  against: number;
  neutral: number;
}

/** E8, E9. Who has voted is in the archive's box, never here. */
export interface Vote {
  id: string;
  topicId: TopicId;
  motion: string;
  secret: boolean;
  status: 'open' | 'counting' | 'closed';
  /** Present seats with a vote, frozen at the opening. */
  electorate: PersonId[];
  required: number;
  openedAt: Instant;
  complete: boolean;
  closedAt?: Instant;
  tally?: Tally;
  passed?: boolean;
}

export interface ProgressNote {
  at: Instant;
  by: By;
  percent?: number;
  note?: string;
}

/** What the one deadline machine moves: an action or an improvement plan (F1–F3, F6). */
export interface Tracked {
  id: string;
  owner: PersonId;
  department?: DepartmentId;
  status: TrackedStatus;
  dueAt: Instant;
  firstDueAt: Instant;
  /** Every due date it had, with the reason for the move; a missed one stays visible. */
  dues: { dueAt: Instant; setAt: Instant; by: By; missed: boolean; reason?: string }[];
  /** Misses since the last decision (F3: a decision resets the count). */
  missed: number;
  /** All misses of its life. */
  missedTotal: number;
  /** What the owner said blocks it, newest last. */
  obstacles: { at: Instant; by: By; text: string }[];
  percent: number;
  notes: ProgressNote[];
  /** How often it was reported done; more than once when a check sent it back (F1). */
  reports: number;
  reportedAt?: Instant;
  reportedBy?: By;
  endedAt?: Instant;
  /** F3: a cancellation by decision is left out of the completion rate. */
  cancelledByDecision?: boolean;
  createdAt: Instant;
  createdBy: By;
}

/** E14: one owner, lead and supporting departments. */
export interface Action extends Tracked {
  task: string;
  topicId?: TopicId;
  supporting: DepartmentId[];
}

/** F6: runs the same ladder as an action. */
export interface Plan extends Tracked {
  kind: 'improvementPlan';
  reason: 'survey' | 'effectiveness';
  score: number;
  text?: string;
}

/** F2, F3: what a person is asked to do about an action or plan; runs no ladder of its own. */
export interface FollowUpTask {
  id: string;
  kind: 'talk' | 'escalation';
  /** The action or plan it is about. */
  about: string;
  assignee?: PersonId;
  status: 'open' | 'done' | 'moot';
  /** When the silence rule acts: talk → new date set by the clock; escalation → one up. */
  dueAt: Instant;
  /** How often somebody was mailed about it; names the mails' occasions. */
  asked: number;
  createdAt: Instant;
  endedAt?: Instant;
  endedBy?: By;
  result?: string;
  /** talk: with whom, when, and the date agreed on (F2). */
  talk?: { with: PersonId; at: Instant; newDueAt: Instant };
  /** escalation: the chain found at the third miss, and where it stands. */
  chain?: PersonId[];
  step?: number;
  decision?: Decision;
}

/** F3: the four decisions. */
export interface Decision {
  decision: 'reassign' | 'simplify' | 'cancel' | 'extend';
  reason?: string;
  owner?: PersonId;
  department?: DepartmentId;
  task?: string;
  dueAt?: Instant;
}

/** M1–M2. The text lives in the archive under its hash. */
export interface MinutesState {
  version: number;
  hash?: string;
  /** Corrections of the draft before it is sent. */
  edits: { at: Instant; by: By; version: number; hash: string }[];
  dueAt: Instant;
  nextMeetingAt?: Instant;
  confirmedAt?: Instant;
  confirmedBy?: By;
  sentAt?: Instant;
  /** Sent at the limit as "draft, not confirmed". */
  sentAsDraft?: boolean;
  /** Confirmed or sent after the limit. */
  late?: boolean;
  objectionsUntil?: Instant;
}

/** F5, F6. Answers are in the archive's box, never here. */
export interface SurveyState {
  eligible: PersonId[];
  opensAt: Instant;
  closesAt: Instant;
  status: 'opening' | 'open' | 'closing' | 'published';
  answers?: number;
  /** From surveyMinForMean answers on. */
  mean?: number;
  publishedAt?: Instant;
}

/** A durable timer, as data: the workflow shell keeps one engine timer per entry. `key` is unique in a meeting. */
export interface Timer {
  key: string;
  kind: TimerKind;
  at: Instant;
  ref?: string;
}

export type TimerKind =
  | 'lapse'
  | 'replyReminder'
  | 'keyReplyReminder'
  | 'notOpenedFirst'
  | 'notOpenedSecond'
  | 'plannedEnd'
  | 'autoClose'
  | 'minutesMorning'
  | 'minutesLastHour'
  | 'minutesLimit'
  | 'objectionsEnd'
  | 'surveyReminder'
  | 'surveyEnd'
  | 'reminder'
  | 'missed'
  | 'ownerSilent'
  | 'coordinatorSilent'
  | 'acceptSilence'
  | 'decisionSilent';

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
  capReason?: string;
  locale: Locale;
  seriesId?: string;
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
  attendance: Record<PersonId, Attendance>;
  keyPoints: KeyPoint[];
  votes: Vote[];
  actions: Action[];
  plans: Plan[];
  tasks: FollowUpTask[];
  minutes?: MinutesState;
  survey?: SurveyState;
  /** F6, at the end; null = not rated. */
  effectiveness?: number | null;
  timers: Timer[];
}
