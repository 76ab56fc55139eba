/**
 * Dates and times as people read them (words.md, `{when}`). The meeting's own time comes from the zone data that the
 * meeting carries; only a reader's other zone asks the machine's tz data, which is right outside the engine's sandbox.
 */
import { compare, isLocalDate, offsetAt, toLocal, weekdayOf } from '../domain/calendar/index.js';
import type { Instant, LocalDate, ZoneData } from '../domain/calendar/index.js';
import type { Locale } from '../domain/meeting/state.js';
import { hasText, translator } from '../locales/index.js';
import { keptZones } from './zones.js';

const minute = 60_000;

/** Writes times for one reader: their language, the meeting's zone, and their own zone if it is another. */
export interface When {
  /** `{when}` of the subject lines: `Mon 14 Jul 09:30`, with the zone if the reader's clock shows another time. */
  when(t: Instant): string;
  /** The same without a zone, for a second time in one sentence. */
  time(t: Instant): string;
  /** `Mon 14 Jul`, in the meeting's zone. */
  day(t: Instant): string;
  /** `Mon 14 Jul`, on the reader's own clock. */
  readerDay(t: Instant): string;
  /** `Mon 14 Jul 2025` of a date. */
  date(date: LocalDate): string;
  /** `Mon 14 Jul 2025 09:30`, where the zone stands beside it already. */
  dateTime(t: Instant): string;
  /** `Mon 14 Jul 2025 09:30–10:30 (Taipei, UTC+8)`: always with year and zone. */
  span(from: Instant, to: Instant): string;
  /** `Mon 14 Jul 2025 09:30 (Taipei, UTC+8)`. */
  full(t: Instant): string;
  /** The span in the reader's zone, undefined where their clock shows the same. */
  readerSpan(from: Instant, to: Instant): string | undefined;
  /** `in 2 days`, `3 hours ago`. */
  relative(now: Instant, t: Instant): string;
}

/** `UTC+8`, `UTC-3:30`. */
export function offsetName(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** `Taipei`, `台北時間`; a zone that the catalogue does not know by its offset, in English by its city. */
export function zoneName(locale: Locale, zone: ZoneData, t: Instant): string {
  const key = `zones.${zone.name}`;
  const say = translator(locale);
  if (hasText(locale, key)) return say('words.zoneOf', { city: say(key) });
  const city = zone.name.split('/').pop();
  return locale === 'en' && zone.name.includes('/') && city !== undefined && !zone.name.startsWith('Etc/')
    ? city.replaceAll('_', ' ')
    : offsetName(offsetAt(zone, t));
}

const year = 366 * 24 * 60 * minute;
const kept = keptZones(3 * year, 4 * year, year);

/** A zone around a moment; undefined for a name that is none. */
function zoneAround(name: string, t: Instant): ZoneData | undefined {
  try {
    return kept(name, t);
  } catch {
    return undefined;
  }
}

type Say = ReturnType<typeof translator>;

function dateParams(say: Say, date: LocalDate): Record<string, string> {
  const [y = '', m = '', d = ''] = date.split('-');
  return {
    y,
    m: String(Number(m)),
    d: String(Number(d)),
    mon: say(`words.month.${Number(m)}`),
    wd: say(`words.weekday.${weekdayOf(date)}`),
  };
}

/** A moment on the zone's clock in one of the catalogue's patterns. */
function shown(say: Say, pattern: 'when' | 'day' | 'dayYear' | 'dayYearTime', zone: ZoneData, t: Instant): string {
  const { date, time } = toLocal(zone, t);
  return say(`words.${pattern}`, { ...dateParams(say, date), time });
}

/** `Mon 14 Jul 2025 09:30–10:30`; an end on another day is written in full. */
function spanText(say: Say, zone: ZoneData, from: Instant, to: Instant): string {
  const start = shown(say, 'dayYearTime', zone, from);
  if (to <= from) return start;
  const sameDay = compare(toLocal(zone, from).date, toLocal(zone, to).date) === 0;
  return `${start}–${sameDay ? toLocal(zone, to).time : shown(say, 'dayYearTime', zone, to)}`;
}

function relative(locale: Locale, now: Instant, t: Instant): string {
  const minutes = Math.round((t - now) / minute);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  if (Math.abs(minutes) < 60) return format.format(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  if (Math.abs(hours) < 48) return format.format(hours, 'hour');
  return format.format(Math.round(hours / 24), 'day');
}

/** How times are written for a reader. An unknown reader's zone counts as the meeting's. */
export function whenFor(locale: Locale, zone: ZoneData, readerZone?: string): When {
  const say = translator(locale);
  const own = (t: Instant): ZoneData | undefined => {
    if (readerZone === undefined || readerZone === zone.name) return undefined;
    const found = zoneAround(readerZone, t);
    return found === undefined || offsetAt(found, t) === offsetAt(zone, t) ? undefined : found;
  };
  const zoned = (text: string, z: ZoneData, t: Instant): string =>
    say('words.withZoneFull', { when: text, zone: zoneName(locale, z, t), offset: offsetName(offsetAt(z, t)) });
  return {
    when: (t) => {
      const text = shown(say, 'when', zone, t);
      return own(t) ? say('words.withZone', { when: text, zone: zoneName(locale, zone, t) }) : text;
    },
    time: (t) => shown(say, 'when', zone, t),
    day: (t) => shown(say, 'day', zone, t),
    readerDay: (t) => shown(say, 'day', own(t) ?? zone, t),
    date: (date) => (isLocalDate(date) ? say('words.dayYear', dateParams(say, date)) : date),
    dateTime: (t) => shown(say, 'dayYearTime', zone, t),
    span: (from, to) => zoned(spanText(say, zone, from, to), zone, from),
    full: (t) => zoned(shown(say, 'dayYearTime', zone, t), zone, t),
    readerSpan: (from, to) => {
      const mine = own(from);
      return mine && zoned(spanText(say, mine, from, to), mine, from);
    },
    relative: (now, t) => relative(locale, now, t),
  };
}
