import { isLocalDate, isLocalTime, minutesOf } from './dates.js';
import type { WorkingCalendar } from './types.js';

/** A code and its parameters; the sentence is made per reader. `path` as in `holidays[3]`; empty for the whole. */
export interface CalendarFault {
  code: string;
  path: string;
  params: Record<string, string | number>;
}

export type CalendarConfigResult = { calendar: WorkingCalendar; faults: [] } | { faults: CalendarFault[] };

const FIELDS = ['id', 'weekend', 'holidays', 'makeUpDays', 'dayStart', 'dayEnd', 'coversUntil'];
/** Dates of either list; some decades of holidays. */
const MOST_DATES = 1000;

type Report = (code: string, path: string, params?: CalendarFault['params']) => void;

const isTextOf = (test: (text: string) => boolean, value: unknown): value is string =>
  typeof value === 'string' && test(value);

function checkDates(value: unknown, path: string, report: Report): string[] {
  if (!Array.isArray(value)) {
    report('calendar.list', path);
    return [];
  }
  if (value.length > MOST_DATES) {
    report('calendar.tooMany', path, { max: MOST_DATES, count: value.length });
    return [];
  }
  return value.filter((item: unknown, i): item is string => {
    const valid = isTextOf(isLocalDate, item);
    if (!valid) report('calendar.date', `${path}[${i}]`);
    return valid;
  });
}

function checkWeekend(value: unknown, report: Report): number[] {
  if (!Array.isArray(value)) {
    report('calendar.list', 'weekend');
    return [];
  }
  const days = value.filter((item: unknown, i): item is number => {
    const valid = typeof item === 'number' && Number.isInteger(item) && item >= 1 && item <= 7;
    if (!valid) report('calendar.weekday', `weekend[${i}]`);
    return valid;
  });
  const distinct = [...new Set(days)].sort((a, b) => a - b);
  if (distinct.length === 7) report('calendar.noWorkingDay', 'weekend');
  return distinct;
}

function checkTime(value: unknown, path: string, report: Report): string {
  if (isTextOf(isLocalTime, value)) return value;
  report('calendar.time', path);
  return '';
}

/**
 * Checks a calendar that configuration supplies, `{id, weekend?, holidays, makeUpDays?, dayStart?, dayEnd?,
 * coversUntil?}`: weekend Saturday and Sunday, hours 08:30 to 18:00 unless given. All faults at once, none of them
 * thrown: `calendar.object`, `.unknown` (a field), `.id`, `.list`, `.tooMany`, `.date`, `.weekday`, `.time`, `.hours`
 * (less than one), `.noWorkingDay`, `.both` (a holiday that is a make-up day too).
 */
export function parseCalendarConfig(input: unknown): CalendarConfigResult {
  const faults: CalendarFault[] = [];
  const report: Report = (code, path, params = {}) => void faults.push({ code, path, params });
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    report('calendar.object', '');
    return { faults };
  }
  const given = input as Record<string, unknown>;
  for (const name of Object.keys(given)) if (!FIELDS.includes(name)) report('calendar.unknown', name);

  const id = isTextOf((text) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text), given.id) ? given.id : undefined;
  if (id === undefined) report('calendar.id', 'id');
  const weekend = given.weekend === undefined ? [6, 7] : checkWeekend(given.weekend, report);
  const holidays = checkDates(given.holidays, 'holidays', report);
  const makeUpDays = given.makeUpDays === undefined ? [] : checkDates(given.makeUpDays, 'makeUpDays', report);
  const off = new Set(holidays);
  makeUpDays.forEach((date) => off.has(date) && report('calendar.both', 'makeUpDays', { date }));

  const dayStart = given.dayStart === undefined ? '08:30' : checkTime(given.dayStart, 'dayStart', report);
  const dayEnd = given.dayEnd === undefined ? '18:00' : checkTime(given.dayEnd, 'dayEnd', report);
  if (dayStart && dayEnd && minutesOf(dayEnd) - minutesOf(dayStart) < 60) report('calendar.hours', 'dayEnd');
  const until = given.coversUntil;
  if (until !== undefined && !isTextOf(isLocalDate, until)) report('calendar.date', 'coversUntil');

  if (faults.length > 0 || id === undefined) return { faults };
  const sorted = { holidays: [...off].sort(), makeUpDays: [...new Set(makeUpDays)].sort() };
  const cover = typeof until === 'string' ? { coversUntil: until } : {};
  return { calendar: { id, weekend, ...sorted, dayStart, dayEnd, ...cover }, faults: [] };
}
