/**
 * What activities and API need of the archive. A port's comments are its contract; one suite runs on every database.
 * All instants are epoch milliseconds of workflow time unless said otherwise.
 */
import type { Instant, LocalDate } from '../domain/calendar/index.js';
import type {
  BacklogTopic,
  Effect,
  HeldMeeting,
  MailKind,
  TakenTopic,
  TopicAction,
} from '../domain/meeting/effects.js';
import type { FollowUp } from '../domain/series/follow-up.js';
import type { SeriesPlan } from '../domain/series/plan.js';
import type {
  Choice,
  DepartmentId,
  LastChoice,
  OffAgenda,
  Locale,
  MeetingId,
  MeetingState,
  PersonId,
  Tally,
  TopicId,
} from '../domain/meeting/state.js';

/** A person as a mail needs them; resolved at sending, so that renaming and erasure never rewrite history. */
export interface Person {
  id: PersonId;
  /** Empty until somebody gave one. */
  name: string;
  /** H4: in languages that have one of their own. */
  names?: Partial<Record<Locale, string>>;
  email?: string;
  /** The reader's language, if known. */
  locale?: Locale;
  timeZone?: string;
  /** H2: unsubscribed from single reminders; the digest brings them. */
  digestOnly?: boolean;
  departments: DepartmentId[];
  /** H4: is with us no more; nothing is sent to them. */
  left?: boolean;
  /** H4, H6: whose mailbox takes this person's mails, marked for whom they are. */
  through?: PersonId;
  /** H4, F7: how chats know them: user ids by vendor. */
  chats?: Record<string, string>;
}

export interface Department {
  id: DepartmentId;
  name: string;
  /** H5: in languages that have one of their own. */
  names?: Partial<Record<Locale, string>>;
  head?: PersonId;
  parent?: DepartmentId;
}

/** H4, H5. Unknown ids are left out of the answer, never an error: a mail to an erased person is simply not possible. */
export interface DirectoryPort {
  people(ids: PersonId[]): Promise<Person[]>;
  /** H4: of these, whom nothing reaches: no address, no chat, nobody to go through. In the order given. */
  unreachable(people: PersonId[]): Promise<PersonId[]>;
  departments(ids: DepartmentId[]): Promise<Department[]>;
  /** Heads of the department, its parent, …, nearest first, each once; a loop of parents ends. Empty when unknown. */
  headsUpward(department: DepartmentId): Promise<PersonId[]>;
}

/** A registered leave, both days included. */
export interface Leave {
  from: LocalDate;
  to: LocalDate;
}

/** Whether somebody can be asked on a day; `left`: they are with us no more. */
export interface PersonStanding {
  person: PersonId;
  /** The last day of the leave that covers the day. */
  leaveUntil?: LocalDate;
  left?: boolean;
  successor?: PersonId;
}

/** F2, F3, H4, H5: who can be asked on a day of the meeting's own calendar. */
export interface StandingPort {
  /** Of those who are known. */
  of(people: PersonId[], date: LocalDate): Promise<PersonStanding[]>;
  /**
   * Who leads the department, its parent, …, on that day, nearest first, each once: the acting head in their dates, else the
   * head; who is on leave or gone is left out. `keep` stands where they stand, even so. A closed department leads to its
   * successor.
   */
  headsUpward(department: DepartmentId, at: { date: LocalDate; keep?: PersonId }): Promise<PersonId[]>;
}

/** F4: other meetings that had these topics and started before `before`, what is followed up of them, what was chosen last. */
export interface TopicHistoryPort {
  of(
    topicIds: TopicId[],
    meetingId: MeetingId,
    before: Instant,
  ): Promise<{
    meetings: (HeldMeeting & { topicId: TopicId })[];
    actions: TopicAction[];
    choices: Record<TopicId, LastChoice>;
  }>;
  /** S1: topics of earlier meetings of a series whose actions are still open, none confidential; and those meetings. */
  openInSeries(
    seriesId: string,
    meetingId: MeetingId,
    before: Instant,
  ): Promise<{ topics: ({ topicId: TopicId } & OffAgenda)[]; meetings: HeldMeeting[] }>;
}

/** Claim key = (meeting, kind, person, occasion); of a message by chat, the occasion ends in `@` and the vendor (F7). */
export interface MailKey {
  meetingId: MeetingId;
  /**
   * A digest is of no meeting: its `meetingId` is empty. F7: an impression is what a person shared with a group. R1: nor is a
   * review, whose occasion is the quarter. Y1: nor are proposals for the norms: the year and the how manieth mail. R5: nor the
   * entries of the knowledge base that somebody is to look at.
   */
  kind: MailKind | 'digest' | 'impression' | 'review' | 'norms' | 'knowledgeReview';
  person: PersonId;
  occasion: string;
}

export interface MailClaims {
  /**
   * Atomic. `send`: this mail is ours to send (first claim, or an earlier attempt that never reached "sent": it may be in
   * flight twice, with the same Message-ID). `done`: it was sent or given up before.
   */
  claim(key: MailKey, at: Instant, messageId: string): Promise<'send' | 'done'>;
  /** After the server's 250. Never un-does a sending; called again until it can be written. */
  markSent(key: MailKey, at: Instant): Promise<void>;
  /** Given up: the reason is shown to the host in /deliveries. A mail that was sent stays sent. */
  markFailed(key: MailKey, at: Instant, reason: string): Promise<void>;
}

