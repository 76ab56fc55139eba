import {
  addDays,
  addWorkingDays,
  atTime,
  dueAt,
  nextAllowed,
  previousAllowed,
  toLocal,
  workingDaysAfter,
  workingDaysBefore,
} from '../../calendar/index.js';
import type { Instant, LocalDate } from '../../calendar/index.js';
import { fault } from '../../errors.js';
import type { Fault } from '../../errors.js';
import type { MeetingState } from '../state.js';

/** Days, about two years: as far as the meeting's own copy of the zone's clock changes reaches. */
const farthestDays = 730;

type Clock = Pick<MeetingState, 'calendar' | 'zone' | 'norms'>;

export function dateOf({ zone }: Clock, t: Instant): LocalDate {
  return toLocal(zone, t).date;
}

/** "Due dates mean 18:00 in the meeting's zone": the due instant of whatever moment of the day was given. */
export function dueOn(clock: Clock, t: Instant): Instant {
  return dueAt(clock.zone, dateOf(clock, t));
}

/** 18:00 on the n-th working day after the day of `now` ("due that day + 3 wd"). */
export function dueIn(clock: Clock, now: Instant, wd: number): Instant {
  return dueAt(clock.zone, workingDaysAfter(clock.calendar, dateOf(clock, now), wd));
}

/**
 * F1, F5, H1, H2: the reminder before a deadline: some wd ahead at the digest's time, pulled into the working hours, both
 * on the clock of whom it is for.
 */
export function reminderBefore(
  clock: Clock,
  deadline: Instant,
  wd: number,
  { zone = clock.zone, calendar = clock.calendar }: Partial<Pick<Clock, 'zone' | 'calendar'>> = {},
): Instant {
  const date = workingDaysBefore(calendar, toLocal(zone, deadline).date, wd);
  return previousAllowed(calendar, zone, atTime(zone, date, clock.norms.reminderAt));
}

/** When somebody's silence counts: n wd after `now`; what follows is a reminder, so it waits for the working hours (H1). */
export function silenceAt(clock: Clock, now: Instant, wd: number): Instant {
  return nextAllowed(clock.calendar, clock.zone, addWorkingDays(clock.calendar, clock.zone, now, wd));
}

/** F3 "at the top weekly": the same clock time some days on, in the working hours. */
export function daysLater(clock: Clock, now: Instant, days: number): Instant {
  const { date, time } = toLocal(clock.zone, now);
  return nextAllowed(clock.calendar, clock.zone, atTime(clock.zone, addDays(date, days), time));
}

/** F2: the last date that may be given after a miss. */
export function latestNewDate(clock: Clock, now: Instant): LocalDate {
  return dateOf(clock, addWorkingDays(clock.calendar, clock.zone, now, clock.norms.newDateMaxWd));
}

/** E14, F2: faults of a due date: it lies ahead, within two years, and after a miss within `newDateMaxWd`. */
export function dueFaults(clock: Clock, due: Instant, now: Instant, path: string, afterMiss: boolean): Fault[] {
  const date = dateOf(clock, due);
  const today = dateOf(clock, now);
  if (dueOn(clock, due) <= now) return [fault('E14.duePast', path, { date, today })];
  const farthest = addDays(today, farthestDays);
  if (date > farthest) return [fault('E14.dueTooFar', path, { date, latest: farthest })];
  const latest = latestNewDate(clock, now);
  if (afterMiss && date > latest)
    return [fault('F2.newDateTooLate', path, { date, latest, days: clock.norms.newDateMaxWd })];
  return [];
}
