import { MINUTE } from './dates.js';
import { dayIndex, stepWorkingDays, worksOn } from './day-index.js';
import type { Instant, WorkingCalendar, ZoneData } from './types.js';
import { instantOf, localParts } from './zone.js';

/**
 * H1 Reminders go out only from `dayStart` to `dayEnd` on the recipient's working calendar and zone. Both ends belong
 * to the window, the last one as a whole minute: a timer that is due at 18:00 fires some milliseconds later on a real
 * server, and its mail must not wait for the next morning.
 */
export function insideHours(cal: WorkingCalendar, zone: ZoneData, t: Instant): boolean {
  const index = dayIndex(cal);
  const { day, ms } = localParts(zone, t);
  return ms >= index.open * MINUTE && ms < (index.close + 1) * MINUTE && worksOn(index, day);
}

/** H1 Reminders after a deadline wait: t itself when allowed, else the next opening of the window. */
export function nextAllowed(cal: WorkingCalendar, zone: ZoneData, t: Instant): Instant {
  if (insideHours(cal, zone, t)) return t;
  const index = dayIndex(cal);
  const { day, ms } = localParts(zone, t);
  const laterToday = ms < index.open * MINUTE && worksOn(index, day);
  return instantOf(zone, laterToday ? day : stepWorkingDays(index, day, 1, 1), index.open * MINUTE);
}

/** H1 Reminders before a deadline are pulled forward: t itself when allowed, else the last end of the window before. */
export function previousAllowed(cal: WorkingCalendar, zone: ZoneData, t: Instant): Instant {
  if (insideHours(cal, zone, t)) return t;
  const index = dayIndex(cal);
  const { day, ms } = localParts(zone, t);
  const earlierToday = ms > index.close * MINUTE && worksOn(index, day);
  return instantOf(zone, earlierToday ? day : stepWorkingDays(index, day, 1, -1), index.close * MINUTE);
}
