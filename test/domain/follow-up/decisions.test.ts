import { describe, expect, test } from 'vitest';
import { admin, aMeeting, at, meetingId, person } from '../../support/meeting.js';
import { Run } from '../../support/run.js';

const a1 = `${meetingId}-a1`;
const q3 = `${meetingId}-q3`;
const owner = person('p7');
const head = person('p6');

/** Three misses of p7; on Wed 4 Mar 18:00 the head of d2 (p6) is asked, p20 above, p5 sponsors. */
function escalated(heads = ['p6', 'p20'], overrides: Parameters<typeof aMeeting>[0] = {}): Run {
  const run = new Run(aMeeting({ phase: 'execution', ...overrides }), at('2026-02-02', '10:00'));
  run.command('action', { task: '提交報告', owner: 'p7', dueAt: at('2026-02-06', '18:00') }, admin);
  run.until(at('2026-03-04', '18:00'));
  run.reply({ type: 'chainFound', about: a1, heads, sponsor: run.state.sponsor });
  run.now = at('2026-03-05', '09:00');
  return run;
}

describe('F3 the four decisions', () => {
  test('F3 reassign: new owner and their department, both owners and the coordinator are told', () => {
    const run = escalated();
    const input = { id: q3, decision: 'reassign' as const, owner: 'p9', dueAt: at('2026-03-10', '18:00') };
    expect(run.command('decide', input, head)).toEqual({ status: 'open', dueAt: input.dueAt });
    expect(run.action(a1)).toMatchObject({ owner: 'p9', department: 'd3', missed: 0, missedTotal: 3 });
    expect(run.mails('decided').at(-1)).toMatchObject({ to: ['p9', 'p7', 'p3'], params: { decision: 'reassign' } });
  });

  test('F3 simplify: the task itself becomes simpler', () => {
    const run = escalated();
    run.command('decide', { id: a1, decision: 'simplify', task: '只交摘要' }, head);
    expect(run.action(a1)).toMatchObject({ task: '只交摘要', status: 'open', missed: 0 });
  });

  test('F3 without a date of its own a decision gives ten working days', () => {
    const run = escalated();
    // 4–6, 9–13, 16, 17 March.
    const dueAt = at('2026-03-19', '18:00');
    expect(run.command('decide', { id: a1, decision: 'reassign', owner: 'p9' }, head).dueAt).toBe(dueAt);
  });

  test('F3 cancel ends it, out of the completion rate, with no timer and no task left', () => {
    const run = escalated();
    expect(run.command('decide', { id: a1, decision: 'cancel', reason: '不再需要' }, head).status).toBe('cancelled');
    expect(run.action(a1)).toMatchObject({ cancelledByDecision: true, endedAt: run.now });
    expect(run.agenda()).toEqual([]);
    expect(run.state.tasks.every((t) => t.status !== 'open')).toBe(true);
  });

  test('F3 each decision needs what it is about', () => {
    const run = escalated();
    const fault = (input: object): string => {
      const first = run.refusal('decide', { id: a1, decision: 'cancel', ...input }, head).faults[0];
      return `${first?.path} ${first?.code}`;
    };
    expect(fault({ decision: 'reassign' })).toBe('owner E14.ownerNeeded');
    expect(fault({ decision: 'reassign', owner: 'p7' })).toBe('owner F3.sameOwner');
    expect(fault({ decision: 'simplify' })).toBe('task F3.taskNeeded');
    expect(fault({ decision: 'extend' })).toBe('dueDate E14.dateNeeded');
    expect(fault({ decision: 'extend', dueAt: at('2026-03-04', '18:00') })).toBe('dueDate E14.duePast');
  });

  test('F3 an escalated action is dated anew by a decision only', () => {
    const run = escalated();
    const newDueAt = at('2026-03-10', '18:00');
    const byOwner = run.refusal('progress', { id: a1, newDueAt }, owner);
    expect(byOwner.faults[0]).toMatchObject({
      code: 'F1.notNow',
      params: { possible: ['progress', 'complete', 'decide'] },
    });
    const byCoordinator = run.refusal('extendAction', { id: a1, dueAt: newDueAt, reason: 'x' }, person('p3'));
    expect(byCoordinator.type).toBe('Conflict');
    const asTask = run.refusal('completeTask', { id: q3, text: 'x', newDueAt }, admin);
    expect(asTask.faults[0]?.code).toBe('F3.decisionNeeded');
  });

  test('F3 nothing is decided of what is not escalated, nor twice', () => {
    const run = escalated();
    run.command('decide', { id: q3, decision: 'extend', dueAt: at('2026-03-10', '18:00') }, head);
    expect(run.refusal('decide', { id: q3, decision: 'cancel' }, admin).faults[0]?.code).toBe('F1.notNow');
  });

  test('F3 the link of an old decision does not decide a new one', () => {
    const run = escalated();
    run.command('decide', { id: q3, decision: 'extend', dueAt: at('2026-03-10', '18:00') }, head);
    run.until(at('2026-04-30', '18:00'));
    expect(run.action(a1)).toMatchObject({ status: 'escalated', missedTotal: 6 });
    expect(run.refusal('decide', { id: q3, decision: 'cancel' }, admin).faults[0]?.code).toBe('F3.taskEnded');
  });
});

