import { dayNumber, minutesOf, weekdayOfDay } from './dates.js';
import type { WorkingCalendar } from './types.js';

/** A calendar made ready for millions of questions. */
export interface DayIndex {
  /** Bit n is set when ISO weekday n is off. */
  weekend: number;
  /** Day number → whether it works, for the days that differ from their weekday's rule. */
  exceptions: Map<number, boolean>;
  /** Minutes since midnight on the clock. */
  open: number;
  close: number;
}

const indexes = new WeakMap<WorkingCalendar, DayIndex>();

/** Longest run of days off that is believed; beyond it the calendar is broken (all seven days off). */
const LONGEST_BREAK = 366;

function build(cal: WorkingCalendar): DayIndex {
  const exceptions = new Map<number, boolean>();
  for (const date of cal.holidays) exceptions.set(dayNumber(date), false);
  for (const date of cal.makeUpDays) exceptions.set(dayNumber(date), true);
  const weekend = cal.weekend.reduce((bits, weekday) => bits | (1 << weekday), 0);
  const [open, close] = [minutesOf(cal.dayStart), minutesOf(cal.dayEnd)];
  if (close - open < 60) throw new RangeError(`a working day of less than an hour in calendar ${cal.id}`);
  return { weekend, exceptions, open, close };
}

/** The index of a calendar, made once per calendar object. RangeError for a malformed calendar. */
export function dayIndex(cal: WorkingCalendar): DayIndex {
  let index = indexes.get(cal);
  if (index === undefined) {
    index = build(cal);
    indexes.set(cal, index);
  }
  return index;
}

/** Whether a day number is a working day. */
export function worksOn(index: DayIndex, day: number): boolean {
  return index.exceptions.get(day) ?? (index.weekend & (1 << weekdayOfDay(day))) === 0;
}

/** The n-th working day after (direction 1) or before (-1) a day; the day itself for n = 0. RangeError for a bad n. */
export function stepWorkingDays(index: DayIndex, from: number, n: number, direction: 1 | -1): number {
  if (!(Number.isSafeInteger(n) && n >= 0)) throw new RangeError(`not a number of working days: ${n}`);
  let day = from;
  for (let left = n; left > 0; left -= 1) {
    let steps = 0;
    do {
      day += direction;
      steps += 1;
      if (steps > LONGEST_BREAK) throw new RangeError('a calendar without a working day within a year');
    } while (!worksOn(index, day));
  }
  return day;
}
