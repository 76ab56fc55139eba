/** Texts and files of a meeting, kept once (M1, N3, P8). */
import type { Instant } from '../../domain/calendar/index.js';
import type { Effect } from '../../domain/meeting/effects.js';
import type { FollowUp } from '../../domain/series/follow-up.js';
import type { MeetingId } from '../../domain/meeting/state.js';

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
