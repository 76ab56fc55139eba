import { MINUTE, dateOfDay, dayFromCivil, DAY, daysInMonth, timeOfMinutes } from './dates.js';
import type { Instant, ZoneData } from './types.js';
import { localParts, offsetAt } from './zone.js';

/** The zone's offset at an instant, `+08:00`. */
export function formatOffset(zone: ZoneData, t: Instant): string {
  const minutes = offsetAt(zone, t);
  return (minutes < 0 ? '-' : '+') + timeOfMinutes(Math.abs(minutes));
}

/** ISO 8601 with the zone's offset, `2026-11-23T09:30:00+08:00`; milliseconds only when there are any. */
export function toIso(zone: ZoneData, t: Instant): string {
  const { day, ms } = localParts(zone, t);
  const seconds = String(Math.floor(ms / 1000) % 60).padStart(2, '0');
  const fraction = ms % 1000 === 0 ? '' : `.${String(ms % 1000).padStart(3, '0')}`;
  const clock = timeOfMinutes(Math.floor(ms / MINUTE));
  return `${dateOfDay(day)}T${clock}:${seconds}${fraction}${formatOffset(zone, t)}`;
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-])(\d{2})(?::(\d{2}))?)$/;

/** `offset` is undefined where the text names the moment but no offset: Z, or RFC 3339's -00:00. */
function parse(text: string): { t: Instant; offset: number | undefined } | undefined {
  const m = ISO.exec(text);
  if (!m) return undefined;
  const field = (i: number): number => Number(m[i] ?? 0);
  const [year, month, day, hour, minute, second] = [field(1), field(2), field(3), field(4), field(5), field(6)];
  if (day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return undefined;
  if (field(10) > 23 || field(11) > 59) return undefined;
  const ms = Number((m[7] ?? '').padEnd(3, '0').slice(0, 3));
  const minutes = field(10) * 60 + field(11);
  const east = m[9] === '-' ? -minutes : minutes;
  const local = dayFromCivil(year, month, day) * DAY + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
  const unknown = m[8] !== undefined || (m[9] === '-' && minutes === 0);
  return { t: local - east * MINUTE, offset: unknown ? undefined : east };
}

/**
 * The instant of an ISO 8601 date and time with Z or an offset (`+08:00` or `+08`), seconds optional, digits below the
 * millisecond cut off. Undefined for anything else, a date that does not exist and a time without offset included.
 */
export function parseIsoInstant(text: string): Instant | undefined {
  return parse(text)?.t;
}

/**
 * Whether the offset in an ISO 8601 text is the one that the zone has at that moment (in a doubled hour: either one).
 * Z names a moment and no offset (RFC 9557), so it always fits; so does -00:00. False for a text that is no instant.
 */
export function offsetIsValid(zone: ZoneData, isoText: string): boolean {
  const parsed = parse(isoText);
  if (!parsed) return false;
  return parsed.offset === undefined || parsed.offset === offsetAt(zone, parsed.t);
}
