/** The larger inputs of commands, with people, departments and times resolved to ids and instants. */
import type { Instant } from '../calendar/index.js';
import type {
  DepartmentId,
  IssueKind,
  KeyPointKind,
  Locale,
  Material,
  MeetingKind,
  Participant,
  PersonId,
  TopicId,
} from './state.js';

/** A new topic as the agenda takes it; `topicId` when an existing one is put on it again. */
export interface TopicInput {
  topicId?: TopicId;
  title: string;
  minutes: number;
  priority: number;
  department?: DepartmentId;
  presenter?: PersonId;
  expectedConclusion?: string;
  /** H10 */
  confidential?: boolean;
  format?: 'common' | 'free';
  materials?: (Omit<Material, 'id' | 'dueAt' | 'version' | 'file' | 'handedInAt'> & { id?: string; dueAt?: Instant })[];
}

/** The body of POST /v1/meetings after people and departments were resolved to ids and times to instants. */
export interface CreateMeetingInput {
  id: string;
  kind: MeetingKind;
  emergencyReason?: string;
  title: string;
  goal: string;
  sharedGoal?: string;
  /** H10 */
  confidential?: boolean;
  issueKind: IssueKind;
  complex?: boolean;
  startsAt: Instant;
  durationMinutes: number;
  place?: string;
  onlineLink?: string;
  initiator: { department: DepartmentId; person: PersonId };
  /** E2: the head of the initiating department by default, else the initiator; chosen by the caller who knows the directory. */
  host: PersonId;
  deputyHost?: PersonId;
  coordinator?: PersonId;
  recorder?: PersonId;
  sponsor?: PersonId;
  participants: (Omit<Participant, 'key' | 'topics'> & { key?: boolean; topics?: string[] })[];
  supportDepartments: { department: DepartmentId; person: PersonId }[];
  agenda: TopicInput[];
  openDiscussionMinutes?: number;
  breakMinutes?: number;
  /** P9: a released story, told in this meeting. */
  successStory?: { id: string; title: string };
  capReason?: string;
  locale: Locale;
  secondLocale?: Locale;
  seriesId?: string;
  /** S1: the series publishes it by itself, so many days before its start. */
  publishDaysBefore?: number;
  publish?: boolean;
  requestHash?: string;
}

/** What a meeting can do without, so that `null` takes it away. */
export type Clearable =
  | 'sharedGoal'
  | 'place'
  | 'onlineLink'
  | 'deputyHost'
  | 'coordinator'
  | 'recorder'
  | 'sponsor'
  | 'capReason'
  | 'secondLocale'
  | 'successStory'
  | 'seriesId';

/**
 * PATCH: in preparation all but id, in notice agenda, people and place; X1: a draft that is too late for a notice becomes an
 * emergency. `reason` is told with the change, and needed for another place within the notice period (N4).
 */
export type PatchInput = Partial<Omit<CreateMeetingInput, 'id' | 'publish' | 'requestHash' | Clearable>> & {
  [K in Clearable]?: CreateMeetingInput[K] | null;
} & { reason?: string };

/** E13: what a note becomes; `text`: other words than the note's. */
export type NoteBecomes = { id: string; text?: string } & (
  | { kind: 'topic'; minutes?: number; department?: DepartmentId }
  | { kind: 'keyPoint'; topicId?: TopicId; pointKind?: KeyPointKind; department?: DepartmentId; dueAt?: Instant }
  | {
      kind: 'action';
      owner: PersonId;
      dueAt: Instant;
      topicId?: TopicId;
      department?: DepartmentId;
      ownerDepartment?: DepartmentId;
      supporting?: DepartmentId[];
    }
);

/** A new text of the minutes, kept in the archive before (M1, M3). */
export interface MinutesEditInput {
  hash: string;
  nextMeetingAt?: Instant;
  /** Needed once the minutes are confirmed (M3). */
  reason?: string;
  /** Topics whose conclusion is another one now: their external people get a new extract (H7). */
  changed?: TopicId[];
}
