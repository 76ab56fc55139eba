/** R1: which quarter is due, and its review, made once. */
import { reviewInput, zoneAround } from '../../archive/review-input.js';
import type { Instant } from '../../domain/calendar/index.js';
import { dueForReview } from '../../domain/review/quarter.js';
import { propose } from '../../domain/review/propose.js';
import { resultOf } from '../../domain/review/results.js';
import type { Quarter } from '../../domain/review/report.js';
import type { Planning } from '../plan-series.js';
import type { Ports } from '../ports.js';

export interface MadeReview {
  quarter: Quarter;
  madeAt: Instant;
  meetings: number;
}

/** R1: the quarter that is reviewed at a scheduled time, on the organisation's own calendar; none on most days. */
export function dueReview({ calendar, timeZone }: Planning, scheduledAt: Instant): Quarter | undefined {
  return dueForReview(scheduledAt, calendar, zoneAround(timeZone, scheduledAt));
}

/** Any number of times: what was kept first stays. */
export async function makeReview(
  { reviews, proposals }: Pick<Ports, 'reviews' | 'proposals'>,
  planning: Planning,
  quarter: Quarter,
): Promise<MadeReview> {
  const input = reviewInput(planning, quarter);
  const { from, to } = input.spans.at(-1)!;
  const norms = await planning.norms(input.madeAt);
  const found = {
    proposals: propose(await proposals.histories(from, to), quarter, norms),
    results: (await proposals.accepted(to)).map((a) => resultOf(a.proposal, a.acceptedAt, a.held)),
  };
  const report = await reviews.make(input, () => Promise.resolve(found));
  await proposals.keep(quarter, report.madeAt, report.proposals);
  return { quarter, madeAt: report.madeAt, meetings: report.meetings.length };
}
