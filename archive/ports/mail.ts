/** Which mail and which invitation has gone to whom, and what waits for the digest (H2, N1). */
import type { Instant } from '../../domain/calendar/index.js';
import type { MailKind } from '../../domain/meeting/effects.js';
import type { MeetingId, PersonId } from '../../domain/meeting/state.js';

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
