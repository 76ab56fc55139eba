/** H10, X1: the earliest times in working hours at which nobody is taken. */
import { fromLocal, isWorkingDay, MINUTE, nextWorkingDay, toLocal } from '../calendar/index.js';
import type { Instant, WorkingCalendar, ZoneData } from '../calendar/index.js';

export interface Span {
  startsAt: Instant;
  endsAt: Instant;
}

export interface FreeQuery {
  busy: Span[];
  from: Instant;
  to: Instant;
  durationMinutes: number;
  limit: number;
  calendar: WorkingCalendar;
  zone: ZoneData;
}

const step = 15 * MINUTE;

/** Slots start on quarters of an hour of the clock and do not overlap each other. */
export function earliestSlots({ busy, from, to, durationMinutes, limit, calendar, zone }: FreeQuery): Span[] {
  const length = durationMinutes * MINUTE;
  const found: Span[] = [];
  let { date } = toLocal(zone, from);
  if (!isWorkingDay(calendar, date)) date = nextWorkingDay(calendar, date);
  for (; found.length < limit; date = nextWorkingDay(calendar, date)) {
    const opens = fromLocal(zone, date, calendar.dayStart);
    if (opens >= to) break;
    const closes = Math.min(to, fromLocal(zone, date, calendar.dayEnd));
    let at = onQuarter(Math.max(opens, from));
    while (at + length <= closes && found.length < limit) {
      const clash = busy.filter((b) => b.startsAt < at + length && b.endsAt > at);
      if (clash.length === 0) found.push({ startsAt: at, endsAt: at + length });
      at = onQuarter(clash.length === 0 ? at + length : Math.max(...clash.map((b) => b.endsAt)));
    }
  }
  return found;
}

/** Every offset in use is a multiple of a quarter of an hour, so quarters of the clock are quarters of the epoch. */
const onQuarter = (at: Instant): Instant => Math.ceil(at / step) * step;