describe('F3 who decides', () => {
  test('F3 the asked person and those above, the sponsor and the administrator; not who was passed over, nor the owner', () => {
    const run = escalated();
    const input = { id: a1, decision: 'cancel' as const };
    const refused = (p: string): boolean => run.refusal('decide', input, person(p)).type === 'Forbidden';
    expect(['p7', 'p3', 'p2', 'p1'].every(refused)).toBe(true);
    run.until(at('2026-03-09', '18:00'));
    expect(run.task(q3)).toMatchObject({ assignee: 'p20', step: 1 });
    expect(refused('p6')).toBe(true);
    for (const p of ['p20', 'p5']) {
      const each = new Run(run.state, run.now);
      expect(each.command('decide', input, person(p)).status).toBe('cancelled');
    }
  });

  test('F3 a sponsor does not decide their own', () => {
    const run = escalated(['p6', 'p20'], { sponsor: 'p7' });
    expect(run.task(q3).chain).toEqual([]);
    expect(run.refusal('decide', { id: a1, decision: 'cancel' }, owner).type).toBe('Forbidden');
  });

  test('F3 nobody found: coordinator and host are asked weekly to find somebody, and may decide', () => {
    const run = escalated([], { sponsor: undefined });
    expect(run.task(q3)).toMatchObject({ chain: [], status: 'open' });
    expect(run.task(q3).assignee).toBeUndefined();
    run.until(at('2026-03-18', '18:00'));
    const asked = run.mails('escalation').map((m) => `${run.clock(m.at)} ${m.to.join(' ')} ${m.params['nobody']}`);
    expect(asked).toEqual([
      '2026-03-04 18:00 p3 p2 true',
      '2026-03-11 18:00 p3 p2 true',
      '2026-03-18 18:00 p3 p2 true',
    ]);
    expect(run.command('decide', { id: a1, decision: 'cancel' }, person('p3')).status).toBe('cancelled');
  });

  test('F3 at the top the last one asked may still decide; a week that ends on a day off is asked after it', () => {
    // Third miss on Fri 6 Feb: p6 is alone, asked again from Wed 11 Feb weekly; 18 Feb is in the holidays.
    const missesToEscalate = 1;
    const norms = { ...aMeeting().norms, missesToEscalate };
    const run = new Run(aMeeting({ phase: 'execution', norms }), at('2026-02-02', '10:00'));
    run.command('action', { task: '提交報告', owner: 'p7', dueAt: at('2026-02-06', '18:00') }, admin);
    run.until(at('2026-02-06', '18:00'));
    run.reply({ type: 'chainFound', about: a1, heads: ['p6'] });
    run.until(at('2026-03-03', '08:00'));
    expect(run.mails('escalation').map((m) => `${run.clock(m.at)} ${m.to.join(' ')}`)).toEqual([
      '2026-02-06 18:00 p6',
      '2026-02-11 18:00 p6',
      '2026-02-23 08:30 p6',
      '2026-03-02 08:30 p6',
    ]);
    expect(run.command('decide', { id: a1, decision: 'cancel' }, head).status).toBe('cancelled');
  });

  test('F3 nobody found and the host owns it: only the coordinator is asked', () => {
    const run = new Run(aMeeting({ phase: 'execution', sponsor: undefined }), at('2026-02-02', '10:00'));
    run.command('action', { task: '提交報告', owner: 'p2', dueAt: at('2026-02-06', '18:00') }, admin);
    run.until(at('2026-03-04', '18:00'));
    run.reply({ type: 'chainFound', about: a1, heads: [] });
    expect(run.mails('escalation').map((m) => m.to)).toEqual([['p3']]);
  });

  test('F3 while no answer comes, the question is asked again: it never stalls', () => {
    const run = new Run(aMeeting({ phase: 'execution' }), at('2026-02-02', '10:00'));
    run.command('action', { task: '提交報告', owner: 'p7', dueAt: at('2026-02-06', '18:00') }, admin);
    run.until(at('2026-03-09', '18:00'));
    expect(run.effects.filter((e) => e.effect.type === 'findChain')).toHaveLength(2);
    expect(run.agenda()).toEqual(['2026-03-12 18:00 decisionSilent']);
  });
});

