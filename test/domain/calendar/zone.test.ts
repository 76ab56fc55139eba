import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  addDays,
  fromLocal,
  isAmbiguous,
  isGap,
  offsetAt,
  toLocal,
  weekdayOf,
  type ZoneData,
  zoneData,
} from '../../../domain/calendar/index.js';
import { anywhere, FROM, TO, utc, zone, ZONES } from './support.js';

const formats = new Map(
  ZONES.map((name) => [
    name as string,
    new Intl.DateTimeFormat('en-GB', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'short',
    }),
  ]),
);
const WEEKDAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The platform's answer to the same question. */
function byIntl(name: string, t: number): { date: string; time: string; weekday: number } {
  const parts = formats.get(name)!.formatToParts(t);
  const get = (type: string): string => parts.find((part) => part.type === type)!.value;
  return {
    date: `${get('year')}-${get('month')}-${get('day')}`,
    time: `${get('hour')}:${get('minute')}`,
    weekday: WEEKDAYS.indexOf(get('weekday')),
  };
}

describe('zones are carried as data', () => {
  test('the local date, time and weekday are those of the platform, at clock changes too', () => {
    fc.assert(
      fc.property(anywhere, ({ data, t }) => {
        const { minutesOfDay, ...local } = toLocal(data, t);
        expect(local).toEqual(byIntl(data.name, t));
        expect(minutesOfDay).toBe(Number(local.time.slice(0, 2)) * 60 + Number(local.time.slice(3)));
        expect(local.weekday).toBe(weekdayOf(local.date));
      }),
      { numRuns: 1500 },
    );
  });

  test('from local and back is the same moment, but for the second of two equal times', () => {
    fc.assert(
      fc.property(anywhere, ({ data, t }) => {
        const minute = Math.floor(t / 60_000) * 60_000;
        const { date, time } = toLocal(data, minute);
        const back = fromLocal(data, date, time);
        expect(toLocal(data, back)).toEqual(toLocal(data, minute));
        expect(isGap(data, date, time)).toBe(false);
        if (isAmbiguous(data, date, time)) expect([minute, back]).toContain(Math.min(minute, back));
        else expect(back).toBe(minute);
        expect(back).toBeLessThanOrEqual(minute);
      }),
      { numRuns: 1500 },
    );
  });

  test('a time is ambiguous exactly when two moments show it', () => {
    fc.assert(
      fc.property(anywhere, ({ data, t }) => {
        const minute = Math.floor(t / 60_000) * 60_000;
        const shown = toLocal(data, minute);
        const candidates = new Set(data.offsets.map((offset) => offset.minutes));
        const local = minute + offsetAt(data, minute) * 60_000;
        const same = [...candidates]
          .map((m) => local - m * 60_000)
          .filter((u) => byIntl(data.name, u).time === shown.time);
        const distinct = same.filter((u) => byIntl(data.name, u).date === shown.date);
        expect(isAmbiguous(data, shown.date, shown.time)).toBe(distinct.length > 1);
      }),
      { numRuns: 500 },
    );
  });

  test('data that has been through JSON answers the same: it is what a workflow carries', () => {
    const data = zone('America/New_York');
    const carried = JSON.parse(JSON.stringify(data)) as ZoneData;
    for (let t = FROM; t < TO; t += 36_000_000) expect(toLocal(carried, t)).toEqual(toLocal(data, t));
  });

  test('outside the covered span the nearest offset is taken', () => {
    const data = zoneData('America/New_York', utc('2026-01-01T00:00Z'), utc('2026-06-01T00:00Z'));
    expect(offsetAt(data, utc('2025-07-01T00:00Z'))).toBe(-300);
    expect(offsetAt(data, utc('2026-12-31T00:00Z'))).toBe(-240);
    expect(fromLocal(data, '2025-07-01', '12:00')).toBe(utc('2025-07-01T17:00Z'));
  });
});

