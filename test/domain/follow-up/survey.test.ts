import { describe, expect, test } from 'vitest';
import { openSurvey } from '../../../domain/meeting/follow-up/survey.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { applyBoxComplete } from '../../../domain/meeting/step.js';
import { aMeeting, at, meetingId, person } from '../../support/meeting.js';
import { Run } from '../../support/run.js';

const p1 = `${meetingId}-p1`;

/** Closed on Mon 2 Feb at 10:30; the survey is open. */
function surveyed(overrides: Partial<MeetingState> = {}, now = at('2026-02-02', '10:30')): Run {
  const { state, effects } = openSurvey(aMeeting({ phase: 'minutes', ...overrides }), now);
  const run = new Run(state, now);
  for (const effect of effects) run.effects.push({ at: now, effect });
  return run;
}

function answered(answers: number, mean?: number, overrides: Partial<MeetingState> = {}): Run {
  const run = surveyed(overrides);
  run.until(run.state.survey!.closesAt);
  run.reply({ type: 'surveyClosed', answers, mean });
  return run;
}

describe('F5 the survey', () => {
  test('F5 mailed at the close to whoever was there; window 3 wd, one reminder, then the end', () => {
    const run = surveyed();
    const eligible = ['p1', 'p2', 'p3', 'p6', 'p7', 'p8', 'p9', 'p10'];
    const closesAt = at('2026-02-05', '10:30');
    expect(run.state.survey).toEqual({ eligible, opensAt: run.now, closesAt, status: 'open' });
    expect(run.effects.map((e) => e.effect)).toMatchObject([
      { type: 'openSurvey', eligible, closesAt },
      { type: 'mail', mail: 'survey', to: eligible, params: { closesAt } },
    ]);
    expect(run.agenda()).toEqual(['2026-02-04 08:40 surveyReminder', '2026-02-05 10:30 surveyEnd']);
  });

  test('F5 three working days reach over a holiday', () => {
    expect(surveyed({}, at('2026-02-13', '17:00')).agenda()).toEqual([
      '2026-02-24 08:40 surveyReminder',
      '2026-02-25 17:00 surveyEnd',
    ]);
  });

  test('X1 one working day after an emergency; its reminder would be past and is skipped', () => {
    expect(surveyed({ kind: 'emergency' }).agenda()).toEqual(['2026-02-03 10:30 surveyEnd']);
  });

  test('H7 external people have no survey; who left early has one', () => {
    const attendance = {
      p11: { present: true, log: [] },
      p7: { present: false, log: [{ at: 1, present: true, by: { via: 'api' as const } }] },
      p9: { present: false, log: [{ at: 1, present: false, by: { via: 'api' as const } }] },
    };
    expect(surveyed({ attendance }).state.survey?.eligible).toEqual(['p7', 'p2']);
    expect(surveyed({ attendance, actingHost: 'p3' }).state.survey?.eligible).toEqual(['p7', 'p3']);
  });

  test('F5 with nobody to ask it is published at once, without a mail', () => {
    const run = surveyed({ openedAt: undefined, attendance: {} });
    expect(run.state.survey).toMatchObject({ status: 'published', answers: 0, publishedAt: run.now });
    expect([run.effects, run.state.timers]).toEqual([[], []]);
  });

  test('F5 the silent are reminded once; the sending alone knows who they are', () => {
    const run = surveyed();
    run.until(at('2026-02-05', '10:00'));
    expect(run.mails('surveyReminder')).toMatchObject([
      { at: at('2026-02-04', '08:40'), to: run.state.survey?.eligible },
    ]);
  });

  test('F5 at its end the box is closed and counted once, then published', () => {
    const run = surveyed();
    run.until(at('2026-02-05', '10:30'));
    expect(run.state.survey?.status).toBe('closing');
    expect(run.effects.at(-1)?.effect).toEqual({ type: 'closeSurvey', minForMean: 3, minForSuggestions: 5 });
    run.reply({ type: 'surveyClosed', answers: 4, mean: 4.25 });
    run.reply({ type: 'surveyClosed', answers: 5, mean: 1 });
    expect(run.state.survey).toMatchObject({ status: 'published', answers: 4, mean: 4.25 });
    expect(run.state.plans).toEqual([]);
  });

  test('F5 the last answer that could come closes it at once', () => {
    const run = surveyed();
    const { state, effects } = applyBoxComplete(run.state, 'survey', at('2026-02-03', '09:00'));
    expect([state.survey?.status, state.timers]).toEqual(['closing', []]);
    expect(effects.filter((e) => e.type !== 'findClocks')).toMatchObject([{ type: 'closeSurvey' }]);
    expect(applyBoxComplete(state, 'survey', at('2026-02-03', '09:01')).state).toBe(state);
  });
});

