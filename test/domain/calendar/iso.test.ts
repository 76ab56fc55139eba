import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { formatOffset, offsetIsValid, parseIsoInstant, toIso, zoneData } from '../../../domain/calendar/index.js';
import { anywhere, FROM, TO, utc, zone } from './support.js';

describe('ISO 8601 with offset, at the HTTP edge', () => {
  test('what is written is read back as the same moment, with an offset that the zone has', () => {
    fc.assert(
      fc.property(anywhere, ({ data, t }) => {
        const text = toIso(data, t);
        expect(parseIsoInstant(text)).toBe(t);
        expect(Date.parse(text)).toBe(t);
        expect(offsetIsValid(data, text)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('examples', () => {
    const taipei = zone('Asia/Taipei');
    expect(toIso(taipei, utc('2026-11-23T01:30Z'))).toBe('2026-11-23T09:30:00+08:00');
    expect(toIso(taipei, utc('2026-11-23T01:30:07.045Z'))).toBe('2026-11-23T09:30:07.045+08:00');
    expect(toIso(zone('America/New_York'), utc('2026-11-23T01:30Z'))).toBe('2026-11-22T20:30:00-05:00');
    expect(formatOffset(zoneData('America/St_Johns', FROM, TO), utc('2026-01-15T00:00Z'))).toBe('-03:30');
    expect(formatOffset(zoneData('UTC', FROM, TO), FROM)).toBe('+00:00');
  });

  test('seconds, fractions and a short offset are read; digits below the millisecond are cut', () => {
    expect(parseIsoInstant('2026-11-23T09:30+08:00')).toBe(utc('2026-11-23T01:30Z'));
    expect(parseIsoInstant('2026-11-23T09:30:01.5+08')).toBe(utc('2026-11-23T01:30:01.500Z'));
    expect(parseIsoInstant('2026-11-23T01:30:00.123987Z')).toBe(utc('2026-11-23T01:30:00.123Z'));
    expect(parseIsoInstant('1969-12-31T23:59:59-00:00')).toBe(-1000);
  });

  test('what is no ISO moment is undefined: no zone, no date, no time, no such day', () => {
    const broken = [
      '2026-11-23',
      '2026-11-23T09:30',
      '2026-11-23 09:30+08:00',
      '2026-11-23T09+08:00',
      '2026-02-29T09:30Z',
      '2026-11-31T09:30Z',
      '2026-13-01T09:30Z',
      '2026-11-23T24:00Z',
      '2026-11-23T09:60Z',
      '2026-11-23T09:30:60Z',
      '2026-11-23T09:30+0800',
      '2026-11-23T09:30+24:00',
      '2026-11-23T09:30+08:60',
      '2026-11-23T09:30:00.Z',
      '+002026-11-23T09:30Z',
      '2026-11-23T09:30Z[Asia/Taipei]',
      ' 2026-11-23T09:30Z',
      '2026-11-23T09:30Z\n',
      '23 Nov 2026',
      '',
    ];
    expect(broken.filter((text) => parseIsoInstant(text) !== undefined)).toEqual([]);
    expect(broken.filter((text) => offsetIsValid(zone('Asia/Taipei'), text))).toEqual([]);
  });

  test('any text at all gives a moment or undefined, never an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9TZ:.+-]{0,30}$/)), (text) => {
        const t = parseIsoInstant(text);
        expect(t === undefined || Number.isSafeInteger(t)).toBe(true);
      }),
    );
  });
});

describe('an offset that the zone does not have at that moment is refused', () => {
  test('Taipei is always +08:00', () => {
    const taipei = zone('Asia/Taipei');
    expect(offsetIsValid(taipei, '2026-11-23T09:30:00+08:00')).toBe(true);
    expect(offsetIsValid(taipei, '2026-11-23T09:30:00+09:00')).toBe(false);
    expect(offsetIsValid(taipei, '2026-11-23T09:30:00+00:00')).toBe(false);
  });

  test('Z names a moment without claiming an offset, so it always fits', () => {
    expect(offsetIsValid(zone('Asia/Taipei'), '2026-11-23T01:30:00Z')).toBe(true);
    expect(offsetIsValid(zone('America/New_York'), '2026-07-01T01:30:00-00:00')).toBe(true);
  });

  test('New York: summer and winter each have their own; the doubled hour has both; the skipped one has none', () => {
    const newYork = zone('America/New_York');
    expect(offsetIsValid(newYork, '2026-07-01T09:30:00-04:00')).toBe(true);
    expect(offsetIsValid(newYork, '2026-07-01T09:30:00-05:00')).toBe(false);
    expect(offsetIsValid(newYork, '2026-11-01T01:30:00-04:00')).toBe(true);
    expect(offsetIsValid(newYork, '2026-11-01T01:30:00-05:00')).toBe(true);
    expect(offsetIsValid(newYork, '2026-03-08T02:30:00-05:00')).toBe(false);
    expect(offsetIsValid(newYork, '2026-03-08T02:30:00-04:00')).toBe(false);
  });
});
