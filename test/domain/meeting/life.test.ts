import { describe, expect, test } from 'vitest';
import { applyTimer } from '../../../domain/meeting/step.js';
import { advance, clock, nextTimer, outside, send, simulate, story } from '../../support/simulate.js';
import type { Outside, Simulation } from '../../support/simulate.js';
import { at, meetingId, person } from '../../support/meeting.js';
import { create, topic, wednesday } from './support.js';

const host = person('p2');
const coordinator = person('p3');
const recorder = person('p4');
const world: Outside = {
  ...outside,
  survey: { answers: 4, mean: 2.5 },
  chain: { heads: ['p6'], sponsor: 'p5' },
};
const t = (n: number): string => `${meetingId}-t${n}`;
const a1 = `${meetingId}-a1`;

/** From draft to the close, on Monday 2 February 2026; p7 is to finish something by Friday. */
function held(): Simulation {
  const agenda = [topic('交期', 20, 1), topic('人力', 20, 2)];
  let sim = simulate(create({ agenda, sponsor: 'p5' }), wednesday, world);
  sim = send(sim, 'publish', {}, host, world);
  sim = send(sim, 'rsvp', { person: 'p6', reply: 'accepted' }, person('p6', 'link'), world);
  sim = send(sim, 'rsvp', { person: 'p6', reply: 'declined' }, person('p6', 'link'), world);
  sim = send(sim, 'rsvp', { person: 'p6', reply: 'accepted' }, person('p6', 'link'), world);
  sim = send(sim, 'patch', { place: '5F' }, coordinator, world);
  sim = advance(sim, at('2026-02-02', '09:30'), world);
  sim = send(sim, 'open', {}, host, world);
  for (const p of ['p1', 'p6', 'p7', 'p3']) sim = send(sim, 'attendance', { person: p, present: true }, host, world);
  sim = send(sim, 'startTopic', { topicId: t(1) }, host, world);
  const vote = send(sim, 'openVote', { topicId: t(1), motion: '三月交貨' }, host, world);
  sim = advance(vote, at('2026-02-02', '09:50'), world);
  sim = send(sim, 'closeVote', { voteId: vote.result.id, tally: { agree: 3, against: 1, neutral: 0 } }, host, world);
  sim = send(sim, 'finishTopic', { topicId: t(1), outcome: 'decided' }, host, world);
  sim = send(sim, 'keyPoint', { topicId: t(1), text: '模具延後一週', kind: 'concern' }, recorder, world);
  const due = { task: '完成模具驗收', owner: 'p7', dueAt: at('2026-02-06', '18:00'), topicId: t(1) };
  sim = send(sim, 'action', due, recorder, world);
  sim = advance(sim, at('2026-02-02', '10:30'), world);
  return send(sim, 'close', {}, host, world);
}

