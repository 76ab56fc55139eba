import { describe, expect, test } from 'vitest';
import type { CommandInput } from '../../../domain/meeting/commands.js';
import { admin, aMeeting, at, meetingId, person, service } from '../../support/meeting.js';
import { Run } from '../../support/run.js';

const a1 = `${meetingId}-a1`;
const coordinator = person('p3');
const recorder = person('p4');
const owner = person('p7');
const due = at('2026-02-06', '18:00');

function inExecution(overrides: Parameters<typeof aMeeting>[0] = {}): Run {
  return new Run(aMeeting({ phase: 'execution', ...overrides }), at('2026-02-02', '10:00'));
}

function withAction(itemOwner = 'p7', overrides: Parameters<typeof aMeeting>[0] = {}): Run {
  const run = inExecution(overrides);
  run.command('action', { task: '提交測試報告', owner: itemOwner, dueAt: due }, recorder);
  return run;
}

function codes(run: Run, input: Partial<CommandInput<'action'>>): string[] {
  return run.refusal('action', input as CommandInput<'action'>, recorder).faults.map((f) => `${f.path} ${f.code}`);
}

describe('E14 action items', () => {
  test('E14 one owner, task and date, due 18:00 in the meeting’s zone whatever moment of the day is given', () => {
    const run = inExecution();
    const given = { task: '提交測試報告', owner: 'p7', dueAt: at('2026-02-06', '00:00') };
    expect(run.command('action', given, recorder)).toEqual({ id: a1, task: '提交測試報告', owner: 'p7', dueAt: due });
    expect(run.action(a1)).toMatchObject({
      status: 'open',
      dueAt: due,
      firstDueAt: due,
      department: 'd2',
      supporting: [],
      missed: 0,
      createdBy: { person: 'p4', via: 'api' },
    });
  });

  test('E14 without owner, date or task refused naming every fault', () => {
    expect(codes(inExecution(), { task: ' ' })).toEqual([
      'task E14.taskNeeded',
      'owner E14.ownerNeeded',
      'dueDate E14.dateNeeded',
    ]);
  });

  test('E14 the date lies ahead, within two years', () => {
    const run = inExecution();
    const base = { task: '回報', owner: 'p7' };
    expect(codes(run, { ...base, dueAt: at('2026-02-01', '18:00') })).toEqual(['dueDate E14.duePast']);
    expect(codes(run, { ...base, dueAt: at('2028-02-03', '18:00') })).toEqual(['dueDate E14.dueTooFar']);
    expect(run.command('action', { ...base, dueAt: at('2028-02-02', '18:00') }, recorder).id).toBe(a1);
    // Due today counts as ahead until 18:00.
    expect(run.command('action', { ...base, dueAt: at('2026-02-02', '09:00') }, recorder).dueAt).toBe(
      at('2026-02-02', '18:00'),
    );
  });

  test('E14 the lead department is the owner’s unless named; supporting ones are each once and not the lead', () => {
    const run = inExecution();
    const input = { task: '回報', owner: 'p7', dueAt: due, department: 'd3', supporting: ['d2', 'd2', 'd3'] };
    run.command('action', input, recorder);
    expect(run.action(a1)).toMatchObject({ department: 'd3', supporting: ['d2'] });
  });

  test('E14 an unknown topic is not found', () => {
    const input = { task: '回報', owner: 'p7', dueAt: due, topicId: `${meetingId}-t9` };
    expect(inExecution().refusal('action', input, recorder).type).toBe('NotFound');
  });

  test('E14 in the follow-up, where no minutes will bring it, the owner is told at once', () => {
    const run = new Run(aMeeting(), at('2026-02-03', '10:00'));
    run.command('action', { task: '補件', owner: 'p7', dueAt: due }, coordinator);
    run.command('action', { task: '自己的', owner: 'p3', dueAt: due }, coordinator);
    expect(run.story()).toEqual(['2026-02-03 10:00 actionReminder → p7']);
    expect(withAction().story()).toEqual([]);
  });
});

