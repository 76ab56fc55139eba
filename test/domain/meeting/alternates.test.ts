import { describe, expect, test } from 'vitest';
import { electorate, invitees, minutesReaders } from '../../../domain/meeting/people.js';
import type { CommandInput } from '../../../domain/meeting/commands.js';
import type { Alternate, MeetingState, PersonId } from '../../../domain/meeting/state.js';
import { advance, clock, codes, send, simulate, story, waits } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { admin, at, meetingId, person } from '../../support/meeting.js';
import { create, mailsOf, monday, told, wednesday } from './support.js';
import { applyCommand } from '../../../domain/meeting/step.js';

/** p2 hosts and p6 is the key person; p7 is there for support; q1 … have no seat. */
const announced = (overrides: Parameters<typeof create>[0] = {}): Simulation =>
  simulate(create({ publish: true, ...overrides }), wednesday);
const says = (sim: Simulation, input: CommandInput<'rsvp'>, by = person(input.person, 'link')) =>
  send(sim, 'rsvp', input, by);
const declines = (who: PersonId, delegate?: PersonId, sim = announced()): Simulation =>
  says(sim, { person: who, reply: 'declined', ...(delegate === undefined ? {} : { delegate }) });
const settle = (sim: Simulation, input: CommandInput<'alternate'>, by = person('p6', 'link')) =>
  send(sim, 'alternate', input, by);
const taskOf = ({ state }: Simulation, who: PersonId = 'p6'): Alternate =>
  (state.alternates ?? []).find((a) => a.person === who)!;
const seats = ({ participants }: MeetingState): string[] =>
  participants.map((p) => (p.standsFor === undefined ? p.person : `${p.person} for ${p.standsFor}`));
/** What was mailed since. */
const since = (before: Simulation, after: Simulation): string[] =>
  story({ ...after, mails: after.mails.slice(before.mails.length) });
const friday = (time: string): number => at('2026-01-30', time);

describe('N3 who is asked for an alternate', () => {
  test('N3 a key person who declines is asked, and the host, by the end of the last working day before', () => {
    const before = announced();
    const after = declines('p6', undefined, before);
    expect(taskOf(after)).toEqual({
      id: `${meetingId}-q1`,
      kind: 'alternate',
      person: 'p6',
      reason: 'declined',
      status: 'open',
      dueAt: friday('18:00'),
      createdAt: wednesday,
      asked: 1,
    });
    expect(since(before, after)).toEqual(['2026-01-28 10:00 alternate → p6 p2']);
    expect(after.mails.at(-1)?.effect).toMatchObject({ ref: `${meetingId}-q1`, params: { replyBy: friday('18:00') } });
  });

  test('N3 who is no key person, and who says maybe, is asked for nothing', () => {
    expect(declines('p7').state.alternates).toBeUndefined();
    expect(says(announced(), { person: 'p6', reply: 'tentative' }).state.alternates).toBeUndefined();
  });

  test('N3 after the last working day’s end it is wanted by the start', () => {
    const late = advance(announced(), friday('19:00'));
    expect(taskOf(late)).toMatchObject({ reason: 'silent', dueAt: friday('18:00') });
    const sunday = advance(announced(), at('2026-02-01', '12:00'));
    const said = declines('p6', undefined, says(sunday, { person: 'p6', reply: 'accepted' }));
    expect(taskOf(said)).toMatchObject({ reason: 'declined', dueAt: monday, asked: 2 });
  });

  test('N3 at 16:00 on the last working day before, the silent key people are each asked, the host in one mail', () => {
    const participants = [
      { person: 'p2', department: 'd1', role: 'head' as const, key: true },
      { person: 'p6', department: 'd2', role: 'head' as const, key: true },
      { person: 'p7', department: 'd3', role: 'core' as const, key: true },
      { person: 'p8', department: 'd4', role: 'core' as const, key: true },
      { person: 'p9', department: 'd5', role: 'core' as const },
    ];
    const sim = says(announced({ participants }), { person: 'p8', reply: 'tentative' });
    const before = advance(sim, friday('15:59'));
    expect(since(before, advance(sim, friday('16:00')))).toEqual([
      '2026-01-30 16:00 alternate → p6',
      '2026-01-30 16:00 alternate → p7',
      '2026-01-30 16:00 alternate → p2',
    ]);
  });

  test('N3 who was asked because of a refusal is not asked again at 16:00, nor is one whose delegate comes', () => {
    expect(story(advance(declines('p6'), monday - 1)).filter((l) => l.includes('alternate'))).toHaveLength(1);
    const stands = says(declines('p6', 'q1'), { person: 'q1', reply: 'accepted' });
    expect(story(advance(stands, monday - 1)).filter((l) => l.includes('alternate'))).toEqual([]);
  });

  test('N3 a notice after that hour asks nobody by the clock', () => {
    const late = create({ publish: true }, { now: friday('16:30') }).state;
    expect(waits(late).filter((line) => line.includes('alternateCheck'))).toEqual([]);
  });

  test('N3 coming after all makes it moot; declining again asks anew, a mail of its own', () => {
    const asked = declines('p6');
    const comes = says(asked, { person: 'p6', reply: 'accepted' });
    expect(taskOf(comes)).toMatchObject({ status: 'moot', endedAt: wednesday, endedBy: { person: 'p6' } });
    const again = declines('p6', undefined, comes);
    expect(taskOf(again)).toMatchObject({ status: 'open', asked: 2, id: taskOf(asked).id });
    expect(taskOf(again)).not.toHaveProperty('endedAt');
    const occasions = again.mails.filter((m) => m.effect.mail === 'alternate').map((m) => m.effect.occasion);
    expect(new Set(occasions).size).toBe(2);
    expect(taskOf(says(asked, { person: 'p6', reply: 'tentative' })).status).toBe('open');
  });

  test('N3 a key person who is not one any more, or not invited, has nothing left to arrange', () => {
    const asked = declines('p6');
    const all = asked.state.participants;
    const patched = (participants: CommandInput<'patch'>['participants']) =>
      taskOf(send(asked, 'patch', { participants }, admin)).status;
    expect(patched(all.filter((p) => p.person !== 'p6'))).toBe('moot');
    expect(patched(all.map((p) => ({ ...p, key: false })))).toBe('moot');
    expect(patched(all.filter((p) => p.person !== 'p7'))).toBe('open');
  });
});

