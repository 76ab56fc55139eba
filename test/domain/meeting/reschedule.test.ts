import { describe, expect, test } from 'vitest';
import type { CommandInput } from '../../../domain/meeting/commands.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { applyCommand, applyTimer } from '../../../domain/meeting/step.js';
import { codes, waits } from '../../support/simulate.js';
import { admin, at, person } from '../../support/meeting.js';
import { create, hintCodes, inBerlin, mailsOf, monday, published, told, topic, wednesday } from './support.js';

const rsvp = (state: MeetingState, input: CommandInput<'rsvp'>, now = wednesday + 1, via: 'api' | 'link' = 'link') =>
  applyCommand(state, 'rsvp', input, { now, actor: person(input.person, via) });

describe('N4 another time', () => {
  const state = rsvp(published(), { person: 'p6', reply: 'accepted' }).state;
  const move = (input: Partial<CommandInput<'reschedule'>>, now = wednesday, from = state) =>
    applyCommand(from, 'reschedule', { startsAt: monday, reason: '主持人出差', ...input }, { now, actor: admin });
  const tuesday = at('2026-02-03', '14:00');

  test('N4 clears the replies but the host’s, re-arms the reminders and tells everyone why', () => {
    const change = move({ startsAt: tuesday });
    expect(change.state.rsvps).toEqual({ p2: state.rsvps['p2'] });
    expect(change.state.plannedEndAt).toBe(at('2026-02-03', '15:00'));
    expect(waits(change.state)).toEqual([
      '2026-01-28 10:01 changeMail',
      '2026-02-02 10:00 replyReminder',
      '2026-02-02 14:00 preRead',
      '2026-02-02 15:00 keyReplyReminder',
      '2026-02-02 16:00 alternateCheck',
      '2026-02-02 17:00 hostBrief',
      '2026-02-03 14:10 notOpenedFirst',
      '2026-02-03 14:30 notOpenedSecond',
      '2026-02-03 19:00 lapse',
    ]);
    expect(mailsOf(change)).toEqual([]);
    expect(mailsOf(told(change))).toEqual([
      {
        type: 'mail',
        mail: 'change',
        occasion: `r${state.revision + 2}`,
        to: ['p1', 'p2', 'p6', 'p7', 'p3', 'p4'],
        params: { whatChanged: 'time', reason: '主持人出差', replyBy: at('2026-02-02', '10:00') },
      },
    ]);
  });

  test('N4 never a reminder of the old time', () => {
    const old = state.timers.find((t) => t.kind === 'replyReminder')!;
    const moved = move({ startsAt: tuesday }).state;
    expect(applyTimer(moved, old, old.at)).toMatchObject({ state: moved, effects: [] });
  });

  test('N4 needs 24 h again', () => {
    const now = at('2026-02-02', '14:00') + 1;
    expect(codes(() => move({ startsAt: tuesday }, now))).toEqual(['N1.tooLate']);
    expect(move({ startsAt: tuesday }, now - 1).state.startsAt).toBe(tuesday);
    expect(codes(() => move({ startsAt: at('2026-01-29', '09:00') }))).toEqual(['N1.tooLate']);
  });

  test('N4 but not for a later start the same day, even after the planned start', () => {
    const later = at('2026-02-02', '16:00');
    expect(move({ startsAt: later }, at('2026-02-02', '10:05')).state.startsAt).toBe(later);
    expect(codes(() => move({ startsAt: at('2026-02-02', '09:00') }, at('2026-02-02', '08:00')))).toEqual([
      'N1.tooLate',
    ]);
    expect(codes(() => move({ startsAt: at('2026-02-02', '10:00') }, at('2026-02-02', '10:00')))).toEqual([
      'P2.startPast',
    ]);
  });

  test('N4 "the same day" is the day of the meeting’s zone', () => {
    const { at: local } = inBerlin;
    const startsAt = local('2026-03-27', '23:00');
    const late = published({ startsAt }, { ...inBerlin, now: local('2026-03-20', '10:00') });
    const now = local('2026-03-27', '22:00');
    expect(move({ startsAt: local('2026-03-27', '23:30') }, now, late).state.startsAt).toBe(startsAt + 1_800_000);
    // 23:30 UTC of the same UTC day is already tomorrow in Berlin.
    expect(codes(() => move({ startsAt: local('2026-03-28', '00:30') }, now, late))).toEqual(['N1.tooLate']);
  });

  test('N4 another length is told as such; P2 and P6 hold for it', () => {
    const longer = move({ durationMinutes: 50 });
    expect(longer.state.plannedEndAt).toBe(at('2026-02-02', '10:20'));
    expect(mailsOf(told(longer))[0]?.params['whatChanged']).toBe('duration');
    const both = told(move({ durationMinutes: 50, startsAt: tuesday }));
    expect(mailsOf(both)[0]?.params['whatChanged']).toBe('time,duration');
    expect(codes(() => move({ durationMinutes: 90 }))).toEqual(['P2.complexNeeded']);
    expect(codes(() => move({ durationMinutes: 45 }))).toEqual(['P6.excess']);
    expect(hintCodes(move({ durationMinutes: 50 }).state)).toEqual([]);
  });

  test('N4 the same time again is no change: no mail, no reply lost', () => {
    expect(move({})).toMatchObject({ state, effects: [] });
  });

  test('N4 due dates of materials that were the default move along', () => {
    const own = at('2026-01-29', '10:00');
    const materials = [
      { title: '進度表', owner: 'p6' },
      { title: '報價', owner: 'p7', dueAt: own },
    ];
    const from = published({ agenda: [topic('甲', 10, 1, { materials })] });
    const moved = move({ startsAt: at('2026-02-24', '09:30') }, wednesday, from).state;
    expect(moved.agenda[0]?.materials.map((m) => m.dueAt)).toEqual([at('2026-02-23', '12:00'), own]);
  });

  test('Phases: a draft that is moved lapses at its new start', () => {
    const draft = create().state;
    expect(waits(move({ startsAt: tuesday }, at('2026-02-02', '14:01'), draft).state)).toEqual([
      '2026-02-03 14:00 lapse',
    ]);
  });

  test('X1 an emergency needs its 15 minutes, not 24 h', () => {
    const now = at('2026-02-02', '08:00');
    const urgent = create({ kind: 'emergency', emergencyReason: '停產' }, { now }).state;
    const earlier = at('2026-02-02', '08:30');
    expect(move({ startsAt: earlier }, at('2026-02-02', '08:15'), urgent).state.startsAt).toBe(earlier);
    expect(codes(() => move({ startsAt: earlier }, at('2026-02-02', '08:16'), urgent))).toEqual(['X1.leadTooShort']);
  });
});

