/** R2: what could be changed about a series, with the facts that say so, and what came of it. */
import type { Instant } from '../calendar/index.js';
import type { MeetingId, PersonId, TopicId } from '../meeting/words.js';

/** What is proposed; one concrete change of a series each. */
export type ProposalChange =
  /** Who neither spoke nor voted in the last three meetings held leaves the list. */
  | { kind: 'dropPeople'; people: PersonId[] }
  /** Ended early three times. */
  | { kind: 'shorten'; fromMinutes: number; toMinutes: number }
  /** Ran over three times: two meetings of half the agenda. */
  | { kind: 'split'; fromMinutes: number; toMinutes: number }
  /** Topics that repeat are held as one. */
  | { kind: 'mergeTopics'; topics: { topicId: TopicId; title: string }[] }
  /** Few decisions and few actions: every second date is left out. */
  | { kind: 'everySecond' };

export interface Proposal {
  /** `<quarter>-<series id>-<kind>`: the same quarter proposes the same under the same id. */
  id: string;
  seriesId: string;
  title: string;
  change: ProposalChange;
  /** The meetings that say so. */
  because: MeetingId[];
  /** When each of them began: some lie before the quarter. Absent in older reports. */
  becauseAt?: Instant[];
  /** What the reason counts: minutes early or over on average, meetings without a word … */
  params: Record<string, number>;
  /** Rank: how inefficient the series is, 0 (not) to 1. */
  score: number;
}

/** Of an accepted proposal: the series' figures before and since. */
export interface ProposalResult {
  proposalId: string;
  seriesId: string;
  title: string;
  kind: ProposalChange['kind'];
  acceptedAt: Instant;
  /** Means of the meetings held before and since; absent when nothing was rated. */
  before: { meetings: number; effectiveness?: number; minutes?: number };
  since: { meetings: number; effectiveness?: number; minutes?: number };
}
