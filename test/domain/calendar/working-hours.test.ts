import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  addWorkingHours,
  CHINA,
  fromLocal,
  insideHours,
  isWorkingDay,
  lastWorkingHourBefore,
  nextAllowed,
  NO_HOLIDAYS,
  previousAllowed,
  TAIWAN,
  toIso,
  toLocal,
  type WorkingCalendar,
} from '../../../domain/calendar/index.js';
import { moments, utc, zone, zones } from './support.js';

const [HOUR, MINUTE] = [3_600_000, 60_000];
const taipei = zone('Asia/Taipei');
const calendars = fc.constantFrom(CHINA, TAIWAN, NO_HOLIDAYS);
const at = (date: string, time: string): number => fromLocal(taipei, date, time);
const shown = (t: number): string => toIso(taipei, t);
/** Works on every day from 01:00 to 04:00, so that clock changes fall into its hours. */
const nightShift: WorkingCalendar = { ...NO_HOLIDAYS, id: 'night', weekend: [], dayStart: '01:00', dayEnd: '04:00' };

describe('P8 working hours', () => {
  test('count only between the day’s start and end', () => {
    expect(shown(addWorkingHours(TAIWAN, taipei, at('2026-11-23', '09:00'), 4))).toBe('2026-11-23T13:00:00+08:00');
    expect(shown(addWorkingHours(TAIWAN, taipei, at('2026-11-23', '16:00'), 4))).toBe('2026-11-24T10:30:00+08:00');
    expect(shown(addWorkingHours(TAIWAN, taipei, at('2026-11-23', '20:00'), 4))).toBe('2026-11-24T12:30:00+08:00');
    expect(shown(addWorkingHours(TAIWAN, taipei, at('2026-11-23', '03:00'), 0.5))).toBe('2026-11-23T09:00:00+08:00');
  });

  test('skip days off and use make-up days', () => {
    expect(shown(addWorkingHours(CHINA, taipei, at('2026-02-14', '17:00'), 2))).toBe('2026-02-24T09:30:00+08:00');
    expect(shown(addWorkingHours(CHINA, taipei, at('2026-02-18', '12:00'), 1))).toBe('2026-02-24T09:30:00+08:00');
  });

  test('end at the day’s end rather than at the next start', () => {
    expect(shown(addWorkingHours(TAIWAN, taipei, at('2026-11-23', '16:00'), 2))).toBe('2026-11-23T18:00:00+08:00');
    expect(shown(addWorkingHours(TAIWAN, taipei, at('2026-11-23', '18:00'), 0))).toBe('2026-11-23T18:00:00+08:00');
    expect(shown(addWorkingHours(TAIWAN, taipei, at('2026-11-23', '18:00'), 1))).toBe('2026-11-24T09:30:00+08:00');
  });

  test('a and then b hours are a + b hours, and end within working hours', () => {
    const quarter = fc.integer({ min: 0, max: 160 }).map((n) => n / 4);
    fc.assert(
      fc.property(calendars, zones, moments, quarter, quarter, (cal, data, t, a, b) => {
        const middle = addWorkingHours(cal, data, t, a);
        expect(insideHours(cal, data, middle)).toBe(true);
        expect(addWorkingHours(cal, data, middle, b)).toBe(addWorkingHours(cal, data, t, a + b));
      }),
      { numRuns: 500 },
    );
  });

  test('are hours that pass: a clock change within them costs or gives none', () => {
    const newYork = zone('America/New_York');
    const spring = addWorkingHours(nightShift, newYork, fromLocal(newYork, '2026-03-08', '01:00'), 2);
    expect(toIso(newYork, spring)).toBe('2026-03-08T04:00:00-04:00');
    const autumn = addWorkingHours(nightShift, newYork, fromLocal(newYork, '2026-11-01', '01:00'), 4);
    expect(toIso(newYork, autumn)).toBe('2026-11-01T04:00:00-05:00');
  });

  test('a number of hours that is none is a RangeError', () => {
    for (const hours of [-1, NaN, Infinity]) {
      expect(() => addWorkingHours(TAIWAN, taipei, at('2026-11-23', '09:00'), hours)).toThrow(RangeError);
    }
  });
});