describe('N4 cancelling', () => {
  const cancelled = (state: MeetingState) =>
    applyCommand(state, 'cancel', { reason: '併入週會' }, { now: wednesday + 1, actor: admin });
  const final = (state: MeetingState) => applyTimer(state, state.timers[0]!, wednesday + 10_001);

  test('N4 it holds at once and is told ten seconds later, when the topics go back and nothing waits any more', () => {
    const change = cancelled(published());
    expect(change.state).toMatchObject({ phase: 'cancelled', cancelReason: '併入週會', endedAt: wednesday + 1 });
    expect(change).toMatchObject({ effects: [], result: { undoUntil: wednesday + 10_001 } });
    const after = final(change.state);
    expect(after.state).toMatchObject({ phase: 'cancelled', timers: [] });
    expect(after.state.cancelling).toBeUndefined();
    expect(mailsOf(after)).toEqual([
      {
        type: 'mail',
        mail: 'cancellation',
        occasion: 'cancelled',
        to: ['p1', 'p2', 'p6', 'p7', 'p3', 'p4'],
        params: { reason: '併入週會' },
      },
    ]);
    expect(after.effects.at(-1)).toMatchObject({
      type: 'putBacklog',
      topics: [
        { title: '交期', reason: 'cancelled', department: 'd1' },
        { title: '人力', reason: 'cancelled', department: 'd1' },
      ],
    });
  });

  test('N4 undone within ten seconds, everything is as it was, and nobody hears of it', () => {
    const state = published();
    const context = { now: wednesday + 5_000, actor: admin };
    const undone = applyCommand(cancelled(state).state, 'undoCancel', {}, context);
    expect(undone.effects).toEqual([]);
    expect(undone.state).toEqual({ ...state, revision: state.revision + 2 });
    expect(codes(() => applyCommand(final(cancelled(state).state).state, 'undoCancel', {}, context))).toEqual([
      'N4.cancelFinal',
    ]);
  });

  test('N4 whom a change that waits has added or taken off: who had the notice hears of the cancellation, nobody else', () => {
    const state = published();
    const participants = [
      ...state.participants.filter((p) => p.person !== 'p7'),
      { person: 'p8', department: 'd8', role: 'core' as const },
    ];
    const patched = applyCommand(state, 'patch', { participants }, { now: wednesday, actor: admin }).state;
    expect(mailsOf(final(cancelled(patched).state)).map((m) => m.to)).toEqual([['p1', 'p2', 'p6', 'p7', 'p3', 'p4']]);
  });

  test('N4 a cancelled draft gives its topics back, unseen', () => {
    expect(final(cancelled(create().state).state).effects.map((e) => e.type)).toEqual(['putBacklog']);
  });
});