/** H2: what waits for the digest of somebody's day, `slot`: the instant of its 08:40. */
export interface DigestItem {
  meetingId: MeetingId;
  mail: MailKind;
  occasion: string;
  ref?: string;
  params: Record<string, string | number | boolean>;
}

export interface Digest {
  /** Of person, day and number; the same again after a kill. */
  id: string;
  slot: Instant;
  items: DigestItem[];
}

export interface DigestPort {
  /** Keyed like a mail claim: again → the same entry, also when it was sent meanwhile. */
  put(item: DigestItem, people: PersonId[], slot: Instant, at: Instant): Promise<void>;
  /** For whom something of this meeting may have to go out with the digest of that day. */
  people(meetingId: MeetingId, slot: Instant): Promise<PersonId[]>;
  /**
   * Atomic. All that waits for the person that day, whichever meeting it came from, each entry in one digest only; or a
   * digest that this meeting claimed and that never reached "sent" (it may be in flight twice, with the same id).
   * `elsewhere`: another meeting is sending what we put in; with `takeOver` that one is ours now. Null: nothing is left.
   */
  claim(
    person: PersonId,
    slot: Instant,
    meetingId: MeetingId,
    at: Instant,
    takeOver: boolean,
  ): Promise<Digest | 'elsewhere' | null>;
  /** After the server's 250, or when nothing in it was still wanted. */
  markSent(id: string, at: Instant, messageId: string): Promise<void>;
  /** Given up; a digest that was sent stays sent. */
  markFailed(id: string, at: Instant, reason: string): Promise<void>;
}

/** One calendar object per (meeting, person). */
export interface InvitationPort {
  /**
   * Compares with the last content *sent or claimed* for that person: the same hash → that sequence with `repeat: true`
   * (the caller then asks the mail claim whether it went out), another → the next SEQUENCE, kept with the hash in one
   * transaction. `hash` leaves SEQUENCE and DTSTAMP out. The first sequence is 0.
   */
  next(
    meetingId: MeetingId,
    person: PersonId,
    hash: string,
    method: 'REQUEST' | 'CANCEL',
  ): Promise<{ sequence: number; repeat: boolean }>;
  /** The last sequence and method for that person, null before the first. */
  current(
    meetingId: MeetingId,
    person: PersonId,
  ): Promise<{ sequence: number; method: 'REQUEST' | 'CANCEL'; hash: string } | null>;
}

/** E8, design §3 and §4. A box per vote. */
export interface BallotBoxes {
  /**
   * Idempotent: opening a box that exists, open or closed, changes nothing; but while nobody has voted, an opening asked for
   * later (`at`) replaces an earlier one, of which the workflow may never have heard.
   */
  open(box: {
    voteId: string;
    meetingId: MeetingId;
    secret: boolean;
    electorate: PersonId[];
    at?: Instant;
  }): Promise<void>;
  /**
   * Closes and counts in one transaction; a closed box answers its counts again. For a secret box the transaction leaves
   * counters and the list of who voted in an order that says nothing, with nothing to join them by. No such box → Refusal
   * NotFound.
   */
  close(voteId: string): Promise<Tally>;
}

/** F5: what is published once, after the close. */
export interface SurveyResult {
  eligible: number;
  answers: number;
  /** How many gave each score, and their mean; absent when too few answered. */
  scores?: Record<'1' | '2' | '3' | '4' | '5', number>;
  mean?: number;
  /** Shuffled; empty when too few were given, which wait for the series' next survey. */
  suggestions: string[];
}

/** F5. */
export interface SurveyBoxes {
  /** Idempotent: as for ballots; an opening that closes later replaces an earlier one while nobody has answered. */
  open(box: { meetingId: MeetingId; eligible: PersonId[]; closesAt: Instant; seriesId?: string }): Promise<void>;
  /**
   * Closes, shuffles and counts; again → the same answer. `mean` only from `minForMean` answers. No such box → Refusal
   * NotFound.
   */
  close(
    meetingId: MeetingId,
    minForMean: number,
    minForSuggestions: number,
  ): Promise<{ answers: number; mean?: number }>;
  /** Of these people, who may answer and has not (for the one reminder). Nobody once closed. Never leaves the activity. */
  silent(meetingId: MeetingId, people: PersonId[]): Promise<PersonId[]>;
  /** Null before the close. */
  result(meetingId: MeetingId): Promise<SurveyResult | null>;
}

/** The structured text of the minutes (M1, M2), content-addressed. */
export interface MinutesContent {
  summary?: string;
  topics: { topicId: string; conclusion?: string }[];
  nextMeetingAt?: Instant;
  /** S1: as it stood when the minutes were drafted. */
  followUp?: FollowUp;
}

