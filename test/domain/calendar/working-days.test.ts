import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  addDays,
  addWorkingDays,
  atTime,
  calendarFor,
  CHINA,
  compare,
  dueAt,
  fromLocal,
  isAmbiguous,
  isGap,
  isWorkingDay,
  lastWorkingDayBefore,
  nextWorkingDay,
  NO_HOLIDAYS,
  offsetAt,
  TAIWAN,
  toIso,
  toLocal,
  type WorkingCalendar,
  workingDaysAfter,
  workingDaysBefore,
} from '../../../domain/calendar/index.js';
import { anywhere, moments, utc, zone, zones } from './support.js';

const taipei = zone('Asia/Taipei');
const shanghai = zone('Asia/Shanghai');
const calendars = fc.constantFrom(CHINA, TAIWAN, NO_HOLIDAYS);
const few = fc.integer({ min: 0, max: 30 });
const dates = fc.integer({ min: 0, max: 1000 }).map((n) => addDays('2024-01-10', n));
const inChina = (date: string, time: string): number => fromLocal(shanghai, date, time);

describe('working days', () => {
  test('a make-up day works, a holiday does not, the weekend does not', () => {
    expect(isWorkingDay(CHINA, '2026-02-13')).toBe(true); // Friday
    expect(isWorkingDay(CHINA, '2026-02-14')).toBe(true); // Saturday, make-up day
    expect(isWorkingDay(CHINA, '2026-02-16')).toBe(false); // Monday, Spring Festival
    expect(isWorkingDay(CHINA, '2026-02-21')).toBe(false); // Saturday
    expect(isWorkingDay(NO_HOLIDAYS, '2026-02-16')).toBe(true);
    expect(isWorkingDay(NO_HOLIDAYS, '2026-02-14')).toBe(false);
  });

  test('a weekend other than Saturday and Sunday is possible', () => {
    const gulf: WorkingCalendar = { ...NO_HOLIDAYS, id: 'gulf', weekend: [5, 6] };
    expect(isWorkingDay(gulf, '2026-11-27')).toBe(false); // Friday
    expect(isWorkingDay(gulf, '2026-11-29')).toBe(true); // Sunday
  });

  test('the n-th working day before and after undo each other on working days', () => {
    fc.assert(
      fc.property(calendars, dates, few, (cal, date, n) => {
        const day = nextWorkingDay(cal, date);
        expect(workingDaysBefore(cal, workingDaysAfter(cal, day, n), n)).toBe(day);
        expect(workingDaysAfter(cal, workingDaysBefore(cal, day, n), n)).toBe(day);
      }),
    );
  });

  test('between a date and its n-th working day lie exactly n working days', () => {
    fc.assert(
      fc.property(calendars, dates, few, (cal, date, n) => {
        const last = workingDaysAfter(cal, date, n);
        let count = 0;
        for (let day = date; compare(day, last) < 0;) {
          day = addDays(day, 1);
          if (isWorkingDay(cal, day)) count += 1;
        }
        expect(count).toBe(n);
        if (n > 0) expect(isWorkingDay(cal, last)).toBe(true);
      }),
    );
  });

  test('the next and the last working day are strictly after and before', () => {
    expect(nextWorkingDay(CHINA, '2026-02-14')).toBe('2026-02-24');
    expect(lastWorkingDayBefore(CHINA, '2026-02-24')).toBe('2026-02-14');
    expect(lastWorkingDayBefore(CHINA, '2026-02-14')).toBe('2026-02-13');
    expect(workingDaysBefore(TAIWAN, '2027-02-11', 2)).toBe('2027-02-02');
  });

  test('a calendar in which nobody ever works is an error, not an endless loop', () => {
    const never: WorkingCalendar = { ...NO_HOLIDAYS, id: 'never', weekend: [1, 2, 3, 4, 5, 6, 7] };
    expect(() => nextWorkingDay(never, '2026-11-23')).toThrow(RangeError);
    expect(() => addWorkingDays(never, taipei, utc('2026-11-23T01:00Z'), 1)).toThrow(RangeError);
  });

  test('a number of days that is none is a RangeError', () => {
    for (const n of [-1, 0.5, NaN, Infinity]) {
      expect(() => workingDaysBefore(CHINA, '2026-11-23', n)).toThrow(RangeError);
      expect(() => addWorkingDays(CHINA, shanghai, utc('2026-11-23T01:00Z'), n)).toThrow(RangeError);
    }
  });
});

