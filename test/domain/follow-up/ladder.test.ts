import { describe, expect, test } from 'vitest';
import { followUpTimer } from '../../../domain/meeting/follow-up/timers.js';
import type { TimerKind } from '../../../domain/meeting/state.js';
import { aMeeting, at, meetingId, person } from '../../support/meeting.js';
import { Run } from '../../support/run.js';

const coordinator = person('p3');
const owner = person('p7');
const a1 = `${meetingId}-a1`;
const q = (n: number): string => `${meetingId}-q${n}`;

/** p7 (core of d2) is to do something by Fri 6 Feb 2026; made in the meeting on Mon 2 Feb. */
function started(overrides: Parameters<typeof aMeeting>[0] = {}): Run {
  const run = new Run(aMeeting({ phase: 'execution', timers: [], ...overrides }), at('2026-02-02', '10:00'));
  run.command('action', { task: '提交測試報告', owner: 'p7', dueAt: at('2026-02-06', '18:00') }, coordinator);
  return run;
}

describe('F1 the action’s own timers', () => {
  test('F1 a reminder one working day before the due date, at the digest’s time, and the due instant', () => {
    expect(started().agenda()).toEqual(['2026-02-05 08:40 reminder', '2026-02-06 18:00 missed']);
  });

  test('F1 a reminder whose time is past is skipped', () => {
    const run = new Run(aMeeting({ phase: 'execution' }), at('2026-02-02', '10:00'));
    run.command('action', { task: '回報', owner: 'p7', dueAt: at('2026-02-03', '18:00') }, coordinator);
    expect(run.agenda()).toEqual(['2026-02-03 18:00 missed']);
  });

  test('F1 the reminder before a holiday comes before the holiday', () => {
    const run = new Run(aMeeting({ phase: 'execution' }), at('2026-02-02', '10:00'));
    run.command('action', { task: '回報', owner: 'p7', dueAt: at('2026-02-23', '18:00') }, coordinator);
    expect(run.agenda()).toEqual(['2026-02-13 08:40 reminder', '2026-02-23 18:00 missed']);
  });

  test('H1 a digest time before the working hours is pulled forward to the end of the day before', () => {
    const late = { ...aMeeting().calendar, dayStart: '09:30' };
    const run = started({ calendar: late });
    expect(run.agenda()[0]).toBe('2026-02-04 18:00 reminder');
  });
});

/** The mails after a moment, one a line. */
const after = (run: Run, moment: string): string[] => run.story().filter((line) => line.slice(0, 16) > moment);

/** Nobody answers until the third miss, at 4 March 18:00; then p6 and p20 are found as heads, p5 sponsors, p30 is PMO. */
function escalated(): Run {
  const run = started();
  run.until(at('2026-03-04', '18:00'));
  run.reply({ type: 'chainFound', about: a1, heads: ['p6', 'p20'], sponsor: 'p5', pmo: 'p30' });
  return run;
}

