/**
 * S1 across the changes of the clock: dates are reckoned by ical.js's recurrence rules, invitations are read by ical.js, and
 * deadlines are told by the ICU of the runtime: none of them is what wrote them.
 */
import { describe, expect, test } from 'vitest';
import ICAL from 'ical.js';
import { atTime, calendarById, dueAt, lastWorkingDayBefore, zoneData } from '../../domain/calendar/index.js';
import type { Instant, ZoneData } from '../../domain/calendar/index.js';
import { noticeLimit, replyBy } from '../../domain/meeting/preparation.js';
import { occurrences } from '../../domain/series/occurrences.js';
import type { SeriesRule } from '../../domain/series/rule.js';
import { instants, text } from './calendar-support.js';
import { planned } from './fixture.js';

const weekends = calendarById('none');
const rule = (pattern: SeriesRule['pattern'], starts: string, more: Partial<SeriesRule> = {}): SeriesRule => ({
  pattern,
  time: '09:30',
  starts,
  onDayOff: 'skip',
  skips: [],
  moves: [],
  ...more,
});
const weekly = (weekday: number): SeriesRule['pattern'] => ({ every: 'week', interval: 1, weekdays: [weekday] });

/** `Tue 2026-03-10 09:30`, by ICU. */
function byIcu(zone: string, t: Instant): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(t);
  const of = (type: string): string => parts.find((p) => p.type === type)?.value ?? '';
  return `${of('weekday')} ${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}`;
}

/** Dates by ical.js. */
function byRule(rrule: string, from: string, count: number): string[] {
  const iterator = ICAL.Recur.fromString(rrule).iterator(ICAL.Time.fromDateTimeString(`${from}T09:30:00`));
  return Array.from({ length: count }, () => iterator.next()?.toString().slice(0, 10) ?? '');
}

const series: [string, string, SeriesRule, string, number][] = [
  ['every Tuesday in New York', 'America/New_York', rule(weekly(2), '2026-02-03'), 'FREQ=WEEKLY;BYDAY=TU', 45],
  ['every Monday in London', 'Europe/London', rule(weekly(1), '2026-03-02'), 'FREQ=WEEKLY;BYDAY=MO', 40],
  ['every Wednesday in Taipei', 'Asia/Taipei', rule(weekly(3), '2026-02-04'), 'FREQ=WEEKLY;BYDAY=WE', 45],
  [
    'the last Friday of the month in London',
    'Europe/London',
    rule({ every: 'month', interval: 1, by: 'weekday', nth: -1, weekday: 5, working: false }, '2026-01-30'),
    'FREQ=MONTHLY;BYDAY=-1FR',
    14,
  ],
  [
    '29 February in Taipei',
    'Asia/Taipei',
    rule({ every: 'year', interval: 1, month: 2, by: 'day', day: 29, ifMissing: 'skip' }, '2024-02-29'),
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
    5,
  ],
];

describe('S1 N1 series and the clock', () => {
  test.each(series)(
    'S1 %s: dates as ical.js reckons them, 09:30 on the wall, invited for that moment',
    (_, name, r, rrule, n) => {
      const zone = zoneData(name, Date.UTC(2024, 0, 1), Date.UTC(2045, 0, 1));
      const found = occurrences(
        r,
        { ...weekends, weekend: [] },
        zone,
        Date.UTC(2024, 0, 1),
        Date.UTC(2045, 0, 1),
      ).slice(0, n);
      expect(found.map((o) => o.date)).toEqual(byRule(rrule, r.starts, n));
      for (const { startsAt, date } of found) {
        expect(byIcu(name, startsAt).slice(4)).toBe(`${date} 09:30`);
        const near: ZoneData = zoneData(name, startsAt - 366 * 86_400_000, startsAt + 366 * 86_400_000);
        const state = planned({ zone: near, startsAt, plannedEndAt: startsAt + 3_600_000 });
        expect(instants(text({}, state))).toEqual([startsAt, startsAt + 3_600_000]);
      }
    },
  );

  test('S1 N1 N2 the week of each change: notice limit, reply and deadlines stand at their hour on the wall', () => {
    const changes: [string, string][] = [
      ['America/New_York', '2026-03-09'],
      ['America/New_York', '2026-11-02'],
      ['Europe/London', '2026-03-30'],
      ['Europe/London', '2026-10-26'],
      ['Asia/Taipei', '2028-02-29'],
    ];
    for (const [name, date] of changes) {
      const zone = zoneData(name, Date.UTC(2025, 0, 1), Date.UTC(2030, 0, 1));
      const startsAt = atTime(zone, date, '09:30');
      const state = planned({ zone, calendar: weekends, startsAt, plannedEndAt: startsAt + 3_600_000 });
      const eve = lastWorkingDayBefore(weekends, date);
      expect(byIcu(name, replyBy(state, startsAt - 20 * 86_400_000)).slice(4)).toBe(`${eve} 10:00`);
      // 24 hours are 24 hours, whatever the wall clock shows.
      expect(startsAt - noticeLimit(startsAt, 'regular', state.norms)).toBe(86_400_000);
      for (const day of [eve, date]) expect(byIcu(name, dueAt(zone, day, '18:00')).slice(4)).toBe(`${day} 18:00`);
    }
  });
});
