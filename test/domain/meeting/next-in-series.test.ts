import { describe, expect, test } from 'vitest';
import { applyReply } from '../../../domain/meeting/step.js';
import { nextInSeries } from '../../../activities/plan-series.js';
import type { Planning } from '../../../activities/plan-series.js';
import { occurrenceMeetingId } from '../../../archive/series.js';
import type { SeriesPlan } from '../../../domain/series/plan.js';
import { occurrences } from '../../../domain/series/occurrences.js';
import { zoneOf } from '../../../domain/series/plan.js';
import { advance, send, simulate } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { at, person, taiwan } from '../../support/meeting.js';
import { create, monday, wednesday } from './support.js';

const host = person('p2');
const nextMonday = at('2026-02-09', '09:30');

/** Held and closed, with an action due on Friday, after the archive said when the series meets next. */
function closed(nextAt?: number): Simulation {
  const announced = simulate(create({ publish: true, seriesId: 's1' }), wednesday);
  const reply = {
    type: 'backlogTaken' as const,
    topics: [],
    ...(nextAt === undefined ? {} : { nextInSeries: nextAt }),
  };
  const asked = { ...announced, state: applyReply(announced.state, reply, wednesday).state };
  const opened = send(advance(asked, monday), 'open', {}, host);
  const due = at('2026-02-06', '18:00');
  return send(send(opened, 'action', { task: '追料', owner: 'p6', dueAt: due }, host), 'close', {}, host);
}

describe('M2 the suggested next time of a series', () => {
  test('M2 is the date that its next invitation will have, unless that has passed', () => {
    const tuesday = at('2026-02-10', '09:30');
    expect(closed(tuesday).state.minutes?.nextMeetingAt).toBe(tuesday);
    expect(closed(monday - 1).state.minutes?.nextMeetingAt).toBe(nextMonday);
    expect(closed().state.minutes?.nextMeetingAt).toBe(nextMonday);
  });

  test('M2 comes from the rule of the series, and is never the meeting itself', async () => {
    const plan = {
      id: 's1',
      timeZone: 'Asia/Taipei',
      rule: {
        pattern: { every: 'week', interval: 1, weekdays: [1] },
        time: '09:30',
        starts: '2026-01-05',
        onDayOff: 'next',
        skips: [],
        moves: [],
      },
      paused: false,
    } as unknown as SeriesPlan;
    const planning = { calendar: taiwan } as Planning;
    const series = { active: async () => plan };
    const next = (meetingId: string, startsAt: number, paused = false) =>
      nextInSeries({ series: { ...series, active: async () => ({ ...plan, paused }) } as never }, planning, 's1', {
        meetingId,
        startsAt,
      });
    expect(await next('m1', monday)).toBe(nextMonday);
    const zone = zoneOf(plan, monday);
    const [own] = occurrences(plan.rule, taiwan, zone, nextMonday, nextMonday + 1);
    const moved = await next(occurrenceMeetingId('s1', own!.key), monday + 1);
    expect(moved).toBeGreaterThan(nextMonday);
    expect(await next('m1', monday, true)).toBeUndefined();
  });
});
