/**
 * What the activities need from outside. A port's comments are its contract; one suite runs on every adapter.
 * All instants are epoch milliseconds of workflow time unless said otherwise.
 */
import type { Instant } from '../domain/calendar/index.js';
import type { MailKind } from '../domain/meeting/effects.js';
import type { DepartmentId, Locale, MeetingId, MeetingState, PersonId, Tally } from '../domain/meeting/state.js';

/** A person as a mail needs them; resolved at sending, so that renaming and erasure never rewrite history. */
export interface Person {
  id: PersonId;
  name: string;
  email?: string;
  /** The reader's language, if known. */
  locale?: Locale;
  timeZone?: string;
  departments: DepartmentId[];
}

export interface Department {
  id: DepartmentId;
  name: string;
  head?: PersonId;
  parent?: DepartmentId;
}

/** H4, H5. Unknown ids are left out of the answer, never an error: a mail to an erased person is simply not possible. */
export interface DirectoryPort {
  people(ids: PersonId[]): Promise<Person[]>;
  departments(ids: DepartmentId[]): Promise<Department[]>;
  /** Heads of the department, its parent, …, nearest first, each once; a loop of parents ends. Empty when unknown. */
  headsUpward(department: DepartmentId): Promise<PersonId[]>;
}

/** Claim key = (meeting, kind, person, occasion). */
export interface MailKey {
  meetingId: MeetingId;
  kind: MailKind;
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
  /** Given up: the reason is shown to the host in /deliveries. */
  markFailed(key: MailKey, at: Instant, reason: string): Promise<void>;
}

/** One calendar object per (meeting, person). */
export interface InvitationPort {
  /**
   * Compares with the last content *sent or claimed* for that person: the same hash → that sequence with `repeat: true`
   * (the caller then asks the mail claim whether it went out), another → the next SEQUENCE, kept with the hash in one
   * transaction. `hash` leaves SEQUENCE and DTSTAMP out.
   */
  next(meetingId: MeetingId, person: PersonId, hash: string, method: 'REQUEST' | 'CANCEL'): Promise<{ sequence: number; repeat: boolean }>;
  /** The last sequence and method for that person, null before the first. */
  current(meetingId: MeetingId, person: PersonId): Promise<{ sequence: number; method: 'REQUEST' | 'CANCEL'; hash: string } | null>;
}

/** E8, design §3 and §4. A box per vote. */
export interface BallotBoxes {
  /** Idempotent: opening an open box with the same electorate changes nothing. */
  open(box: { voteId: string; meetingId: MeetingId; secret: boolean; electorate: PersonId[] }): Promise<void>;
  /**
   * Closes and counts in one transaction; a closed box answers its counts again. For a secret box the transaction leaves
   * counters and the list of who voted in random order, with nothing to join them by.
   */
  close(voteId: string): Promise<Tally>;
}

/** F5. */
export interface SurveyBoxes {
  /** Idempotent. */
  open(box: { meetingId: MeetingId; eligible: PersonId[]; closesAt: Instant; seriesId?: string }): Promise<void>;
  /** Closes, shuffles and counts; again → the same answer. `mean` only from `minForMean` answers. */
  close(meetingId: MeetingId, minForMean: number, minForSuggestions: number): Promise<{ answers: number; mean?: number }>;
  /** Of these people, who has not answered (for the one reminder). Never leaves the activity. */
  silent(meetingId: MeetingId, people: PersonId[]): Promise<PersonId[]>;
}

/** The structured text of the minutes (M1, M2), content-addressed. */
export interface MinutesContent {
  summary?: string;
  topics: { topicId: string; conclusion?: string }[];
  nextMeetingAt?: Instant;
}

export interface MinutesPort {
  /** Keeps it under its hash; a repeat is no second row. Returns the hash. */
  save(meetingId: MeetingId, content: MinutesContent): Promise<string>;
  load(meetingId: MeetingId, hash: string): Promise<MinutesContent | null>;
}

/** One burst of what changed, one transaction. Rows are compared by revision: an older burst never overwrites a newer row. */
export interface Burst {
  state: MeetingState;
  audit: AuditEntry[];
}

export interface AuditEntry {
  meetingId: MeetingId;
  revision: number;
  at: Instant;
  /** Command, timer or reply name. */
  event: string;
  person?: PersonId;
  key?: string;
  via: 'api' | 'link' | 'clock' | 'engine';
  /** Set when somebody spoke for another (H8, act-as). */
  onBehalfOf?: PersonId;
  ref?: string;
}

export interface ViewPort {
  write(burst: Burst): Promise<void>;
}

export interface BacklogPort {
  /** Keyed by topicId: again → the same row. */
  put(meetingId: MeetingId, at: Instant, topics: { topicId: string; title: string; reason: string; department: DepartmentId; seriesId?: string; factQuestion?: string; bringsDepartment?: DepartmentId; bringsMaterial?: string; date?: string }[]): Promise<void>;
}

/** A rendered mail, ready for the wire. Recipients only as {name, address}: a crafted address string reaches others. */
export interface OutgoingMail {
  to: { name: string; address: string };
  replyTo?: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  messageId: string;
  headers: Record<string, string>;
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string };
}

export interface MailTransport {
  /**
   * Resolves after the server's 250. Rejects with `permanent: true` when the server refused the recipient or the message for
   * good (5xx); any other rejection may be tried again with the same Message-ID.
   */
  send(mail: OutgoingMail): Promise<void>;
}

export class MailRefused extends Error {
  readonly permanent = true;
}

export interface Ports {
  directory: DirectoryPort;
  claims: MailClaims;
  invitations: InvitationPort;
  ballots: BallotBoxes;
  surveys: SurveyBoxes;
  minutes: MinutesPort;
  view: ViewPort;
  backlog: BacklogPort;
  transport: MailTransport;
}
