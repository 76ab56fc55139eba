import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { calendarById, isGap, isWorkingDay, toLocal, weekdayOf, zoneData } from '../../../domain/calendar/index.js';
import type { WorkingCalendar, ZoneData } from '../../../domain/calendar/index.js';
import { nextOccurrence, occurrenceOn, occurrences } from '../../../domain/series/occurrences.js';
import type { Pattern, SeriesRule } from '../../../domain/series/rule.js';

const [FROM, TO] = [Date.UTC(2025, 0, 1), Date.UTC(2029, 0, 1)];
const zones = Object.fromEntries(
  ['Asia/Taipei', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe'].map((name) => [
    name,
    zoneData(name, FROM, TO),
  ]),
) as Record<string, ZoneData>;
const taiwan = calendarById('TW');
const weekends = calendarById('none');

const rule = (pattern: Pattern, more: Partial<SeriesRule> = {}): SeriesRule => ({
  pattern,
  time: '09:30',
  starts: '2026-01-01',
  onDayOff: 'next',
  skips: [],
  moves: [],
  ...more,
});

const dates = (r: SeriesRule, calendar: WorkingCalendar, year = 2026, zone = 'Asia/Taipei'): string[] =>
  occurrences(r, calendar, zones[zone]!, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)).map((o) => o.date);

describe('S1 the dates of a series', () => {
  it('S1 every second week on two weekdays', () => {
    const every = rule({ every: 'week', interval: 2, weekdays: [4, 1] }, { starts: '2026-03-02', until: '2026-03-31' });
    expect(dates(every, weekends)).toEqual(['2026-03-02', '2026-03-05', '2026-03-16', '2026-03-19', '2026-03-30']);
  });

  it('S1 the first working Tuesday is the first one that works', () => {
    const working = rule({ every: 'month', interval: 1, by: 'weekday', nth: 1, weekday: 2, working: true });
    const holiday = { ...weekends, holidays: ['2026-02-03', '2026-02-10'] };
    expect(dates(working, holiday).slice(0, 3)).toEqual(['2026-01-06', '2026-02-17', '2026-03-03']);
  });

  it('S1 the last working day of each month heeds holidays', () => {
    const last = rule({ every: 'month', interval: 1, by: 'workingDay', nth: -1 });
    const found = dates(last, taiwan);
    expect(found[0]).toBe('2026-01-30');
    // Friday 27 February is made up for the memorial day that falls on a Saturday.
    expect(found[1]).toBe('2026-02-26');
    expect(found).toHaveLength(12);
  });

  it('S1 29 February: the last day of the month in other years, or not at all', () => {
    const leap = (ifMissing: 'lastDay' | 'skip') =>
      rule(
        { every: 'year', interval: 1, month: 2, by: 'day', day: 29, ifMissing },
        { starts: '2025-01-01', onDayOff: 'previous' },
      );
    const found = (r: SeriesRule) => occurrences(r, weekends, zones['Asia/Taipei']!, FROM, TO).map((o) => o.date);
    expect(found(leap('skip'))).toEqual(['2028-02-29']);
    expect(found(leap('lastDay'))).toEqual(['2025-02-28', '2026-02-27', '2027-02-26', '2028-02-29']);
  });

  it('S1 a date on a day off: skipped, the working day after, or the one before', () => {
    const on = (onDayOff: SeriesRule['onDayOff']) =>
      dates(
        rule({ every: 'week', interval: 1, weekdays: [1] }, { onDayOff, starts: '2026-02-16', until: '2026-02-16' }),
        taiwan,
      );
    expect(on('skip')).toEqual([]);
    expect(on('next')).toEqual(['2026-02-23']);
    expect(on('previous')).toEqual([]); // it would be before the series begins
    const early = rule(
      { every: 'week', interval: 1, weekdays: [1] },
      { onDayOff: 'previous', starts: '2026-02-09', until: '2026-02-16' },
    );
    expect(dates(early, taiwan)).toEqual(['2026-02-09', '2026-02-13']);
  });

  it('S1 a date that is skipped or moved by hand, named by the day it takes place on', () => {
    const weekly = rule({ every: 'week', interval: 1, weekdays: [3] }, { starts: '2026-03-04', count: 4 });
    const zone = zones['Asia/Taipei']!;
    const second = occurrenceOn(weekly, weekends, zone, '2026-03-11')!;
    expect(dates({ ...weekly, skips: [second.key] }, weekends)).toEqual(['2026-03-04', '2026-03-18', '2026-03-25']);
    const moved = { ...weekly, moves: [{ key: second.key, date: '2026-03-20', time: '14:00' }] };
    expect(dates(moved, weekends)).toEqual(['2026-03-04', '2026-03-18', '2026-03-20', '2026-03-25']);
    expect(occurrenceOn(moved, weekends, zone, '2026-03-20')?.key).toBe('2026-03-11');
  });

  it.each(['America/New_York', 'Europe/London'])(
    'S1 in %s it is 09:30 on the wall, before and after each change',
    (name) => {
      const weekly = rule({ every: 'week', interval: 1, weekdays: [2] });
      const found = occurrences(weekly, weekends, zones[name]!, FROM, TO);
      // Read back by the machine's own zone data, not by ours.
      const format = new Intl.DateTimeFormat('en-GB', {
        timeZone: name,
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
      });
      expect(new Set(found.map((o) => format.format(o.startsAt)))).toEqual(new Set(['Tue 09:30']));
      expect(new Set(found.map((o, i) => o.startsAt - (found[i - 1]?.startsAt ?? 0))).size).toBeGreaterThan(3);
    },
  );

  it('S1 the next date, and none when the series is over', () => {
    const once = rule({ every: 'month', interval: 1, by: 'day', day: 15, ifMissing: 'skip' }, { count: 2 });
    const zone = zones['Asia/Taipei']!;
    expect(nextOccurrence(once, weekends, zone, Date.UTC(2026, 0, 20))?.date).toBe('2026-02-16');
    expect(nextOccurrence(once, weekends, zone, Date.UTC(2026, 1, 20))).toBeUndefined();
  });
});