describe('n wd after t', () => {
  test('is the same clock time on the n-th working day after t', () => {
    expect(addWorkingDays(CHINA, shanghai, inChina('2026-02-13', '16:20'), 1)).toBe(inChina('2026-02-14', '16:20'));
    expect(addWorkingDays(CHINA, shanghai, inChina('2026-02-13', '16:20'), 2)).toBe(inChina('2026-02-24', '16:20'));
    expect(addWorkingDays(TAIWAN, taipei, fromLocal(taipei, '2026-11-23', '23:59'), 3)).toBe(
      fromLocal(taipei, '2026-11-26', '23:59'),
    );
  });

  test('a t on a day off counts from the next working day’s start', () => {
    expect(addWorkingDays(CHINA, shanghai, inChina('2026-02-20', '16:20'), 0)).toBe(inChina('2026-02-24', '08:30'));
    expect(addWorkingDays(CHINA, shanghai, inChina('2026-02-20', '16:20'), 1)).toBe(inChina('2026-02-25', '08:30'));
    expect(addWorkingDays(TAIWAN, taipei, fromLocal(taipei, '2026-12-26', '03:00'), 2)).toBe(
      fromLocal(taipei, '2026-12-30', '08:30'),
    );
  });

  test('days are the zone’s days, not UTC’s', () => {
    const t = utc('2026-11-26T17:00Z'); // Friday 01:00 in Taipei, Thursday noon in New York
    expect(toIso(taipei, addWorkingDays(NO_HOLIDAYS, taipei, t, 1))).toBe('2026-11-30T01:00:00+08:00');
    const newYork = zone('America/New_York');
    expect(toIso(newYork, addWorkingDays(NO_HOLIDAYS, newYork, t, 1))).toBe('2026-11-27T12:00:00-05:00');
  });

  test('the clock time survives a clock change, so a day may have 23 or 25 hours', () => {
    const newYork = zone('America/New_York');
    const friday = fromLocal(newYork, '2026-03-06', '10:00');
    expect(addWorkingDays(NO_HOLIDAYS, newYork, friday, 1) - friday).toBe(71 * 3_600_000);
    const autumn = fromLocal(newYork, '2026-10-30', '10:00');
    expect(addWorkingDays(NO_HOLIDAYS, newYork, autumn, 1) - autumn).toBe(73 * 3_600_000);
  });

  test('a clock time that the last day skips moves forward; of a doubled one it is the first', () => {
    const sundaysWork: WorkingCalendar = { ...NO_HOLIDAYS, id: 'sundays', weekend: [] };
    const newYork = zone('America/New_York');
    const before = fromLocal(newYork, '2026-03-07', '02:30');
    expect(toLocal(newYork, addWorkingDays(sundaysWork, newYork, before, 1)).time).toBe('03:30');
    const autumn = fromLocal(newYork, '2026-10-31', '01:30');
    expect(addWorkingDays(sundaysWork, newYork, autumn, 1)).toBe(utc('2026-11-01T05:30Z'));
  });

  test('0 wd after a moment of a working day is that moment, the second of two equal times included', () => {
    const sundaysWork: WorkingCalendar = { ...NO_HOLIDAYS, id: 'sundays', weekend: [] };
    const second = utc('2026-11-01T06:30Z');
    expect(addWorkingDays(sundaysWork, zone('America/New_York'), second, 0)).toBe(second);
  });

  test('always lands on a working day, after t', () => {
    fc.assert(
      fc.property(calendars, zones, moments, few, (cal, data, t, n) => {
        const landed = addWorkingDays(cal, data, t, n);
        expect(isWorkingDay(cal, toLocal(data, landed).date)).toBe(true);
        if (n > 0) expect(landed).toBeGreaterThan(t);
        else expect(landed).toBeGreaterThanOrEqual(t);
      }),
      { numRuns: 1000 },
    );
  });

  test('keeps seconds and milliseconds of the clock outside gaps', () => {
    fc.assert(
      fc.property(calendars, anywhere, few, (cal, { data, t }, n) => {
        const from = toLocal(data, t);
        fc.pre(isWorkingDay(cal, from.date));
        const landed = addWorkingDays(cal, data, t, n);
        const day = workingDaysAfter(cal, from.date, n);
        fc.pre(!isGap(data, day, from.time));
        expect(toLocal(data, landed)).toMatchObject({ date: day, time: from.time });
        const clock = (u: number): number => u + offsetAt(data, u) * 60_000;
        expect((clock(landed) - clock(t)) % 86_400_000).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  test('n and then m working days are n + m working days, outside gaps', () => {
    fc.assert(
      fc.property(calendars, anywhere, few, few, (cal, { data, t }, n, m) => {
        const middle = addWorkingDays(cal, data, t, n);
        const from = addWorkingDays(cal, data, t, 0);
        fc.pre(toLocal(data, middle).time === toLocal(data, from).time); // not moved by a gap on the way
        // Nor where a whole day was left out: Apia went over the date line.
        const end = addWorkingDays(cal, data, t, n + m);
        fc.pre(Math.abs(offsetAt(data, t) - offsetAt(data, end)) < 12 * 60);
        const { date, time } = toLocal(data, middle);
        fc.pre(!(m === 0 && n === 0 && isAmbiguous(data, date, time)));
        expect(addWorkingDays(cal, data, middle, m)).toBe(end);
      }),
      { numRuns: 1000 },
    );
  });

  test('grows with n', () => {
    fc.assert(
      fc.property(calendars, zones, moments, few, (cal, data, t, n) => {
        expect(addWorkingDays(cal, data, t, n + 1)).toBeGreaterThan(addWorkingDays(cal, data, t, n));
      }),
    );
  });

  test('keeps the order of moments within working hours and days off', () => {
    const late = fc.tuple(calendars, moments, moments, few);
    fc.assert(
      fc.property(late, ([cal, a, b, n]) => {
        const [first, second] = a <= b ? [a, b] : [b, a];
        const { date, minutesOfDay } = toLocal(taipei, second);
        fc.pre(minutesOfDay >= 510 || !isWorkingDay(cal, date)); // the hours before dayStart are the rule's own exception
        expect(addWorkingDays(cal, taipei, first, n)).toBeLessThanOrEqual(addWorkingDays(cal, taipei, second, n));
      }),
      { numRuns: 500 },
    );
  });

  test('the exception to that order: a night before the start counts earlier than the day off before it', () => {
    const sunday = addWorkingDays(NO_HOLIDAYS, taipei, fromLocal(taipei, '2026-11-22', '23:00'), 1);
    const night = addWorkingDays(NO_HOLIDAYS, taipei, fromLocal(taipei, '2026-11-23', '01:00'), 1);
    expect(toIso(taipei, sunday)).toBe('2026-11-24T08:30:00+08:00');
    expect(toIso(taipei, night)).toBe('2026-11-24T01:00:00+08:00');
  });
});

describe('clock times of dates', () => {
  test('due dates mean 18:00 in the meeting’s zone, or the norm’s hour', () => {
    expect(toIso(taipei, dueAt(taipei, '2026-12-04'))).toBe('2026-12-04T18:00:00+08:00');
    expect(toIso(zone('Europe/London'), dueAt(zone('Europe/London'), '2026-07-03'))).toBe('2026-07-03T18:00:00+01:00');
    expect(toIso(taipei, dueAt(taipei, '2026-12-04', '17:30'))).toBe('2026-12-04T17:30:00+08:00');
  });

  test('N2 10:00 on the last wd before a Monday meeting is Friday’s, or the make-up Saturday’s', () => {
    const last = (cal: WorkingCalendar, date: string): string =>
      toIso(shanghai, atTime(shanghai, lastWorkingDayBefore(cal, date), '10:00'));
    expect(last(NO_HOLIDAYS, '2026-11-23')).toBe('2026-11-20T10:00:00+08:00');
    expect(last(CHINA, '2026-10-12')).toBe('2026-10-10T10:00:00+08:00');
  });

  test('a calendar in JSON answers as the one that it was made from', () => {
    const carried = JSON.parse(JSON.stringify(calendarFor('Asia/Shanghai'))) as WorkingCalendar;
    for (let day = '2024-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
      expect(isWorkingDay(carried, day)).toBe(isWorkingDay(CHINA, day));
    }
  });
});
