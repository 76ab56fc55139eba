import fc from 'fast-check';
import { type Instant, type ZoneData, zoneData } from '../../../domain/calendar/index.js';

/** The zones that the tests sweep: none, one, two clock changes a year, half an hour of them, a skipped day. */
export const ZONES = [
  'Asia/Taipei',
  'Asia/Shanghai',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Pacific/Apia',
] as const;

export const FROM = Date.UTC(2010, 0, 1);
export const TO = Date.UTC(2030, 0, 1);

const known = new Map<string, ZoneData>();
/** Twenty years of a zone, asked for once. */
export function zone(name: string): ZoneData {
  const data = known.get(name) ?? zoneData(name, FROM, TO);
  known.set(name, data);
  return data;
}

/** UTC in the tests' notation, `2026-11-23T01:30Z`. */
export const utc = (text: string): Instant => Date.parse(text);

const DAY = 86_400_000;

export const zones = fc.constantFrom(...ZONES).map(zone);

/** Instants of the years that both shipped calendars cover. */
export const moments = fc.integer({ min: Date.UTC(2024, 0, 10), max: Date.UTC(2026, 10, 1) });

/** A zone and a moment within two days of one of its clock changes; a zone without changes gives any moment. */
export const nearChanges = zones.chain((data) => {
  const changes = data.offsets.slice(1).map((offset) => offset.from);
  const around =
    changes.length === 0
      ? fc.integer({ min: FROM + 2 * DAY, max: TO - 2 * DAY })
      : fc
          .tuple(fc.constantFrom(...changes), fc.integer({ min: -2 * DAY, max: 2 * DAY }))
          .map(([change, off]) => change + off);
  return around.map((t) => ({ data, t }));
});

/** A zone and a moment, half of them close to a clock change. */
export const anywhere = fc.oneof(
  nearChanges,
  fc.record({ data: zones, t: fc.integer({ min: FROM + 2 * DAY, max: TO - 2 * DAY }) }),
);