describe('N3 a delegate', () => {
  test('N3 takes over the seat as it is: department, role, key, own topics, vote; there is no second seat', () => {
    const presenter = 'p6';
    const agenda = [{ title: '交期', minutes: 20, priority: 1, presenter }];
    const { state } = declines('p6', 'q1', announced({ agenda }));
    expect(seats(state)).toEqual(['p1', 'p2', 'q1 for p6', 'p7']);
    expect(state.participants[2]).toEqual({
      person: 'q1',
      department: 'd2',
      role: 'head',
      key: true,
      topics: [`${meetingId}-t1`],
      standsFor: 'p6',
    });
    expect(state.rsvps['p6']).toMatchObject({ reply: 'declined', delegate: 'q1' });
    expect(invitees(state)).toContain('q1');
    expect(invitees(state)).not.toContain('p6');
    expect(minutesReaders(state)).toEqual(expect.arrayContaining(['q1', 'p6']));
  });

  test('N3 named in the refusal leaves nothing to settle; after a minute the one gets the notice, the other a CANCEL', () => {
    const before = announced();
    const named = declines('p6', 'q1', before);
    expect(named.state.alternates).toBeUndefined();
    expect(since(before, named)).toEqual([]);
    const minuteLater = advance(named, wednesday + 60_000);
    expect(since(before, minuteLater)).toEqual(['2026-01-28 10:01 notice → q1', '2026-01-28 10:01 cancellation → p6']);
    expect(minuteLater.mails.at(-1)?.effect.params).toEqual({ removed: true });
  });

  test('N3 for whoever has a seat, key or not', () => {
    const { state } = declines('p7', 'q1');
    expect(seats(state)).toEqual(['p1', 'p2', 'p6', 'q1 for p7']);
  });

  test('N3 arranged by the absentee’s task, by the host, or by the PMO', () => {
    for (const by of [person('p6', 'link'), person('p2'), admin]) {
      const asked = declines('p6');
      const done = settle(asked, { id: taskOf(asked).id, way: 'delegate', delegate: 'q1' }, by);
      expect(done).toMatchObject({ result: { status: 'done' } });
      expect(taskOf(done)).toMatchObject({ status: 'done', way: 'delegate', delegate: 'q1', endedAt: wednesday });
      expect(seats(done.state)).toEqual(['p1', 'p2', 'q1 for p6', 'p7']);
    }
    const asked = declines('p6');
    const input = { id: taskOf(asked).id, way: 'delegate' as const, delegate: 'q1' };
    expect(codes(() => settle(asked, input, person('p7')))).toEqual(['auth.notAllowed']);
    expect(codes(() => settle(asked, input, person('q1')))).toEqual(['auth.notAllowed']);
  });

  test('N3 who was silent and has somebody arranged for them does not come', () => {
    const asked = advance(announced(), friday('16:00'));
    const done = settle(asked, { id: taskOf(asked).id, way: 'delegate', delegate: 'q1' }, person('p2'));
    expect(done.state.rsvps['p6']).toMatchObject({ reply: 'declined', delegate: 'q1', by: { person: 'p2' } });
  });

  test('N3 may be somebody with an office and no seat, who is told of their new part', () => {
    const before = announced();
    const after = advance(declines('p6', 'p3', before), wednesday + 60_000);
    expect(seats(after.state)).toEqual(['p1', 'p2', 'p3 for p6', 'p7']);
    expect(since(before, after)).toEqual(['2026-01-28 10:01 cancellation → p6', '2026-01-28 10:01 change → p3']);
  });

  test('N3 one person, one seat, one vote: who has a seat stands in for nobody, also when a delegate holds it', () => {
    expect(codes(() => declines('p6', 'p7'))).toEqual(['N3.hasSeat']);
    const away = declines('p7', 'q1');
    expect(codes(() => declines('p6', 'p7', away))).toEqual(['N3.hasSeat']);
    expect(codes(() => declines('p6', 'q1', away))).toEqual(['N3.hasSeat']);
  });

  test('N3 is somebody else, for somebody with a seat, and comes with a refusal', () => {
    expect(codes(() => declines('p6', 'p6'))).toEqual(['N3.sameAgain']);
    expect(codes(() => declines('p3', 'q1'))).toEqual(['N3.noSeat']);
    expect(codes(() => says(announced(), { person: 'p6', reply: 'accepted', delegate: 'q1' }))).toEqual([
      'N3.declineFirst',
    ]);
    expect(codes(() => declines('q2', 'q1'))).toEqual(['N2.notInvited']);
    const stands = declines('p6', 'q1');
    expect(codes(() => declines('q1', 'q1', stands))).toEqual(['N3.sameAgain']);
    expect(codes(() => declines('q1', 'p6', stands))).toEqual(['N3.sameAgain']);
  });

  test('N3 who does not come either is asked with the one whose seat it is, and may name the next', () => {
    const stands = declines('p6', 'q1');
    const gone = declines('q1', undefined, stands);
    expect(taskOf(gone)).toMatchObject({ person: 'p6', status: 'open', asked: 1 });
    expect(gone.mails.at(-1)?.effect.to).toEqual(['p6', 'q1', 'p2']);
    expect(taskOf(says(gone, { person: 'q1', reply: 'accepted' }))).toMatchObject({
      status: 'done',
      way: 'delegate',
      delegate: 'q1',
    });
    const next = declines('q1', 'q2', gone);
    expect(seats(next.state)).toEqual(['p1', 'p2', 'q2 for p6', 'p7']);
    expect(next.state.rsvps).not.toHaveProperty('q1');
    expect(next.state.rsvps['p6']).toMatchObject({ reply: 'declined', delegate: 'q2' });
    expect(taskOf(next)).toMatchObject({ status: 'done', delegate: 'q2' });
  });

  test('N3 whose seat is held only reads; the host lets them come after all', () => {
    const stands = advance(declines('p6', 'q1'), wednesday + 60_000);
    expect(codes(() => says(stands, { person: 'p6', reply: 'accepted' }))).toEqual(['N3.delegated']);
    const back = says(stands, { person: 'p6', reply: 'accepted' }, person('p2'));
    expect(seats(back.state)).toEqual(['p1', 'p2', 'p6', 'p7']);
    expect(back.state.rsvps['p6']).toMatchObject({ reply: 'accepted' });
    expect(back.state.rsvps['p6']).not.toHaveProperty('delegate');
    expect(back.state.rsvps).not.toHaveProperty('q1');
    expect(since(back, advance(back, back.now + 60_000))).toEqual([
      '2026-01-28 10:02 notice → p6',
      '2026-01-28 10:02 cancellation → q1',
    ]);
  });

  test('N3 the refusal entered again for them leaves the delegate where they are', () => {
    const stands = declines('p6', 'q1');
    const again = says(stands, { person: 'p6', reply: 'declined', comment: '出差' }, person('p2'));
    expect(seats(again.state)).toEqual(seats(stands.state));
    expect(again.state.rsvps['p6']).toMatchObject({ reply: 'declined', delegate: 'q1', comment: '出差' });
  });

  test('N3 the host who sent a delegate to their seat, and comes after all, sits on it again', () => {
    const stands = declines('p2', 'q1');
    expect(seats(stands.state)).toEqual(['p1', 'q1 for p2', 'p6', 'p7']);
    const back = says(stands, { person: 'p2', reply: 'accepted' });
    expect(seats(back.state)).toEqual(['p1', 'p2', 'p6', 'p7']);
    expect(back.state.rsvps['p2']).not.toHaveProperty('delegate');
  });

  test('N2 an undone refusal gives the seat back', () => {
    const came = says(announced(), { person: 'p6', reply: 'accepted' });
    const sent = advance(declines('p6', 'q1', came), wednesday + 60_000);
    const undone = send(sent, 'undoReply', { person: 'p6' }, person('p2'));
    expect(undone.state.rsvps['p6']).toMatchObject({ reply: 'accepted' });
    expect(seats(undone.state)).toEqual(['p1', 'p2', 'p6', 'p7']);
  });

  test('N3 is counted at the vote, the one they stand for is not', () => {
    let sim = declines('p6', 'q1');
    sim = send(advance(sim, monday), 'open', {}, person('p2'));
    sim = send(sim, 'attendance', { person: 'q1', present: true }, person('p2'));
    expect(electorate(sim.state)).toEqual(['p2', 'q1']);
  });

  test('N3 taken back within the minute, nobody hears of it', () => {
    const before = announced();
    const back = says(declines('p6', 'q1', before), { person: 'p6', reply: 'accepted' }, person('p2'));
    expect(back.state.pendingChange).toBeUndefined();
    expect(story(advance(back, friday('09:00')))).toEqual([
      ...story(before),
      // N2: the reversal is confirmed all the same.
      '2026-01-28 10:00 replyChanged → p6',
    ]);
  });
});