describe('F1 progress and "done"', () => {
  test('F1 progress is kept with who said it, and changes no timer', () => {
    const run = withAction();
    const before = run.state.timers;
    expect(run.command('progress', { id: a1, percent: 40, note: '進行中' }, person('p7', 'link')).status).toBe('open');
    expect(run.action(a1)).toMatchObject({ percent: 40, notes: [{ percent: 40, note: '進行中' }] });
    expect(run.action(a1).notes[0]?.by).toMatchObject({ person: 'p7', via: 'link' });
    expect(run.state.timers).toEqual(before);
  });

  test('F1 progress that says nothing is refused', () => {
    expect(withAction().refusal('progress', { id: a1 }, owner).faults[0]?.code).toBe('F1.progressEmpty');
  });

  test('F1 done waits for the coordinator’s check; silence for two working days accepts', () => {
    const run = withAction();
    run.now = at('2026-02-05', '15:00');
    expect(run.command('complete', { id: a1, note: '已寄出' }, owner)).toEqual({ status: 'reported' });
    expect(run.agenda()).toEqual(['2026-02-10 08:40 acceptSilence']);
    expect(run.digests()).toEqual(['2026-02-06 08:40 pleaseCheck → p3']);
    run.until(at('2026-02-10', '08:40'));
    expect(run.action(a1)).toMatchObject({
      status: 'done',
      percent: 100,
      endedAt: at('2026-02-10', '08:40'),
      missed: 0,
    });
    expect(run.state.timers).toEqual([]);
  });

  test('F1 the coordinator accepts', () => {
    const run = withAction();
    run.command('complete', { id: a1 }, owner);
    expect(run.command('confirm', { id: a1, note: '看過了' }, coordinator)).toEqual({ status: 'done' });
    expect(run.action(a1).notes.map((n) => n.note)).toEqual(['看過了']);
    expect(run.agenda()).toEqual([]);
  });

  test('F1 who would check needs no check of what they report themselves', () => {
    const run = withAction();
    expect(run.command('complete', { id: a1 }, coordinator)).toEqual({ status: 'done' });
    expect(run.mails()).toEqual([]);
  });

  test('F1 the coordinator’s own: the host checks, and not the coordinator', () => {
    const run = withAction('p3');
    run.command('complete', { id: a1 }, coordinator);
    expect(run.mails('pleaseCheck').map((m) => m.to)).toEqual([['p2']]);
    expect(run.refusal('confirm', { id: a1 }, coordinator).type).toBe('Forbidden');
    expect(run.command('confirm', { id: a1 }, person('p2'))).toEqual({ status: 'done' });
  });

  test('F1 one who could only check themself is accepted by silence', () => {
    const initiator = { department: 'd1', person: 'p2' };
    const run = withAction('p2', { coordinator: undefined, sponsor: undefined, initiator });
    expect(run.command('complete', { id: a1 }, person('p2'))).toEqual({ status: 'reported' });
    expect(run.mails()).toEqual([]);
    run.until(at('2026-02-04', '10:00'));
    expect(run.action(a1).status).toBe('done');
  });

  test('F1 while reported no miss is counted', () => {
    const run = withAction();
    run.now = at('2026-02-06', '17:59');
    run.command('complete', { id: a1 }, owner);
    run.until(at('2026-02-09', '17:00'));
    expect(run.action(a1)).toMatchObject({ status: 'reported', missed: 0 });
  });
});

