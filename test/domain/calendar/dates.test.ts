import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { addDays, compare, daysBetween, isLocalDate, isLocalTime, weekdayOf } from '../../../domain/calendar/index.js';
import { dateOfDay, dayNumber, minutesOf, timeOfMinutes } from '../../../domain/calendar/dates.js';

const days = fc.integer({ min: dayNumber('0000-01-01'), max: dayNumber('9999-12-31') });
const isoOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

describe('local dates are integer arithmetic', () => {
  test('every date of the years 0000 to 9999 is the one that the platform computes', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(dateOfDay(day)).toBe(isoOf(day));
        expect(dayNumber(dateOfDay(day))).toBe(day);
        expect(weekdayOf(dateOfDay(day))).toBe(new Date(day * 86_400_000).getUTCDay() || 7);
      }),
      { numRuns: 2000 },
    );
  });

  test('adding days and measuring them are each other’s inverse, and order follows', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -4000, max: 4000 }), (day, n) => {
        fc.pre(day + n >= dayNumber('0000-01-01') && day + n <= dayNumber('9999-12-31'));
        const [a, b] = [dateOfDay(day), addDays(dateOfDay(day), n)];
        expect(daysBetween(a, b)).toBe(n);
        expect(compare(b, a)).toBe(Math.sign(n));
      }),
    );
  });

  test('leap days exist in leap years only', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2000-03-01', -1)).toBe('2000-02-29');
    expect(['2024-02-29', '2000-02-29'].map(isLocalDate)).toEqual([true, true]);
    expect(['2026-02-29', '1900-02-29'].map(isLocalDate)).toEqual([false, false]);
  });

  test('what is no date or time is refused, not repaired', () => {
    const broken = ['', '2026-1-1', '2026-13-01', '2026-00-10', '2026-04-31', '2026-04-00', '20260401', '2026-04-01 '];
    expect(broken.filter(isLocalDate)).toEqual([]);
    for (const text of broken) expect(() => dayNumber(text)).toThrow(RangeError);
    const times = ['', '8:30', '24:00', '12:60', '12:30:00', '-1:00'];
    expect(times.filter(isLocalTime)).toEqual([]);
    for (const text of times) expect(() => minutesOf(text)).toThrow(RangeError);
  });

  test('dates beyond the year 9999 are an error, never a five-digit year', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('0000-01-01', -1)).toThrow(RangeError);
  });

  test('clock times and minutes since midnight are each other’s inverse', () => {
    for (let minutes = 0; minutes < 1440; minutes += 1) expect(minutesOf(timeOfMinutes(minutes))).toBe(minutes);
    expect(timeOfMinutes(1439)).toBe('23:59');
  });
});
