import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { completion, effectiveness, finish } from '../../../domain/meeting/follow-up/effectiveness.js';
import { newTracked } from '../../../domain/meeting/follow-up/items.js';
import type { Action, MeetingState, SurveyState } from '../../../domain/meeting/state.js';
import { admin, aMeeting, at, meetingId, person } from '../../support/meeting.js';
import { Run } from '../../support/run.js';

const due = at('2026-02-06', '18:00');

function anAction(n: number, overrides: Partial<Action> = {}): Action {
  const base = newTracked({ id: `${meetingId}-a${n}`, owner: 'p7', department: 'd2', dueAt: due }, 0, { via: 'api' });
  return { ...base, task: '回報', supporting: [], ...overrides };
}
const inTime = (n: number): Action => anAction(n, { status: 'done', reportedAt: due, endedAt: due + 1 });
const late = (n: number): Action => anAction(n, { status: 'done', reportedAt: due + 1, endedAt: due + 2 });
const cancelled = (n: number): Action => anAction(n, { status: 'cancelled', cancelledByDecision: true });

function published(mean?: number): SurveyState {
  const answers = mean === undefined ? 2 : 5;
  return { eligible: [], opensAt: 0, closesAt: 0, status: 'published', answers, mean, publishedAt: 0 };
}

describe('F6 completion and effectiveness', () => {
  test('F6 completion = done by the first due date ÷ not cancelled by decision', () => {
    expect(completion([])).toBeUndefined();
    expect(completion([cancelled(1)])).toBeUndefined();
    expect(completion([inTime(1), late(2), cancelled(3)])).toBe(0.5);
    expect(completion([inTime(1), anAction(2, { status: 'escalated' })])).toBe(0.5);
  });

  test('F6 the owner’s report counts, not the day of the check', () => {
    expect(completion([anAction(1, { status: 'done', reportedAt: due, endedAt: due + 9e9 })])).toBe(1);
  });

  test('F6 done by a later date than the first is not done in time', () => {
    const moved = { status: 'done' as const, dueAt: due + 9e9, reportedAt: due + 8e9, endedAt: due + 8e9 };
    expect(completion([anAction(1, moved)])).toBe(0);
  });

  test('F6 half the mean, half the completion; the half that exists if one is missing; else not rated', () => {
    expect(effectiveness(4, [inTime(1), late(2)])).toBe(3.5);
    expect(effectiveness(2, [])).toBe(2);
    expect(effectiveness(undefined, [inTime(1)])).toBe(5);
    expect(effectiveness(undefined, [late(1)])).toBe(1);
    expect(effectiveness(undefined, [cancelled(1)])).toBeNull();
  });

  test('F6 it stays on the survey’s scale and rises with each of its halves', () => {
    const actions = (done: number, of: number): Action[] =>
      Array.from({ length: of }, (_, i) => (i < done ? inTime(i) : late(i)));
    const means = fc.option(fc.double({ min: 1, max: 4.9, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(means, fc.nat(8), fc.nat(8), (mean, a, b) => {
        const [done, of] = [Math.min(a, b), Math.max(a, b)];
        const score = effectiveness(mean, actions(done, of));
        if (score === null) return expect([mean, of]).toEqual([undefined, 0]);
        expect(score).toBeGreaterThanOrEqual(1);
        expect(score).toBeLessThanOrEqual(5);
        if (done < of) expect(effectiveness(mean, actions(done + 1, of))).toBeGreaterThan(score);
        if (mean !== undefined) expect(effectiveness(mean + 0.1, actions(done, of))).toBeGreaterThan(score);
      }),
    );
  });
});

describe('Phases: the end', () => {
  /** Minutes went out on 2 Feb 14:00; objections until Wed 4 Feb 14:00. */
  const now = at('2026-02-04', '14:00');
  const ready = (overrides: Partial<MeetingState> = {}): MeetingState =>
    aMeeting({ survey: published(4), actions: [inTime(1)], ...overrides });

  test('all ended, survey published, objections over → closed, with the score and no timer left', () => {
    const { state, effects } = finish(ready(), now);
    expect(state).toMatchObject({ phase: 'closed', endedAt: now, effectiveness: 4.5, timers: [] });
    expect(effects).toEqual([]);
  });

  test('not rated closes, too', () => {
    expect(finish(ready({ survey: published(), actions: [] }), now).state).toMatchObject({
      phase: 'closed',
      effectiveness: null,
    });
  });

  test('whatever is still open holds it back, unchanged', () => {
    const talk = { id: 'q', kind: 'talk', about: 'a', status: 'open', dueAt: 0, asked: 0, createdAt: 0 } as const;
    const waiting: Partial<MeetingState>[] = [
      { actions: [anAction(1)] },
      { actions: [anAction(1, { status: 'reported' })] },
      { tasks: [talk] },
      { survey: { ...published(4), status: 'open' } },
      { survey: { ...published(4), status: 'closing' } },
      { timers: [{ key: 'objectionsEnd', kind: 'objectionsEnd', at: now + 1 }] },
      { phase: 'minutes' },
      { phase: 'execution' },
    ];
    for (const overrides of waiting) {
      const state = ready(overrides);
      expect(finish(state, now).state).toBe(state);
    }
    const early = ready();
    expect(finish(early, now - 1).state).toBe(early);
  });

  test('minutes that nobody confirmed do not hold it back', () => {
    const { minutes } = aMeeting();
    const unconfirmed = { ...minutes!, confirmedAt: undefined, sentAsDraft: true };
    expect(finish(ready({ minutes: unconfirmed }), now).state.phase).toBe('closed');
  });

  test('F6 exactly 3.0 raises no plan', () => {
    const { state } = finish(ready({ survey: published(3), actions: [inTime(1), late(2)] }), now);
    expect(state).toMatchObject({ phase: 'closed', effectiveness: 3, plans: [] });
  });

  test('F6 below 3.0 a plan first, unless one was raised; its end closes the meeting', () => {
    const run = new Run(ready({ survey: published(3.5), actions: [late(1), anAction(2)] }), now);
    run.command('complete', { id: `${meetingId}-a2` }, person('p7'));
    run.command('confirm', { id: `${meetingId}-a2` }, person('p3'));
    // completion ½: 0.5·3.5 + 0.5·3 = 3.25, not below.
    expect(run.state).toMatchObject({ phase: 'closed', effectiveness: 3.25 });

    const low = new Run(ready({ survey: published(3.5), actions: [late(1), anAction(2)] }), now);
    low.until(due + 1);
    low.command('complete', { id: `${meetingId}-a2` }, admin);
    low.command('confirm', { id: `${meetingId}-a2` }, person('p3'));
    expect(low.state.phase).toBe('followUp');
    expect(low.plan(`${meetingId}-p1`)).toMatchObject({ reason: 'effectiveness', score: 2.25, owner: 'p1' });
    low.command('completeTask', { id: `${meetingId}-p1`, text: '改善' }, person('p1'));
    low.command('confirm', { id: `${meetingId}-p1` }, person('p5'));
    expect(low.state).toMatchObject({ phase: 'closed', effectiveness: 2.25 });
    expect(low.state.plans).toHaveLength(1);
  });
});
