/** Y1: numbers that became norms later; a meeting from before them has the standard's value. */
import { expect, test } from 'vitest';
import type { Norms } from '../../../domain/norms.js';
import { defaultNorms } from '../../../domain/norms.js';
import { advance, codes, clock, send, simulate, story } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { at, person } from '../../support/meeting.js';
import { create, monday, wednesday } from './support.js';

const host = person('p2');

function opened(norms: Partial<Norms> = {}): Simulation {
  const announced = simulate(create({ publish: true }, { norms: { ...defaultNorms, ...norms } }), wednesday);
  return send(advance(announced, monday), 'open', {}, host);
}
const closed = (norms: Partial<Norms> = {}): Simulation => send(opened(norms), 'close', {}, host);

test('E15 Y1 the longest adjournment is a norm', () => {
  const adjourn =
    (days: number, norms: Partial<Norms> = {}) =>
    () =>
      send(opened(norms), 'adjourn', { until: monday + days * 24 * 3_600_000 }, host);
  expect(codes(adjourn(91))).toEqual(['input.tooFar']);
  expect(adjourn(90)().state.adjournments).toHaveLength(1);
  expect(codes(adjourn(8, { adjournMaxDays: 7 }))).toEqual(['input.tooFar']);
  expect(adjourn(7, { adjournMaxDays: 7 })().state.adjournments).toHaveLength(1);
});

test('M2 Y1 the next meeting, where no deadline is open, is a norm', () => {
  const next = (norms: Partial<Norms> = {}): string =>
    clock(closed().state, closed(norms).state.minutes!.nextMeetingAt!);
  expect(next()).toBe('2026-02-23 09:30');
  expect(next({ nextMeetingWd: 5 })).toBe('2026-02-09 09:30');
});

test('M3 Y1 how often an objection is asked about is a norm', () => {
  const asked = (norms: Partial<Norms>): number => {
    let sim: Simulation = send(closed(norms), 'confirmMinutes', {}, host);
    sim = send(advance(sim, at('2026-02-03', '10:00')), 'objection', { text: '人數不對' }, person('p7'));
    const lines = story(advance(sim, at('2026-02-27', '18:00')));
    expect(lines.filter((line) => line.includes('objectionAnswered'))).toHaveLength(1);
    return lines.filter((line) => line.includes(' objection ')).length;
  };
  expect([asked({}), asked({ objectionTimesAsked: 1 }), asked({ objectionTimesAsked: 3 })]).toEqual([2, 1, 3]);
});

test('F5 Y1 when the survey reminds is a norm', () => {
  const reminded = (norms: Partial<Norms>): string | undefined => {
    const { state } = closed(norms);
    const timer = state.timers.find((t) => t.kind === 'surveyReminder');
    return timer && clock(state, timer.at);
  };
  expect(reminded({})).toBe('2026-02-04 08:40');
  expect(reminded({ surveyReminderWdBefore: 2 })).toBe('2026-02-03 08:40');
});

test('Y1 a meeting from before a norm has the standard’s value', () => {
  const {
    adjournMaxDays: _,
    nextMeetingWd: __,
    objectionTimesAsked: ___,
    surveyReminderWdBefore: ____,
    ...old
  } = defaultNorms;
  const announced = simulate(create({ publish: true }, { norms: old as Norms }), wednesday);
  const { state } = send(send(advance(announced, monday), 'open', {}, host), 'close', {}, host);
  expect(clock(state, state.minutes!.nextMeetingAt!)).toBe('2026-02-23 09:30');
  expect(state.timers.map((t) => [t.kind, clock(state, t.at)])).toContainEqual(['surveyReminder', '2026-02-04 08:40']);
});
