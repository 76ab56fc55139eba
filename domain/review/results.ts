/** R2: what came of a proposal that was accepted: the series' meetings before and since. */
import type { Instant } from '../calendar/index.js';
import type { HeldFacts } from './propose.js';
import type { Proposal, ProposalResult } from './proposals.js';

/** Meetings before that it is compared with. */
const mostBefore = 6;

/** A meeting that was made before the change is as the series was then. */
export function resultOf(proposal: Proposal, acceptedAt: Instant, held: HeldFacts[]): ProposalResult {
  const before = held.filter((m) => m.createdAt <= acceptedAt).slice(-mostBefore);
  const since = held.filter((m) => m.createdAt > acceptedAt);
  const { id: proposalId, seriesId, title, change } = proposal;
  return { proposalId, seriesId, title, kind: change.kind, acceptedAt, before: means(before), since: means(since) };
}

function means(held: HeldFacts[]): ProposalResult['before'] {
  const mean = (numbers: number[], digits: number): number | undefined =>
    numbers.length === 0
      ? undefined
      : Math.round((numbers.reduce((sum, n) => sum + n, 0) / numbers.length) * digits) / digits;
  const effectiveness = mean(
    held.flatMap((m) => m.effectiveness ?? []),
    100,
  );
  const minutes = mean(
    held.flatMap((m) => m.minutes ?? []),
    1,
  );
  return {
    meetings: held.length,
    ...(effectiveness === undefined ? {} : { effectiveness }),
    ...(minutes === undefined ? {} : { minutes }),
  };
}
