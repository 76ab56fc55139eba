import type { LocalDate, LocalTime } from './types.js';

/** Milliseconds. */
export const MINUTE = 60_000;
/** Milliseconds. */
export const HOUR = 60 * MINUTE;
/** Milliseconds of a day without a clock change. */
export const DAY = 24 * HOUR;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{2}):(\d{2})$/;

/** Days since 1970-01-01 of a proleptic Gregorian date, by integer arithmetic (days from civil). */
export function dayFromCivil(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Days in a month, 1 = January; 0 for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  if (month < 1 || month > 12) return 0;
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function parseDate(date: string): number | undefined {
  const parts = DATE.exec(date);
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return day >= 1 && day <= daysInMonth(year, month) ? dayFromCivil(year, month, day) : undefined;
}

/** Whether a text is a date that exists, `YYYY-MM-DD`, years 0000 to 9999. */
export function isLocalDate(text: string): boolean {
  return parseDate(text) !== undefined;
}

/** Days since 1970-01-01. RangeError for a text that is no date. */
export function dayNumber(date: LocalDate): number {
  const day = parseDate(date);
  if (day === undefined) throw new RangeError(`not a date (YYYY-MM-DD): ${date}`);
  return day;
}

const pad = (n: number, width: number): string => String(n).padStart(width, '0');

/** The date of a day number; the inverse of `dayNumber`. */
export function dateOfDay(dayNo: number): LocalDate {
  const shifted = dayNo + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  if (!(year >= 0 && year <= 9999)) throw new RangeError(`a date beyond the years 0000 to 9999: day ${dayNo}`);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** ISO weekday of a day number, 1 = Monday … 7 = Sunday. */
export function weekdayOfDay(dayNo: number): number {
  return ((((dayNo + 3) % 7) + 7) % 7) + 1;
}

/** ISO weekday, 1 = Monday … 7 = Sunday. */
export function weekdayOf(date: LocalDate): number {
  return weekdayOfDay(dayNumber(date));
}

/** The date `days` later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDay(dayNumber(date) + days);
}

/** Days from `a` to `b`, negative when `b` is earlier. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return dayNumber(b) - dayNumber(a);
}

/** -1, 0 or 1, for sorting. */
export function compare(a: LocalDate, b: LocalDate): -1 | 0 | 1 {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function parseTime(time: string): number | undefined {
  const parts = TIME.exec(time);
  if (!parts) return undefined;
  const [hours, minutes] = [Number(parts[1]), Number(parts[2])];
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined;
}

/** Whether a text is a clock time, `HH:MM`, 00:00 to 23:59. */
export function isLocalTime(text: string): boolean {
  return parseTime(text) !== undefined;
}

/** Minutes since midnight on the clock. RangeError for a text that is no time. */
export function minutesOf(time: LocalTime): number {
  const minutes = parseTime(time);
  if (minutes === undefined) throw new RangeError(`not a time (HH:MM): ${time}`);
  return minutes;
}

/** The clock time of a number of minutes since midnight, 0 to 1439. */
export function timeOfMinutes(minutes: number): LocalTime {
  return `${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`;
}
