import { describe, expect, test } from 'vitest';
import { HOUR } from '../../../domain/calendar/index.js';
import { timesCarried } from '../../../domain/meeting/follow-up/topics.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { admin, aMeeting, at, person } from '../../support/meeting.js';
import { Run } from '../../support/run.js';

/** p7 (d2) owns it, due Fri 6 Feb; p3 coordinates, p2 hosts. */
function started(more: Partial<MeetingState> = {}): { run: Run; id: string } {
  const run = new Run(aMeeting(more), at('2026-02-03', '10:00'));
  const due = at('2026-02-06', '18:00');
  const { id } = run.command('action', { task: '完成驗收', owner: 'p7', dueAt: due, department: 'd2' }, admin);
  return { run, id };
}

describe('F2 leave', () => {
  test('F2 no miss while the owner is on leave: due on the first working day after it, recorded as such', () => {
    const { run, id } = started();
    run.leave = [{ person: 'p7', from: '2026-02-05', to: '2026-02-10' }];
    run.until(at('2026-02-06', '18:00'));
    const action = run.action(id);
    expect(action).toMatchObject({ status: 'open', missed: 0, missedTotal: 0, dueAt: at('2026-02-11', '18:00') });
    expect(action.dues.map((d) => [d.missed, d.reason, d.by.via])).toEqual([
      [false, undefined, 'api'],
      [false, 'leave', 'clock'],
    ]);
    expect(run.story().at(-1)).toBe('2026-02-06 18:00 onLeave → p7 p3');
    run.until(at('2026-02-11', '18:00'));
    expect(run.action(id)).toMatchObject({ status: 'overdue', missed: 1 });
  });

  test('F2 the silence of the owner does not count during leave', () => {
    const { run, id } = started();
    run.until(at('2026-02-06', '18:00'));
    run.leave = [{ person: 'p7', from: '2026-02-09', to: '2026-02-11' }];
    run.until(at('2026-02-11', '18:00'));
    expect(run.action(id).status).toBe('overdue');
    expect(run.mails('onLeave').map((m) => [m.to, m.params['silence']])).toEqual([[['p3'], true]]);
    expect(run.mails('talk')).toHaveLength(1);
    run.until(at('2026-02-12', '18:00'));
    expect(run.mails('talk')).toHaveLength(2);
  });

  test('F2 without an answer of the archive it is asked again: it never stalls', () => {
    const { run, id } = started();
    run.standingAnswers = false;
    run.until(at('2026-02-06', '18:00'));
    expect(run.agenda().filter((t) => t.endsWith('missed'))).toEqual(['2026-02-09 18:00 missed']);
    run.standingAnswers = true;
    run.until(at('2026-02-09', '18:00'));
    expect(run.action(id)).toMatchObject({ status: 'overdue', missed: 1 });
  });

  test('H4 the owner is gone at the due date: the head is asked, and no miss is counted', () => {
    const { run, id } = started();
    run.gone = ['p7'];
    run.until(at('2026-02-06', '18:00'));
    expect(run.action(id)).toMatchObject({ status: 'escalated', missed: 0 });
    run.reply({ type: 'chainFound', about: id, heads: ['p6'] });
    expect(run.mails('escalation').map((m) => [m.to, m.params['left']])).toEqual([[['p6'], true]]);
    run.command('decide', { id, decision: 'reassign', owner: 'p9' }, person('p6'));
    expect(run.action(id)).toMatchObject({ owner: 'p9', status: 'open' });
  });
});

