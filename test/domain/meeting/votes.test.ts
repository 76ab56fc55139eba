import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { fault } from '../../../domain/errors.js';
import type { ParticipantRole, Tally } from '../../../domain/meeting/state.js';
import { applyBoxComplete, applyCommand, applyReply } from '../../../domain/meeting/step.js';
import { requiredVotes } from '../../../domain/meeting/votes.js';
import { defaultNorms } from '../../../domain/norms.js';
import { advance, refusal, send, simulate } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { at, meetingId, person } from '../../support/meeting.js';
import { create, monday, people, topic, wednesday } from './support.js';

const host = person('p2');
const t1 = `${meetingId}-t1`;
const v1 = `${meetingId}-v1`;
const motion = '三月交貨';

/** Opened with these present and topic 1 live. */
function live(present: string[], overrides: Parameters<typeof create>[0] = {}, openAt = monday): Simulation {
  const agenda = [topic('交期', 15, 1), topic('人力', 15, 2)];
  const announced = simulate(create({ publish: true, agenda, ...overrides }), wednesday);
  let sim: Simulation = send(advance(announced, openAt), 'open', {}, host);
  for (const p of present) sim = send(sim, 'attendance', { person: p, present: true }, host);
  return send(sim, 'startTopic', { topicId: t1 }, host);
}

const openVote = (sim: Simulation, secret = false) => send(sim, 'openVote', { topicId: t1, motion, secret }, host);
const closeVote = (sim: Simulation, tally: Tally) => send(sim, 'closeVote', { voteId: v1, tally }, host);

describe('E9 the majority', () => {
  test.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
    [6, 4],
    [7, 5],
    [8, 5],
    [9, 5],
    [10, 6],
    [11, 6],
    [12, 7],
    [15, 8],
    [30, 16],
  ])('E9 of %i present seats %i must agree', (size, required) => {
    expect(requiredVotes(size, defaultNorms)).toBe(required);
  });

  test('E9 always more than half, never more than all, 5 or more where 7 or more are present, and never falling', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (size) => {
        const required = requiredVotes(size, defaultNorms);
        expect(required * 2).toBeGreaterThan(size);
        expect(required).toBeLessThanOrEqual(size);
        if (size >= 7) expect(required).toBeGreaterThanOrEqual(5);
        expect(requiredVotes(size + 1, defaultNorms)).toBeGreaterThanOrEqual(required);
      }),
    );
  });

  test('E9 with k agreeing of n a vote passes exactly from the required number on; neutral and silence never help', () => {
    const counts = fc
      .record({ n: fc.integer({ min: 1, max: 15 }), a: fc.nat(15), b: fc.nat(15), c: fc.nat(15) })
      .map(({ n, a, b, c }) => {
        const agree = Math.min(a, n);
        const against = Math.min(b, n - agree);
        return { n, tally: { agree, against, neutral: Math.min(c, n - agree - against) } };
      });
    fc.assert(
      fc.property(counts, ({ n, tally }) => {
        const names = people(n).map((p) => p.person);
        const seats =
          n === 1 ? [...people(1), { person: 'p2', department: 'd2', role: 'observer' as const }] : people(n);
        const open = openVote(live(names, { participants: seats }));
        expect(open.result).toEqual({ id: v1, electorate: n, required: requiredVotes(n, defaultNorms) });
        const { result, state } = closeVote(open, tally);
        const required = requiredVotes(n, defaultNorms);
        expect(result).toEqual({ ...tally, electorate: n, required, passed: tally.agree >= required });
        expect(state.votes[0]).toMatchObject({ status: 'closed', tally, required, passed: result.passed });
      }),
      { numRuns: 60 },
    );
  });
});

describe('E8 the electorate', () => {
  const roles: ParticipantRole[] = ['head', 'core', 'support', 'observer', 'external'];
  const participants = roles.map((role, i) => ({ person: `p${10 + i}`, department: `d${i}`, role }));

  test('E8 present seats with a vote: head, core and support; no observer, external or officer without a seat', () => {
    const sim = openVote(live(['p10', 'p11', 'p12', 'p13', 'p14', 'p3', 'p4'], { participants }));
    expect(sim.state.votes[0]?.electorate).toEqual(['p10', 'p11', 'p12']);
  });

  test('E8 who is not there, or has left, has none', () => {
    let sim = live(['p10', 'p11'], { participants });
    sim = send(sim, 'attendance', { person: 'p11', present: false }, host);
    expect(openVote(sim).state.votes[0]?.electorate).toEqual(['p10']);
  });

  test('E8 frozen when the vote opens', () => {
    let sim: Simulation = openVote(live(['p10', 'p11'], { participants }));
    sim = send(sim, 'attendance', { person: 'p12', present: true }, host);
    sim = send(sim, 'attendance', { person: 'p10', present: false }, host);
    expect(sim.state.votes[0]?.electorate).toEqual(['p10', 'p11']);
    expect(closeVote(sim, { agree: 2, against: 0, neutral: 0 }).result).toMatchObject({
      electorate: 2,
      required: 2,
      passed: true,
    });
  });

  test('E8 with nobody to vote there is no vote', () => {
    const refused = refusal(() => openVote(live(['p13'], { participants })));
    expect(refused).toMatchObject({ type: 'Conflict', faults: [{ code: 'E8.nobodyPresent' }] });
  });
});

