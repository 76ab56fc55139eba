/** R1: which quarter is due, and its review, made once. */
import { DAY, zoneData } from '../../domain/calendar/index.js';
import type { Instant, ZoneData } from '../../domain/calendar/index.js';
import { dueForReview, quartersUpTo, reviewedAt, spanOf } from '../../domain/review/quarter.js';
import type { Quarter } from '../../domain/review/report.js';
import type { ReviewInput } from '../../archive/reviews.js';
import type { Planning } from '../plan-series.js';
import type { Ports } from '../ports.js';

/** As many quarters as the trend shows. */
export const trendQuarters = 8;
const year = 366 * DAY;

export interface MadeReview {
  quarter: Quarter;
  madeAt: Instant;
  meetings: number;
}

export const zoneAround = (timeZone: string, t: Instant): ZoneData => zoneData(timeZone, t - 4 * year, t + year);

/** R1: the quarter that is reviewed at a scheduled time, on the organisation's own calendar; none on most days. */
export function dueReview({ calendar, timeZone }: Planning, scheduledAt: Instant): Quarter | undefined {
  return dueForReview(scheduledAt, calendar, zoneAround(timeZone, scheduledAt));
}

/** The same for everybody who asks, whenever: what a review is made from but its facts. */
export function reviewInput(
  { calendar, timeZone }: Pick<Planning, 'calendar' | 'timeZone'>,
  quarter: Quarter,
): ReviewInput {
  const zone = zoneAround(timeZone, Date.UTC(Number(quarter.slice(0, 4)), 6));
  const spans = quartersUpTo(quarter, trendQuarters).map((q) => ({ quarter: q, ...spanOf(q, zone) }));
  return { spans, timeZone, madeAt: reviewedAt(quarter, calendar, zone) };
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
