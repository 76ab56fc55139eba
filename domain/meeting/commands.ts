import type { Instant } from '../calendar/index.js';
import type { Assists } from './assistants.js';
import type { MinutesEditInput, NoteBecomes, PatchInput } from './inputs.js';
import type {
  Basis,
  Channel,
  Decision,
  Deferral,
  DepartmentId,
  HeldReply,
  KeyPointKind,
  NoteTarget,
  MaterialFile,
  Outcome,
  PersonId,
  Reply,
  Tally,
  TopicChoice,
  TopicId,
  TurnKind,
} from './state.js';

export type * from './inputs.js';

/** Every command, its input, and what its answer holds besides `revision` and `now`. One concept, one name, from route to audit. */
export interface CommandTable {
  patch: { input: PatchInput; result: undefined };
  publish: { input: Record<string, never>; result: undefined };
  reschedule: { input: { startsAt: Instant; durationMinutes?: number; reason: string }; result: undefined };
  /** N4: `undoUntil`: it is told and final then. */
  cancel: { input: { reason: string }; result: { undoUntil: Instant } };
  undoCancel: { input: Record<string, never>; result: undefined };
  open: { input: Record<string, never>; result: undefined };
  extend: { input: { minutes: number }; result: { plannedEndAt: Instant } };
  close: { input: Record<string, never>; result: { readBack: ReadBack[] } };
  /** S1: topics of the backlog onto this agenda; the archive gives each to one meeting only. */
  takeTopics: { input: { topicIds: TopicId[] }; result: undefined };
  rsvp: {
    /** `channel` (H8): how it was said to whoever enters it for somebody else. */
    input: { person: PersonId; reply: Reply; comment?: string; delegate?: PersonId; channel?: Channel };
    result: { reply: Reply };
  };
  /** N2: gives back the reply that a reversal replaced; `ref`: of which reversal. */
  undoReply: { input: { person: PersonId; ref?: string }; result: { reply: Reply } };
  /** N3: settles an alternate task. The written text was kept in the archive before; here its hash. */
  alternate: {
    input: { id: string } & (
      | { way: 'delegate'; delegate: PersonId }
      | { way: 'written'; topicId: TopicId; hash: string }
      | { way: 'otherTime'; proposedAt?: Instant; comment?: string }
    );
    result: { status: string };
  };
  /** E1 */
  reading: { input: { person: PersonId; read: boolean }; result: { read: boolean } };
  /** N2: what a calendar program sent besides a plain answer. */
  proposeTime: {
    input: { person: PersonId; startsAt: Instant; durationMinutes?: number; comment?: string };
    result: { id: string };
  };
  /** `letter`: where the archive keeps what was said, and by which address. */
  holdReply: {
    input: { letter: string; reply: Reply; person?: PersonId; proposed?: HeldReply['proposed'] };
    result: { id: string };
  };
  /** Without a person the held answer is nobody's. `delegate`: whom the letter names. */
  settleReply: { input: { id: string; person?: PersonId; delegate?: PersonId }; result: { status: string } };
  /** E3; `at`: a time that has passed, as on the paper sheet. */
  attendance: { input: { person: PersonId; present: boolean; at?: Instant }; result: { present: boolean } };
  startTopic: { input: { topicId: TopicId }; result: undefined };
  finishTopic: {
    input: {
      topicId: TopicId;
      outcome: Outcome;
      basis?: Basis;
      conclusion?: string;
      deferral?: Omit<Deferral, 'reason'>;
    };
    /** E7: departments present that were not heard on it. */
    result: { notHeard: DepartmentId[] };
  };
  /** P8: with `materialId` the next version of that material, else a new one. The file's bytes were stored before. */
  material: {
    input: {
      topicId: TopicId;
      materialId?: string;
      title?: string;
      owner?: PersonId;
      dueAt?: Instant;
      link?: string;
      file?: MaterialFile;
    };
    result: { id: string; version: number };
  };
  keyPoint: {
    input: { topicId: TopicId; text: string; kind: KeyPointKind; department?: DepartmentId; dueAt?: Instant };
    result: { id: string };
  };
  /** M3: until the minutes are confirmed. */
  editKeyPoint: {
    input: { id: string; text?: string; kind?: KeyPointKind; department?: DepartmentId; dueAt?: Instant };
    result: { id: string };
  };
  deleteKeyPoint: { input: { id: string }; result: { id: string } };
  /** Awaits the ballot box; the electorate is frozen here (E8). */
  openVote: {
    /** `electorate` is put in by the workflow when the box is open, never by a caller. */
    input: { topicId: TopicId; motion: string; secret?: boolean; electorate?: PersonId[] };
    result: { id: string; electorate: number; required: number };
  };
  /** Awaits the count. `tally` is put in by the workflow, never by a caller. */
  closeVote: {
    input: { voteId: string; tally?: Tally };
    result: Tally & { electorate: number; required: number; passed: boolean };
  };
  /** E6: a person or a department; `topicId`: the live one unless said. */
  queueTurn: {
    input: { person?: PersonId; department?: DepartmentId; topicId?: TopicId; kind?: TurnKind };
    result: { id: string; status: string; endsAt?: Instant };
  };
  startTurn: { input: { id: string }; result: { id: string; status: string; endsAt?: Instant } };
  endTurn: { input: { id: string }; result: { id: string; spokenMs: number; overMs: number } };
  withdrawTurn: { input: { id: string }; result: { id: string } };
  park: { input: { text: string; turnId?: string; department?: DepartmentId }; result: { topicId: TopicId } };
  unpark: { input: { topicId: TopicId }; result: { topicId: TopicId } };
  startBreakouts: {
    input: { topicId: TopicId; groups: { name: string; members: PersonId[] }[]; minutes: number };
    result: { id: string; endsAt: Instant };
  };
  reportBreakout: { input: { id: string; group: string; text: string }; result: { id: string } };
  endBreakouts: { input: { id: string }; result: { id: string } };
  /** The text was kept in the archive before; here its hash (E12). `version`: the one it was written on. */
  analysis: { input: { topicId: TopicId; hash: string; version?: number }; result: { version: number } };
  note: { input: { text: string; column?: string }; result: { id: string } };
  moveNote: {
    input: { id: string; column: string; position?: number; from?: string };
    result: { id: string; column: string };
  };
  deleteNote: { input: { id: string }; result: { id: string } };
  noteBecomes: { input: NoteBecomes; result: { id: string; kind: NoteTarget; ref: string } };
  adjourn: {
    input: { until: Instant; minutes?: number; reason?: string };
    result: { until: Instant; plannedEndAt: Instant };
  };
  action: {
    input: {
      task: string;
      owner: PersonId;
      dueAt: Instant;
      topicId?: TopicId;
      department?: DepartmentId;
      /** The owner's department in the directory, for who has no seat. */
      ownerDepartment?: DepartmentId;
      supporting?: DepartmentId[];
      /** H7: for an external owner; the coordinator unless named. */
      internalContact?: PersonId;
    };
    result: { id: string; task: string; owner: PersonId; dueAt: Instant };
  };
  /** M3: recorded wrongly; until the minutes are confirmed. */
  amendAction: {
    input: { id: string; task?: string; owner?: PersonId; department?: DepartmentId; dueAt?: Instant; reason: string };
    result: { status: string; dueAt: Instant };
  };
  withdrawAction: { input: { id: string; reason: string }; result: { status: string } };
  /** The draft's text was kept in the archive before; here its hash (M1). */
  minutes: { input: MinutesEditInput; result: { version: number } };
  confirmMinutes: { input: Record<string, never>; result: { version: number } };
  /** M3: the close is taken back, before the confirmation. */
  reopen: { input: { reason: string }; result: undefined };
  objection: {
    input: { text: string; topicId?: TopicId; person?: PersonId };
    result: { id: string; answerBy: Instant };
  };
  /** M3: accepted with the corrected text's hash, or rejected with a reason. */
  answerObjection: {
    input: { id: string; accepted: boolean } & Partial<MinutesEditInput>;
    result: { status: string; version: number };
  };
  /** H7: external people get their extract before the minutes are confirmed. */
  releaseExtract: { input: Record<string, never>; result: { people: number } };
  progress: {
    input: {
      id: string;
      percent?: number;
      note?: string;
      obstacle?: string;
      newDueAt?: Instant;
      channel?: Channel;
      /** F2: the department that it waits for; the note says for what. */
      blockedBy?: DepartmentId;
    };
    result: { status: string; dueAt: Instant };
  };
  complete: { input: { id: string; note?: string }; result: { status: string } };
  /** The coordinator's check (F1); `accepted: false` sends it back with a reason and maybe a new date. */
  confirm: { input: { id: string; accepted?: boolean; note?: string; newDueAt?: Instant }; result: { status: string } };
  extendAction: { input: { id: string; dueAt: Instant; reason: string }; result: { dueAt: Instant } };
  /** F2: the coordinator accepts "blocked by", until it is asked again; or does not, or not any longer. */
  blocked: {
    input: { id: string; accepted: boolean; until?: Instant; note?: string; dueAt?: Instant };
    result: { status: string; dueAt: Instant; until?: Instant };
  };
  /** F2: what it waited for is there; a new due date. */
  unblock: { input: { id: string; dueAt: Instant; note?: string }; result: { status: string; dueAt: Instant } };
  /** H5: open work of a department goes to its successor. */
  moveDepartment: { input: { from: DepartmentId; to: DepartmentId }; result: { moved: number } };
  /** H4: somebody is with us no more; their open work goes to the successor, or to a decision of the head. */
  personLeft: { input: { left: PersonId; successor?: PersonId }; result: { moved: number } };
  /** F4: about a topic whose actions stay unfinished. */
  chooseForTopic: {
    input: { id: string; choice: TopicChoice; reason: string };
    result: { status: string; choice?: TopicChoice };
  };
  decide: {
    input: { id: string; ownerDepartment?: DepartmentId } & Decision;
    result: { status: string; dueAt: Instant };
  };
  /** Ends a talk task (who, when, result, new date) or hands in an improvement plan's text. */
  completeTask: {
    input: { id: string; text: string; with?: PersonId; talkedAt?: Instant; newDueAt?: Instant };
    result: { status: string };
  };
}

export type CommandName = keyof CommandTable;
export type CommandInput<N extends CommandName> = CommandTable[N]['input'];
export type CommandResult<N extends CommandName> = CommandTable[N]['result'];

/** E14: what the close reads back, a line per topic. */
export interface ReadBack {
  topicId: TopicId;
  title: string;
  outcome: Outcome;
  basis?: Basis;
  conclusion?: string;
  deferral?: Deferral;
}

/** Who speaks: a person or a service key, with what their key allows (design §7). */
export interface Actor {
  person?: PersonId;
  key?: string;
  roles: ActorRole[];
  /** `act-as`: may speak for another person; shown in the audit. */
  scopes: string[];
  /** H6: for whom this person may act, as the directory says. */
  assists?: Assists[];
  /** H5: what they lead today: of the departments that a norm names; where a date is moved (F2), of all. */
  leads?: DepartmentId[];
  via: 'api' | 'link' | 'calendar';
}
export type ActorRole = 'admin' | 'service' | 'member';