describe('F2 blocked by another department', () => {
  const say = { blockedBy: 'd3', note: '等預算' };

  test('F2 said by the owner, accepted by the coordinator: no miss, the head is told what is wanted by when', () => {
    const { run, id } = started();
    run.command('progress', { id, ...say }, person('p7'));
    expect(run.mails('blockAsked').map((m) => m.to)).toEqual([['p3']]);
    expect(run.refusal('blocked', { id, accepted: true }, person('p7')).type).toBe('Forbidden');
    const { until } = run.command('blocked', { id, accepted: true }, person('p3'));
    expect(until).toBe(at('2026-02-10', '18:00'));
    run.reply({ type: 'headFound', about: id, department: 'd3', person: 'p8' });
    expect(run.mails('blocker').map((m) => [m.to, m.params])).toEqual([
      [['p8'], { department: 'd3', wantedBy: at('2026-02-10', '18:00') }],
    ]);
    run.until(at('2026-02-09', '10:00'));
    expect(run.action(id)).toMatchObject({ status: 'open', missed: 0 });
    expect(run.mails('missed')).toEqual([]);
  });

  test('F2 it is asked again, and without an answer the clock ends it', () => {
    const { run, id } = started();
    run.command('progress', { id, ...say }, person('p7'));
    run.command('blocked', { id, accepted: true }, person('p3'));
    run.until(at('2026-02-10', '18:00'));
    expect(run.mails('blockAsked').map((m) => m.params['again'])).toEqual([false, true]);
    // H2: asked by the next digest, so the silence counts from there.
    run.until(at('2026-02-12', '08:40'));
    expect(run.action(id)).toMatchObject({ status: 'open', missed: 0, dueAt: at('2026-02-24', '18:00') });
    expect(run.action(id).block).toBeUndefined();
  });

  test('F2 accepted again it waits on; unblocking sets a date that lies ahead', () => {
    const { run, id } = started();
    run.command('progress', { id, ...say }, person('p7'));
    run.command('blocked', { id, accepted: true, until: at('2026-02-09', '12:00') }, person('p3'));
    run.until(at('2026-02-09', '18:00'));
    run.command('blocked', { id, accepted: true, until: at('2026-02-12', '12:00') }, person('p2'));
    expect(run.agenda()).toContain('2026-02-12 18:00 blockCheck');
    const late = run.refusal('unblock', { id, dueAt: run.now - HOUR }, person('p7'));
    expect(late.faults.map((f) => f.code)).toEqual(['E14.duePast']);
    run.command('unblock', { id, dueAt: at('2026-02-13', '18:00') }, person('p7'));
    expect(run.action(id)).toMatchObject({ status: 'open', dueAt: at('2026-02-13', '18:00'), block: undefined });
  });

  test('F2 not accepted: the ladder goes on as it was', () => {
    const { run, id } = started();
    run.command('progress', { id, ...say }, person('p7'));
    run.command('blocked', { id, accepted: false }, person('p3'));
    run.until(at('2026-02-06', '18:00'));
    expect(run.action(id)).toMatchObject({ status: 'overdue', missed: 1 });
  });

  test('F2 what is asked for: another department, and for what', () => {
    const { run, id } = started();
    const codes = (input: object) => run.refusal('progress', { id, ...input }, person('p7')).faults.map((f) => f.code);
    expect(codes({ blockedBy: 'd2', note: 'x' })).toEqual(['F2.blockedByOwn']);
    expect(codes({ blockedBy: 'd3' })).toEqual(['F2.blockNoteNeeded']);
    expect(run.refusal('blocked', { id, accepted: true }, admin).faults.map((f) => f.code)).toEqual(['F2.notBlocked']);
  });
});

describe('F2 before the due date', () => {
  test('F2 only coordinator, host or head move it', () => {
    const { run, id } = started();
    const move = { id, dueAt: at('2026-02-10', '18:00'), reason: 'x' };
    expect(run.refusal('extendAction', move, person('p7')).type).toBe('Forbidden');
    expect(run.refusal('extendAction', move, person('p9')).type).toBe('Forbidden');
    // The initiator and a deputy are none of them.
    expect(run.refusal('extendAction', move, person('p1')).type).toBe('Forbidden');
    run.state = { ...run.state, deputyHost: 'p8' };
    expect(run.refusal('extendAction', move, person('p8')).type).toBe('Forbidden');
    for (const who of ['p3', 'p2', 'p6']) expect(run.command('extendAction', move, person(who)).dueAt).toBe(move.dueAt);
  });

  test('F2 the acting host does, and who heads the department in the directory, without a seat', () => {
    const { run, id } = started({ actingHost: 'p9' });
    const move = { id, dueAt: at('2026-02-10', '18:00'), reason: 'x' };
    expect(run.command('extendAction', move, person('p9')).dueAt).toBe(move.dueAt);
    expect(run.refusal('extendAction', move, { ...person('p40'), leads: ['d3'] }).type).toBe('Forbidden');
    expect(run.command('extendAction', move, { ...person('p40'), leads: ['d2'] }).dueAt).toBe(move.dueAt);
  });
});

