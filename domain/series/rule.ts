/** S1: when a series meets, in local time; plain data. */
import type { LocalDate, LocalTime } from '../calendar/index.js';

/**
 * - week: every `interval` weeks, on these ISO weekdays (1 = Monday); weeks count from the one of `starts`
 * - month: every `interval` months; year: every `interval` years in `month`. In that month, on `day`, or on the `nth`
 *   (-1 = last) of: a `weekday`; with `working` only those that are working days; without a weekday any working day
 */
export type Pattern =
  | { every: 'week'; interval: number; weekdays: number[] }
  | ({ every: 'month'; interval: number } & InMonth)
  | ({ every: 'year'; interval: number; month: number } & InMonth);

export type InMonth =
  | { by: 'day'; day: number; ifMissing: 'lastDay' | 'skip' }
  | { by: 'weekday'; nth: number; weekday: number; working: boolean }
  | { by: 'workingDay'; nth: number };

export interface SeriesRule {
  pattern: Pattern;
  time: LocalTime;
  /** No meeting before this date. */
  starts: LocalDate;
  /** The last date; or how many there are, those that were skipped by hand included. */
  until?: LocalDate;
  count?: number;
  /** A date that falls on a day off: no meeting, the working day after, or the one before. */
  onDayOff: 'skip' | 'next' | 'previous';
  /** Keys of dates that do not take place. */
  skips: LocalDate[];
  /** Single dates that take place at another time. */
  moves: { key: LocalDate; date: LocalDate; time: LocalTime }[];
}

/** One meeting of a series. */
export interface Occurrence {
  /** The date by the pattern alone, whatever the calendar says: what identifies it for good. */
  key: LocalDate;
  /** The date it takes place on, after days off and moves. */
  date: LocalDate;
  startsAt: number;
}