describe('a whole life in pure code', () => {
  test('Phases: draft → notice → execution → minutes → follow-up → closed, with every mail in order', () => {
    let sim: Simulation = send(
      advance(held(), at('2026-02-02', '16:00'), world),
      'confirmMinutes',
      {},
      recorder,
      world,
    );
    // The survey closes on Thursday with 2.5: a plan is due from the initiator, and handed in.
    sim = advance(sim, at('2026-02-05', '11:00'), world);
    const plan = sim.state.plans[0]!;
    sim = send(sim, 'completeTask', { id: plan.id, text: '會前兩天發資料' }, person('p1'), world);
    sim = send(sim, 'confirm', { id: plan.id }, person('p5'), world);
    // Nobody says anything about the action until it has missed three dates; then the head moves it, and it is done.
    sim = advance(sim, at('2026-03-04', '18:00'), world);
    const decision = sim.state.tasks.find((x) => x.kind === 'escalation')!;
    expect(decision).toMatchObject({ assignee: 'p6', chain: ['p6', 'p5'], status: 'open' });
    sim = send(
      sim,
      'decide',
      { id: a1, decision: 'extend', dueAt: at('2026-03-20', '18:00'), reason: '等模具' },
      person('p6'),
      world,
    );
    sim = send(advance(sim, at('2026-03-18', '15:00'), world), 'complete', { id: a1 }, person('p7'), world);
    sim = send(sim, 'confirm', { id: a1 }, coordinator, world);

    expect(sim.phases).toEqual(['preparation', 'notice', 'execution', 'minutes', 'followUp', 'closed']);
    expect(sim.state).toMatchObject({ phase: 'closed', timers: [], endedAt: at('2026-03-18', '15:00') });
    expect(sim.state.actions[0]).toMatchObject({ status: 'done', missedTotal: 3, missed: 0 });
    expect(sim.state.tasks.filter((x) => x.status === 'open')).toEqual([]);
    // ½ · 2.5 + ½ · (1 + 4 · 0): below 3, but a plan was raised before.
    expect(sim.state).toMatchObject({ effectiveness: 1.75, plans: [{ status: 'done' }] });

    expect(story(sim)).toEqual([
      '2026-01-28 10:00 notice → p1 p2 p6 p7 p3 p4',
      '2026-01-28 10:00 replyChanged → p6',
      '2026-01-28 10:00 alternate → p6 p2',
      '2026-01-28 10:00 replyChanged → p6',
      '2026-01-28 10:01 change → p1 p2 p6 p7 p3 p4',
      '2026-01-30 10:00 replyReminder → p1 p7 p3 p4',
      '2026-01-30 17:00 hostBrief → p2',
      '2026-02-02 10:30 confirmMinutes → p4',
      '2026-02-02 10:30 survey → p2 p1 p6 p7 p3',
      '2026-02-02 16:00 minutes → p1 p2 p6 p7 p3 p4 p90 p5',
      '2026-02-04 08:40 surveyReminder → p2 p1 p6 p7 p3',
      '2026-02-05 08:40 actionReminder → p7',
      '2026-02-05 10:30 improvementPlan → p1',
      '2026-02-05 11:00 pleaseCheck → p5',
      '2026-02-06 18:00 missed → p7',
      '2026-02-06 18:00 talk → p3',
      '2026-02-10 08:40 talk → p3',
      '2026-02-11 08:40 decided → p7 p3',
      '2026-02-13 08:40 actionReminder → p7',
      '2026-02-23 18:00 missed → p7',
      '2026-02-23 18:00 talk → p3',
      '2026-02-25 08:40 talk → p3',
      '2026-02-26 08:40 decided → p7 p3',
      '2026-03-03 08:40 actionReminder → p7',
      '2026-03-04 18:00 missed → p7 p3',
      '2026-03-04 18:00 escalation → p6',
      '2026-03-04 18:00 decided → p7 p3',
      '2026-03-18 15:00 pleaseCheck → p3',
    ]);
  });

  test('Phases: left alone from the notice on, it lapses; left alone from the opening on, it ends and closes by itself', () => {
    const announced = simulate(create({ publish: true }), wednesday, world);
    expect(advance(announced, at('2027-01-01', '00:00'), world)).toMatchObject({
      state: { phase: 'lapsed', timers: [] },
    });
    const opened = send(advance(announced, at('2026-02-02', '09:30'), world), 'open', {}, host, world);
    const sim = advance(opened, at('2026-03-31', '00:00'), world);
    expect(sim.phases).toEqual(['notice', 'execution', 'minutes', 'followUp']);
    // The improvement plan is escalated to its superiors and asked about weekly; nothing else is open.
    expect(sim.state.plans[0]?.status).toBe('escalated');
    expect(sim.state.timers.map((x) => x.kind)).toEqual(['decisionSilent']);
    const done = send(
      sim,
      'decide',
      { id: sim.state.plans[0]!.id, decision: 'cancel', reason: '改組' },
      person('p5'),
      world,
    );
    // The owner learns of it by the next digest, after the end.
    expect(done.state).toMatchObject({ phase: 'closed', timers: [{ kind: 'digest' }] });
    expect(advance(done, at('2026-04-02', '00:00'), world).state.timers).toEqual([]);
  });

  test('H3 no occasion of a mail comes twice for a person', () => {
    const sim = advance(held(), at('2026-06-01', '00:00'), world);
    const keys = sim.mails.flatMap(({ effect }) => effect.to.map((p) => `${effect.mail} ${effect.occasion} ${p}`));
    expect(keys.length).toBeGreaterThan(30);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('design §3: the same life through JSON at every timer is the same life', () => {
    let sim = held();
    let copy = sim.state;
    for (
      let timer = nextTimer(sim.state);
      timer && timer.at < at('2026-02-20', '00:00');
      timer = nextTimer(sim.state)
    ) {
      const plain = JSON.parse(JSON.stringify(copy)) as typeof copy;
      const once = applyTimer(sim.state, timer, timer.at);
      const carried = applyTimer(plain, timer, timer.at);
      expect(JSON.stringify(carried.effects)).toBe(JSON.stringify(once.effects));
      expect(carried.state).toEqual(once.state);
      sim = advance(sim, timer.at, world);
      copy = sim.state;
    }
    expect(clock(sim.state, sim.now) > '2026-02-13').toBe(true);
  });
});
