/** Ballots and survey answers, apart from who gave them (E8, F5). */
import type { Instant } from '../../domain/calendar/index.js';
import type { Choice, MeetingId, PersonId, Tally } from '../../domain/meeting/state.js';

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
