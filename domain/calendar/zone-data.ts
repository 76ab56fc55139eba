import { DAY } from './dates.js';
import type { Instant, ZoneData } from './types.js';

/**
 * The closest two clock changes of any zone since 1970 are a week less an hour apart (eastern Brazil, October 2000;
 * all zones looked at day by day), so looks three days apart miss none.
 */
const STEP = 3 * DAY;
const OFFSET = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/;

function offsetReader(name: string): (t: Instant) => number {
  if (!/^[A-Za-z]/.test(name)) throw new RangeError(`not an IANA time zone: ${name}`); // some engines take '+08:00'
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  return (t) => {
    const parts = OFFSET.exec(format.format(t));
    if (!parts) throw new RangeError(`no offset known for ${name}`);
    const minutes = Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0) + Math.round(Number(parts[4] ?? 0) / 60);
    return parts[1] === '-' ? -minutes : minutes;
  };
}

/**
 * The zone's offsets from `from` to `to` (both included), in whole minutes. The one function here that asks the
 * machine's tz data: call it at creation, never inside a workflow, and carry the answer along.
 * RangeError for a name that is no IANA zone or a span that is none.
 */
export function zoneData(name: string, from: Instant, to: Instant): ZoneData {
  if (!(Number.isFinite(from) && Number.isFinite(to) && from <= to)) throw new RangeError('not a span of time');
  const read = offsetReader(name);
  const offsets = [{ from, minutes: read(from) }];
  let [seen, minutes] = [from, offsets[0]!.minutes];
  while (seen < to) {
    const next = Math.min(seen + STEP, to);
    const then = read(next);
    while (minutes !== then) {
      let [before, after] = [seen, next];
      while (after - before > 1) {
        const middle = Math.floor((before + after) / 2);
        if (read(middle) === minutes) before = middle;
        else after = middle;
      }
      [seen, minutes] = [after, read(after)];
      offsets.push({ from: after, minutes });
    }
    seen = next;
  }
  return { name, offsets };
}