describe('M1 the last working hour before a limit', () => {
  const last = (cal: WorkingCalendar, date: string, time: string): string =>
    shown(lastWorkingHourBefore(cal, taipei, at(date, time)));

  test('within the day it is the hour before', () => {
    expect(last(TAIWAN, '2026-11-24', '15:20')).toBe('2026-11-24T14:20:00+08:00');
    expect(last(TAIWAN, '2026-11-24', '09:30')).toBe('2026-11-24T08:30:00+08:00');
  });

  test('too early in the day it is yesterday’s last hour, in the evening today’s', () => {
    expect(last(TAIWAN, '2026-11-24', '09:29')).toBe('2026-11-23T17:00:00+08:00');
    expect(last(TAIWAN, '2026-11-24', '07:00')).toBe('2026-11-23T17:00:00+08:00');
    expect(last(TAIWAN, '2026-11-24', '18:00')).toBe('2026-11-24T17:00:00+08:00');
    expect(last(TAIWAN, '2026-11-24', '23:00')).toBe('2026-11-24T17:00:00+08:00');
  });

  test('days off are passed over, make-up days are not', () => {
    expect(last(TAIWAN, '2026-11-22', '12:00')).toBe('2026-11-20T17:00:00+08:00');
    expect(last(CHINA, '2026-02-23', '12:00')).toBe('2026-02-14T17:00:00+08:00');
    expect(last(CHINA, '2026-02-24', '09:00')).toBe('2026-02-14T17:00:00+08:00');
  });

  test('the hour is whole, within working hours, ends by the limit, and no later one does', () => {
    fc.assert(
      fc.property(calendars, zones, moments, (cal, data, limit) => {
        const begin = lastWorkingHourBefore(cal, data, limit);
        const works = (t: number): boolean =>
          insideHours(cal, data, t) && insideHours(cal, data, t + HOUR) && t + HOUR <= limit;
        expect(works(begin)).toBe(true);
        for (const later of [MINUTE, 600_000, HOUR, 12 * HOUR]) expect(works(begin + later)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('H1 quiet hours', () => {
  test('both ends of the window are allowed, the last one as a whole minute, since timers fire a little late', () => {
    const [open, close] = [at('2026-11-23', '08:30'), at('2026-11-23', '18:00')];
    const moments = [open - 1, open, close, close + MINUTE - 1, close + MINUTE];
    expect(moments.map((t) => insideHours(TAIWAN, taipei, t))).toEqual([false, true, true, true, false]);
    expect(nextAllowed(TAIWAN, taipei, close)).toBe(close);
    expect(previousAllowed(TAIWAN, taipei, open)).toBe(open);
  });

  test('after a deadline reminders wait for the next morning of a working day', () => {
    expect(shown(nextAllowed(TAIWAN, taipei, at('2026-11-23', '18:01')))).toBe('2026-11-24T08:30:00+08:00');
    expect(shown(nextAllowed(TAIWAN, taipei, at('2026-11-23', '06:00')))).toBe('2026-11-23T08:30:00+08:00');
    expect(shown(nextAllowed(CHINA, taipei, at('2026-02-14', '20:00')))).toBe('2026-02-24T08:30:00+08:00');
  });

  test('before a deadline reminders are pulled forward to the evening before', () => {
    expect(shown(previousAllowed(TAIWAN, taipei, at('2026-11-24', '08:00')))).toBe('2026-11-23T18:00:00+08:00');
    expect(shown(previousAllowed(TAIWAN, taipei, at('2026-11-24', '22:00')))).toBe('2026-11-24T18:00:00+08:00');
    expect(shown(previousAllowed(CHINA, taipei, at('2026-02-20', '12:00')))).toBe('2026-02-14T18:00:00+08:00');
  });

  test('hours are the recipient’s: one moment is day in Taipei and night in London', () => {
    const t = utc('2026-11-23T02:00Z');
    expect(insideHours(TAIWAN, taipei, t)).toBe(true);
    expect(insideHours(NO_HOLIDAYS, zone('Europe/London'), t)).toBe(false);
    expect(toIso(zone('Europe/London'), nextAllowed(NO_HOLIDAYS, zone('Europe/London'), t))).toBe(
      '2026-11-23T08:30:00+00:00',
    );
  });

  test('the answer is allowed, on the right side, unchanged where nothing is to change, and the nearest', () => {
    fc.assert(
      fc.property(calendars, zones, moments, (cal, data, t) => {
        const [before, after] = [previousAllowed(cal, data, t), nextAllowed(cal, data, t)];
        for (const u of [before, after]) {
          expect(insideHours(cal, data, u)).toBe(true);
          expect(isWorkingDay(cal, toLocal(data, u).date)).toBe(true);
        }
        if (insideHours(cal, data, t)) {
          expect([before, after]).toEqual([t, t]);
        } else {
          expect(before).toBeLessThan(t);
          expect(after).toBeGreaterThan(t);
          for (let u = before + 900_000; u < after; u += 900_000) expect(insideHours(cal, data, u)).toBe(false);
          expect(insideHours(cal, data, before + MINUTE) || insideHours(cal, data, after - 1)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });
});
