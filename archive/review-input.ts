/** R1: from a quarter's name to what its review is made of. */
import { DAY, zoneData } from '../domain/calendar/index.js';
import type { Instant, WorkingCalendar, ZoneData } from '../domain/calendar/index.js';
import { quartersUpTo, reviewedAt, spanOf } from '../domain/review/quarter.js';
import type { Quarter } from '../domain/review/report.js';
import type { ReviewSpan } from './review-figures.js';

export interface ReviewInput {
  /** The quarters up to the one that is reviewed, this one last. */
  spans: ReviewSpan[];
  timeZone: string;
  madeAt: Instant;
}

/** As many quarters as the trend shows. */
const trendQuarters = 8;
const year = 366 * DAY;

export const zoneAround = (timeZone: string, t: Instant): ZoneData => zoneData(timeZone, t - 4 * year, t + year);
export const zoneOfQuarter = (timeZone: string, quarter: Quarter): ZoneData =>
  zoneAround(timeZone, Date.UTC(Number(quarter.slice(0, 4)), 6));

/** The same for everybody who asks, whenever. */
export function reviewInput(
  { calendar, timeZone }: { calendar: WorkingCalendar; timeZone: string },
  quarter: Quarter,
): ReviewInput {
  const zone = zoneOfQuarter(timeZone, quarter);
  const spans = quartersUpTo(quarter, trendQuarters).map((q) => ({ quarter: q, ...spanOf(q, zone) }));
  return { spans, timeZone, madeAt: reviewedAt(quarter, calendar, zone) };
}

/** The quarter as far as it has come: what is due later is not late. */
export function soFarInput(
  organisation: { calendar: WorkingCalendar; timeZone: string },
  quarter: Quarter,
  now: Instant,
): ReviewInput {
  const input = reviewInput(organisation, quarter);
  const spans = input.spans.map((s) => ({ ...s, to: Math.min(s.to, now) }));
  return { ...input, spans, madeAt: now };
}
