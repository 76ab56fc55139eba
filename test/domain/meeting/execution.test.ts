import { describe, expect, test } from '@jest/globals';
import { fault } from '../../../domain/errors.js';
import type { CommandInput, CommandName } from '../../../domain/meeting/commands.js';
import { applyCommand } from '../../../domain/meeting/step.js';
import { advance, clock, codes, refusal, send, simulate, story, waits } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { admin, at, meetingId, person, service } from '../../support/meeting.js';
import { create, inBerlin, monday, topic, wednesday } from './support.js';

const minute = 60_000;
const host = person('p2');
const t1 = `${meetingId}-t1`;
const t2 = `${meetingId}-t2`;
const t3 = `${meetingId}-t3`;

/** Announced, at a moment of Monday 2 February 2026, nothing but time having passed. */
function onMonday(time: string, overrides: Parameters<typeof create>[0] = {}): Simulation {
  const agenda = [topic('交期', 15, 1), topic('人力', 15, 2), topic('預算', 15, 3)];
  return advance(simulate(create({ publish: true, agenda, ...overrides }), wednesday), at('2026-02-02', time));
}

/** Opened by the host at that moment. */
const opened = (time = '09:30', overrides: Parameters<typeof create>[0] = {}): Simulation =>
  send(onMonday(time, overrides), 'open', {}, host);

const later = (sim: Simulation, minutes: number): Simulation => advance(sim, sim.now + minutes * minute);

const refused = <N extends CommandName>(sim: Simulation, name: N, input: CommandInput<N>, actor = host) =>
  refusal(() => send(sim, name, input, actor)).faults[0];

describe('H11 opening', () => {
  test('H11 from 15 minutes before the start', () => {
    expect(refused(onMonday('09:14'), 'open', {})).toEqual(
      fault('H11.tooEarly', '', { from: at('2026-02-02', '09:15') }),
    );
    const { state } = opened('09:15');
    expect(state).toMatchObject({ phase: 'execution', openedAt: at('2026-02-02', '09:15') });
    expect(state.actingHost).toBeUndefined();
  });

  test('H11 the host is there who opens; nobody else is yet', () => {
    expect(Object.keys(opened().state.attendance)).toEqual(['p2']);
    expect(opened().state.attendance['p2']?.log).toEqual([{ at: monday, present: true, by: { via: 'engine' } }]);
  });

  test('H11 nothing of the notice waits any more; the planned end and the end by itself do', () => {
    expect(waits(opened().state)).toEqual(['2026-02-02 10:30 plannedEnd', '2026-02-02 14:30 autoClose']);
  });
});

describe('E15 a forgotten beginning', () => {
  test('E15 before 10 minutes have passed nobody takes the host’s place', () => {
    for (const p of ['p3', 'p1', 'p6'])
      expect(refused(onMonday('09:39', { deputyHost: 'p6' }), 'open', {}, person(p))).toEqual(
        fault('E15.waitForHost', '', { from: at('2026-02-02', '09:40') }),
      );
  });

  test.each(['p6', 'p3', 'p1'])('E15 from +10 on %s (deputy, coordinator, initiator) opens as acting host', (who) => {
    const { state } = send(onMonday('09:40', { deputyHost: 'p6' }), 'open', {}, person(who));
    expect(state.actingHost).toBe(who);
    expect(Object.keys(state.attendance)).toEqual([who]);
  });

  test('E15 nobody else opens', () => {
    expect(refusal(() => send(onMonday('09:50'), 'open', {}, person('p7'))).type).toBe('Forbidden');
  });

  test('E15 the host, late, is no acting host; nor is who opens with a key', () => {
    expect(opened('09:55').state.actingHost).toBeUndefined();
    const administrator = { ...person('p1'), roles: ['admin' as const] };
    for (const key of [admin, service, administrator]) {
      const { state } = send(onMonday('09:55'), 'open', {}, key);
      expect(state.actingHost).toBeUndefined();
      expect(Object.keys(state.attendance)).toEqual(['p2']);
    }
  });

  test('E15 at +10 host, deputy, coordinator and initiator are told, at +30 the initiator, each once', () => {
    const sim = onMonday('13:00', { deputyHost: 'p6' });
    expect(story(sim).slice(-2)).toEqual([
      '2026-02-02 09:40 notOpened → p2 p6 p3 p1',
      '2026-02-02 10:00 notOpened → p1',
    ]);
    expect(sim.mails.slice(-2).map((m) => m.effect.params)).toEqual([{ stage: 1 }, { stage: 2 }]);
  });

  test('E15 opened in time, nobody is told anything', () => {
    expect(story(later(opened('09:39'), 60)).filter((line) => line.includes('notOpened'))).toEqual([]);
  });
});

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
    let sim = send(
      later(live, 10),
      'finishTopic',
      { topicId: t1, outcome: 'deferred', deferral: { factQuestion: '交期?' } },
      host,
    );
    sim = send(later(sim, 5), 'startTopic', { topicId: t1 }, host);
    const { outcome, deferral, endedAt, status } = sim.state.agenda[0]!;
    expect([status, outcome, deferral, endedAt]).toEqual(['live', undefined, undefined, undefined]);
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
    let sim = send(opened(), 'startTopic', { topicId: t1 }, host);
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
    let sim = send(
      opened('09:30', { seriesId: 's1' }),
      'finishTopic',
      { topicId: t3, outcome: 'deferred', deferral },
      host,
    );
    sim = send(sim, 'finishTopic', { topicId: t1, outcome: 'dropped' }, host);
    const { effects } = applyCommand(sim.state, 'close', {}, { now: sim.now, actor: host });
    expect(effects.find((e) => e.type === 'putBacklog')).toEqual({
      type: 'putBacklog',
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
