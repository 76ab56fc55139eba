/** A zone's clock changes as data (design §3, Determinism), made once a day and zone: making them asks Intl some 500 times. */
import { DAY, zoneData } from '../domain/calendar/index.js';
import type { Instant, ZoneData } from '../domain/calendar/index.js';
import { bounds } from './schemas/base.js';

/** From the last possible look back to two years after the latest possible start. */
const [before, after] = [7 * DAY, (2 * bounds.startDays + 60) * DAY];
const most = 500;
const made = new Map<string, ZoneData>();

/** RangeError for a name that is no IANA zone. */
export function zoneFor(name: string, now: Instant): ZoneData {
  const today = Math.floor(now / DAY) * DAY;
  const key = `${name} ${today}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const zone = zoneData(name, today - before, today + after);
  if (made.size >= most) made.clear();
  made.set(key, zone);
  return zone;
}
