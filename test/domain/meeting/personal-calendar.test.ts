import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { insideHours } from '../../../domain/calendar/index.js';
import type { PersonalClock } from '../../../domain/calendar/index.js';
import { clocksFound } from '../../../domain/meeting/clocks.js';
import { armReminder, digestSlot, mayRemind } from '../../../domain/meeting/hours.js';
import { at, meetingId } from '../../support/meeting.js';
import { clocksOf } from '../../../activities/clocks.js';
import { create, inBerlin, inShanghai, wednesday } from './support.js';

/** Who lives where, as the directory knows it; the meeting is in Taipei. */
const zones: Record<string, string | undefined> = {
  p1: undefined,
  p2: 'Asia/Taipei',
  p3: 'Asia/Shanghai',
  p4: 'Europe/Berlin',
  p5: 'Asia/Shanghai',
  p6: 'Not/AZone',
};
const directory = {
  people: (ids: string[]) =>
    Promise.resolve(ids.map((id) => ({ id, name: id, departments: [], ...(zones[id] && { timeZone: zones[id] }) }))),
  unreachable: () => Promise.resolve([]),
  departments: () => Promise.resolve([]),
  headsUpward: () => Promise.resolve([]),
};
const found = (): Promise<Record<string, PersonalClock>> =>
  clocksOf(directory, { people: Object.keys(zones), zoneName: 'Asia/Taipei', now: wednesday });

describe('H1 the recipient’s own working calendar', () => {
  test('who lives in a country with a calendar of its own works by that; an unknown zone is the meeting’s', async () => {
    const clocks = await found();
    expect(Object.keys(clocks).sort()).toEqual(['p3', 'p4', 'p5']);
    expect(clocks['p3']?.calendar?.id).toBe(inShanghai.calendar.id);
    expect(clocks['p4']?.calendar?.id).toBe('none');
    // What is long past is not carried for the meeting's whole life.
    expect(clocks['p3']?.calendar?.holidays.every((date) => date >= '2026-01-21')).toBe(true);
    expect(clocks['p3']?.calendar?.holidays).toContain('2026-10-01');
  });

  test('on a holiday there nobody is reminded there, and the others are; a make-up Saturday is a working day', async () => {
    const { state } = clocksFound(create().state, await found(), wednesday);
    expect(Object.keys(state.clocks?.calendars ?? {}).sort()).toEqual(['CN', 'none']);
    // 7 October 2026 is a holiday in China; 9 October in Taiwan; Saturday 10 October is made up for in China.
    const at0840 = (date: string) => at(date, '08:40');
    expect(['p1', 'p2', 'p3', 'p6'].map((p) => mayRemind(state, p, at0840('2026-10-07')))).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(['p1', 'p3'].map((p) => mayRemind(state, p, at0840('2026-10-09')))).toEqual([false, true]);
    expect(['p1', 'p3'].map((p) => mayRemind(state, p, at0840('2026-10-10')))).toEqual([false, true]);
    expect(digestSlot(state, 'p1', at('2026-10-06', '12:00'))).toBe(at0840('2026-10-07'));
    expect(digestSlot(state, 'p3', at('2026-10-01', '12:00'))).toBe(at0840('2026-10-08'));
    expect(digestSlot(state, 'p4', at('2026-10-09', '12:00'))).toBe(inBerlin.at('2026-10-09', '08:40'));
  });

  test('a rung on a holiday of theirs comes to them before it, by a timer of their own', async () => {
    const { state } = clocksFound(create().state, await found(), wednesday);
    const now = at('2026-09-25', '12:00');
    const rung = { kind: 'preRead' as const, at: at('2026-10-05', '14:00'), deadline: at('2026-10-07', '09:30') };
    const armed = armReminder({ ...state, timers: [] }, now, { ...rung, people: ['p1', 'p3'] });
    expect(armed.timers.map(({ ref, at: when }) => [ref, when])).toEqual([
      [undefined, rung.at],
      ['p3', at('2026-09-30', '18:00')],
    ]);
  });

  test('no moment whatever reminds anybody outside their own hours', async () => {
    const { state } = clocksFound(create().state, await found(), wednesday);
    const away = { p3: inShanghai, p4: inBerlin, p5: inShanghai };
    fc.assert(
      fc.property(
        fc.constantFrom('p3', 'p4', 'p5'),
        fc.integer({ min: at('2026-02-01', '00:00'), max: at('2026-12-31', '00:00') }),
        (person: 'p3' | 'p4' | 'p5', t) => {
          const { calendar, zone } = away[person];
          expect(mayRemind(state, person, t)).toBe(insideHours(calendar, zone, t));
          expect(insideHours(calendar, zone, digestSlot(state, person, t))).toBe(true);
        },
      ),
    );
    expect(state.id).toBe(meetingId);
  });
});
