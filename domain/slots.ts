/** X1: the earliest time that suits everybody, for an emergency; also for a meeting that looks for another time. */
import { addWorkingDays, fromLocal, toLocal } from './calendar/index.js';
import type { Instant, WorkingCalendar, ZoneData } from './calendar/index.js';
import { earliestSlots } from './meeting/free.js';
import type { Span } from './meeting/free.js';

/** When somebody is taken; the end is not part of it. */
export interface Busy {
  person: string;
  from: Instant;
  to: Instant;
}

export interface SlotQuery {
  durationMinutes: number;
  /** No slot before this moment. */
  from: Instant;
  /** How many working days are looked through. */
  workingDays?: number;
}

const defaultDays = 10;

/**
 * The first slots, earliest first, within working hours on working days, that touch nobody's busy time. They do not
 * overlap each other. Empty: there is none within the days looked through; the last of them counts to its end.
 */
export function freeSlots(busy: Busy[], calendar: WorkingCalendar, zone: ZoneData, query: SlotQuery, most = 3): Span[] {
  const { from, durationMinutes, workingDays = defaultDays } = query;
  const until = addWorkingDays(calendar, zone, from, workingDays);
  const { date } = toLocal(zone, until);
  const counts = fromLocal(zone, date, calendar.dayStart) <= until;
  const to = counts ? fromLocal(zone, date, calendar.dayEnd) : until;
  const taken = busy.map((b): Span => ({ startsAt: b.from, endsAt: b.to }));
  return earliestSlots({ busy: taken, from, to, durationMinutes, limit: most, calendar, zone });
}

/** The earliest of them. */
export function earliestSlot(
  busy: Busy[],
  calendar: WorkingCalendar,
  zone: ZoneData,
  query: SlotQuery,
): Span | undefined {
  return freeSlots(busy, calendar, zone, query, 1)[0];
}
