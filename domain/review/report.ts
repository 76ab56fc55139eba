/** R1–R3: one quarter's review, as it is stored: ids, numbers and codes; names and sentences are made per reader. */
import type { Instant } from '../calendar/index.js';
import type { DepartmentId, MeetingId, Outcome, PersonId, TopicId, TrackedStatus } from '../meeting/words.js';
import type { Figures } from './figures.js';
import type { Proposal, ProposalResult } from './proposals.js';

/** `2026-Q4`. */
export type Quarter = `${number}-Q${1 | 2 | 3 | 4}`;

/** A scope's figures beside the quarter before and the same quarter last year; those are absent when nothing was held then. */
export interface ScopeFigures {
  /** Id of department, series or person (host); absent for the organisation. */
  id?: string;
  /** Title of a series. */
  title?: string;
  now: Figures;
  before?: Figures;
  yearBefore?: Figures;
  /** The meetings behind the figures. */
  meetings: MeetingId[];
}

/** A bar of the Gantt chart (R3): an action of the quarter, from its making to its end or its due date. */
export interface ActionBar {
  id: string;
  task: string;
  meetingId: MeetingId;
  owner: PersonId;
  department?: DepartmentId;
  status: TrackedStatus;
  createdAt: Instant;
  /** Dates that passed undone, oldest first; they stay visible. */
  missed: Instant[];
  dueAt: Instant;
  endedAt?: Instant;
}

/** What a table of the report names. */
export interface MeetingLine {
  id: MeetingId;
  title: string;
  startsAt: Instant;
  department: DepartmentId;
  departments: DepartmentId[];
  seriesId?: string;
  phase: string;
  survey?: number;
  effectiveness?: number;
}

/** A topic that came back: on how many held meetings it stood, the last of them in this quarter. */
export interface RepeatedTopic {
  topicId: TopicId;
  title: string;
  times: number;
  department?: DepartmentId;
  meetings: MeetingId[];
}

export interface ReviewReport {
  schemaVersion: 1;
  quarter: Quarter;
  /** First moment of the quarter and of the next one, in `timeZone`. */
  from: Instant;
  to: Instant;
  timeZone: string;
  /** Of the schedule, never of the clock on the wall: the same quarter gives the same bytes. */
  madeAt: Instant;
  /** H10: confidential meetings and topics are in no figure and no list. */
  organisation: ScopeFigures;
  /** By number of meetings, most first. */
  departments: ScopeFigures[];
  series: ScopeFigures[];
  /** R4: shown to the host alone. */
  hosts: ScopeFigures[];
  /** The organisation's last quarters, this one last; at most 8. */
  trend: { quarter: Quarter; figures: Figures }[];
  outcomes: Record<Outcome, number>;
  /** Speaking time in discussion per department, milliseconds, most first (E7). */
  speaking: { department: DepartmentId; ms: number }[];
  /** Due in the quarter, by due date; at most 60, those that missed a date first to be kept. */
  actions: ActionBar[];
  repeated: RepeatedTopic[];
  meetings: MeetingLine[];
  /** R2: of the most inefficient series, worst first. */
  proposals: Proposal[];
  /** What came of what was accepted before. */
  results: ProposalResult[];
}
