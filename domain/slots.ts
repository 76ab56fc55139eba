/** X1: the earliest time that suits everybody, for an emergency; also for a meeting that looks for another time. */
import { addWorkingDays, isWorkingDay, MINUTE, nextWorkingDay, toLocal, fromLocal } from './calendar/index.js';
import type { Instant, WorkingCalendar, ZoneData } from './calendar/index.js';

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
  /** Slots begin on these minutes of the clock. */
  stepMinutes?: number;
}

export interface Slot {
  startsAt: Instant;
  endsAt: Instant;
}

const defaultDays = 10;
const defaultStep = 15;

/**
 * The first slots, earliest first, within working hours on working days, that touch nobody's busy time. They do not
 * overlap each other. Empty: there is none within the days looked through.
 */
export function freeSlots(busy: Busy[], calendar: WorkingCalendar, zone: ZoneData, query: SlotQuery, most = 3): Slot[] {
  const length = query.durationMinutes * MINUTE;
  const step = (query.stepMinutes ?? defaultStep) * MINUTE;
  const until = addWorkingDays(calendar, zone, query.from, query.workingDays ?? defaultDays);
  const taken = [...busy].filter((b) => b.to > query.from).sort((a, b) => a.from - b.from);
  const found: Slot[] = [];
  let { date } = toLocal(zone, query.from);
  if (!isWorkingDay(calendar, date)) date = nextWorkingDay(calendar, date);
  for (; found.length < most; date = nextWorkingDay(calendar, date)) {
    const opens = fromLocal(zone, date, calendar.dayStart);
    if (opens > until) return found;
    const closes = fromLocal(zone, date, calendar.dayEnd);
    let at = onStep(Math.max(opens, query.from), opens, step);
    while (at + length <= closes && found.length < most) {
      const clash = taken.filter((b) => b.from < at + length && b.to > at);
      if (clash.length === 0) found.push({ startsAt: at, endsAt: at + length });
      const next = clash.length === 0 ? at + length : Math.max(...clash.map((b) => b.to));
      at = onStep(Math.max(next, at + step), opens, step);
    }
  }
  return found;
}

/** The earliest of them. */
export function earliestSlot(
  busy: Busy[],
  calendar: WorkingCalendar,
  zone: ZoneData,
  query: SlotQuery,
): Slot | undefined {
  return freeSlots(busy, calendar, zone, query, 1)[0];
}

/** The next full quarter of an hour, counted from the hour that the working day's opening lies in. */
function onStep(at: Instant, opens: Instant, step: number): Instant {
  const hour = Math.floor(opens / (60 * MINUTE)) * 60 * MINUTE;
  return hour + Math.ceil((at - hour) / step) * step;
}