const weekday = fc.integer({ min: 1, max: 7 });
const interval = fc.integer({ min: 1, max: 4 });
const inMonth = fc.oneof(
  fc.record({
    by: fc.constant('day' as const),
    day: fc.integer({ min: 1, max: 31 }),
    ifMissing: fc.constantFrom('lastDay' as const, 'skip' as const),
  }),
  fc.record({
    by: fc.constant('weekday' as const),
    nth: fc.constantFrom(-1, 1, 2, 3, 4, 5),
    weekday,
    working: fc.boolean(),
  }),
  fc.record({ by: fc.constant('workingDay' as const), nth: fc.constantFrom(-2, -1, 1, 2, 5) }),
);
const pattern: fc.Arbitrary<Pattern> = fc.oneof(
  fc.record({ every: fc.constant('week' as const), interval, weekdays: fc.uniqueArray(weekday, { minLength: 1 }) }),
  fc.tuple(interval, inMonth).map(([n, on]): Pattern => ({ every: 'month', interval: n, ...on })),
  fc
    .tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 12 }), inMonth)
    .map(([n, month, on]): Pattern => ({ every: 'year', interval: n, month, ...on })),
);
const rules: fc.Arbitrary<SeriesRule> = fc
  .record({
    pattern,
    time: fc.constantFrom('01:30', '02:30', '09:30', '16:15'),
    starts: fc.integer({ min: 0, max: 400 }).map((n) => new Date(FROM + n * 86_400_000).toISOString().slice(0, 10)),
    onDayOff: fc.constantFrom('skip' as const, 'next' as const, 'previous' as const),
    count: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  })
  .map(({ count, ...r }) => ({ ...r, skips: [], moves: [], ...(count === undefined ? {} : { count }) }));
const anywhere = fc.constantFrom(...Object.values(zones));
const calendars = fc.constantFrom(taiwan, weekends, { ...weekends, weekend: [5, 6] });

describe('S1 whatever the rule', () => {
  it('S1 only working days, at the same time on the wall, in order, each once', () => {
    fc.assert(
      fc.property(rules, anywhere, calendars, (r, zone, calendar) => {
        const found = occurrences(r, calendar, zone, FROM, TO);
        for (const [i, o] of found.entries()) {
          expect(isWorkingDay(calendar, o.date)).toBe(true);
          expect(o.date >= r.starts).toBe(true);
          if (!isGap(zone, o.date, r.time)) expect(toLocal(zone, o.startsAt).time).toBe(r.time);
          expect(toLocal(zone, o.startsAt).date).toBe(o.date);
          if (i > 0) expect(o.startsAt).toBeGreaterThan(found[i - 1]!.startsAt);
        }
        expect(new Set(found.map((o) => o.key)).size).toBe(found.length);
        if (r.count !== undefined) expect(found.length).toBeLessThanOrEqual(r.count);
      }),
      { numRuns: 200 },
    );
  });

  it('S1 a weekday is the one asked for, unless a day off moved it', () => {
    fc.assert(
      fc.property(rules, anywhere, calendars, (r, zone, calendar) => {
        const skipping = { ...r, onDayOff: 'skip' as const };
        const { pattern: p } = skipping;
        const wanted = p.every === 'week' ? p.weekdays : p.by === 'weekday' ? [p.weekday] : undefined;
        if (wanted === undefined) return;
        for (const o of occurrences(skipping, calendar, zone, FROM, TO)) expect(wanted).toContain(weekdayOf(o.date));
      }),
      { numRuns: 100 },
    );
  });

  it('S1 looked at in two parts it is the same series', () => {
    fc.assert(
      fc.property(rules, anywhere, calendars, fc.integer({ min: FROM, max: TO }), (r, zone, calendar, cut) => {
        const whole = occurrences(r, calendar, zone, FROM, TO);
        const parts = [...occurrences(r, calendar, zone, FROM, cut), ...occurrences(r, calendar, zone, cut, TO)];
        expect(parts).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });
});