describe('F2, F3 the whole ladder over the Lunar New Year in Taipei, nobody answering', () => {
  test('F2 first miss: owner and coordinator are told; the coordinator has a talk task', () => {
    const run = started();
    run.until(at('2026-02-06', '18:00'));
    expect(run.action(a1)).toMatchObject({ status: 'overdue', missed: 1, missedTotal: 1 });
    expect(run.task(q(1))).toMatchObject({ kind: 'talk', about: a1, assignee: 'p3', status: 'open' });
    expect(run.clock(run.task(q(1)).dueAt)).toBe('2026-02-11 08:40');
  });

  test('F2 owner and coordinator silent for a working day each → the clock gives three more', () => {
    const run = started();
    run.until(at('2026-02-11', '08:40'));
    // 15–22 Feb are days off: the third working day after Wed 11 Feb is Mon 23 Feb.
    expect(run.action(a1)).toMatchObject({ status: 'open', missed: 1, dueAt: at('2026-02-23', '18:00') });
    expect(run.action(a1).dues.map((d) => [run.clock(d.dueAt), d.missed, d.reason])).toEqual([
      ['2026-02-06 18:00', true, undefined],
      ['2026-02-23 18:00', false, 'silence'],
    ]);
    expect(run.task(q(1)).status).toBe('moot');
    expect(run.story()).toEqual([
      '2026-02-05 08:40 actionReminder → p7',
      '2026-02-06 18:00 missed → p7',
      '2026-02-06 18:00 talk → p3',
      '2026-02-10 08:40 talk → p3',
      '2026-02-11 08:40 decided → p7 p3',
    ]);
    expect(run.digests()).toEqual([
      '2026-02-05 08:40 actionReminder → p7',
      '2026-02-09 08:40 missed → p7',
      '2026-02-09 08:40 talk → p3',
      '2026-02-10 08:40 talk → p3',
      '2026-02-11 08:40 decided → p7 p3',
    ]);
  });

  test('F3 second miss forewarns; nine days off count nobody as silent', () => {
    const run = started();
    run.until(at('2026-02-26', '08:40'));
    expect(after(run, '2026-02-11 08:40')).toEqual([
      '2026-02-13 08:40 actionReminder → p7',
      '2026-02-23 18:00 missed → p7',
      '2026-02-23 18:00 talk → p3',
      '2026-02-25 08:40 talk → p3',
      '2026-02-26 08:40 decided → p7 p3',
    ]);
    expect(run.mails('missed').map((m) => m.params['forewarned'])).toEqual([false, true]);
    expect(run.mails('talk').map((m) => m.params['forewarned'])).toEqual([false, false, true, true]);
    // 27 Feb to 1 Mar are days off: the third working day after 26 Feb is Wed 4 Mar.
    expect(run.action(a1)).toMatchObject({ status: 'open', missed: 2, dueAt: at('2026-03-04', '18:00') });
  });

  test('F3 third miss escalates once: no talk, a decision task for the head of the department', () => {
    const run = escalated();
    run.reply({ type: 'chainFound', about: a1, heads: ['p20'], sponsor: 'p5', pmo: 'p30' });
    expect(run.action(a1)).toMatchObject({ status: 'escalated', missed: 3, missedTotal: 3 });
    const asked = run.effects.filter((e) => e.effect.type === 'findChain');
    expect(asked.map((e) => e.effect)).toMatchObject([{ about: a1, department: 'd2', owner: 'p7', sponsor: 'p5' }]);
    const decisions = run.state.tasks.filter((t) => t.kind === 'escalation');
    expect(decisions).toMatchObject([{ id: q(3), assignee: 'p6', step: 0, chain: ['p6', 'p20', 'p5', 'p30'] }]);
    expect(run.state.tasks.filter((t) => t.status === 'open')).toHaveLength(1);
    expect(after(run, '2026-02-26 08:40')).toEqual([
      '2026-03-03 08:40 actionReminder → p7',
      '2026-03-04 18:00 missed → p7 p3',
      '2026-03-04 18:00 escalation → p6',
    ]);
    expect(run.agenda()).toEqual(['2026-03-09 18:00 decisionSilent']);
  });

  test('F3 unanswered three working days → one up; at the top weekly', () => {
    const run = escalated();
    run.until(at('2026-04-02', '18:00'));
    expect(after(run, '2026-03-04 18:00')).toEqual([
      '2026-03-09 18:00 escalation → p20',
      '2026-03-12 18:00 escalation → p5',
      '2026-03-17 18:00 escalation → p30',
      '2026-03-20 18:00 escalation → p30',
      '2026-03-27 18:00 escalation → p30',
    ]);
    expect(new Set(run.mails('escalation').map((m) => m.occasion)).size).toBe(6);
    expect(run.action(a1).status).toBe('escalated');
  });

  test('F3 a decision resets the count and sets the ladder up anew', () => {
    const run = escalated();
    run.until(at('2026-03-05', '09:00'));
    const input = { id: a1, decision: 'extend' as const, dueAt: at('2026-03-13', '18:00'), reason: '等供應商' };
    expect(run.command('decide', input, person('p6'))).toEqual({ status: 'open', dueAt: input.dueAt });
    expect(run.action(a1)).toMatchObject({ status: 'open', missed: 0, missedTotal: 3 });
    expect(run.task(q(3))).toMatchObject({ status: 'done', decision: { decision: 'extend', reason: '等供應商' } });
    expect(run.agenda()).toEqual(['2026-03-12 08:40 reminder', '2026-03-13 18:00 missed']);
    expect(after(run, '2026-03-04 18:00')).toEqual(['2026-03-05 09:00 decided → p7 p3']);
    run.until(at('2026-03-13', '18:00'));
    expect(run.action(a1)).toMatchObject({ status: 'overdue', missed: 1, missedTotal: 4 });
  });
});

