import { describe, expect, test } from 'vitest';
import type { CommandInput, PatchInput } from '../../../domain/meeting/commands.js';
import { defaultNorms } from '../../../domain/norms.js';
import { advance, codes, send, simulate, story } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { admin, at, person } from '../../support/meeting.js';
import { create, monday, topic, wednesday } from './support.js';

const second = 1_000;
const start = (overrides: Parameters<typeof create>[0] = {}, where: Parameters<typeof create>[1] = {}): Simulation =>
  simulate(create({ publish: true, ...overrides }, where), where.now ?? wednesday);
const patch = (sim: Simulation, input: PatchInput): Simulation => send(sim, 'patch', input, admin);
const after = (sim: Simulation, seconds: number): Simulation => advance(sim, sim.now + seconds * second);
const move = (sim: Simulation, input: CommandInput<'reschedule'>): Simulation => send(sim, 'reschedule', input, admin);
/** `change → p1 p2: place | why`, a line per mail that was sent since. */
function since(before: Simulation, { mails }: Simulation): string[] {
  return mails.slice(before.mails.length).map(({ effect: { mail, to, params } }) => {
    const what = params['whatChanged'] === undefined ? '' : `: ${params['whatChanged']}`;
    const why = params['reason'] === undefined ? '' : ` | ${params['reason']}`;
    return `${mail} → ${to.join(' ')}${what}${why}`;
  });
}
const everyone = 'p1 p2 p6 p7 p3 p4';
const seats = (...people: string[]) =>
  people.map((p) => ({ person: p, department: p === 'p6' ? 'd2' : p === 'p7' ? 'd3' : 'd1', role: 'core' as const }));

describe('N4 changes within a minute make one mail', () => {
  test('N4 a change waits for a minute; what else is changed by then is told with it, once, with every reason', () => {
    const before = start();
    let sim = patch(before, { place: '5F', reason: '設備' });
    sim = move(after(sim, 20), { startsAt: at('2026-02-03', '14:00'), reason: '設備' });
    sim = patch(after(sim, 20), { agenda: [topic('交期', 20)], reason: '議題' });
    expect(since(before, after(sim, 19))).toEqual([]);
    expect(since(before, after(sim, 20))).toEqual([`change → ${everyone}: time,place,agenda | 設備\n議題`]);
    expect(after(sim, 20).state.pendingChange).toBeUndefined();
    expect(since(before, after(sim, 3_600))).toHaveLength(1);
  });

  test('N4 the minute counts from the first change; what comes after it waits for its own', () => {
    const before = start();
    const first = after(patch(before, { place: '5F' }), 59);
    const second = after(patch(first, { onlineLink: 'https://meet.test/1' }), 1);
    expect(since(before, second)).toHaveLength(1);
    const third = after(patch(second, { place: '6F' }), 60);
    expect(since(second, third)).toEqual([`change → ${everyone}: place`]);
    expect(new Set(third.mails.map((m) => m.effect.occasion)).size).toBe(3);
  });

  test('N4 how long is a norm of the organisation', () => {
    const norms = { ...defaultNorms, changeBundleSeconds: 5 };
    const before = start({}, { norms });
    expect(since(before, after(patch(before, { place: '5F' }), 5))).toHaveLength(1);
  });

  test('N4 what is taken back within the minute is told to nobody', () => {
    const before = start();
    const back = patch(after(patch(before, { place: '5F', agenda: [topic('交期', 20)] }), 30), {
      place: '3F 會議室',
      agenda: before.state.agenda,
    });
    expect(back.state.pendingChange).toBeUndefined();
    expect(since(before, after(back, 600))).toEqual([]);
  });

  test('N4 the same values again are no change', () => {
    const before = start();
    const same = patch(before, { place: '3F 會議室', host: 'p2', agenda: before.state.agenda });
    expect(same.state.pendingChange).toBeUndefined();
    expect(since(before, after(same, 600))).toEqual([]);
  });

  test('N4 what waits is told before a reminder that rests on it, and before the opening', () => {
    const before = advance(start(), at('2026-01-30', '09:59') + 30 * second);
    const changed = patch(before, { participants: seats('p1', 'p2', 'p6', 'p8') });
    expect(since(before, advance(changed, at('2026-01-30', '10:00')))).toEqual([
      'notice → p8',
      'cancellation → p7',
      'change → p2 p6: people',
      'replyReminder → p1 p6 p8 p3 p4',
    ]);
    const early = advance(start(), monday - 30 * second);
    const opened = send(patch(early, { place: '5F', reason: '漏水' }), 'open', {}, person('p2'));
    expect(since(early, opened)).toEqual([`change → ${everyone}: place | 漏水`]);
    expect(opened.state.pendingChange).toBeUndefined();
    expect(since(opened, after(opened, 60))).toEqual([]);
  });
});

