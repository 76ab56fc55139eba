import { DAY, MINUTE, dateOfDay, dayNumber, minutesOf, timeOfMinutes, weekdayOfDay } from './dates.js';
import type { Instant, LocalDate, LocalTime, ZoneData } from './types.js';

/** What a wall clock and calendar in a zone show; seconds are cut off. */
export interface LocalMoment {
  date: LocalDate;
  time: LocalTime;
  /** ISO, 1 = Monday … 7 = Sunday. */
  weekday: number;
  /** Whole minutes on the clock since midnight, 0 to 1439. */
  minutesOfDay: number;
}

function indexAt(zone: ZoneData, t: Instant): number {
  const { offsets } = zone;
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle]!.from <= t) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Minutes east of UTC at an instant; outside the covered span the nearest known offset. */
export function offsetAt(zone: ZoneData, t: Instant): number {
  return zone.offsets[indexAt(zone, t)]!.minutes;
}

/** Day number and milliseconds on the clock since midnight, in the zone. */
export function localParts(zone: ZoneData, t: Instant): { day: number; ms: number } {
  const local = t + offsetAt(zone, t) * MINUTE;
  const day = Math.floor(local / DAY);
  return { day, ms: local - day * DAY };
}

/** What wall clock and calendar in the zone show at an instant. */
export function toLocal(zone: ZoneData, t: Instant): LocalMoment {
  const { day, ms } = localParts(zone, t);
  const minutesOfDay = Math.floor(ms / MINUTE);
  return { date: dateOfDay(day), time: timeOfMinutes(minutesOfDay), weekday: weekdayOfDay(day), minutesOfDay };
}

type Resolved = { kind: 'once' | 'twice' | 'never'; t: Instant };

/** `local` is the wall clock read as if it were UTC. Walks the few spans that can hold it, earliest first. */
function resolve(zone: ZoneData, local: number): Resolved {
  const { offsets } = zone;
  let first: Instant | undefined;
  for (let i = indexAt(zone, local - DAY); i < offsets.length; i += 1) {
    const span = offsets[i]!;
    const until = offsets[i + 1]?.from ?? Infinity;
    const t = local - span.minutes * MINUTE;
    if (first !== undefined) return { kind: t >= span.from && t < until ? 'twice' : 'once', t: first };
    if (t >= until) continue;
    if (t < span.from && i > 0) return { kind: 'never', t: local - offsets[i - 1]!.minutes * MINUTE };
    first = t;
  }
  return { kind: 'once', t: first! };
}

/** The instant of a day number and milliseconds on the clock; gaps and doubled times as in `fromLocal`. */
export function instantOf(zone: ZoneData, day: number, ms: number): Instant {
  return resolve(zone, day * DAY + ms).t;
}

const localMs = (date: LocalDate, time: LocalTime): number => dayNumber(date) * DAY + minutesOf(time) * MINUTE;

/**
 * The instant at which wall calendar and clock in the zone show this. A time that the clock skips moves forward by
 * the length of the gap; of a time that the clock shows twice, the first. RangeError for a malformed date or time.
 */
export function fromLocal(zone: ZoneData, date: LocalDate, time: LocalTime): Instant {
  return resolve(zone, localMs(date, time)).t;
}

/** Whether the zone's clock skips this time on this date. */
export function isGap(zone: ZoneData, date: LocalDate, time: LocalTime): boolean {
  return resolve(zone, localMs(date, time)).kind === 'never';
}

/** Whether the zone's clock shows this time twice on this date. */
export function isAmbiguous(zone: ZoneData, date: LocalDate, time: LocalTime): boolean {
  return resolve(zone, localMs(date, time)).kind === 'twice';
}