describe('E8 the vote', () => {
  const sim = live(['p1', 'p6', 'p7']);

  test('E8 open or secret, with its motion and its rule, and no ballot in the state', () => {
    for (const secret of [false, true])
      expect(openVote(sim, secret).state.votes).toEqual([
        {
          id: v1,
          topicId: t1,
          motion,
          secret,
          status: 'open',
          electorate: ['p1', 'p2', 'p6', 'p7'],
          required: 3,
          openedAt: monday,
          complete: false,
        },
      ]);
  });

  test('E8 on the live topic only, one vote at a time', () => {
    const t2 = `${meetingId}-t2`;
    const refused = (topicId: string, from = sim) =>
      refusal(() => send(from, 'openVote', { topicId, motion }, host)).faults[0];
    expect(refused(t2)?.code).toBe('E4.notLive');
    expect(refused('x')?.code).toBe('E4.noSuchTopic');
    expect(refused(t1, openVote(sim))).toEqual(fault('E8.voteOpen', 'topicId', { title: '交期', voteId: v1 }));
  });

  test('H11 no vote before the announced start', () => {
    const early = live(['p6'], {}, at('2026-02-02', '09:20'));
    expect(refusal(() => openVote(early)).faults).toEqual([fault('H11.noVoteYet', '', { from: monday })]);
    expect(openVote(advance(early, monday)).state.votes).toHaveLength(1);
  });

  test('E8 no vote is counted twice: a closed one answers its counts again', () => {
    const closed = closeVote(openVote(sim), { agree: 3, against: 1, neutral: 0 });
    const again = closeVote(closed, { agree: 0, against: 4, neutral: 0 });
    expect(again.result).toEqual(closed.result);
    expect(again.state.votes).toEqual(closed.state.votes);
    const late = applyReply(
      closed.state,
      { type: 'voteCounted', voteId: v1, tally: { agree: 0, against: 4, neutral: 0 } },
      monday,
    );
    expect(late.state).toBe(closed.state);
  });

  test('E8 a vote that is not there is not found', () => {
    expect(refusal(() => closeVote(sim, { agree: 0, against: 0, neutral: 0 }))).toMatchObject({
      type: 'NotFound',
      faults: [{ code: 'E8.noSuchVote' }],
    });
  });

  test('E8 a topic may have several votes; the newest that passed carries it', () => {
    const first = closeVote(openVote(sim), { agree: 1, against: 3, neutral: 0 });
    const second = send(first, 'openVote', { topicId: t1, motion: '四月交貨' }, host);
    const passed = send(
      second,
      'closeVote',
      { voteId: second.result.id, tally: { agree: 4, against: 0, neutral: 0 } },
      host,
    );
    const done = send(passed, 'finishTopic', { topicId: t1, outcome: 'decided' }, host);
    expect(done.state.agenda[0]).toMatchObject({ basis: 'vote', conclusion: '四月交貨' });
    expect(done.state.votes.map((v) => v.passed)).toEqual([false, true]);
  });

  test('E8 the last ballot that could come is noted once, for a vote that is open', () => {
    const open = openVote(sim).state;
    const complete = applyBoxComplete(open, v1, monday).state;
    expect(complete.votes[0]?.complete).toBe(true);
    expect(complete.revision).toBe(open.revision + 1);
    expect(applyBoxComplete(complete, v1, monday).state).toBe(complete);
    expect(applyBoxComplete(complete, 'x', monday).state).toBe(complete);
  });

  test('Phases: what was open at the close is counted from its box', () => {
    const closing = applyCommand(openVote(sim).state, 'close', {}, { now: monday + 60_000, actor: host }).state;
    expect(closing.votes[0]?.status).toBe('counting');
    const tally = { agree: 3, against: 0, neutral: 1 };
    const counted = applyReply(closing, { type: 'voteCounted', voteId: v1, tally }, monday + 61_000).state;
    expect(counted.votes[0]).toMatchObject({ status: 'closed', closedAt: monday + 61_000, tally, passed: true });
  });
});
