import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { fault } from '../../../domain/errors.js';
import { notHeard, discussionShares, dominating } from '../../../domain/meeting/shares.js';
import { mayLeave } from '../../../domain/meeting/opening.js';
import { mostNotes } from '../../../domain/meeting/notes.js';
import { applyCommand } from '../../../domain/meeting/step.js';
import { codes, refusal, send } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { admin, at, meetingId, person } from '../../support/meeting.js';
import { host, later, minute, onMonday, opened, refused, t1, t2 } from './monday.js';

/** Everybody of the request is there: p1 and p2 of d1, p6 of d2, p7 of d3. */
function seated(): Simulation {
  let sim: Simulation = opened();
  for (const p of ['p1', 'p6', 'p7']) sim = send(sim, 'attendance', { person: p, present: true }, host);
  return sim;
}
const live = (): Simulation => send(seated(), 'startTopic', { topicId: t1 }, host);
const [s1, s2, n1, g1] = [`${meetingId}-s1`, `${meetingId}-s2`, `${meetingId}-n1`, `${meetingId}-g1`];
const speak = (sim: Simulation, who: string): Simulation => send(sim, 'queueTurn', { person: who }, person(who));

describe('E3 the opening', () => {
  test('E3 who has no own topic left may leave; who leads and who keeps the record stay', () => {
    let sim: Simulation = opened('09:30', {
      participants: [
        { person: 'p1', department: 'd1', role: 'core' },
        { person: 'p2', department: 'd1', role: 'head' },
        { person: 'p6', department: 'd2', role: 'head', topics: ['交期'] },
        { person: 'p7', department: 'd3', role: 'support' },
      ],
    });
    expect(mayLeave(sim.state)).toEqual([]);
    for (const p of ['p1', 'p6', 'p7']) sim = send(sim, 'attendance', { person: p, present: true }, host);
    expect(mayLeave(sim.state)).toEqual(['p1', 'p7']);
    sim = send(sim, 'finishTopic', { topicId: t1, outcome: 'dropped' }, host);
    expect(mayLeave(sim.state)).toEqual(['p1', 'p6', 'p7']);
  });

  test('E3 people sign in from an hour before the start; what they signed is there at the opening', () => {
    expect(refused(onMonday('08:29'), 'attendance', { person: 'p6', present: true }, person('p6'))).toMatchObject({
      code: 'E3.signInFrom',
      params: { from: at('2026-02-02', '08:30') },
    });
    let sim: Simulation = send(onMonday('08:30'), 'attendance', { person: 'p6', present: true }, person('p6', 'link'));
    sim = send(later(sim, 50), 'open', {}, host);
    expect(sim.state.attendance['p6']).toMatchObject({ present: true, log: [{ by: { person: 'p6', via: 'link' } }] });
    expect(sim.state.attendance['p2']?.present).toBe(true);
  });

  test('E3 another time before the start clears who had signed in', () => {
    const early = send(onMonday('09:00'), 'attendance', { person: 'p6', present: true }, host);
    const moved = send(early, 'reschedule', { startsAt: at('2026-02-02', '15:00'), reason: 'x' }, host);
    expect(moved.state.attendance).toEqual({});
  });
});

