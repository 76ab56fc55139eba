import { describe, expect, test } from 'vitest';
import { fault } from '../../../domain/errors.js';
import { applyCommand } from '../../../domain/meeting/step.js';
import { advance, clock, send, simulate, waits } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { at, meetingId } from '../../support/meeting.js';
import { create, inBerlin } from './support.js';

import { host, later, minute, opened, refused, t1, t2, t3 } from './monday.js';

describe('E15 the end', () => {
  test('E15 at the planned end the host is shown it; the meeting goes on', () => {
    const sim = later(opened(), 60);
    expect(sim.state).toMatchObject({ phase: 'execution', endReachedAt: at('2026-02-02', '10:30') });
  });

  test('E15 a meeting opened after its planned end is shown it at once', () => {
    const sim = later(opened('11:00'), 0);
    expect(sim.state).toMatchObject({ phase: 'execution', endReachedAt: at('2026-02-02', '11:00') });
  });

  test('E15 extend moves the planned end, and from now when that has passed', () => {
    const early = send(later(opened(), 10), 'extend', { minutes: 20 }, host);
    expect(clock(early.state, early.result.plannedEndAt)).toBe('2026-02-02 10:50');
    const late = send(later(opened(), 70), 'extend', { minutes: 20 }, host);
    expect(clock(late.state, late.result.plannedEndAt)).toBe('2026-02-02 11:00');
    expect(late.state.endReachedAt).toBeUndefined();
    expect(waits(late.state)).toEqual(['2026-02-02 11:00 plannedEnd', '2026-02-02 15:00 autoClose']);
  });

  test('E15, P2 no meeting is extended beyond the longest', () => {
    expect(refused(later(opened(), 10), 'extend', { minutes: 181 })).toEqual(
      fault('E15.extendCap', 'minutes', { cap: 240, until: at('2026-02-02', '13:30') }),
    );
    expect(send(later(opened(), 10), 'extend', { minutes: 180 }, host).state.plannedEndAt).toBe(
      at('2026-02-02', '13:30'),
    );
  });

  test('E15 ends by itself 4 h after the planned end', () => {
    const sim = advance(opened(), at('2026-02-02', '14:30'));
    expect(sim.state).toMatchObject({ phase: 'minutes', closedBy: 'clock', closedAt: at('2026-02-02', '14:30') });
    expect(advance(opened(), at('2026-02-02', '14:30') - 1).state.phase).toBe('execution');
  });

  test('E15 never within 60 minutes of activity', () => {
    let sim = advance(opened(), at('2026-02-02', '14:00'));
    sim = send(sim, 'keyPoint', { topicId: t1, text: '還在談', kind: 'information' }, host);
    sim = advance(sim, at('2026-02-02', '14:59'));
    expect([sim.state.phase, waits(sim.state)]).toEqual(['execution', ['2026-02-02 15:00 autoClose']]);
    sim = send(sim, 'attendance', { person: 'p6', present: true }, host);
    expect(advance(sim, at('2026-02-02', '15:58')).state.phase).toBe('execution');
    expect(advance(sim, at('2026-02-02', '15:59')).state.phase).toBe('minutes');
  });

  test('E15 in Berlin 4 h are 4 h on the day of 25', () => {
    const { at: local } = inBerlin;
    const startsAt = local('2026-10-25', '00:30');
    const announced = simulate(
      create({ publish: true, startsAt }, { ...inBerlin, now: local('2026-10-20', '10:00') }),
      0,
    );
    const sim = advance(send(advance(announced, startsAt), 'open', {}, host), local('2026-10-25', '12:00'));
    expect(clock(sim.state, sim.state.closedAt ?? 0)).toBe('2026-10-25 04:30');
    expect((sim.state.closedAt ?? 0) - sim.state.plannedEndAt).toBe(4 * 60 * minute);
  });
});

