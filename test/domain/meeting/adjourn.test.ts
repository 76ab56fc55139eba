import { describe, expect, test } from 'vitest';
import { isAdjourned } from '../../../domain/meeting/floor.js';
import { advance, clock, codes, refusal, send, story, waits } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { admin, at, meetingId, person } from '../../support/meeting.js';
import { host, later, minute, opened, refused, t1, t2 } from './monday.js';

const until = at('2026-02-03', '14:00');

/** Topic 1 live for 20 minutes, p6 speaking, then adjourned to Tuesday 14:00 at 09:50. */
function adjourned(): Simulation {
  let sim: Simulation = send(opened(), 'attendance', { person: 'p6', present: true }, host);
  sim = send(sim, 'startTopic', { topicId: t1 }, host);
  sim = send(sim, 'queueTurn', { person: 'p6' }, host);
  return send(later(sim, 20), 'adjourn', { until, reason: '等驗收單' }, host);
}

describe('E15 adjourning', () => {
  test('E15 the same meeting with a new time: what was left of the planned one', () => {
    const { state } = adjourned();
    expect(state.phase).toBe('execution');
    expect([clock(state, state.startsAt), clock(state, state.plannedEndAt)]).toEqual([
      '2026-02-03 14:00',
      '2026-02-03 14:40',
    ]);
    expect(state.adjournments).toMatchObject([{ startsAt: at('2026-02-02', '09:30'), until }]);
  });

  test('E15 the live topic goes back with its minutes, nobody speaks, all are gone', () => {
    const { state, now } = adjourned();
    expect(state.agenda[0]).toMatchObject({ status: 'planned', spentMs: 20 * minute });
    expect(state.floor?.turns).toMatchObject([{ status: 'ended', endedAt: now }]);
    expect(Object.values(state.attendance).some((a) => a.present)).toBe(false);
    expect(state.attendance['p6']?.log.at(-1)).toMatchObject({ at: now, present: false });
  });

  test('E15 everyone invited is told the new time at once', () => {
    const sim = adjourned();
    expect(story(sim).filter((line) => line.includes('change'))).toEqual([
      '2026-02-02 09:50 change → p1 p2 p6 p7 p3 p4',
    ]);
    expect(sim.mails.at(-1)?.effect.params).toMatchObject({ whatChanged: 'time', adjourned: true, reason: '等驗收單' });
  });

  test('E15 what is said and voted waits; actions go on', () => {
    const sim = adjourned();
    expect(isAdjourned(sim.state)).toBe(true);
    for (const refusing of [
      () => send(sim, 'startTopic', { topicId: t1 }, host),
      () => send(sim, 'extend', { minutes: 5 }, host),
      () => send(sim, 'note', { text: 'x' }, host),
      () => send(sim, 'openVote', { topicId: t1, motion: 'x' }, host),
    ])
      expect(codes(refusing)).toEqual(['E15.adjourned']);
    const action = { task: 'x', owner: 'p6', dueAt: at('2026-02-10', '18:00') };
    expect(send(sim, 'action', action, host).state.actions).toHaveLength(1);
  });

  test('F2, H4, H5 while it is interrupted the follow-up is whole: blocked, unblocked, handed over, moved', () => {
    const due = at('2026-02-10', '18:00');
    let sim: Simulation = send(adjourned(), 'action', { task: 'x', owner: 'p6', dueAt: due }, host);
    const id = sim.state.actions[0]!.id;
    sim = send(sim, 'progress', { id, blockedBy: 'd9', note: '等預算' }, person('p6'));
    sim = send(sim, 'blocked', { id, accepted: true }, person(sim.state.coordinator ?? sim.state.host));
    sim = send(sim, 'unblock', { id, dueAt: due }, person('p6'));
    sim = send(sim, 'moveDepartment', { from: sim.state.actions[0]!.department!, to: 'd8' }, admin);
    const left = send(sim, 'personLeft', { left: 'p6', successor: 'p7' }, admin);
    expect(left.state.actions[0]).toMatchObject({ owner: 'p7', department: 'd8', status: 'open' });
    const refusing = () => send(sim, 'chooseForTopic', { id: 'q9', choice: 'hold', reason: 'x' }, admin);
    expect(codes(refusing)).toEqual(['task.unknown']);
  });

  test('E15, P8, E1, M3 while it is interrupted, what comes next is handed in and read, and what was recorded wrongly is mended', () => {
    const due = at('2026-02-10', '18:00');
    let sim: Simulation = send(adjourned(), 'action', { task: 'x', owner: 'p6', dueAt: due }, host);
    const id = sim.state.actions[0]!.id;
    sim = send(sim, 'material', { topicId: t2, title: '報價', owner: 'p6', link: 'https://example.com/1' }, host);
    sim = send(sim, 'reading', { person: 'p6', read: true }, person('p6'));
    sim = send(sim, 'amendAction', { id, owner: 'p7', reason: '聽錯了' }, host);
    sim = send(sim, 'withdrawAction', { id, reason: '重複' }, host);
    expect(sim.state.agenda.find((t) => t.topicId === t2)?.materials).toHaveLength(1);
    expect(sim.state.actions[0]).toMatchObject({ owner: 'p7', status: 'cancelled' });
    expect(refused(sim, 'startTopic', { topicId: t2 })?.code).toBe('E15.adjourned');
  });

  test('E15 not while a vote is open, so that it is counted once and by those who were there', () => {
    const live = send(opened(), 'startTopic', { topicId: t1 }, host);
    const vote = send(live, 'openVote', { topicId: t1, motion: '三月交貨' }, host);
    expect(refused(vote, 'adjourn', { until })).toMatchObject({
      code: 'E8.voteOpen',
      params: { title: '交期', voteId: `${meetingId}-v1` },
    });
    expect(refused(live, 'adjourn', { until: live.now })?.code).toBe('E15.untilPast');
    expect(refused(live, 'adjourn', { until: at('2026-07-01', '09:00') })?.code).toBe('input.tooFar');
  });

  test('E15 resumed from 15 min before, with a new roll call; the topic is taken up again', () => {
    expect(refused(advance(adjourned(), at('2026-02-03', '13:44')), 'open', {})?.code).toBe('H11.tooEarly');
    const open = send(advance(adjourned(), at('2026-02-03', '13:50')), 'open', {}, host);
    expect(isAdjourned(open.state)).toBe(false);
    expect(Object.entries(open.state.attendance).filter(([, a]) => a.present)).toMatchObject([['p2', {}]]);
    expect(open.state.openedAt).toBe(at('2026-02-02', '09:30'));
    const again = send(later(open, 10), 'startTopic', { topicId: t1 }, host);
    const done = send(later(again, 5), 'finishTopic', { topicId: t1, outcome: 'informed' }, host);
    expect(done.state.agenda[0]?.spentMs).toBe(25 * minute);
    expect(refused(open, 'open', {})?.code).toBe('phase.notNow');
  });

  test('E15 unopened at +10 and +30: others may resume; never closed before 4 h after the new end', () => {
    expect(waits(adjourned().state)).toEqual([
      '2026-02-03 14:10 notOpenedFirst',
      '2026-02-03 14:30 notOpenedSecond',
      '2026-02-03 18:40 autoClose',
    ]);
    const early = advance(adjourned(), at('2026-02-03', '14:05'));
    expect(refusal(() => send(early, 'open', {}, person('p3'))).faults[0]?.code).toBe('E15.waitForHost');
    const acting = send(advance(early, at('2026-02-03', '14:11')), 'open', {}, person('p3'));
    expect(acting.state.actingHost).toBe('p3');
    const left = advance(adjourned(), at('2026-02-03', '18:41'));
    expect([left.state.phase, left.state.closedBy]).toEqual(['minutes', 'clock']);
    expect(left.state.agenda.map((t) => t.outcome)).toEqual(['deferred', 'deferred', 'deferred']);
  });

  test('E15 another time while it is interrupted moves it; the length stays', () => {
    const again = send(adjourned(), 'adjourn', { until: at('2026-02-04', '09:00') }, host);
    expect(again.state.adjournments).toMatchObject([{ until: at('2026-02-04', '09:00') }]);
    expect(clock(again.state, again.state.plannedEndAt)).toBe('2026-02-04 09:40');
    expect(waits(again.state)[0]).toBe('2026-02-04 09:10 notOpenedFirst');
  });

  test('E15 closed by hand it is not resumed: all are told, minutes count from now', () => {
    const closed = send(later(adjourned(), 30), 'close', {}, host);
    expect(closed.state.phase).toBe('minutes');
    expect(closed.state.startsAt).toBe(at('2026-02-02', '09:30'));
    expect(clock(closed.state, closed.state.minutes!.dueAt)).toBe('2026-02-03 10:30');
    expect(closed.mails.filter((m) => m.effect.params['calledOff'] === true)).toHaveLength(1);
    expect(closed.result.readBack.find((r) => r.topicId === t2)?.outcome).toBe('deferred');
  });

  test('E15 after it was resumed the end counts from then', () => {
    const open = send(advance(adjourned(), until), 'open', {}, host);
    expect(send(open, 'extend', { minutes: 150 }, host).result.plannedEndAt).toBe(at('2026-02-03', '17:10'));
    expect(refused(open, 'extend', { minutes: 240 })?.code).toBe('E15.extendCap');
  });
});