describe('N4 exactly those concerned', () => {
  const before = start();
  const told = (input: PatchInput, from = before): string[] => since(from, after(patch(from, input), 60));
  const all = before.state.participants;

  test('N4 place, link and agenda concern everyone', () => {
    expect(told({ onlineLink: 'https://meet.test/1' })).toEqual([`change → ${everyone}: place`]);
    expect(told({ openDiscussionMinutes: 5 })).toEqual([`change → ${everyone}: agenda`]);
    const materials = [{ title: '報價', owner: 'p7' }];
    const agenda = [topic('交期', 20, 1, { materials }), topic('人力', 20, 2)];
    expect(told({ agenda })).toEqual([`change → ${everyone}: agenda`]);
  });

  test('N4 who is added gets the notice, who is removed a CANCEL, the others hear nothing', () => {
    const p8 = { person: 'p8', department: 'd8', role: 'core' as const };
    expect(told({ participants: [...all, p8] })).toEqual(['notice → p8']);
    expect(told({ participants: all.filter((p) => p.person !== 'p7') })).toEqual(['cancellation → p7']);
    const urgent = start({ kind: 'emergency', emergencyReason: '停產' });
    expect(told({ participants: [...urgent.state.participants, p8] }, urgent)).toEqual(['emergency → p8']);
  });

  test('N4 who is added and removed again within the minute never hears of it', () => {
    const p8 = { person: 'p8', department: 'd8', role: 'core' as const };
    const added = patch(before, { participants: [...all, p8] });
    expect(since(before, after(patch(added, { participants: all }), 600))).toEqual([]);
  });

  test('N4 who is taken off the list but keeps an office stays invited', () => {
    const participants = all.filter((p) => p.person !== 'p1');
    expect(told({ participants })).toEqual(['change → p1: people']);
  });

  test('N4 another part concerns who has it and who had it', () => {
    const vote = all.map((p) => (p.person === 'p7' ? { ...p, role: 'observer' as const } : p));
    expect(told({ participants: vote })).toEqual(['change → p7: people']);
    expect(told({ coordinator: 'p7' })).toEqual(['cancellation → p3', 'change → p7: people']);
    expect(told({ recorder: null })).toEqual(['cancellation → p4']);
    expect(told({ deputyHost: 'p6', recorder: 'p6' })).toEqual(['cancellation → p4', 'change → p6: people']);
  });

  test('N4 another host concerns everyone, and counts as coming', () => {
    const changed = patch(before, { host: 'p6' });
    expect(changed.state.rsvps['p6']).toMatchObject({ reply: 'accepted', by: { via: 'engine' } });
    expect(changed.state.rsvps).not.toHaveProperty('p2');
    expect(since(before, after(changed, 60))).toEqual([`change → p1 p2 p6 p7 p3 p4: people`]);
  });

  test('N4 departments that only get the minutes hear of no change', () => {
    expect(told({ supportDepartments: [] })).toEqual([]);
  });

  test('N4 a change for all and one of a part are one mail to each', () => {
    expect(told({ place: '5F', coordinator: 'p7' })).toEqual([
      'cancellation → p3',
      'change → p7: place,people',
      'change → p1 p2 p6 p4: place',
    ]);
  });
});

