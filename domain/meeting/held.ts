/** What a meeting holds: people, topics, replies, attendance, key points, votes. */
import type { Instant, LocalDate } from '../calendar/index.js';
import type { LastChoice } from './tracked.js';
import type {
  MeetingId,
  PersonId,
  DepartmentId,
  TopicId,
  ParticipantRole,
  Reply,
  Outcome,
  Basis,
  KeyPointKind,
  By,
} from './words.js';

export interface Participant {
  person: PersonId;
  department: DepartmentId;
  role: ParticipantRole;
  key: boolean;
  topics: TopicId[];
  /** N3: whose seat it is; `person` is the delegate who has taken it over. */
  standsFor?: PersonId;
}

export interface Material {
  id: string;
  title: string;
  owner: PersonId;
  dueAt: Instant;
  link?: string;
  /** H7: external people see it too. */
  released?: boolean;
  /** P8: rises with every file or link that is handed in; absent before the first, or for a link given with the agenda. */
  version?: number;
  handedInAt?: Instant;
  /** The newest version, when it is a file. */
  file?: MaterialFile;
}

/** Bytes lie in the file store under their hash (SHA-256, hex); here is what they are. */
export interface MaterialFile {
  hash: string;
  /** Bytes. */
  size: number;
  /** Media type, found in the content. */
  type: string;
  name: string;
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

/** S1: how a topic came here from an earlier meeting. */
export interface Carried {
  /** The meeting that left it. */
  from: MeetingId;
  /** How many meetings were held and left it open. */
  times: number;
  /** facts, unreached, interrupted, cancelled, lapsed … */
  reason: string;
  /** E11: what is still open, and which department brings what. */
  factQuestion?: string;
  department?: DepartmentId;
  bringsMaterial?: string;
  date?: LocalDate;
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
  /** P8: unless it is free, its spreadsheets must have the columns of the common format. */
  format?: 'common' | 'free';
  materials: Material[];
  status: 'planned' | 'live' | 'finished';
  /** E4: planned and actual; a topic can be live more than once. */
  startedAt?: Instant;
  endedAt?: Instant;
  spentMs: number;
  outcome?: Outcome;
  basis?: Basis;
  /** E9: the vote that it was decided by, for the basis `vote`. */
  voteId?: string;
  conclusion?: string;
  deferral?: Deferral;
  /** H10: only for who has it, and the offices. */
  confidential?: boolean;
  /** Of a view only: its content is not for this reader (visibility.ts). */
  hidden?: boolean;
  carried?: Carried;
  /** F4: meetings in a row with unfinished actions, and what was chosen when it was stuck. */
  timesCarried?: number;
  lastChoice?: LastChoice;
}

export interface Rsvp {
  reply: Reply;
  comment?: string;
  delegate?: PersonId;
  at: Instant;
  by: By;
  /** N2: what this one reversed; `ref` names the reversal for the button that undoes it. */
  former?: { ref: string; reply: Reply; comment?: string; by: By };
}

/** E1: confirmed by a button, never by the opening of a link. */
export interface Reading {
  at: Instant;
  by: By;
}

/** N2: another time that somebody's calendar program proposed. */
export interface TimeProposal {
  id: string;
  person: PersonId;
  startsAt: Instant;
  durationMinutes: number;
  comment?: string;
  at: Instant;
  by: By;
}

/** N2: an answer whose sender is not on the list; address and words are in the archive, under `letter`. */
export interface HeldReply {
  id: string;
  letter: string;
  reply: Reply;
  /** Whose answer it may be, then whose it was counted as. */
  person?: PersonId;
  /** COUNTER: the time that it proposes; counts with the answer. */
  proposed?: { startsAt: Instant; durationMinutes?: number };
  at: Instant;
  status: 'waiting' | 'counted' | 'dismissed';
  settledAt?: Instant;
  settledBy?: By;
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
