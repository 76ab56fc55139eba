/** A zone's clock changes as data (design §3, Determinism), kept: making them asks Intl some 500 times. */
import { DAY, zoneData } from '../domain/calendar/index.js';
import type { Instant, ZoneData } from '../domain/calendar/index.js';

const most = 500;

/**
 * Zones from `back` before to `ahead` after the span of `every` that a moment lies in (all in milliseconds), each made once per
 * span and name. What it gives throws RangeError for a name that is no IANA zone.
 */
export function keptZones(back: number, ahead: number, every: number = DAY): (name: string, t: Instant) => ZoneData {
  const made = new Map<string, ZoneData>();
  return (name, t) => {
    const from = Math.floor(t / every) * every;
    const key = `${name} ${from}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const zone = zoneData(name, from - back, from + ahead);
    if (made.size >= most) made.clear();
    made.set(key, zone);
    return zone;
  };
}