describe('H5 reorganisation', () => {
  test('H5 open work and its decision go to the successor once, the old name stays on record', () => {
    const { run, id } = started();
    run.gone = ['p7'];
    run.until(at('2026-02-06', '18:00'));
    run.reply({ type: 'chainFound', about: id, heads: ['p6'] });
    expect(run.command('moveDepartment', { from: 'd2', to: 'd3' }, admin)).toEqual({ moved: 1 });
    expect(run.action(id)).toMatchObject({ department: 'd3', formerDepartments: [{ department: 'd2' }] });
    expect(run.effects.at(-1)?.effect).toMatchObject({ type: 'findChain', department: 'd3' });
    run.reply({ type: 'chainFound', about: id, heads: ['p8'] });
    expect(run.state.tasks.at(-1)).toMatchObject({ assignee: 'p8', status: 'open' });
    expect(run.command('moveDepartment', { from: 'd2', to: 'd3' }, admin)).toEqual({ moved: 0 });
  });

  test('H4 who leaves hands over to a successor, or to a decision of the head; the host coordinates', () => {
    const { run, id } = started();
    run.command('personLeft', { left: 'p7', successor: 'p9' }, admin);
    expect(run.action(id)).toMatchObject({ owner: 'p9', status: 'open' });
    run.command('personLeft', { left: 'p9' }, admin);
    expect(run.action(id)).toMatchObject({ status: 'escalated' });
    run.command('personLeft', { left: 'p3' }, admin);
    expect(run.state.coordinator).toBeUndefined();
    expect(run.command('personLeft', { left: 'p3' }, admin)).toEqual({ moved: 0 });
  });

  test('H4, F1 the host who tracks leaves: the successor hosts, talks and checks', () => {
    const { run, id } = started({ coordinator: undefined });
    run.until(at('2026-02-06', '18:00'));
    expect(run.state.tasks.at(-1)).toMatchObject({ kind: 'talk', assignee: 'p2' });
    expect(run.command('personLeft', { left: 'p2', successor: 'p9' }, admin)).toEqual({ moved: 2 });
    expect(run.state).toMatchObject({ host: 'p9', formerOfficers: [{ office: 'host', person: 'p2' }] });
    expect(run.state.tasks.at(-1)).toMatchObject({ kind: 'talk', assignee: 'p9', status: 'open' });
    run.command('complete', { id }, person('p7'));
    expect(run.mails('pleaseCheck').at(-1)?.to).toEqual(['p9']);
    expect(run.command('personLeft', { left: 'p2', successor: 'p9' }, admin)).toEqual({ moved: 0 });
  });

  test('H4, F1 without a successor the initiator leads on; deputy and recorder go with their offices', () => {
    const { run } = started({ deputyHost: 'p8' });
    for (const left of ['p2', 'p8', 'p4']) expect(run.command('personLeft', { left }, admin).moved).toBe(1);
    expect([run.state.host, run.state.deputyHost, run.state.recorder]).toEqual(['p1', undefined, undefined]);
    expect(run.command('personLeft', { left: 'p1', successor: 'p12' }, admin).moved).toBe(2);
    expect([run.state.host, run.state.initiator.person]).toEqual(['p12', 'p12']);
  });

  test('H4 a talk that nobody else could take over is not counted as moved', () => {
    const { run } = started({
      coordinator: undefined,
      sponsor: undefined,
      initiator: { department: 'd1', person: 'p2' },
    });
    run.until(at('2026-02-06', '18:00'));
    expect(run.command('personLeft', { left: 'p2' }, admin)).toEqual({ moved: 0 });
  });

  test('H4 who was still to be asked for a decision is passed over', () => {
    const { run, id } = started();
    run.gone = ['p7'];
    run.until(at('2026-02-06', '18:00'));
    run.reply({ type: 'chainFound', about: id, heads: ['p6', 'p20', 'p21'] });
    expect(run.command('personLeft', { left: 'p20' }, admin)).toEqual({ moved: 1 });
    expect(run.state.tasks.at(-1)).toMatchObject({ assignee: 'p6', chain: ['p6', 'p21'] });
  });

  test('H7 an external owner keeps a contact in the house: by reassignment, by a leaving owner, when the contact leaves', () => {
    const { run, id } = started();
    run.gone = ['p7'];
    run.until(at('2026-02-06', '18:00'));
    run.reply({ type: 'chainFound', about: id, heads: ['p6'] });
    run.command('decide', { id, decision: 'reassign', owner: 'p11' }, person('p6'));
    expect(run.action(id)).toMatchObject({ owner: 'p11', internalContact: 'p3', department: 'd4' });
    run.command('personLeft', { left: 'p3' }, admin);
    expect(run.action(id)).toMatchObject({ owner: 'p11', internalContact: 'p2' });
    run.command('personLeft', { left: 'p11', successor: 'p9' }, admin);
    expect(run.action(id)).not.toHaveProperty('internalContact');
    run.command('personLeft', { left: 'p9', successor: 'p11' }, admin);
    expect(run.action(id)).toMatchObject({ owner: 'p11', internalContact: 'p2' });
  });
});