describe('N4 late changes', () => {
  test('N4 within 24 h another place or link needs a reason, which is told; what is no change of it does not', () => {
    const late = advance(start(), monday - 24 * 3_600 * second + 1);
    for (const input of [{ place: '5F' }, { place: null, onlineLink: 'https://meet.test/1' }])
      expect(codes(() => patch(late, input))).toEqual(['N4.reasonNeeded']);
    expect(since(late, after(patch(late, { place: '5F', reason: '漏水' }), 60))).toEqual([
      `change → ${everyone}: place | 漏水`,
    ]);
    expect(since(late, after(patch(late, { place: '3F 會議室', openDiscussionMinutes: 5 }), 60))).toHaveLength(1);
    const inTime = advance(start(), monday - 24 * 3_600 * second);
    expect(since(inTime, after(patch(inTime, { place: '5F' }), 60))).toHaveLength(1);
  });

  test('N4 a notice keeps a place or a link, and an agenda', () => {
    expect(codes(() => patch(start(), { place: null }))).toEqual(['N1.placeNeeded']);
    expect(codes(() => patch(start(), { agenda: [] }))).toEqual(['N1.agendaNeeded']);
  });

  test('N4 what a notice fixes is refused field by field; the time has a command of its own', () => {
    const input = { title: '新', startsAt: at('2026-02-04', '09:00'), goal: 'x', place: '5F' };
    expect(codes(() => patch(start(), input)).sort()).toEqual(['N4.fixed', 'N4.fixed', 'N4.useReschedule']);
  });

  test('N4 who was removed has no reply any more; who stays keeps theirs', () => {
    let sim = start();
    for (const p of ['p6', 'p7']) sim = send(sim, 'rsvp', { person: p, reply: 'accepted' }, person(p));
    const { rsvps } = patch(sim, { participants: seats('p1', 'p2', 'p6') }).state;
    expect(Object.keys(rsvps).sort()).toEqual(['p2', 'p6']);
  });
});

describe('N4 and a cancellation that may be undone', () => {
  const cancel = (sim: Simulation): Simulation => send(sim, 'cancel', { reason: '併入週會' }, admin);

  test('N4 within ten seconds everything is as it was, also what waits; at ten seconds it is final', () => {
    const before = start();
    const changed = patch(before, { place: '5F' });
    const undone = send(after(cancel(after(changed, 55)), 9), 'undoCancel', {}, admin);
    expect(undone.state).toMatchObject({ phase: 'notice', place: '5F' });
    expect(undone.state).not.toHaveProperty('cancelReason');
    // The minute has passed meanwhile: it is told now.
    expect(since(before, after(undone, 0))).toEqual([`change → ${everyone}: place`]);
    const final = after(cancel(before), 10);
    expect(codes(() => send(final, 'undoCancel', {}, admin))).toEqual(['N4.cancelFinal']);
  });

  test('N4 reminders that came due during the ten seconds come after the undo', () => {
    const before = advance(start(), at('2026-01-30', '10:00') - 2 * second);
    const undone = send(after(cancel(before), 5), 'undoCancel', {}, admin);
    expect(since(before, after(undone, 0))).toEqual(['replyReminder → p1 p6 p7 p3 p4']);
  });

  test('N4 a draft is cancelled and brought back unseen', () => {
    const draft = simulate(create(), wednesday);
    const undone = send(cancel(draft), 'undoCancel', {}, admin);
    expect(undone.state).toEqual({ ...draft.state, revision: draft.state.revision + 2 });
    expect(story(after(cancel(draft), 600))).toEqual([]);
  });

  test('N4 cancelled, nothing else is possible, and nothing is ever sent again', () => {
    const before = start();
    const gone = cancel(patch(before, { place: '5F' }));
    expect(codes(() => cancel(gone))).toEqual(['phase.ended']);
    expect(codes(() => patch(gone, { place: '6F' }))).toEqual(['phase.ended']);
    expect(codes(() => send(gone, 'rsvp', { person: 'p6', reply: 'accepted' }, person('p6')))).toEqual(['phase.ended']);
    const later = advance(gone, at('2026-03-02', '09:00'));
    expect(since(before, later)).toEqual([`cancellation → ${everyone} | 併入週會`]);
    expect(later.state.timers).toEqual([]);
  });

  test('N4 only before the execution', () => {
    const opened = send(advance(start(), monday), 'open', {}, person('p2'));
    expect(codes(() => cancel(opened))).toEqual(['phase.notNow']);
    expect(codes(() => send(start(), 'undoCancel', {}, admin))).toEqual(['phase.notNow']);
  });
});
