/** R1: which quarter is due, and its review, made once. */
import { reviewInput, zoneAround } from '../../archive/review-input.js';
import type { Instant } from '../../domain/calendar/index.js';
import { dueForReview } from '../../domain/review/quarter.js';
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
  { reviews }: Pick<Ports, 'reviews'>,
  planning: Planning,
  quarter: Quarter,
): Promise<MadeReview> {
  const report = await reviews.make(reviewInput(planning, quarter));
  return { quarter, madeAt: report.madeAt, meetings: report.meetings.length };
}
