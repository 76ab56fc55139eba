import { HOUR, MINUTE, dateOfDay, dayNumber } from './dates.js';
import { dayIndex, type DayIndex, stepWorkingDays, worksOn } from './day-index.js';
import type { Instant, LocalDate, LocalTime, WorkingCalendar, ZoneData } from './types.js';
import { fromLocal, instantOf, localParts } from './zone.js';

/** A make-up day works, a holiday does not, the weekend does not. RangeError for a malformed date. */
export function isWorkingDay(cal: WorkingCalendar, date: LocalDate): boolean {
  return worksOn(dayIndex(cal), dayNumber(date));
}

/** The n-th working day after a date, never the date itself unless n is 0. RangeError for a negative or broken n. */
export function workingDaysAfter(cal: WorkingCalendar, date: LocalDate, n: number): LocalDate {
  return dateOfDay(stepWorkingDays(dayIndex(cal), dayNumber(date), n, 1));
}

/** The n-th working day before a date, never the date itself unless n is 0. RangeError for a negative or broken n. */
export function workingDaysBefore(cal: WorkingCalendar, date: LocalDate, n: number): LocalDate {
  return dateOfDay(stepWorkingDays(dayIndex(cal), dayNumber(date), n, -1));
}

/** The last working day strictly before a date ("the last wd before the start"). */
export function lastWorkingDayBefore(cal: WorkingCalendar, date: LocalDate): LocalDate {
  return workingDaysBefore(cal, date, 1);
}

/** The first working day strictly after a date. */
export function nextWorkingDay(cal: WorkingCalendar, date: LocalDate): LocalDate {
  return workingDaysAfter(cal, date, 1);
}

/**
 * "n wd after t": the same clock time, to the millisecond, on the n-th working day after t; a t on a day off counts
 * from the start (`dayStart`) of the next working day. n = 0 gives t, or that start. Days are the zone's days; a
 * clock time that the last day skips moves forward, one that it shows twice is the first (`fromLocal`).
 * RangeError for a negative or broken n.
 */
export function addWorkingDays(cal: WorkingCalendar, zone: ZoneData, t: Instant, n: number): Instant {
  const index = dayIndex(cal);
  let { day, ms } = localParts(zone, t);
  if (!worksOn(index, day)) {
    day = stepWorkingDays(index, day, 1, 1);
    ms = index.open * MINUTE;
  } else if (n === 0) {
    return t; // not by way of the clock, which would move the second of two equal times to the first
  }
  return instantOf(zone, stepWorkingDays(index, day, n, 1), ms);
}

/** A clock time on a date in the zone ("10:00 on the last wd before"); gaps and doubled times as in `fromLocal`. */
export function atTime(zone: ZoneData, date: LocalDate, time: LocalTime): Instant {
  return fromLocal(zone, date, time);
}

/** "Due dates mean 18:00 in the meeting's zone"; the hour is the norm's default. */
export function dueAt(zone: ZoneData, date: LocalDate, time: LocalTime = '18:00'): Instant {
  return fromLocal(zone, date, time);
}

const openingOf = (index: DayIndex, zone: ZoneData, day: number): Instant => instantOf(zone, day, index.open * MINUTE);
const closingOf = (index: DayIndex, zone: ZoneData, day: number): Instant => instantOf(zone, day, index.close * MINUTE);

/**
 * The instant by which `hours` (fractions allowed) of working time have passed since t; only `dayStart` to `dayEnd`
 * of working days counts. Ends at `dayEnd` rather than at the next `dayStart`. RangeError for negative or broken hours.
 */
export function addWorkingHours(cal: WorkingCalendar, zone: ZoneData, t: Instant, hours: number): Instant {
  if (!(hours >= 0 && Number.isFinite(hours))) throw new RangeError(`not a number of working hours: ${hours}`);
  const index = dayIndex(cal);
  let { day } = localParts(zone, t);
  if (!worksOn(index, day) || t > closingOf(index, zone, day)) day = stepWorkingDays(index, day, 1, 1);
  let left = Math.round(hours * HOUR);
  for (let at = Math.max(t, openingOf(index, zone, day)); ; at = openingOf(index, zone, day)) {
    const rest = closingOf(index, zone, day) - at;
    if (left <= rest) return at + left;
    left -= rest;
    day = stepWorkingDays(index, day, 1, 1);
  }
}

/**
 * M1 "in the last working hour before": the latest instant that begins a full hour inside `dayStart` to `dayEnd` of
 * one working day, ending at or before `limit`.
 */
export function lastWorkingHourBefore(cal: WorkingCalendar, zone: ZoneData, limit: Instant): Instant {
  const index = dayIndex(cal);
  let { day } = localParts(zone, limit);
  if (!worksOn(index, day)) day = stepWorkingDays(index, day, 1, -1);
  for (; ; day = stepWorkingDays(index, day, 1, -1)) {
    const begin = Math.min(limit, closingOf(index, zone, day)) - HOUR;
    if (begin >= openingOf(index, zone, day)) return begin;
  }
}