describe('F2 answers after a miss', () => {
  test('F2 a new date from the owner opens it again, ends the talk and tells the coordinator', () => {
    const run = started();
    run.until(at('2026-02-09', '09:00'));
    run.effects.length = 0;
    const newDueAt = at('2026-02-11', '18:00');
    const said = { id: a1, obstacle: '等待d3資料', newDueAt };
    expect(run.command('progress', said, owner)).toEqual({ status: 'open', dueAt: newDueAt });
    expect(run.action(a1).obstacles.map((o) => o.text)).toEqual(['等待d3資料']);
    expect(run.task(q(1)).status).toBe('moot');
    expect(run.agenda()).toEqual(['2026-02-10 08:40 reminder', '2026-02-11 18:00 missed']);
    expect(run.story()).toEqual(['2026-02-09 09:00 decided → p3']);
  });

  test('F2 an obstacle without a date leaves the ladder running: it is on the coordinator', () => {
    const run = started();
    run.until(at('2026-02-09', '09:00'));
    const before = run.agenda();
    run.command('progress', { id: a1, obstacle: '缺人', percent: 40 }, owner);
    expect(run.agenda()).toEqual(before);
    expect(run.action(a1)).toMatchObject({ status: 'overdue', percent: 40 });
  });

  test('F2 a talk ends with who, when, result and new date', () => {
    const run = started();
    run.until(at('2026-02-09', '14:00'));
    const newDueAt = at('2026-02-12', '18:00');
    const talkedAt = at('2026-02-09', '11:00');
    const input = { id: q(1), text: '資料週三到', talkedAt, newDueAt };
    expect(run.command('completeTask', input, coordinator)).toEqual({ status: 'done' });
    expect(run.task(q(1))).toMatchObject({ status: 'done', result: '資料週三到', talk: { with: 'p7', at: talkedAt } });
    expect(run.action(a1)).toMatchObject({ status: 'open', dueAt: newDueAt, missed: 1 });
    const again = run.refusal('completeTask', input, coordinator);
    expect([again.type, again.faults[0]?.code]).toEqual(['Conflict', 'F2.talkEnded']);
  });

  test('F2 a talk without a result or date, or one of the future, is refused naming every fault', () => {
    const run = started();
    run.until(at('2026-02-09', '14:00'));
    const input = { id: q(1), text: ' ', talkedAt: at('2026-02-10', '11:00') };
    const codes = run.refusal('completeTask', input, coordinator).faults.map((f) => f.code);
    expect(codes).toEqual(['F2.resultNeeded', 'F2.talkFuture', 'F2.newDateNeeded']);
  });

  test('F2 after a miss ten working days are the most, whoever gives the date', () => {
    const run = started();
    run.until(at('2026-02-09', '09:00'));
    // After Mon 9 Feb: 10–13, 23–26 Feb, 2 and 3 Mar; 15–20 Feb and 27 Feb–1 Mar are days off.
    const latest = at('2026-03-03', '18:00');
    for (const actor of [owner, coordinator]) {
      const fault = run.refusal('progress', { id: a1, newDueAt: at('2026-03-04', '18:00') }, actor).faults[0];
      expect(fault).toMatchObject({
        code: 'F2.newDateTooLate',
        path: 'newDueDate',
        params: { latest: '2026-03-03', days: 10 },
      });
    }
    expect(run.command('progress', { id: a1, newDueAt: latest }, owner).dueAt).toBe(latest);
  });

  test('F2 before the due date only coordinator, host or head move it', () => {
    const run = started();
    const dueAt = at('2026-02-10', '18:00');
    const byOwner = run.refusal('progress', { id: a1, newDueAt: dueAt }, owner);
    expect([byOwner.type, byOwner.faults[0]?.code]).toEqual(['Forbidden', 'F2.ownerMovesAfterMiss']);
    expect(run.refusal('extendAction', { id: a1, dueAt, reason: 'x' }, owner).type).toBe('Forbidden');
    for (const id of ['p3', 'p2', 'p6']) {
      const each = started();
      expect(each.command('extendAction', { id: a1, dueAt, reason: '協調' }, person(id)).dueAt).toBe(dueAt);
      expect(each.action(a1)).toMatchObject({ status: 'open', missed: 0, firstDueAt: at('2026-02-06', '18:00') });
      expect(each.mails('decided').flatMap((m) => m.to)).toEqual(id === 'p3' ? ['p7'] : ['p7', 'p3']);
    }
  });
});

describe('H1 a due date on a day off', () => {
  test('H1 the miss counts at its instant, its mails wait for the working hours', () => {
    const run = new Run(aMeeting({ phase: 'execution' }), at('2026-02-02', '10:00'));
    run.command('action', { task: '回報', owner: 'p7', dueAt: at('2026-02-07', '12:00') }, coordinator);
    run.until(at('2026-02-07', '18:00'));
    expect(run.action(a1)).toMatchObject({ status: 'overdue', missed: 1 });
    run.until(at('2026-02-10', '08:40'));
    expect(run.digests()).toEqual([
      '2026-02-06 08:40 actionReminder → p7',
      '2026-02-09 08:40 missed → p7',
      '2026-02-09 08:40 talk → p3',
      '2026-02-10 08:40 talk → p3',
    ]);
  });
});

describe('a timer that lost its ground', () => {
  test('F1–F3 changes nothing, whatever it was', () => {
    const fires = (run: Run, kind: TimerKind, ref = a1): boolean =>
      followUpTimer(run.state, { key: `${kind}:${ref}`, kind, at: run.now, ref }, run.now).state !== run.state;
    const open = started();
    const kinds: TimerKind[] = ['ownerSilent', 'coordinatorSilent', 'acceptSilence', 'decisionSilent', 'plannedEnd'];
    expect(kinds.filter((kind) => fires(open, kind))).toEqual([]);
    expect(fires(open, 'missed', `${meetingId}-a9`)).toBe(false);
    open.command('complete', { id: a1 }, owner);
    expect(fires(open, 'missed')).toBe(false);
    open.command('confirm', { id: a1 }, coordinator);
    expect((['reminder', 'missed', 'acceptSilence'] as const).filter((kind) => fires(open, kind))).toEqual([]);
    expect((['surveyReminder', 'surveyEnd'] as const).filter((kind) => fires(open, kind))).toEqual([]);
  });
});