describe('F6 the improvement plan', () => {
  test('F6 a mean below 3.0 raises it at once: the initiator, due in 5 wd', () => {
    const run = answered(5, 2.9);
    expect(run.plan(p1)).toMatchObject({
      owner: 'p1',
      department: 'd1',
      reason: 'survey',
      score: 2.9,
      status: 'open',
      dueAt: at('2026-02-12', '18:00'),
    });
    expect(run.mails('improvementPlan')).toMatchObject([{ at: at('2026-02-05', '10:30'), to: ['p1'], ref: p1 }]);
    expect(run.agenda()).toEqual(['2026-02-11 08:40 reminder', '2026-02-12 18:00 missed']);
  });

  test('F6 3.0 raises none, and under 3 answers there is no mean', () => {
    expect(answered(5, 3).state.plans).toEqual([]);
    expect(answered(2).state.plans).toEqual([]);
  });

  test('F6 the sponsor checks it; without one the PMO, then the host', () => {
    const norms = { ...aMeeting().norms, pmo: { person: 'p30' } };
    const checker = (overrides: Partial<MeetingState>): (string | undefined)[] => {
      const run = answered(5, 2, overrides);
      run.command('completeTask', { id: p1, text: '改善議程' }, person('p1'));
      return run.mails('pleaseCheck').flatMap((m) => m.to);
    };
    expect(checker({})).toEqual(['p5']);
    expect(checker({ sponsor: undefined, norms })).toEqual(['p30']);
    expect(checker({ sponsor: undefined })).toEqual(['p2']);
    expect(checker({ sponsor: undefined, host: 'p1' })).toEqual([]);
  });

  test('F6 handing in the text reports it; the check ends it', () => {
    const run = answered(5, 2);
    expect(run.refusal('completeTask', { id: p1, text: '  ' }, person('p1')).faults[0]?.code).toBe('F6.textNeeded');
    expect(run.refusal('complete', { id: p1 }, person('p1')).faults[0]?.code).toBe('F6.textNeeded');
    expect(run.command('completeTask', { id: p1, text: '改善議程' }, person('p1'))).toEqual({ status: 'reported' });
    expect(run.plan(p1).text).toBe('改善議程');
    expect(run.refusal('confirm', { id: p1 }, person('p1')).type).toBe('Forbidden');
    expect(run.command('confirm', { id: p1 }, person('p5'))).toEqual({ status: 'done' });
  });

  test('F3, F6 it runs the same ladder as an action', () => {
    const run = answered(5, 2);
    run.until(at('2026-02-12', '18:00'));
    expect(run.plan(p1)).toMatchObject({ status: 'overdue', missed: 1 });
    expect(run.state.tasks).toMatchObject([{ kind: 'talk', about: p1, assignee: 'p3' }]);
    for (let i = 0; i < 20 && run.plan(p1).status !== 'escalated'; i += 1) run.fire();
    const asked = run.effects.filter((e) => e.effect.type === 'findChain').map((e) => e.effect);
    expect(asked).toMatchObject([{ about: p1, department: 'd1', owner: 'p1' }]);
    run.reply({ type: 'chainFound', about: p1, heads: ['p2'], sponsor: 'p5' });
    const decision = { id: p1, decision: 'simplify' as const, reason: '只列三點' };
    expect(run.command('decide', decision, person('p2')).status).toBe('open');
    expect(run.plan(p1).missed).toBe(0);
  });
});
