import { addDays, daysBetween, isWorkingDay, weekdayOf } from '../calendar/index.js';
import type { LocalDate, WorkingCalendar } from '../calendar/index.js';
import type { InMonth, Pattern } from './rule.js';

/** A date that the pattern names: `key` by the pattern alone, `date` with the calendar where the pattern asks for one. */
export interface Candidate {
  key: LocalDate;
  date: LocalDate;
}

/** From the period of `starts` to `last`, in the order of their keys. */
export function* candidates(
  pattern: Pattern,
  starts: LocalDate,
  last: LocalDate,
  calendar: WorkingCalendar,
): Generator<Candidate> {
  if (pattern.every === 'week') yield* inWeeks(pattern, starts, last);
  else yield* inMonths(pattern, starts, last, calendar);
}

function* inWeeks(
  { interval, weekdays }: Extract<Pattern, { every: 'week' }>,
  starts: LocalDate,
  last: LocalDate,
): Generator<Candidate> {
  const days = [...new Set(weekdays)].sort((a, b) => a - b);
  let monday = addDays(starts, 1 - weekdayOf(starts));
  for (; monday <= last; monday = addDays(monday, 7 * interval)) {
    for (const weekday of days) {
      const date = addDays(monday, weekday - 1);
      if (date >= starts && date <= last) yield { key: date, date };
    }
  }
}

function* inMonths(
  pattern: Exclude<Pattern, { every: 'week' }>,
  starts: LocalDate,
  last: LocalDate,
  calendar: WorkingCalendar,
): Generator<Candidate> {
  const step = pattern.every === 'year' ? 12 * pattern.interval : pattern.interval;
  let month = monthNumber(starts);
  // A year's rule counts from the year of its first possible month.
  if (pattern.every === 'year') month += (pattern.month - 1 - (month % 12) + 12) % 12;
  for (; firstOf(month) <= last; month += step) {
    const found = inMonth(pattern, month, calendar);
    if (found !== undefined && found.date <= last) yield found;
  }
}

/** Months since the year 0. */
const monthNumber = (date: LocalDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;

const pad = (n: number, width: number): string => String(n).padStart(width, '0');
const firstOf = (month: number): LocalDate => `${pad(Math.floor(month / 12), 4)}-${pad((month % 12) + 1, 2)}-01`;
const lengthOf = (month: number): number => daysBetween(firstOf(month), firstOf(month + 1));

function inMonth(rule: InMonth, month: number, calendar: WorkingCalendar): Candidate | undefined {
  const first = firstOf(month);
  const length = lengthOf(month);
  const days = Array.from({ length }, (_, i) => addDays(first, i));
  switch (rule.by) {
    case 'day': {
      if (rule.day > length && rule.ifMissing === 'skip') return undefined;
      const date = addDays(first, Math.min(rule.day, length) - 1);
      return { key: date, date };
    }
    case 'weekday': {
      const named = days.filter((day) => weekdayOf(day) === rule.weekday);
      const key = nthOf(named, rule.nth);
      const date = rule.working
        ? nthOf(
            named.filter((day) => isWorkingDay(calendar, day)),
            rule.nth,
          )
        : key;
      return date === undefined ? undefined : { key: key ?? date, date };
    }
    case 'workingDay': {
      const date = nthOf(
        days.filter((day) => isWorkingDay(calendar, day)),
        rule.nth,
      );
      // The calendar may be corrected later: the month's own first or last day identifies it.
      return date === undefined ? undefined : { key: rule.nth < 0 ? days[length - 1]! : first, date };
    }
  }
}

const nthOf = (days: LocalDate[], nth: number): LocalDate | undefined =>
  nth < 0 ? days[days.length + nth] : days[nth - 1];
