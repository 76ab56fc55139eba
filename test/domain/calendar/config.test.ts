import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  CHINA,
  isWorkingDay,
  parseCalendarConfig,
  TAIWAN,
  type WorkingCalendar,
} from '../../../domain/calendar/index.js';

const good = { id: 'JP', holidays: ['2026-11-23', '2026-11-03'] };
const codes = (input: unknown): string[] => parseCalendarConfig(input).faults.map((f) => `${f.code} ${f.path}`.trim());

function parsed(input: unknown): WorkingCalendar {
  const result = parseCalendarConfig(input);
  if (!('calendar' in result)) throw new Error(JSON.stringify(result.faults));
  return result.calendar;
}

describe('a calendar from the configuration', () => {
  test('has weekends and hours by default, dates in order and once', () => {
    expect(parsed({ ...good, makeUpDays: ['2026-11-28', '2026-11-28'] })).toEqual({
      id: 'JP',
      weekend: [6, 7],
      holidays: ['2026-11-03', '2026-11-23'],
      makeUpDays: ['2026-11-28'],
      dayStart: '08:30',
      dayEnd: '18:00',
    });
  });

  test('is what it says: own weekend, hours and end', () => {
    const cal = parsed({ ...good, weekend: [6, 5], dayStart: '09:00', dayEnd: '17:00', coversUntil: '2026-12-31' });
    expect(cal).toMatchObject({ weekend: [5, 6], dayStart: '09:00', dayEnd: '17:00', coversUntil: '2026-12-31' });
    expect(isWorkingDay(cal, '2026-11-22')).toBe(true);
    expect(isWorkingDay(cal, '2026-11-23')).toBe(false);
  });

  test('the calendars that ship pass, also after a way through JSON', () => {
    for (const cal of [CHINA, TAIWAN]) expect(parsed(JSON.parse(JSON.stringify(cal)))).toEqual(cal);
  });

  test('names every fault at once, with its path', () => {
    const faults = codes({
      id: 'a b',
      weekend: [0, 6, '7'],
      holidays: ['2026-02-30', '2026-05-01', 7],
      makeUpDays: ['2026-05-01', 'soon'],
      dayStart: '8:30',
      dayEnd: '25:00',
      coversUntil: 2026,
      holiday: [],
    });
    expect(faults).toEqual([
      'calendar.unknown holiday',
      'calendar.id id',
      'calendar.weekday weekend[0]',
      'calendar.weekday weekend[2]',
      'calendar.date holidays[0]',
      'calendar.date holidays[2]',
      'calendar.date makeUpDays[1]',
      'calendar.both makeUpDays',
      'calendar.time dayStart',
      'calendar.time dayEnd',
      'calendar.date coversUntil',
    ]);
  });

  test('what would break counting is refused: no working day, less than an hour, no lists', () => {
    expect(codes({ ...good, weekend: [1, 2, 3, 4, 5, 6, 7] })).toEqual(['calendar.noWorkingDay weekend']);
    expect(codes({ ...good, dayStart: '18:00', dayEnd: '08:30' })).toEqual(['calendar.hours dayEnd']);
    expect(codes({ ...good, dayStart: '17:01' })).toEqual(['calendar.hours dayEnd']);
    expect(codes({ id: 'JP' })).toEqual(['calendar.list holidays']);
    expect(codes({ ...good, makeUpDays: '2026-11-28' })).toEqual(['calendar.list makeUpDays']);
    expect(codes({ ...good, holidays: Array.from({ length: 1001 }, () => '2026-11-23') })).toEqual([
      'calendar.tooMany holidays',
    ]);
    expect([null, [], 'CN', 5, undefined].map(codes)).toEqual(Array.from({ length: 5 }, () => ['calendar.object']));
  });

  test('anything at all gives a calendar or faults, never an exception', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (id, holidays, weekend) => {
        for (const input of [id, { id, holidays, weekend }, { ...good, weekend }, { ...good, holidays }]) {
          const result = parseCalendarConfig(input);
          expect('calendar' in result).toBe(result.faults.length === 0);
        }
      }),
    );
  });
});
