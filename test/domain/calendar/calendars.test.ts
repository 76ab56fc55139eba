import { describe, expect, test } from 'vitest';
import {
  addDays,
  calendarById,
  calendarFor,
  CHINA,
  compare,
  isCovered,
  isLocalDate,
  isWorkingDay,
  NO_HOLIDAYS,
  TAIWAN,
  weekdayOf,
  type WorkingCalendar,
} from '../../../domain/calendar/index.js';

function daysOf(from: string, to: string): string[] {
  const days = [];
  for (let day = from; compare(day, to) <= 0; day = addDays(day, 1)) days.push(day);
  return days;
}
const daysOff = (cal: WorkingCalendar, from: string, to: string): string[] =>
  daysOf(from, to).filter((day) => !isWorkingDay(cal, day));

describe('China, by the State Council’s notices', () => {
  test('Spring Festival 2026: nine days off, the Saturdays before and after work', () => {
    expect(daysOff(CHINA, '2026-02-13', '2026-02-28')).toEqual(daysOf('2026-02-15', '2026-02-23'));
    expect(isWorkingDay(CHINA, '2026-02-14')).toBe(true);
    expect(isWorkingDay(CHINA, '2026-02-28')).toBe(true);
  });

  test('National Day 2025 runs into Mid-Autumn: eight days', () => {
    expect(daysOff(CHINA, '2025-09-28', '2025-10-11')).toEqual(daysOf('2025-10-01', '2025-10-08'));
  });

  test('New Year’s Eve of 2024 works (leave is only recommended), of 2025 it is a holiday', () => {
    expect(isWorkingDay(CHINA, '2024-02-09')).toBe(true);
    expect(isWorkingDay(CHINA, '2025-01-28')).toBe(false);
  });

  test('weekdays off less weekend days worked are the legal holidays: 11 days in 2024, 13 since 2025', () => {
    const legalDays = (year: string): number => {
      const weekdaysOff = CHINA.holidays.filter((day) => day.startsWith(year) && weekdayOf(day) <= 5).length;
      return weekdaysOff - CHINA.makeUpDays.filter((day) => day.startsWith(year)).length;
    };
    expect(['2024', '2025', '2026'].map(legalDays)).toEqual([11, 13, 13]);
  });

  test('2027 was not announced: only the weekend is known, and it says so', () => {
    expect(CHINA.coversUntil).toBe('2026-12-31');
    expect([isCovered(CHINA, '2026-12-31'), isCovered(CHINA, '2027-01-01')]).toEqual([true, false]);
    expect(isWorkingDay(CHINA, '2027-01-01')).toBe(true);
  });
});

describe('Taiwan, by the government’s office calendars', () => {
  test('each year has the number of days off that its announcement names', () => {
    const off = (y: number): number => daysOff(TAIWAN, `${y}-01-01`, `${y}-12-31`).length;
    expect([2024, 2025, 2026].map(off)).toEqual([115, 118, 120]);
    expect(TAIWAN.coversUntil).toBe('2027-12-31');
  });

  test('the long weekends of 2026 are the nine announced ones', () => {
    const off = new Set(daysOff(TAIWAN, '2026-01-01', '2026-12-31'));
    const runs = [...off]
      .filter((day) => !off.has(addDays(day, -1)))
      .map((first) => {
        let days = 1;
        while (off.has(addDays(first, days))) days += 1;
        return `${first} ${days}`;
      });
    expect(runs.filter((run) => Number(run.slice(11)) >= 3)).toEqual([
      '2026-02-14 9',
      '2026-02-27 3',
      '2026-04-03 4',
      '2026-05-01 3',
      '2026-06-19 3',
      '2026-09-25 4',
      '2026-10-09 3',
      '2026-10-24 3',
      '2026-12-25 3',
    ]);
  });

  test('Lunar New Year 2027 is seven days, without a make-up day', () => {
    expect(daysOff(TAIWAN, '2027-02-03', '2027-02-11')).toEqual(daysOf('2027-02-04', '2027-02-10'));
    expect(TAIWAN.makeUpDays.filter((day) => day >= '2026-01-01')).toEqual([]);
  });

  test('the weekdays off of 2027', () => {
    const weekdays = daysOff(TAIWAN, '2027-01-01', '2027-12-31').filter((day) => weekdayOf(day) <= 5);
    expect(weekdays.map((day) => day.slice(5)).join(' ')).toBe(
      '01-01 02-04 02-05 02-08 02-09 02-10 03-01 04-05 04-06 04-30 06-09 09-15 09-28 10-11 10-25 12-24 12-31',
    );
  });

  test('the Saturdays that made up for the day before New Year’s Eve work', () => {
    expect([isWorkingDay(TAIWAN, '2024-02-17'), isWorkingDay(TAIWAN, '2025-02-08')]).toEqual([true, true]);
  });

  test('the holidays of the act of May 2025 begin with Teachers’ Day 2025, Labour Day with 2026', () => {
    expect(
      ['2024-09-28', '2025-09-29', '2025-10-24', '2025-12-25', '2026-09-28'].map((d) => isWorkingDay(TAIWAN, d)),
    ).toEqual(
      [false, false, false, false, false], // the first only for being a Saturday
    );
    expect(TAIWAN.holidays).not.toContain('2024-09-28');
    expect(
      ['2024-12-25', '2024-05-01', '2025-05-01', '2026-05-01', '2027-04-30'].map((d) => isWorkingDay(TAIWAN, d)),
    ).toEqual([true, true, true, false, false]);
  });
});

describe('calendars that ship', () => {
  test.each([CHINA, TAIWAN])('$id lists real dates once, in order, make-up days on weekends, nothing twice', (cal) => {
    for (const list of [cal.holidays, cal.makeUpDays]) {
      expect(list.filter((day) => !isLocalDate(day))).toEqual([]);
      expect([...new Set(list)].sort()).toEqual([...list]);
    }
    expect(cal.makeUpDays.filter((day) => weekdayOf(day) < 6)).toEqual([]);
    expect(cal.makeUpDays.filter((day) => cal.holidays.includes(day))).toEqual([]);
    expect([...cal.holidays, ...cal.makeUpDays].filter((day) => !isCovered(cal, day))).toEqual([]);
  });

  test('a zone has its country’s calendar, old names included; any other, weekends only', () => {
    expect(['Asia/Taipei', 'asia/taipei', 'ROC'].map((name) => calendarFor(name).id)).toEqual(['TW', 'TW', 'TW']);
    expect(['Asia/Shanghai', 'Asia/Chongqing', 'Asia/Urumqi', 'PRC'].map((name) => calendarFor(name).id)).toEqual([
      'CN',
      'CN',
      'CN',
      'CN',
    ]);
    expect(['Europe/London', 'Asia/Hong_Kong', '', 'constructor'].map((name) => calendarFor(name).id)).toEqual([
      'none',
      'none',
      'none',
      'none',
    ]);
  });

  test('a calendar is had by its id', () => {
    expect([calendarById('CN'), calendarById('TW'), calendarById('none')]).toEqual([CHINA, TAIWAN, NO_HOLIDAYS]);
  });

  test('shared calendars cannot be changed by accident', () => {
    expect(() => (TAIWAN.holidays as string[]).push('2026-11-23')).toThrow(TypeError);
    expect(() => ((CHINA as { dayEnd: string }).dayEnd = '24:00')).toThrow(TypeError);
  });
});
