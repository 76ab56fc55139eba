import { describe, expect, test } from 'vitest';
import { fault } from '../../../domain/errors.js';
import type { CommandInput, CommandName } from '../../../domain/meeting/commands.js';
import { applyCommand } from '../../../domain/meeting/step.js';
import { clock, codes, send } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { admin, at, meetingId, person } from '../../support/meeting.js';
import { monday } from './support.js';

import { host, later, minute, opened, refused, t1, t2, t3 } from './monday.js';

describe('E3 roll call', () => {
  test('E3 arrivals and departures are kept with their times and who noted them', () => {
    let sim = opened();
    sim = send(later(sim, 5), 'attendance', { person: 'p6', present: true }, host);
    sim = send(later(sim, 20), 'attendance', { person: 'p6', present: false }, person('p6'));
    const entry = sim.state.attendance['p6'];
    expect(entry?.present).toBe(false);
    expect(entry?.log.map((e) => [clock(sim.state, e.at), e.present, e.by.person])).toEqual([
      ['2026-02-02 09:35', true, 'p2'],
      ['2026-02-02 09:55', false, 'p6'],
    ]);
  });

  test('E3 the same mark again adds no line', () => {
    let sim = send(opened(), 'attendance', { person: 'p6', present: true }, host);
    sim = send(sim, 'attendance', { person: 'p6', present: true }, host);
    expect(sim.state.attendance['p6']?.log).toHaveLength(1);
  });

  test('E3 whoever is invited, office or seat, may be marked; a stranger not', () => {
    expect(send(opened(), 'attendance', { person: 'p4', present: true }, host).result).toEqual({ present: true });
    expect(refused(opened(), 'attendance', { person: 'p99', present: true })?.code).toBe('E3.notInvited');
  });
});

describe('E4 topics one by one', () => {
  const live = send(opened(), 'startTopic', { topicId: t1 }, host);

  test('E4 one live topic', () => {
    expect(refused(live, 'startTopic', { topicId: t2 })).toEqual(
      fault('E4.otherLive', 'topicId', { topicId: t1, title: '交期' }),
    );
    expect(refused(live, 'startTopic', { topicId: 'x' })?.code).toBe('E4.noSuchTopic');
  });

  test('E4 planned and actual time', () => {
    const done = send(later(live, 22), 'finishTopic', { topicId: t1, outcome: 'informed' }, host);
    expect(done.state.agenda[0]).toMatchObject({
      status: 'finished',
      minutes: 15,
      spentMs: 22 * minute,
      startedAt: monday,
      endedAt: monday + 22 * minute,
    });
    expect(send(done, 'startTopic', { topicId: t3 }, host).state.agenda[2]?.status).toBe('live');
  });

  test('E4 what was put off is taken up again while there is time, its minutes adding up', () => {
    const deferral = { factQuestion: '何時到?', department: 'd3', bringsMaterial: '驗收單', date: '2026-02-10' };
    let sim: Simulation = send(later(live, 10), 'finishTopic', { topicId: t1, outcome: 'deferred', deferral }, host);
    sim = send(later(sim, 5), 'startTopic', { topicId: t1 }, host);
    const { outcome, deferral: put, endedAt, status } = sim.state.agenda[0]!;
    expect([status, outcome, put, endedAt]).toEqual(['live', undefined, undefined, undefined]);
    sim = send(later(sim, 3), 'finishTopic', { topicId: t1, outcome: 'informed' }, host);
    expect(sim.state.agenda[0]).toMatchObject({ outcome: 'informed', spentMs: 13 * minute });
    expect(refused(sim, 'startTopic', { topicId: t1 })?.code).toBe('E4.finished');
  });

  test('E4 only a live topic is decided or informed; a planned one may be deferred or dropped', () => {
    for (const outcome of ['decided', 'informed'] as const)
      expect(refused(live, 'finishTopic', { topicId: t2, outcome })?.code).toBe('E4.notLive');
    const dropped = send(live, 'finishTopic', { topicId: t2, outcome: 'dropped' }, host).state.agenda[1];
    expect(dropped).toMatchObject({ status: 'finished', outcome: 'dropped', spentMs: 0 });
    expect(refused(live, 'finishTopic', { topicId: 'x', outcome: 'dropped' })?.code).toBe('E4.noSuchTopic');
  });

  test('E11 a deferral keeps the open fact question, who brings what, and the date', () => {
    const deferral = { factQuestion: '模具何時到?', department: 'd3', bringsMaterial: '驗收單', date: '2026-02-10' };
    const { state } = send(live, 'finishTopic', { topicId: t1, outcome: 'deferred', deferral }, host);
    expect(state.agenda[0]?.deferral).toEqual({ ...deferral, reason: 'facts' });
  });
});

