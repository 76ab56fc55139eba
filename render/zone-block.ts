/**
 * The VTIMEZONE of a meeting's zone. The library's block says the zone's rules for ever; where it disagrees with the
 * clock changes that the meeting carries (standard.md: a meeting keeps them), the meeting's own are written out.
 */
import { tzlib_get_ical_block, tzlib_get_offset } from 'timezones-ical-library';
import { isAmbiguous, offsetAt, toLocal } from '../domain/calendar/index.js';
import type { Instant, ZoneData } from '../domain/calendar/index.js';

export interface ZoneBlock {
  tzid: string;
  /** Lines ended by CRLF, without the last end. */
  block: string;
}

const minute = 60_000;
const pad = (n: number): string => String(n).padStart(2, '0');

/** `+0800` */
function offsetText(minutes: number): string {
  const positive = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(positive / 60))}${pad(positive % 60)}`;
}

/** A moment on the clock of an offset, `20260308T020000`. */
export function localText(t: Instant, offsetMinutes: number): string {
  return new Date(t + offsetMinutes * minute).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
}

/**
 * Undefined = write UTC: a zone that is UTC, and a local time that the clock shows twice (calendar programs disagree
 * which one it is).
 */
export function zoneBlock(zone: ZoneData, moments: Instant[]): ZoneBlock | undefined {
  if (/^(Etc\/)?(UTC|GMT|UCT|Zulu|Universal)$/i.test(zone.name)) return undefined;
  const local = moments.map((t) => toLocal(zone, t));
  if (local.some(({ date, time }) => isAmbiguous(zone, date, time))) return undefined;
  const agrees = moments.every((t, i) => {
    const { date, time } = local[i]!;
    return libraryOffset(zone.name, date, time) === offsetText(offsetAt(zone, t));
  });
  return (agrees ? libraryBlock(zone.name) : undefined) ?? ownBlock(zone);
}

function libraryOffset(name: string, date: string, time: string): string | undefined {
  try {
    return tzlib_get_offset(name, date, time);
  } catch {
    return undefined;
  }
}

function libraryBlock(name: string): ZoneBlock | undefined {
  const found = tzlib_get_ical_block(name);
  if (typeof found === 'string') return undefined;
  const [block, tzid] = found;
  if (!block || !tzid?.startsWith('TZID=')) return undefined;
  return { block, tzid: tzid.slice('TZID='.length) };
}

/** Every change of the meeting's zone data as an observance of its own. */
function ownBlock(zone: ZoneData): ZoneBlock {
  const observances = zone.offsets.flatMap(({ from, minutes }, i) => {
    const before = zone.offsets[i - 1]?.minutes ?? minutes;
    const kind = minutes > before ? 'DAYLIGHT' : 'STANDARD';
    return [
      `BEGIN:${kind}`,
      `TZOFFSETFROM:${offsetText(before)}`,
      `TZOFFSETTO:${offsetText(minutes)}`,
      `DTSTART:${i === 0 ? '19700101T000000' : localText(from, before)}`,
      `END:${kind}`,
    ];
  });
  const lines = ['BEGIN:VTIMEZONE', `TZID:${zone.name}`, ...observances, 'END:VTIMEZONE'];
  return { tzid: zone.name, block: lines.join('\r\n') };
}