describe('F3 completing an escalated action', () => {
  test('F3 completing ends its decision task', () => {
    const run = escalated();
    expect(run.command('complete', { id: a1 }, owner)).toEqual({ status: 'reported' });
    expect(run.task(q3).status).toBe('moot');
    expect(run.agenda()).toEqual(['2026-03-10 08:40 acceptSilence']);
    expect(run.refusal('decide', { id: q3, decision: 'cancel' }, admin).type).toBe('Conflict');
  });

  test('F3 sent back, the same decision is wanted again of the same person: no second escalation', () => {
    const run = escalated();
    run.command('complete', { id: a1 }, owner);
    const withDate = { id: a1, accepted: false, newDueAt: at('2026-03-10', '18:00') };
    expect(run.refusal('confirm', withDate, person('p3')).faults[0]?.code).toBe('F3.decisionNeeded');
    expect(run.command('confirm', { id: a1, accepted: false }, person('p3'))).toEqual({ status: 'escalated' });
    expect(run.state.tasks.filter((t) => t.kind === 'escalation')).toMatchObject([
      { id: q3, status: 'open', assignee: 'p6' },
    ]);
    expect(run.task(q3).endedAt).toBeUndefined();
    expect(run.mails('escalation').map((m) => m.occasion)).toEqual([`${q3}:1`, `${q3}:2`]);
    expect(run.agenda()).toEqual(['2026-03-10 09:00 decisionSilent']);
  });

  test('F3 sent back before the chain was found, it is looked for again', () => {
    const run = new Run(aMeeting({ phase: 'execution' }), at('2026-02-02', '10:00'));
    run.command('action', { task: '提交報告', owner: 'p7', dueAt: at('2026-02-06', '18:00') }, admin);
    run.until(at('2026-03-04', '18:00'));
    run.command('complete', { id: a1 }, owner);
    run.reply({ type: 'chainFound', about: a1, heads: ['p6'] });
    expect(run.mails('escalation')).toEqual([]);
    run.command('confirm', { id: a1, accepted: false }, person('p3'));
    run.reply({ type: 'chainFound', about: a1, heads: ['p6'] });
    expect(run.task(q3)).toMatchObject({ status: 'open', assignee: 'p6' });
  });
});