describe('E9 on what a decision rests', () => {
  const live = send(opened(), 'startTopic', { topicId: t1 }, host);
  const decide = (sim: Simulation, more: Partial<CommandInput<'finishTopic'>>) =>
    send(sim, 'finishTopic', { topicId: t1, outcome: 'decided', ...more }, host).state.agenda[0];
  /** A vote on the live topic, closed with so many of one present agreeing. */
  const voted = (agree: number): Simulation => {
    const open = send(live, 'openVote', { topicId: t1, motion: '三月交貨' }, host);
    const tally = { agree, against: 1 - agree, neutral: 0 };
    return send(open, 'closeVote', { voteId: open.result.id, tally }, host);
  };

  test('E9 decided needs a basis', () => {
    expect(codes(() => decide(live, { conclusion: '三月交貨' }))).toEqual(['E9.basisNeeded']);
  });

  test('E9 no objection and a ruling are named so, with their conclusion', () => {
    for (const basis of ['noObjection', 'ruling'] as const) {
      expect(decide(live, { basis, conclusion: '三月交貨' })).toMatchObject({
        outcome: 'decided',
        basis,
        conclusion: '三月交貨',
      });
      expect(codes(() => decide(live, { basis }))).toEqual(['E14.conclusionNeeded']);
    }
  });

  test('E9 a vote counts only if it passed; its motion is the conclusion unless another is given', () => {
    expect(codes(() => decide(live, { basis: 'vote' }))).toEqual(['E9.notPassed']);
    expect(codes(() => decide(voted(0), { basis: 'vote' }))).toEqual(['E9.notPassed']);
    expect(codes(() => decide(voted(0), {}))).toEqual(['E9.basisNeeded']);
    expect(decide(voted(1), {})).toMatchObject({ basis: 'vote', conclusion: '三月交貨' });
    expect(decide(voted(1), { conclusion: '三月底前' })).toMatchObject({ basis: 'vote', conclusion: '三月底前' });
  });

  test('E9 the newest vote decides: one that passed before another failed is no basis any more', () => {
    const vote = (sim: Simulation, motion: string, agree: number): Simulation => {
      const open = send(sim, 'openVote', { topicId: t1, motion }, host);
      const tally = { agree, against: 1 - agree, neutral: 0 };
      return send(open, 'closeVote', { voteId: open.result.id, tally }, host);
    };
    const turned = vote(vote(live, '三月交貨', 1), '四月交貨', 0);
    expect(codes(() => decide(turned, { basis: 'vote' }))).toEqual(['E9.notPassed']);
    expect(codes(() => decide(turned, {}))).toEqual(['E9.basisNeeded']);
    const back = vote(turned, '五月交貨', 1);
    expect(decide(back, {})).toMatchObject({ basis: 'vote', conclusion: '五月交貨', voteId: back.state.votes[2]!.id });
  });

  test('E9 a decision by vote names its vote, whatever words it has; another basis names none', () => {
    const sim = voted(1);
    expect(decide(sim, { conclusion: '三月底前' })).toMatchObject({ voteId: sim.state.votes[0]!.id });
    expect(decide(sim, { basis: 'ruling', conclusion: '三月底前' })).not.toHaveProperty('voteId');
  });

  test('E8 a topic does not end while its vote is open', () => {
    const open = send(live, 'openVote', { topicId: t1, motion: '三月交貨' }, host);
    for (const outcome of ['decided', 'deferred', 'dropped'] as const)
      expect(refused(open, 'finishTopic', { topicId: t1, outcome })).toEqual(
        fault('E8.voteOpen', 'topicId', { title: '交期', voteId: open.result.id }),
      );
  });
});

describe('E5 key points', () => {
  test('E5 text, kind, department and due date, per topic, with an id', () => {
    const input = {
      topicId: t1,
      text: '模具延後一週',
      kind: 'concern' as const,
      department: 'd3',
      dueAt: at('2026-02-10', '18:00'),
    };
    const sim = send(opened(), 'keyPoint', input, person('p4'));
    expect(sim.result).toEqual({ id: `${meetingId}-k1` });
    expect(sim.state.keyPoints).toEqual([
      { id: `${meetingId}-k1`, ...input, at: monday, by: { person: 'p4', key: undefined, via: 'api' } },
    ]);
    expect(refused(sim, 'keyPoint', { ...input, topicId: 'x' })?.code).toBe('E4.noSuchTopic');
  });
});

test('Phases: every refused command leaves the state as it was', () => {
  const { state } = opened();
  const before = JSON.stringify(state);
  const wrong: [CommandName, CommandInput<CommandName>][] = [
    ['startTopic', { topicId: 'x' }],
    ['extend', { minutes: 999 }],
    ['cancel', { reason: 'x' }],
  ];
  for (const [name, input] of wrong)
    expect(codes(() => applyCommand(state, name, input, { now: monday, actor: admin }))).toHaveLength(1);
  expect(JSON.stringify(state)).toBe(before);
});