describe('N3 the other ways', () => {
  test('N3 written input stands under its topic, and settles it: no more requests', () => {
    const asked = advance(announced(), friday('16:00'));
    const { id } = taskOf(asked);
    const topicId = `${meetingId}-t2`;
    const done = settle(asked, { id, way: 'written', topicId, hash: 'h' });
    expect(done.result).toEqual({ status: 'done' });
    expect(done.state.writtenInputs).toMatchObject([{ id: `${meetingId}-w1`, topicId, person: 'p6', hash: 'h' }]);
    expect(taskOf(done)).toMatchObject({ status: 'done', way: 'written' });
    expect(done.state.rsvps['p6']).toMatchObject({ reply: 'declined' });
    expect(seats(done.state)).toEqual(['p1', 'p2', 'p6', 'p7']);
    const again = says(done, { person: 'p6', reply: 'declined' });
    expect(taskOf(again).status).toBe('done');
    expect(since(done, again)).toEqual([]);
    expect(codes(() => settle(asked, { id, way: 'written', topicId: 'x', hash: 'h' }))).toEqual(['E4.noSuchTopic']);
  });

  test('N3 another time is the host’s to decide: they are told, the task stays', () => {
    const asked = declines('p6');
    const proposedAt = at('2026-02-03', '14:00');
    const wanted = settle(asked, { id: taskOf(asked).id, way: 'otherTime', proposedAt, comment: '出差' });
    expect(wanted.result).toEqual({ status: 'open' });
    expect(taskOf(wanted)).toMatchObject({ status: 'open', way: 'otherTime', proposedAt, comment: '出差' });
    expect(since(asked, wanted)).toEqual(['2026-01-28 10:00 otherTime → p2']);
    const now = { id: taskOf(asked).id, way: 'otherTime' as const, proposedAt: wednesday };
    expect(codes(() => settle(asked, now))).toEqual(['P2.startPast']);
  });

  test('N3 a settled one is not settled again, nor one that nobody knows, nor after the start', () => {
    const asked = declines('p6');
    const input = { id: taskOf(asked).id, way: 'delegate' as const, delegate: 'q1' };
    const done = settle(asked, input);
    expect(codes(() => settle(done, { ...input, delegate: 'q2' }))).toEqual(['N3.settled']);
    expect(codes(() => settle(asked, { ...input, id: `${meetingId}-q9` }, admin))).toEqual(['task.unknown']);
    expect(codes(() => settle(advance(asked, monday), input))).toEqual(['N2.started']);
  });

  test('N3 what was not settled by the opening is recorded', () => {
    const opened = send(advance(declines('p6'), monday), 'open', {}, person('p2'));
    expect(taskOf(opened)).toMatchObject({ status: 'unsettled', endedAt: monday });
    const done = settle(declines('p6'), { id: `${meetingId}-q1`, way: 'delegate', delegate: 'q1' });
    const silent = send(advance(done, monday), 'open', {}, person('p2'));
    expect(taskOf(silent)).toMatchObject({ status: 'unsettled', reason: 'silent' });
    const comes = says(done, { person: 'q1', reply: 'accepted' });
    expect(taskOf(send(advance(comes, monday), 'open', {}, person('p2'))).status).toBe('done');
  });

  test('N3 a meeting that is not held needs no alternate', () => {
    const asked = declines('p6');
    expect(taskOf(advance(asked, at('2026-02-02', '14:30'))).status).toBe('moot');
    const cancelled = send(asked, 'cancel', { reason: 'x' }, admin);
    expect(taskOf(cancelled).status).toBe('open');
    expect(taskOf(advance(cancelled, wednesday + 10_000)).status).toBe('moot');
  });
});

