/** A moment: epoch milliseconds, UTC. */
export type Instant = number;

/** A day on somebody's wall calendar, `YYYY-MM-DD`, without a zone. */
export type LocalDate = string;

/** A time on somebody's wall clock, `HH:MM` from 00:00 to 23:59, without a zone. */
export type LocalTime = string;

/**
 * A zone's offsets as data, so that a workflow that runs for months replays with the clock changes it was created
 * with, whatever tz data the worker of that day has. Ascending; `minutes` are east of UTC; `offsets[0].from` is the
 * beginning of the covered span. Outside the span the nearest offset is taken.
 */
export interface ZoneData {
  readonly name: string;
  readonly offsets: readonly { readonly from: Instant; readonly minutes: number }[];
}

/** H1: somebody's own clock, with their own working calendar where that is not the meeting's. */
export interface PersonalClock extends ZoneData {
  readonly calendar?: WorkingCalendar;
}

/**
 * Which days and hours somebody works. A make-up day works whatever else is said of it; a holiday never works; the
 * weekend (ISO weekdays, 1 = Monday … 7 = Sunday) does not. Treat one as frozen: lookups are indexed by object.
 */
export interface WorkingCalendar {
  readonly id: string;
  readonly weekend: readonly number[];
  readonly holidays: readonly LocalDate[];
  readonly makeUpDays: readonly LocalDate[];
  /** Local clock, 08:30 unless configured. */
  readonly dayStart: LocalTime;
  /** Local clock, 18:00 unless configured, at least one hour after `dayStart`. */
  readonly dayEnd: LocalTime;
  /** The last day for which holidays are known; after it only the weekend counts. Absent: no such limit. */
  readonly coversUntil?: LocalDate;
}
