/** R1: quarters of the organisation's calendar: three months from its first moment to that of the next, by local time. */
import { addDays, atTime, compare, fromLocal, nextWorkingDay, toLocal } from '../calendar/index.js';
import type { Instant, LocalDate, WorkingCalendar, ZoneData } from '../calendar/index.js';
import type { Quarter } from './report.js';

/** From one moment, included, to another, which is not. */
export interface Span {
  from: Instant;
  to: Instant;
}

const named = /^(\d{4})-Q([1-4])$/;

/** `2026-Q4`, from year 1970 on; anything else is no quarter. */
export function isQuarter(text: string): text is Quarter {
  const match = named.exec(text);
  return match !== null && Number(match[1]) >= 1970;
}

function parts(quarter: Quarter): { year: number; n: number } {
  const [, year, n] = named.exec(quarter) ?? [];
  return { year: Number(year), n: Number(n) };
}

/** Quarters in a row have numbers in a row. */
const indexOf = (quarter: Quarter): number => {
  const { year, n } = parts(quarter);
  return year * 4 + n - 1;
};
const ofIndex = (i: number): Quarter => `${Math.floor(i / 4)}-Q${((i % 4) + 1) as 1 | 2 | 3 | 4}`;

/** The quarter in which an instant lies, by the wall calendar of the zone. */
export function quarterOf(t: Instant, zone: ZoneData): Quarter {
  const { date } = toLocal(zone, t);
  return ofIndex(Number(date.slice(0, 4)) * 4 + Math.floor((Number(date.slice(5, 7)) - 1) / 3));
}

/** So many quarters later; negative: earlier. */
export const quartersLater = (quarter: Quarter, n: number): Quarter => ofIndex(indexOf(quarter) + n);
export const quarterBefore = (quarter: Quarter): Quarter => quartersLater(quarter, -1);
export const sameQuarterLastYear = (quarter: Quarter): Quarter => quartersLater(quarter, -4);

/** Its first day. */
export function firstDay(quarter: Quarter): LocalDate {
  const { year, n } = parts(quarter);
  return `${year}-${String(n * 3 - 2).padStart(2, '0')}-01`;
}

export function spanOf(quarter: Quarter, zone: ZoneData): Span {
  const at = (q: Quarter): Instant => fromLocal(zone, firstDay(q), '00:00');
  return { from: at(quarter), to: at(quartersLater(quarter, 1)) };
}

/** The quarters up to this one, this one last. */
export const quartersUpTo = (quarter: Quarter, count: number): Quarter[] =>
  Array.from({ length: count }, (_, i) => quartersLater(quarter, i + 1 - count));

/** R1: the first working day of a quarter: the day on which the one before is reviewed. */
export const firstWorkingDay = (quarter: Quarter, calendar: WorkingCalendar): LocalDate =>
  nextWorkingDay(calendar, addDays(firstDay(quarter), -1));

/** R1: when a quarter is reviewed: 09:00 on the first working day after it. */
export const reviewTime = '09:00';
export function reviewedAt(quarter: Quarter, calendar: WorkingCalendar, zone: ZoneData): Instant {
  return atTime(zone, firstWorkingDay(quartersLater(quarter, 1), calendar), reviewTime);
}

/**
 * Which quarter a scheduled time asks to review: the one before, on the first working day of a quarter; on all other days
 * none.
 */
export function dueForReview(t: Instant, calendar: WorkingCalendar, zone: ZoneData): Quarter | undefined {
  const current = quarterOf(t, zone);
  const isDay = compare(toLocal(zone, t).date, firstWorkingDay(current, calendar)) === 0;
  return isDay ? quarterBefore(current) : undefined;
}