describe('clock changes by name and date', () => {
  test('New York, 8 March 2026: 02:30 does not exist and moves forward by the hour', () => {
    const data = zone('America/New_York');
    expect(isGap(data, '2026-03-08', '02:30')).toBe(true);
    expect(fromLocal(data, '2026-03-08', '02:30')).toBe(utc('2026-03-08T07:30Z'));
    expect(toLocal(data, fromLocal(data, '2026-03-08', '02:30')).time).toBe('03:30');
    expect(['01:59', '03:00'].map((time) => isGap(data, '2026-03-08', time))).toEqual([false, false]);
  });

  test('New York, 1 November 2026: 01:30 comes twice and the first counts', () => {
    const data = zone('America/New_York');
    expect(isAmbiguous(data, '2026-11-01', '01:30')).toBe(true);
    expect(fromLocal(data, '2026-11-01', '01:30')).toBe(utc('2026-11-01T05:30Z'));
    expect(toLocal(data, utc('2026-11-01T06:30Z')).time).toBe('01:30');
    expect(['00:59', '02:00'].map((time) => isAmbiguous(data, '2026-11-01', time))).toEqual([false, false]);
  });

  test('London, 29 March and 25 October 2026', () => {
    const data = zone('Europe/London');
    expect(fromLocal(data, '2026-03-29', '01:15')).toBe(utc('2026-03-29T01:15Z'));
    expect(toLocal(data, fromLocal(data, '2026-03-29', '01:15')).time).toBe('02:15');
    expect(fromLocal(data, '2026-10-25', '01:15')).toBe(utc('2026-10-25T00:15Z'));
  });

  test('Lord Howe moves by half an hour', () => {
    const data = zone('Australia/Lord_Howe');
    expect(toLocal(data, fromLocal(data, '2026-10-04', '02:15')).time).toBe('02:45');
    expect(isGap(data, '2026-10-04', '02:30')).toBe(false);
    expect(isAmbiguous(data, '2026-04-05', '01:45')).toBe(true);
    expect(isAmbiguous(data, '2026-04-05', '01:15')).toBe(false);
  });

  test('Apia skipped 30 December 2011 whole: its times move forward by a day', () => {
    const data = zone('Pacific/Apia');
    expect(isGap(data, '2011-12-30', '12:00')).toBe(true);
    expect(toLocal(data, fromLocal(data, '2011-12-30', '12:00'))).toMatchObject({ date: '2011-12-31', time: '12:00' });
    expect(toLocal(data, fromLocal(data, '2011-12-29', '23:59') + 60_000).date).toBe('2011-12-31');
  });

  test('Taipei and Shanghai have one offset and no changes', () => {
    for (const name of ['Asia/Taipei', 'Asia/Shanghai']) {
      expect(zone(name).offsets).toEqual([{ from: FROM, minutes: 480 }]);
    }
  });
});

describe('asking the machine’s tz data', () => {
  test('a zone that does not exist is a RangeError, an offset is no zone', () => {
    for (const name of ['Asia/Taipeh', '', 'Mars/Olympus', '+08:00', '08:00', '../etc']) {
      expect(() => zoneData(name, FROM, TO)).toThrow(RangeError);
    }
  });

  test('a span that ends before it begins, or has no number, is a RangeError', () => {
    expect(() => zoneData('Asia/Taipei', TO, FROM)).toThrow(RangeError);
    expect(() => zoneData('Asia/Taipei', NaN, TO)).toThrow(RangeError);
    expect(() => zoneData('Asia/Taipei', FROM, Infinity)).toThrow(RangeError);
  });

  test('changes at the very first and last moment are seen, to the millisecond', () => {
    const change = utc('2026-03-08T07:00Z');
    expect(zoneData('America/New_York', change, change).offsets).toEqual([{ from: change, minutes: -240 }]);
    expect(zoneData('America/New_York', change - 1, change).offsets).toEqual([
      { from: change - 1, minutes: -300 },
      { from: change, minutes: -240 },
    ]);
  });

  test('two changes within a week are both seen wherever the span begins (Noronha, October 2000)', () => {
    for (let hours = 0; hours < 24 * 14; hours += 1) {
      const data = zoneData('America/Noronha', utc('2000-09-01T00:00Z') + hours * 3_600_000, utc('2000-11-20T00:00Z'));
      expect(data.offsets.map((offset) => offset.minutes)).toEqual([-120, -60, -120]);
    }
  });

  test('a zone behind or on the meridian has plain numbers, no minus zero', () => {
    const minutes = zoneData('UTC', FROM, TO).offsets[0]!.minutes;
    expect(Object.is(minutes, 0)).toBe(true);
    expect(zoneData('America/St_Johns', FROM, FROM).offsets[0]!.minutes).toBe(-210);
  });

  test('two years hold a handful of changes, so that a workflow carries little', () => {
    for (const name of ZONES) {
      const data = zoneData(name, utc('2026-11-23T00:00Z'), utc('2028-11-23T00:00Z'));
      expect(JSON.stringify(data).length).toBeLessThan(300);
    }
    expect(addDays('2026-11-23', 731)).toBe('2028-11-23');
  });
});