describe('E14 the close', () => {
  /** Topic 1 decided, topic 2 live, topic 3 not reached, a vote open. */
  function busy(): Simulation {
    let sim: Simulation = send(opened(), 'startTopic', { topicId: t1 }, host);
    sim = send(
      sim,
      'finishTopic',
      { topicId: t1, outcome: 'decided', basis: 'noObjection', conclusion: '三月交貨' },
      host,
    );
    sim = send(later(sim, 10), 'startTopic', { topicId: t2 }, host);
    return send(later(sim, 10), 'openVote', { topicId: t2, motion: '增聘兩人' }, host);
  }

  test('E14 the read-back has every topic with its conclusion or deferral, in order', () => {
    expect(send(busy(), 'close', {}, host).result.readBack).toEqual([
      expect.objectContaining({ topicId: t1, outcome: 'decided', basis: 'noObjection', conclusion: '三月交貨' }),
      expect.objectContaining({ topicId: t2, outcome: 'deferred', deferral: { reason: 'interrupted' } }),
      expect.objectContaining({ topicId: t3, outcome: 'deferred', deferral: { reason: 'unreached' } }),
    ]);
  });

  test('E14 it never refuses: nothing done, all open, twenty minutes after the start', () => {
    for (const sim of [opened('09:15'), opened(), busy(), later(busy(), 180)])
      expect(send(sim, 'close', {}, host).state.phase).toBe('minutes');
  });

  test('Phases: open votes are counted', () => {
    const closing = applyCommand(busy().state, 'close', {}, { now: busy().now, actor: host });
    expect(closing.effects[0]).toEqual({ type: 'countVote', voteId: `${meetingId}-v1` });
    expect(closing.state.votes[0]?.status).toBe('counting');
    const counted = send(busy(), 'close', {}, host).state.votes[0];
    expect(counted).toMatchObject({ status: 'closed', passed: true, tally: { agree: 5, against: 0, neutral: 0 } });
  });

  test('Phases: the votes are counted before the minutes are drafted, and both before anybody is asked to confirm', () => {
    const kinds = applyCommand(busy().state, 'close', {}, { now: busy().now, actor: host }).effects.map((e) =>
      e.type === 'mail' ? e.mail : e.type,
    );
    expect(kinds).toEqual(['countVote', 'draftMinutes', 'confirmMinutes', 'openSurvey', 'survey', 'putBacklog']);
  });

  test('Phases: the live topic’s time is kept', () => {
    expect(send(busy(), 'close', {}, host).state.agenda[1]).toMatchObject({ status: 'finished', spentMs: 10 * minute });
  });

  test('E14 what was deferred or not reached goes into the backlog, what was dropped does not', () => {
    const deferral = { factQuestion: '預算多少?', department: 'd3', bringsMaterial: '報價', date: '2026-02-10' };
    let sim: Simulation = send(
      opened('09:30', { seriesId: 's1' }),
      'finishTopic',
      { topicId: t3, outcome: 'deferred', deferral },
      host,
    );
    sim = send(sim, 'finishTopic', { topicId: t1, outcome: 'dropped' }, host);
    const { effects } = applyCommand(sim.state, 'close', {}, { now: sim.now, actor: host });
    expect(effects.find((e) => e.type === 'putBacklog')).toMatchObject({
      final: true,
      done: [t1],
      topics: [
        { topicId: t2, title: '人力', reason: 'unreached', department: 'd1', seriesId: 's1' },
        {
          topicId: t3,
          title: '預算',
          reason: 'facts',
          department: 'd1',
          seriesId: 's1',
          factQuestion: '預算多少?',
          bringsDepartment: 'd3',
          bringsMaterial: '報價',
          date: '2026-02-10',
        },
      ],
    });
  });

  test('E14 with nothing left over the backlog gets nothing', () => {
    const sim = [t1, t2, t3].reduce<Simulation>(
      (s, topicId) => send(s, 'finishTopic', { topicId, outcome: 'dropped' }, host),
      opened(),
    );
    const { effects } = applyCommand(sim.state, 'close', {}, { now: sim.now, actor: host });
    expect(effects.some((e) => e.type === 'putBacklog')).toBe(false);
  });
});