describe('E6 speaking', () => {
  test('E6 the first speaks at once with 3 minutes, the next one waits', () => {
    const first = send(live(), 'queueTurn', { person: 'p6' }, person('p6'));
    expect(first.result).toEqual({ id: s1, status: 'speaking', endsAt: first.now + 3 * minute });
    const second = send(first, 'queueTurn', { person: 'p7' }, person('p7'));
    expect(second.result).toEqual({ id: s2, status: 'queued' });
    expect(refused(second, 'startTurn', { id: s2 })?.code).toBe('E6.otherSpeaks');
    expect(refused(second, 'queueTurn', { person: 'p7' }, person('p7'))?.code).toBe('E6.queued');
    const ended = send(later(second, 4), 'endTurn', { id: s1 }, person('p6'));
    expect(ended.result).toEqual({ id: s1, spokenMs: 4 * minute, overMs: minute });
    expect(send(ended, 'startTurn', { id: s2 }, host).result.status).toBe('speaking');
    expect(send(ended, 'withdrawTurn', { id: s2 }, person('p7')).state.floor?.turns).toHaveLength(1);
  });

  test('E6 a report has the minutes of its topic', () => {
    const report = send(live(), 'queueTurn', { person: 'p6', kind: 'report' }, host);
    expect(report.result.endsAt).toBe(report.now + 15 * minute);
    expect(refused(seated(), 'queueTurn', { person: 'p6', kind: 'report' })?.code).toBe('E6.topicNeeded');
  });

  test('E6 who is absent does not speak; who leaves is done', () => {
    const without = send(live(), 'attendance', { person: 'p7', present: false }, host);
    expect(refused(without, 'queueTurn', { person: 'p7' }, person('p7'))?.code).toBe('E6.notPresent');
    expect(refused(without, 'queueTurn', { department: 'd3' })?.code).toBe('E6.departmentAbsent');
    const left = send(later(speak(live(), 'p6'), 2), 'attendance', { person: 'p6', present: false }, host);
    expect(left.state.floor?.turns).toMatchObject([{ status: 'ended', endedAt: left.now }]);
  });

  test('E6 nobody queues for another; organisers and the recorder do', () => {
    expect(refusal(() => send(live(), 'queueTurn', { person: 'p7' }, person('p6'))).type).toBe('Forbidden');
    expect(send(live(), 'queueTurn', { department: 'd2' }, person('p4')).result.status).toBe('speaking');
  });

  test('E6 a parked digression ends its turn and goes onto the next agenda under its own identity', () => {
    const parked = send(speak(live(), 'p6'), 'park', { text: '倉儲費用', turnId: s1 }, host);
    expect(parked.result).toEqual({ topicId: `${meetingId}-t4` });
    expect(parked.state.floor?.turns[0]?.status).toBe('ended');
    const { effects } = applyCommand(parked.state, 'close', {}, { now: parked.now, actor: host });
    expect(effects.find((e) => e.type === 'putBacklog')).toEqual({
      type: 'putBacklog',
      topics: [
        { topicId: `${meetingId}-t4`, title: '倉儲費用', reason: 'parked', department: 'd2', seriesId: undefined },
      ],
    });
    const off = send(parked, 'unpark', { topicId: `${meetingId}-t4` }, host);
    const after = applyCommand(off.state, 'close', {}, { now: off.now, actor: host }).effects;
    const put = after.flatMap((e) => (e.type === 'putBacklog' ? e.topics : []));
    expect(put.map((t) => t.reason)).not.toContain('parked');
  });

  test('E6 the topic’s end and the close end who speaks and send away who waits', () => {
    const both = speak(speak(live(), 'p6'), 'p7');
    for (const done of [
      send(both, 'finishTopic', { topicId: t1, outcome: 'informed' }, host),
      send(both, 'close', {}, host),
    ])
      expect(done.state.floor?.turns.map((t) => [t.id, t.status])).toEqual([[s1, 'ended']]);
  });
});