/** P8: which version of a material was which file, and from when on it may not change. Bytes lie in the file store. */
export interface FilesPort {
  /** Again → the same row. A version that is frozen stays as it is. */
  keep(meetingId: MeetingId, at: Instant, kept: Omit<Extract<Effect, { type: 'keepFile' }>, 'type'>): Promise<void>;
  /** All versions of the meeting so far; again → the first moment stays. */
  freeze(meetingId: MeetingId, at: Instant): Promise<void>;
}

export interface MinutesPort {
  /** Keeps it under its hash; a repeat is no second row. Returns the hash. */
  save(meetingId: MeetingId, content: MinutesContent): Promise<string>;
  load(meetingId: MeetingId, hash: string): Promise<MinutesContent | null>;
}

/** N3: written input, content-addressed. */
export interface InputsPort {
  /** Keeps it under its hash; a repeat is no second row. Returns the hash. */
  save(meetingId: MeetingId, text: string): Promise<string>;
  /** Its hash, if it is kept already. */
  find(meetingId: MeetingId, text: string): Promise<string | undefined>;
  /** Those that are there, by hash. */
  load(meetingId: MeetingId, hashes: string[]): Promise<Record<string, string>>;
}

/**
 * One burst of what changed, one transaction. An older burst never overwrites a newer row: without `told` rows are compared
 * by revision; with it by the moment first, since what a lost task wrote may have a higher revision than what happened.
 */
export interface Burst {
  state: MeetingState;
  audit: AuditEntry[];
  told?: {
    /** Never less than in an earlier burst of the same meeting. */
    at: Instant;
    /** The engine's id of the workflow run. */
    run: string;
    /** All up to this revision is known to be written; what the run wrote beyond it was a task that was lost. */
    after: number;
  };
}

export interface AuditEntry {
  meetingId: MeetingId;
  revision: number;
  at: Instant;
  /** Command, timer or reply name. */
  event: string;
  person?: PersonId;
  key?: string;
  via: 'api' | 'link' | 'calendar' | 'clock' | 'engine';
  /** Set when somebody spoke for another (H8, act-as). */
  onBehalfOf?: PersonId;
  ref?: string;
}

export interface ViewPort {
  write(burst: Burst): Promise<void>;
  /** As of its last burst. */
  meeting(id: MeetingId): Promise<MeetingState | null>;
}

export interface BacklogPort {
  /**
   * Takes back what this meeting left; what another meeting left or has taken stays as it is. Answers which of the topics
   * another meeting has taken. Again → the same.
   */
  withdraw(meetingId: MeetingId, topics: TopicId[]): Promise<TopicId[]>;
  /**
   * Keyed by topicId: again → the same row; a topic that another meeting has taken stays with it. `ended`: the meeting is
   * over; of what it had taken, `done` is settled and the rest goes back. After that, what it asked for earlier and comes
   * late changes nothing.
   */
  put(meetingId: MeetingId, at: Instant, topics: BacklogTopic[], ended?: { done: TopicId[] }): Promise<void>;
  /**
   * Atomic: topics of the series, and those named, that no meeting has taken are this meeting's now. Answers everything it
   * holds, so that a repeat gets the same. A meeting that has ended gets nothing.
   */
  take(meetingId: MeetingId, at: Instant, wanted: Wanted): Promise<TakenTopic[]>;
  /** Design §3, Carry-over: what waits without a series for this department's next host; nothing confidential (H10). */
  offered(department: DepartmentId): Promise<BacklogTopic[]>;
}

/** What a meeting wants of the backlog. */
export interface Wanted {
  seriesId?: string | undefined;
  topicIds: TopicId[];
  except: TopicId[];
}

/** Series as the planning of their meetings needs them. */
export interface SeriesPort {
  /** Null: unknown, or ended. */
  active(id: string): Promise<SeriesPlan | null>;
  /** Those of these meetings that exist already. */
  made(ids: MeetingId[]): Promise<MeetingId[]>;
  /** The meeting of the series that was held last before this start. */
  heldBefore(seriesId: string, meetingId: MeetingId, startsAt: Instant): Promise<MeetingId | null>;
  /**
   * Actions of a held meeting, and what is still open of earlier ones of its series, for the follow-up in the next one.
   * Null: no such meeting.
   */
  followUp(meetingId: MeetingId): Promise<FollowUp | null>;
}

/** One ballot reaching a box (E8). `already`: a secret ballot is final; `changed`: an open one was replaced, or repeated. */
export type CastOutcome = 'counted' | 'changed' | 'already' | 'closed' | 'notElector' | 'unknown';
/** `complete`: this ballot was the last one missing; true for one caller only. */
export type Cast = { outcome: CastOutcome; complete: boolean };

/** One survey answer reaching a box (F5). */
export type AnswerOutcome = 'counted' | 'already' | 'closed' | 'notEligible' | 'unknown';
export type Answered = { outcome: AnswerOutcome; complete: boolean };

/** An open vote names its ballots, a secret one shows only how many have voted, and its tally once closed. */
export interface BallotProgress {
  meetingId: MeetingId;
  status: 'open' | 'closed';
  secret: boolean;
  voted: number;
  electorate: number;
  choices?: Record<PersonId, Choice>;
  tally?: Tally;
}
