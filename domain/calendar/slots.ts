import { DAY } from './dates.js';
import { nextAllowed, previousAllowed } from './quietHours.js';
import type { Instant, LocalTime, WorkingCalendar, ZoneData } from './types.js';
import { atTime, isWorkingDay, nextWorkingDay } from './working-days.js';
import { toLocal } from './zone.js';

/**
 * H2 The first `time` of a working day that is at or after t, on the recipient's calendar and clock; a time outside the
 * working hours counts as their beginning.
 */
export function nextSlot(cal: WorkingCalendar, zone: ZoneData, t: Instant, time: LocalTime): Instant {
  const on = (date: string): Instant => nextAllowed(cal, zone, atTime(zone, date, time));
  // From the day before, since a time after the working hours has its slot on the day that follows.
  let { date } = toLocal(zone, t - DAY);
  if (!isWorkingDay(cal, date)) date = nextWorkingDay(cal, date);
  while (on(date) < t) date = nextWorkingDay(cal, date);
  return on(date);
}

/**
 * H1 When a reminder that was meant for t goes to somebody: at t inside their hours; else pulled forward to the last end
 * of their hours before it; where that is past, it waits for their next hours, if those are before the deadline.
 * Undefined: there is no such moment.
 */
export function reminderTime(
  cal: WorkingCalendar,
  zone: ZoneData,
  span: { at: Instant; deadline: Instant; now: Instant },
): Instant | undefined {
  const { at, deadline, now } = span;
  if (at <= now) return undefined;
  const forward = previousAllowed(cal, zone, at);
  if (forward > now) return forward;
  const waiting = nextAllowed(cal, zone, now + 1);
  return waiting < deadline ? waiting : undefined;
}
