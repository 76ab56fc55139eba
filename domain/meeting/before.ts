/** What a meeting holds until its start: alternates (N3), changes not told yet and a cancellation that may be undone (N4). */
import type { Instant } from '../calendar/index.js';
import type { Participant, Rsvp } from './held.js';
import type { By, PersonId, Phase, TopicId } from './words.js';
import type { Timer } from './state.js';

/** N3: the three ways in which a key person who cannot come is replaced. */
export type AlternateWay = 'delegate' | 'written' | 'otherTime';

/** N3: a task of the key person and of the host. */
export interface Alternate {
  id: string;
  kind: 'alternate';
  /** The key person whose seat it is, also when a delegate sits on it. */
  person: PersonId;
  reason: 'declined' | 'silent';
  /** unsettled: nothing was found by the opening, and that is recorded. */
  status: 'open' | 'done' | 'moot' | 'unsettled';
  /** By when an answer is asked for. */
  dueAt: Instant;
  createdAt: Instant;
  /** How often it was opened; names the mails' occasions. */
  asked: number;
  endedAt?: Instant;
  endedBy?: By;
  way?: AlternateWay;
  delegate?: PersonId;
  /** otherTime: what was proposed; the host decides. */
  proposedAt?: Instant;
  comment?: string;
}

/** N3: what somebody who cannot come has to say about a topic. */
export interface WrittenInput {
  id: string;
  topicId: TopicId;
  person: PersonId;
  hash: string;
  at: Instant;
  by: By;
}

/** N4: what people were told last, as far as a change of it is told. */
export interface Announced {
  startsAt: Instant;
  durationMinutes: number;
  place?: string;
  onlineLink?: string;
  /** As readers see it, comparable as text. */
  agenda: string;
  host: PersonId;
  /** Of everyone who prepares something without being invited (P8), comparable as text. */
  asked?: Record<PersonId, string>;
  /** Of everyone invited, comparable as text. */
  roles: Record<PersonId, string>;
}

/** N4: changes within a minute make one mail. */
export interface PendingChange {
  announced: Announced;
  reasons: string[];
  /** What another time has cleared, for the case that it is taken back before anybody was told. */
  cleared?: { rsvps: Record<PersonId, Rsvp>; participants: Participant[]; alternates?: Alternate[] };
}

/** N4: the phase and the timers that an undone cancellation gives back. */
export interface Cancelling {
  until: Instant;
  phase: Phase;
  timers: Timer[];
}
