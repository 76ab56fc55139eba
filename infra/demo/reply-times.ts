import { atTime, lastWorkingDayBefore, nextWorkingDay, toLocal } from '../../domain/calendar/index.js';
import type { Instant, WorkingCalendar, ZoneData } from '../../domain/calendar/index.js';
import { defaultNorms } from '../../domain/norms.js';

const minute = 60_000;
const hour = 60 * minute;

/** When people reply to the notice, in this order; however short the notice is, all of it before the host may open. */
export interface ReplyTimes {
  /** Most reply. */
  prompt: Instant;
  changeOfMind: Instant;
  /** N2: the reminders. One that is past when its turn comes does not exist. */
  first: Instant;
  afterFirst: Instant;
  second: Instant;
  afterSecond: Instant;
}

export function replyTimes(
  now: Instant,
  startsAt: Instant,
  { calendar, zone }: { calendar: WorkingCalendar; zone: ZoneData },
): ReplyTimes {
  const dateOf = (at: Instant): string => toLocal(zone, at).date;
  const lastDay = lastWorkingDayBefore(calendar, dateOf(startsAt));
  const first = atTime(zone, lastDay, defaultNorms.replyReminderAt);
  const second = atTime(zone, lastDay, defaultNorms.keyReplyReminderAt);
  const end = startsAt - (defaultNorms.openEarlyMinutes + 1) * minute;
  const ahead = [first, second, end].find((at) => at > now + minute) ?? end;
  const latest = Math.max(now, ahead - minute);
  const prompt = Math.min(atTime(zone, nextWorkingDay(calendar, dateOf(now)), '09:05'), latest);
  const afterFirst = Math.min(first + 25 * minute, end);
  return {
    prompt,
    changeOfMind: Math.min(prompt + 7 * hour, latest),
    first,
    afterFirst,
    second,
    afterSecond: Math.min(second + 10 * minute, end),
  };
}