describe('E7 equal speaking', () => {
  /** p6 for 4 minutes, p7 for one. */
  function spoken(): Simulation {
    let sim = later(speak(live(), 'p6'), 4);
    sim = send(sim, 'endTurn', { id: s1 }, host);
    sim = later(speak(sim, 'p7'), 1);
    return send(sim, 'endTurn', { id: s2 }, host);
  }

  test('E7 shares of discussion, and the hint over a half with three departments present', () => {
    const { state, now } = spoken();
    expect(discussionShares(state, now)).toEqual([
      { department: 'd2', ms: 4 * minute, share: 0.8 },
      { department: 'd3', ms: minute, share: 0.2 },
    ]);
    expect(dominating(state, now)?.department).toBe('d2');
    const two = send(spoken(), 'attendance', { person: 'p7', present: false }, host);
    expect(dominating(two.state, two.now)).toBeUndefined();
    const alone = later(speak(live(), 'p6'), 2);
    expect(dominating(alone.state, alone.now)).toBeUndefined();
  });

  test('E7 a report is no discussion, but its department was heard', () => {
    const report = later(send(live(), 'queueTurn', { person: 'p6', kind: 'report' }, host), 5);
    expect(discussionShares(report.state, report.now)).toEqual([]);
    expect(notHeard(report.state, t1)).toEqual(['d1', 'd3']);
  });

  test('E7 the end of a topic says which departments present were not heard on it', () => {
    expect(send(spoken(), 'finishTopic', { topicId: t1, outcome: 'informed' }, host).result).toEqual({
      notHeard: ['d1'],
    });
  });

  test('E7 shares are of one whole, whoever speaks how long', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('p1', 'p6', 'p7'), fc.nat(9)), { maxLength: 8 }), (all) => {
        let sim: Simulation = live();
        for (const [who, minutes] of all) {
          const turn = send(sim, 'queueTurn', { person: who }, host);
          sim = send(later(turn, minutes), 'endTurn', { id: turn.result.id }, host);
        }
        const total = discussionShares(sim.state, sim.now).reduce((sum, s) => sum + s.share, 0);
        expect(total === 0 || Math.abs(total - 1) < 1e-9).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('E10 groups', () => {
  const groups = [
    { name: '甲', members: ['p1', 'p6'] },
    { name: '乙', members: ['p7'] },
  ];
  const start = (sim: Simulation, of = groups) =>
    send(sim, 'startBreakouts', { topicId: t1, groups: of, minutes: 15 }, host);

  test('E10 members, end, and what each group reports back', () => {
    const sim = start(live());
    expect(sim.result).toEqual({ id: g1, endsAt: sim.now + 15 * minute });
    const reported = send(sim, 'reportBreakout', { id: g1, group: '乙', text: '走海運' }, person('p7'));
    const ended = send(later(reported, 10), 'endBreakouts', { id: g1 }, host);
    expect(ended.state.floor?.breakouts[0]).toMatchObject({
      endedAt: ended.now,
      groups: [{ name: '甲' }, { name: '乙', report: '走海運' }],
    });
    expect(refusal(() => send(sim, 'reportBreakout', { id: g1, group: '乙', text: 'x' }, person('p99'))).type).toBe(
      'Forbidden',
    );
  });

  test('E10 only who is present, nobody in two groups, one round at a time, on the live topic', () => {
    const twice = [...groups, { name: '丙', members: ['p6', 'p4'] }];
    expect(codes(() => start(live(), twice)).sort()).toEqual(['E10.notPresent', 'E10.twice']);
    expect(codes(() => start(start(live())))).toEqual(['E10.running']);
    expect(codes(() => start(seated()))).toEqual(['E4.notLive']);
  });
});

describe('E11 put off over facts', () => {
  const deferral = { factQuestion: '何時到?', department: 'd3', bringsMaterial: '驗收單', date: '2026-02-10' };
  const put = (given: object) =>
    send(live(), 'finishTopic', { topicId: t1, outcome: 'deferred', deferral: given }, host).state.agenda[0]?.deferral;

  test('E11 question, department, what it brings and the date: all, each missing one named', () => {
    expect(put(deferral)).toEqual({ ...deferral, reason: 'facts' });
    expect(codes(() => put({}))).toEqual([
      'E11.questionNeeded',
      'E11.departmentNeeded',
      'E11.materialNeeded',
      'E11.dateNeeded',
    ]);
    expect(codes(() => put({ ...deferral, date: '2026-02-01' }))).toEqual(['E11.datePast']);
  });

  test('E11 what was begun is never put off by hand without saying what is open; what was not called may be', () => {
    const off = (topicId: string) => send(live(), 'finishTopic', { topicId, outcome: 'deferred' }, host).state.agenda;
    expect(codes(() => off(t1))).toEqual([
      'E11.questionNeeded',
      'E11.departmentNeeded',
      'E11.materialNeeded',
      'E11.dateNeeded',
    ]);
    expect(off(t2)[1]?.deferral).toEqual({ reason: 'unreached' });
    // E14: the close never refuses.
    expect(send(live(), 'close', {}, host).state.agenda[0]?.deferral).toEqual({ reason: 'interrupted' });
  });
});

describe('E12 analyses', () => {
  test('E12 each text is a version; who wrote on an older one is told', () => {
    const first = send(live(), 'analysis', { topicId: t1, hash: 'h1', version: 0 }, host);
    expect(first.result).toEqual({ version: 1 });
    expect(send(first, 'analysis', { topicId: t1, hash: 'h1' }, host).result).toEqual({ version: 1 });
    expect(send(first, 'analysis', { topicId: t1, hash: 'h2', version: 1 }, host).result).toEqual({ version: 2 });
    expect(refused(first, 'analysis', { topicId: t1, hash: 'h3', version: 0 })?.code).toBe('E12.newer');
  });
});

describe('E13 the wall', () => {
  const up = (sim: Simulation, text = '提前?', column?: string) => send(sim, 'note', { text, column }, person('p6'));

  test('P6 a topic from the wall fits in the planned time, else by how much it does not; without minutes it has a hint', () => {
    const note = up(live());
    const becomes = (sim: Simulation, minutes?: number) =>
      send(sim, 'noteBecomes', { id: n1, kind: 'topic', ...(minutes === undefined ? {} : { minutes }) }, host);
    // 3 × 15 min and 10 min of open discussion in an hour.
    expect(refused(note, 'noteBecomes', { id: n1, kind: 'topic', minutes: 12 })).toMatchObject({
      code: 'P6.excess',
      path: 'minutes',
      params: { excess: 7, duration: 60 },
    });
    expect(becomes(note, 5).state.agenda.at(-1)).toMatchObject({ minutes: 5 });
    expect(becomes(send(note, 'extend', { minutes: 15 }, host), 20).state.agenda.at(-1)).toMatchObject({ minutes: 20 });
    const dropped = send(note, 'finishTopic', { topicId: t2, outcome: 'dropped' }, host);
    expect(becomes(dropped, 20).state.agenda.at(-1)).toMatchObject({ minutes: 20 });
    const plain = becomes(note).state;
    expect(plain.warnings.at(-1)).toEqual(
      fault('P6.noMinutes', 'agenda[3].minutes', { title: plain.agenda[3]!.title }),
    );
  });

  test('E13 a note becomes a topic, key point or action in one step, once, and remembers what', () => {
    const note = up(live());
    const topic = send(note, 'noteBecomes', { id: n1, kind: 'topic', minutes: 5 }, host);
    expect(topic.state.agenda.at(-1)).toMatchObject({ title: '提前?', minutes: 5, status: 'planned' });
    expect(topic.state.floor?.notes[0]?.became).toEqual({ kind: 'topic', id: `${meetingId}-t4` });
    expect(refused(topic, 'noteBecomes', { id: n1, kind: 'keyPoint' })?.code).toBe('E13.became');
    expect(refused(topic, 'deleteNote', { id: n1 })?.code).toBe('E13.became');
    const point = send(note, 'noteBecomes', { id: n1, kind: 'keyPoint', pointKind: 'concern' }, host);
    expect(point.state.keyPoints).toMatchObject([{ topicId: t1, text: '提前?', kind: 'concern' }]);
    const dueAt = at('2026-02-10', '18:00');
    const action = send(note, 'noteBecomes', { id: n1, kind: 'action', owner: 'p7', dueAt }, host);
    expect(action.state.actions).toMatchObject([{ task: '提前?', owner: 'p7', dueAt }]);
    expect(action.state.timers.some((t) => t.ref === action.result.ref)).toBe(true);
  });

  test('E13 of two who take the same note from a column, the second is told where it went', () => {
    const note = up(live(), 'x', 'idea');
    const moved = send(note, 'moveNote', { id: n1, column: 'problem', from: 'idea' }, host);
    expect(refused(moved, 'moveNote', { id: n1, column: 'cause', from: 'idea' })).toMatchObject({
      code: 'E13.moved',
      params: { column: 'problem' },
    });
  });

  test('E13 a place within a column', () => {
    let sim: Simulation = live();
    for (const text of ['a', 'b', 'c']) sim = up(sim, text);
    sim = send(sim, 'moveNote', { id: `${meetingId}-n3`, column: 'idea', position: 0 }, host);
    expect(sim.state.floor?.notes.map((n) => n.text)).toEqual(['c', 'a', 'b']);
  });

  test('E13 one’s own or an organiser’s to take down; absent people put up none; the wall has an end', () => {
    const note = up(live());
    expect(refusal(() => send(note, 'deleteNote', { id: n1 }, person('p7'))).type).toBe('Forbidden');
    expect(send(note, 'deleteNote', { id: n1 }, person('p6')).state.floor?.notes).toEqual([]);
    const gone = send(live(), 'attendance', { person: 'p6', present: false }, host);
    expect(codes(() => up(gone))).toEqual(['E13.notPresent']);
    let sim: Simulation = live();
    for (let i = 0; i < mostNotes; i++) sim = send(sim, 'note', { text: 'x' }, admin);
    expect(codes(() => up(sim))).toEqual(['E13.full']);
  });
});