describe('F1 a check that says no', () => {
  const reported = (day: string, time: string): Run => {
    const run = withAction();
    run.now = at(day, time);
    run.command('complete', { id: a1 }, owner);
    return run;
  };

  test('F1 with the due date ahead it is open again, with its own timers', () => {
    const run = reported('2026-02-03', '10:00');
    expect(run.command('confirm', { id: a1, accepted: false, note: '缺附件' }, coordinator)).toEqual({
      status: 'open',
    });
    expect(run.agenda()).toEqual(['2026-02-05 08:40 reminder', '2026-02-06 18:00 missed']);
    expect(run.mails('decided')).toMatchObject([{ to: ['p7'], params: { decision: 'returned' } }]);
  });

  test('F1 with the due date past it is overdue, without a miss, and the owner’s time runs', () => {
    const run = reported('2026-02-06', '17:00');
    run.until(at('2026-02-09', '10:00'));
    expect(run.command('confirm', { id: a1, accepted: false }, coordinator)).toEqual({ status: 'overdue' });
    expect(run.action(a1)).toMatchObject({ missed: 0, missedTotal: 0 });
    expect(run.agenda()).toEqual(['2026-02-11 08:40 ownerSilent']);
    expect(run.state.tasks).toMatchObject([{ kind: 'talk', assignee: 'p3', status: 'open' }]);
  });

  test('F2 sent back in the night, the owner’s working day runs from the morning when they are told', () => {
    const run = reported('2026-02-06', '17:00');
    run.until(at('2026-02-09', '22:00'));
    run.command('confirm', { id: a1, accepted: false }, coordinator);
    expect(run.agenda()).toEqual(['2026-02-11 08:40 ownerSilent']);
    run.until(at('2026-02-11', '08:40'));
    expect(run.mails('talk')).toMatchObject([{ to: ['p3'], params: { again: false } }]);
  });

  test('F1 a new date opens it, at most ten working days on when the old one is past', () => {
    const run = reported('2026-02-06', '17:00');
    run.until(at('2026-02-09', '10:00'));
    const late = { id: a1, accepted: false, newDueAt: at('2026-03-04', '18:00') };
    expect(run.refusal('confirm', late, coordinator).faults[0]).toMatchObject({
      code: 'F2.newDateTooLate',
      path: 'newDueDate',
    });
    const newDueAt = at('2026-02-12', '18:00');
    expect(run.command('confirm', { id: a1, accepted: false, newDueAt }, coordinator)).toEqual({ status: 'open' });
    expect(run.action(a1).dueAt).toBe(newDueAt);
    expect(run.mails('decided')[0]?.params).toEqual({ decision: 'returned', dueAt: newDueAt });
  });

  test('F1 each report asks and each return tells: no mail swallows another', () => {
    const run = reported('2026-02-03', '10:00');
    run.command('confirm', { id: a1, accepted: false }, coordinator);
    run.command('complete', { id: a1 }, owner);
    run.command('confirm', { id: a1, accepted: false }, coordinator);
    expect(new Set(run.mails().map((m) => `${m.mail} ${m.occasion}`)).size).toBe(4);
  });
});

describe('what is possible', () => {
  test('an unknown id is not found, whoever asks', () => {
    const run = withAction();
    const id = `${meetingId}-a9`;
    for (const actor of [admin, owner, person('p99')])
      for (const name of ['progress', 'complete', 'confirm'] as const) {
        const refusal = run.refusal(name, { id }, actor);
        expect([refusal.type, refusal.faults[0]?.code, refusal.faults[0]?.params]).toEqual([
          'NotFound',
          'action.unknown',
          { id },
        ]);
      }
    const input = { id: `${meetingId}-q9`, text: 'x' };
    expect(run.refusal('completeTask', input, admin).faults[0]?.code).toBe('task.unknown');
  });

  test('the wrong status is a conflict that says what is possible now', () => {
    const run = withAction();
    const conflict = run.refusal('confirm', { id: a1 }, coordinator);
    expect([conflict.type, conflict.faults[0]]).toEqual([
      'Conflict',
      {
        code: 'F1.notNow',
        path: '',
        params: { id: a1, status: 'open', command: 'confirm', possible: ['progress', 'complete', 'extendAction'] },
      },
    ]);
    run.command('complete', { id: a1 }, owner);
    expect(run.refusal('complete', { id: a1 }, owner).faults[0]?.params['possible']).toEqual(['progress', 'confirm']);
    const newDate = { id: a1, newDueAt: at('2026-02-12', '18:00') };
    expect(run.refusal('progress', newDate, coordinator).faults[0]?.code).toBe('F1.notNow');
    run.command('confirm', { id: a1 }, coordinator);
    expect(run.refusal('progress', { id: a1, percent: 1 }, owner).faults[0]?.params).toMatchObject({
      status: 'done',
      possible: [],
    });
  });

  test('an action’s id hands in no plan, and a service key may do what an organiser may', () => {
    const run = withAction();
    expect(run.refusal('completeTask', { id: a1, text: 'x' }, admin).faults[0]?.code).toBe('task.unknown');
    expect(run.command('extendAction', { id: a1, dueAt: at('2026-02-11', '18:00'), reason: 'x' }, service).dueAt).toBe(
      at('2026-02-11', '18:00'),
    );
  });
});