describe('N3 and another time or list', () => {
  const tuesday = at('2026-02-03', '14:00');

  test('N4 a new time gives every seat back and asks everyone anew', () => {
    const stands = advance(declines('p6', 'q1'), wednesday + 60_000);
    const moved = send(stands, 'reschedule', { startsAt: tuesday, reason: 'x' }, admin);
    expect(seats(moved.state)).toEqual(['p1', 'p2', 'p6', 'p7']);
    expect(Object.keys(moved.state.rsvps)).toEqual(['p2']);
    expect(since(stands, advance(moved, moved.now + 60_000))).toEqual([
      '2026-01-28 10:02 notice → p6',
      '2026-01-28 10:02 cancellation → q1',
      '2026-01-28 10:02 change → p1 p2 p7 p3 p4',
    ]);
    const asked = send(declines('p6'), 'reschedule', { startsAt: tuesday, reason: 'x' }, admin);
    expect(taskOf(asked).status).toBe('moot');
    expect(clock(asked.state, asked.state.timers.find((t) => t.kind === 'alternateCheck')!.at)).toBe(
      '2026-02-02 16:00',
    );
  });

  test('N4 the old time again within the minute leaves replies, delegates and tasks as they were', () => {
    const stands = advance(declines('p6', 'q1', declines('p7')), wednesday + 60_000);
    const moved = send(stands, 'reschedule', { startsAt: tuesday, reason: 'x' }, admin);
    const back = send(moved, 'reschedule', { startsAt: monday, reason: 'x' }, admin);
    expect(seats(back.state)).toEqual(seats(stands.state));
    expect(back.state.rsvps).toEqual(stands.state.rsvps);
    expect(back.state.alternates).toEqual(stands.state.alternates);
    expect(back.state.pendingChange).toBeUndefined();
    expect(since(stands, advance(back, wednesday + 600_000))).toEqual([]);
  });

  test('N3 a list that names the delegate again leaves them in that place; naming the other gives it back', () => {
    const stands = advance(declines('p6', 'q1'), wednesday + 60_000);
    const listed = (...people: PersonId[]) => {
      const participants = people.map((p) => ({ person: p, department: 'd2', role: 'head' as const, key: true }));
      return send(stands, 'patch', { participants }, admin).state;
    };
    expect(seats(listed('p2', 'q1'))).toEqual(['p2', 'q1 for p6']);
    const back = listed('p2', 'p6');
    expect(seats(back)).toEqual(['p2', 'p6']);
    const both = listed('p2', 'p6', 'q1');
    expect(seats(both)).toEqual(['p2', 'p6', 'q1']);
    // The refusal was in favour of the delegate; the invitation is a new one.
    for (const { rsvps } of [back, both]) expect(Object.keys(rsvps)).toEqual(['p2']);
    expect(Object.keys(listed('p2', 'p7').rsvps)).toEqual(['p2']);
  });

  test('N3 a delegate whose seat the list gives back ends the arrangement', () => {
    const asked = declines('p6');
    const done = settle(asked, { id: taskOf(asked).id, way: 'delegate', delegate: 'q1' });
    const participants = ['p2', 'p6'].map((p) => ({ person: p, department: 'd2', role: 'head' as const, key: true }));
    const back = send(done, 'patch', { participants }, admin);
    expect(taskOf(back)).toMatchObject({ status: 'moot' });
    expect(taskOf(back)).not.toHaveProperty('delegate');
  });

  test('N3 a change of who sits where is told once, with whatever else changed in its minute', () => {
    const change = applyCommand(
      announced().state,
      'rsvp',
      { person: 'p6', reply: 'declined', delegate: 'q1' },
      {
        now: wednesday,
        actor: person('p6', 'link'),
      },
    );
    const placed = applyCommand(change.state, 'patch', { place: '5F' }, { now: wednesday + 1_000, actor: admin });
    expect(mailsOf(told(placed)).map((m) => `${m.mail} → ${m.to.join(' ')}`)).toEqual([
      'notice → q1',
      'cancellation → p6',
      'change → p1 p2 p7 p3 p4',
    ]);
  });
});
