/** What is followed up: actions, plans, tasks, minutes, the survey. */
import type { Instant } from '../calendar/index.js';
import type { PersonId, DepartmentId, TopicId, TrackedStatus, By } from './words.js';

/** F2: "blocked by department X": said by the owner, and while the coordinator accepts it no date is missed. */
export interface Block {
  department: DepartmentId;
  note?: string;
  at: Instant;
  by: By;
  /** How often somebody was asked whether it holds; names the mails' occasions. */
  asked: number;
  /** How often it was accepted, or went to another department; the same. */
  changes?: number;
  acceptedAt?: Instant;
  acceptedBy?: By;
  /** Who leads the department and was asked to help. */
  head?: PersonId;
  /** When it is asked again whether it still holds, so that nothing sleeps for ever. */
  until?: Instant;
  /** Asked again at `until`; silence then ends it. */
  rechecking?: boolean;
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
  obstacles: { at: Instant; by: By; text: string; department?: DepartmentId }[];
  /** What it waits for, as said or accepted (F2). */
  block?: Block;
  /** H5: departments it belonged to before a reorganisation. */
  formerDepartments?: { department: DepartmentId; until: Instant }[];
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
  /** H7: who in the house an external owner turns to, and who may report for them. */
  internalContact?: PersonId;
  /** M3: taken back as recorded wrongly. */
  withdrawn?: { at: Instant; by: By; reason: string };
  /** M3: how often the record was corrected; names the mails' occasions. */
  corrected?: number;
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
  kind: 'talk' | 'escalation' | 'topicStuck';
  /** The action or plan it is about; of topicStuck the topic. */
  about: string;
  /** escalation: why, when not for three misses. */
  cause?: 'ownerLeft';
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
  /** topicStuck: what was chosen (F4), and for how many meetings in a row it had unfinished actions. */
  choice?: TopicChoice;
  timesCarried?: number;
  /** topicStuck: of an earlier meeting of the series, and not on this agenda. */
  topic?: OffAgenda;
}

/** What is known of a topic that is not on the agenda. */
export interface OffAgenda {
  title: string;
  department?: DepartmentId;
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

/** F4: escalate it, make it simpler, or hold it for a reason. */
export type TopicChoice = 'escalate' | 'simplify' | 'hold';

export interface LastChoice {
  choice: TopicChoice;
  reason: string;
  at: Instant;
}

/** M1–M2. The text lives in the archive under its hash. */
export interface MinutesState {
  version: number;
  hash?: string;
  /** Every version there was, the newest last; numbers rise by one, over a reopening too (M3). */
  versions: MinutesVersion[];
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
  /** The version that its readers have; a correction tells the difference from it. */
  sentVersion?: number;
  /** M3: what was mended in the record after the close. */
  amendments?: Amendment[];
  /** M3 */
  objections?: Objection[];
  /** H7: the version whose extract external people have. */
  extractVersion?: number;
  /** H7: all versions whose extracts they were given so far. */
  extractVersions?: number[];
}

/** M3: one state of the text. */
export interface MinutesVersion {
  version: number;
  /** Under which the archive keeps the text; a draft's comes a moment after the close. */
  hash?: string;
  /** draft: from the record · edit: before the confirmation · correction: after it. */
  kind: 'draft' | 'edit' | 'correction';
  at: Instant;
  by: By;
  reason?: string;
  /** The objection that it answers. */
  objection?: string;
}

/** M3: `version`: the first of the minutes that has it so. An action without `after` was taken back. */
export type Amendment = { version: number; at: Instant; by: By; reason?: string } & (
  | { part: 'keyPoint'; id: string; topicId: TopicId; before: string; after: string }
  | { part: 'attendance'; person: PersonId; before: boolean; after: boolean }
  | { part: 'action'; id: string; before: ActionSaid; after?: ActionSaid }
);
export type ActionSaid = Pick<Action, 'task' | 'owner' | 'dueAt'>;

/** M3: what somebody who has the minutes says is wrong with them. */
export interface Objection {
  id: string;
  person?: PersonId;
  at: Instant;
  by: By;
  text: string;
  topicId?: TopicId;
  /** The version it is about. */
  version: number;
  /** reopened: the close was taken back while it was open; the minutes that it is about are no more. */
  status: 'open' | 'accepted' | 'rejected' | 'unanswered' | 'reopened';
  /** How often host and recorder were asked, and until when the last time. */
  asked: number;
  answerBy: Instant;
  answer?: { at: Instant; by: By; reason?: string; version?: number };
}

/** M3: a close that was taken back, and what its minutes were. */
export interface Reopening {
  at: Instant;
  by: By;
  reason: string;
  closedAt: Instant;
  versions: MinutesVersion[];
  objections?: Objection[];
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