describe('F3 head of the action’s department', () => {
  test('F3 an owner without a seat: their department in the directory leads the chain, of the seat else', () => {
    const run = new Run(aMeeting(), at('2026-02-03', '10:00'));
    const input = { task: '完成驗收', dueAt: at('2026-02-06', '18:00'), ownerDepartment: 'd9' };
    const { id } = run.command('action', { ...input, owner: 'p50' }, admin);
    expect(run.action(id).department).toBe('d9');
    const seated = run.command('action', { ...input, owner: 'p7' }, admin);
    expect(run.action(seated.id).department).toBe('d2');
    while (run.action(id).status !== 'escalated') run.fire();
    const asked = run.effects.flatMap(({ effect }) => (effect.type === 'findChain' ? [effect] : []));
    expect(asked).toContainEqual(expect.objectContaining({ about: id, department: 'd9' }));
    run.reply({ type: 'chainFound', about: id, heads: ['p6'] });
    run.command('decide', { id, decision: 'reassign', owner: 'p51', ownerDepartment: 'd8' }, person('p6'));
    expect(run.action(id)).toMatchObject({ owner: 'p51', department: 'd8' });
    expect(run.state.tasks.at(-1)?.decision ?? {}).not.toHaveProperty('ownerDepartment');
  });
});

describe('F4 a topic with unfinished actions at three meetings in a row', () => {
  const held = (n: number) => ({ startsAt: n * 100, openedAt: n * 100, closedAt: n * 100 + 10 });

  test('F4 counts the meetings that an action was carried through, and the one that made it', () => {
    const three = [held(1), held(2), held(3)];
    expect(timesCarried([held(1)], [])).toBe(0);
    expect(timesCarried([held(1)], [{ createdAt: 105 }])).toBe(1);
    expect(timesCarried(three, [{ createdAt: 105 }])).toBe(3);
    expect(timesCarried(three, [{ createdAt: 105, endedAt: 250 }])).toBe(0);
    // Done each time, and a new one made: nothing is stuck.
    const fresh = [{ createdAt: 105, endedAt: 150 }, { createdAt: 205, endedAt: 250 }, { createdAt: 305 }];
    expect(timesCarried(three, fresh)).toBe(1);
  });

  function stuck(): { run: Run; id: string; topicId: string } {
    const run = new Run(aMeeting(), at('2026-02-03', '10:00'));
    const topicId = run.state.agenda[1]!.topicId;
    run.reply({ type: 'topicsCounted', held: true, topics: [{ topicId, timesCarried: 3 }] });
    return { run, topicId, id: run.state.tasks[0]!.id };
  }

  test('F4 host and coordinator choose with a reason; that ends it', () => {
    const { run, id, topicId } = stuck();
    expect(run.story()).toEqual(['2026-02-03 10:00 topicStuck → p2 p3']);
    expect(run.state.agenda[1]).toMatchObject({ topicId, timesCarried: 3 });
    run.command('chooseForTopic', { id, choice: 'hold', reason: '等法規' }, person('p3'));
    expect(run.task(id)).toMatchObject({ status: 'done', choice: 'hold', result: '等法規' });
    expect(run.state.timers.filter((t) => t.kind === 'topicSilent')).toEqual([]);
    // Counted again, it is asked about once per meeting.
    run.reply({ type: 'topicsCounted', held: true, topics: [{ topicId, timesCarried: 3 }] });
    expect(run.state.tasks).toHaveLength(1);
  });

  test('H4, F4 who was asked has left: host and coordinator as they are now; above, the chain anew', () => {
    const { run, id } = stuck();
    expect(run.command('personLeft', { left: 'p3', successor: 'p9' }, admin).moved).toBe(2);
    expect(run.task(id)).toMatchObject({ assignee: 'p9', status: 'open' });
    expect(run.mails('topicStuck').at(-1)?.to).toEqual(['p2', 'p9']);
    while (run.task(id).step === undefined) run.fire();
    run.reply({ type: 'chainFound', about: id, heads: ['p6', 'p20'] });
    expect(run.command('personLeft', { left: 'p6' }, admin).moved).toBe(1);
    expect(run.effects.at(-1)?.effect).toMatchObject({ type: 'findChain', about: id });
    run.reply({ type: 'chainFound', about: id, heads: ['p20'] });
    expect(run.task(id)).toMatchObject({ assignee: 'p20' });
  });

  test('F4 silence escalates to the head of its department, then upward, at the top weekly', () => {
    const { run, id } = stuck();
    run.fire();
    expect(run.effects.at(-1)?.effect).toMatchObject({ type: 'findChain', about: id, department: 'd2' });
    run.reply({ type: 'chainFound', about: id, heads: ['p6', 'p20'] });
    expect(run.task(id)).toMatchObject({ assignee: 'p6', step: 0 });
    expect(run.refusal('chooseForTopic', { id, choice: 'hold', reason: 'x' }, person('p2')).type).toBe('Forbidden');
    for (let i = 0; i < 3 && run.task(id).assignee !== 'p20'; i += 1) run.fire();
    run.fire();
    expect(run.mails('topicStuck').map((m) => m.to)).toEqual([['p2', 'p3'], ['p6'], ['p20'], ['p20']]);
    run.command('chooseForTopic', { id, choice: 'simplify', reason: '只做第一步' }, person('p20'));
    expect(run.task(id).status).toBe('done');
  });
});
