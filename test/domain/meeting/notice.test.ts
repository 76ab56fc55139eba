import { hints } from '../../../domain/meeting/checks.js';
import { minutesReaders } from '../../../domain/meeting/people.js';
import { describe, expect, test } from 'vitest';
import { fault } from '../../../domain/errors.js';
import type { CommandInput } from '../../../domain/meeting/commands.js';
import { patch } from '../../../domain/meeting/patch.js';
import { publish } from '../../../domain/meeting/preparation.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { applyCommand } from '../../../domain/meeting/step.js';
import { advance, codes, refusal, send, simulate, story, waits } from '../../support/simulate.js';
import { admin, at, person } from '../../support/meeting.js';
import {
  create,
  hintCodes,
  inBerlin,
  inShanghai,
  lines,
  mailsOf,
  monday,
  published,
  topic,
  wednesday,
} from './support.js';

const rsvp = (state: MeetingState, input: CommandInput<'rsvp'>, now = wednesday + 1, via: 'api' | 'link' = 'link') =>
  applyCommand(state, 'rsvp', input, { now, actor: person(input.person, via) });

describe('N1 notice', () => {
  test('N1 24 h ahead is the last moment', () => {
    const draft = create().state;
    expect(publish(draft, at('2026-02-01', '09:30')).state.phase).toBe('notice');
    const late = refusal(() => publish(draft, at('2026-02-01', '09:30') + 1));
    expect(late.type).toBe('Conflict');
    expect(late.faults).toEqual([
      fault('N1.tooLate', 'startsAt', {
        until: at('2026-02-01', '09:30'),
        hours: 24,
        earliest: at('2026-02-02', '09:30') + 1,
      }),
    ]);
  });

  test('N1 24 h are 24 h also on the day of 25', () => {
    const { at: local } = inBerlin;
    const startsAt = local('2026-10-25', '12:00');
    const draft = create({ startsAt }, { ...inBerlin, now: local('2026-10-20', '09:00') }).state;
    expect(publish(draft, local('2026-10-24', '13:00')).state.phase).toBe('notice');
    expect(codes(() => publish(draft, local('2026-10-24', '13:00') + 1))).toEqual(['N1.tooLate']);
  });

  test('X1 a draft that is too late for its notice may become an emergency', () => {
    const now = at('2026-02-02', '09:00');
    const draft = create().state;
    expect(codes(() => patch(draft, { kind: 'emergency' }, now))).toEqual(['X1.reason']);
    const urgent = patch(draft, { kind: 'emergency', emergencyReason: '供應商停產' }, now);
    expect(urgent.effects).toEqual([]);
    expect(lines(publish(urgent.state, now))).toEqual(['emergency → p1 p2 p6 p7 p3 p4']);
  });

  test('N1 a notice without place and link is refused; either will do', () => {
    expect(refusal(() => publish(create({ place: undefined }).state, wednesday)).faults).toEqual([
      fault('N1.placeNeeded', 'place'),
    ]);
    expect(codes(() => create({ place: undefined, publish: true }))).toEqual(['N1.placeNeeded']);
    const online = create({ place: undefined, onlineLink: 'https://meet.test/1' }).state;
    expect(publish(online, wednesday).state.phase).toBe('notice');
  });

  test('N1 a notice without an agenda is refused', () => {
    expect(codes(() => publish(create({ agenda: [] }).state, wednesday))).toEqual(['N1.agendaNeeded']);
    expect(codes(() => create({ agenda: [], publish: true }))).toEqual(['N1.agendaNeeded']);
  });

  test('M1 a sponsor without a seat gets the minutes, no invitation', () => {
    const { state, effects } = publish(create({ sponsor: 'p77' }).state, wednesday);
    expect(lines({ effects })).not.toContainEqual(expect.stringContaining('p77'));
    expect(minutesReaders(state)).toContain('p77');
  });

  test('H1 a start beyond the years that the calendar knows is hinted at', () => {
    const known = create().state;
    expect(known.warnings.map((w) => w.code)).not.toContain('H1.calendarUnknown');
    const short = { ...known.calendar, coversUntil: '2026-01-31' };
    expect(hints({ ...known, calendar: short }, wednesday)).toContainEqual(
      fault('H1.calendarUnknown', 'startsAt', { calendar: short.id, until: '2026-01-31' }),
    );
  });

  test('N1 one mail to everyone invited, office or seat, each once; support departments get the minutes only', () => {
    const change = publish(create({ deputyHost: 'p6', sponsor: 'p1' }).state, wednesday);
    expect(mailsOf(change)).toEqual([
      {
        type: 'mail',
        mail: 'notice',
        occasion: 'notice',
        to: ['p1', 'p2', 'p6', 'p7', 'p3', 'p4'],
        params: { replyBy: at('2026-01-30', '10:00') },
      },
    ]);
  });

  test('N1 the host counts as coming', () => {
    expect(published().rsvps).toEqual({ p2: { reply: 'accepted', at: wednesday, by: { via: 'engine' } } });
  });

  test('P8 the notice, not the draft, measures whether the materials have time', () => {
    const agenda = [topic('甲', 10, 1, { materials: [{ title: '進度表', owner: 'p6' }] })];
    const draft = create({ agenda }).state;
    expect(hintCodes(draft)).toEqual([]);
    expect(hintCodes(publish(draft, at('2026-01-30', '09:00')).state)).toEqual(['P8.shortTime']);
  });

  test('N1 drafts are never mailed: not when changed, moved, cancelled', () => {
    const draft = create().state;
    const context = { now: wednesday, actor: admin };
    const other = { host: 'p6', participants: draft.participants.slice(1) };
    expect(mailsOf(applyCommand(draft, 'patch', other, context))).toEqual([]);
    const moved = { startsAt: monday + 3_600_000, reason: '會議室' };
    expect(applyCommand(draft, 'reschedule', moved, context).effects).toEqual([]);
    expect(mailsOf(applyCommand(draft, 'cancel', { reason: '不需要' }, context))).toEqual([]);
  });
});

describe('N2 what is armed by the notice', () => {
  test('N2 reminders at 10:00 and 15:00 on the last working day before; then the unopened meeting, then lapsing', () => {
    expect(waits(published())).toEqual([
      '2026-01-30 10:00 replyReminder',
      '2026-01-30 14:00 preRead',
      '2026-01-30 15:00 keyReplyReminder',
      '2026-01-30 16:00 alternateCheck',
      '2026-01-30 17:00 hostBrief',
      '2026-02-02 09:40 notOpenedFirst',
      '2026-02-02 10:00 notOpenedSecond',
      '2026-02-02 14:30 lapse',
    ]);
  });

  test('N2 after the Lunar New Year the last working day is before it, in Taipei and Shanghai each by its own calendar', () => {
    const first = (state: MeetingState): string | undefined => waits(state)[0];
    // Mon 23 Feb is Taipei's first working day; its last one was Fri 13 Feb.
    expect(first(published({ startsAt: at('2026-02-23', '14:00') }))).toBe('2026-02-13 10:00 replyReminder');
    // Tue 24 Feb is Shanghai's first; Sat 14 Feb worked for it.
    const startsAt = inShanghai.at('2026-02-24', '14:00');
    expect(first(published({ startsAt }, inShanghai))).toBe('2026-02-14 10:00 replyReminder');
  });

  test('N2 in Berlin 10:00 stays 10:00 when the clocks change over the weekend', () => {
    const { at: local } = inBerlin;
    const state = published(
      { startsAt: local('2026-03-30', '09:30') },
      { ...inBerlin, now: local('2026-03-20', '10:00') },
    );
    expect(state.timers.find((t) => t.kind === 'replyReminder')?.at).toBe(Date.UTC(2026, 2, 27, 9));
    expect(state.timers.find((t) => t.kind === 'notOpenedFirst')?.at).toBe(Date.UTC(2026, 2, 30, 7, 40));
  });

  test('N2 published between the reminders: the first is skipped, and the reply is wanted by the second', () => {
    const change = publish(create().state, at('2026-01-30', '12:00'));
    expect(waits(change.state)[0]).toBe('2026-01-30 14:00 preRead');
    expect(mailsOf(change)[0]?.params).toEqual({ replyBy: at('2026-01-30', '15:00') });
  });

  test('N2 a notice that goes out at the reminder’s own minute is no reason to remind', () => {
    expect(waits(publish(create().state, at('2026-01-30', '10:00')).state)[0]).toBe('2026-01-30 14:00 preRead');
  });

  test('N2 published after both: no reminder, and the reply is wanted before the start', () => {
    const change = publish(create().state, at('2026-01-30', '16:00'));
    expect(waits(change.state)[0]).toBe('2026-01-30 17:00 hostBrief');
    expect(mailsOf(change)[0]?.params).toEqual({ replyBy: monday });
  });
});

describe('N2 replies', () => {
  test('N2 the last answer before the start counts, by link, page and API', () => {
    let state = published();
    state = rsvp(state, { person: 'p6', reply: 'tentative' }).state;
    state = rsvp(state, { person: 'p6', reply: 'accepted', comment: '會遲到' }, monday - 1, 'api').state;
    expect(state.rsvps['p6']).toMatchObject({ reply: 'accepted', comment: '會遲到', at: monday - 1 });
    expect(state.rsvps['p6']?.by).toMatchObject({ person: 'p6', via: 'api' });
    expect(refusal(() => rsvp(state, { person: 'p6', reply: 'declined' }, monday)).faults).toEqual([
      fault('N2.started', '', { startsAt: monday }),
    ]);
  });

  test('N2 the first answer is no reversal', () => {
    expect(rsvp(published(), { person: 'p7', reply: 'declined' }).effects).toEqual([]);
  });

  test('N2 a reversal is confirmed by mail to the person alone; the same answer again is none', () => {
    const { state } = rsvp(published(), { person: 'p6', reply: 'accepted' });
    expect(rsvp(state, { person: 'p6', reply: 'accepted', comment: '好' }).effects).toEqual([]);
    const [told] = mailsOf(rsvp(state, { person: 'p6', reply: 'declined' }));
    expect([told]).toEqual([
      {
        type: 'mail',
        mail: 'replyChanged',
        occasion: `r${state.revision + 1}`,
        ref: `r${state.revision + 1}`,
        to: ['p6'],
        params: { reply: 'declined', before: 'accepted' },
      },
    ]);
  });

  test('N2 each reversal is an occasion of its own', () => {
    let state = rsvp(published(), { person: 'p6', reply: 'accepted' }).state;
    const occasions = (['declined', 'accepted', 'declined'] as const).map((reply) => {
      const change = rsvp(state, { person: 'p6', reply });
      state = change.state;
      return mailsOf(change)[0]?.occasion;
    });
    expect(new Set(occasions).size).toBe(3);
  });

  test('N2 who is not invited has nothing to answer', () => {
    const refused = refusal(() =>
      applyCommand(published(), 'rsvp', { person: 'p99', reply: 'accepted' }, { now: wednesday, actor: admin }),
    );
    expect(refused).toMatchObject({ type: 'NotFound', faults: [{ code: 'N2.notInvited', params: { person: 'p99' } }] });
  });
});

describe('N2 reminders', () => {
  test('N2 the silent are reminded at 10:00, key people again at 15:00, who answered never', () => {
    let sim = simulate(create({ publish: true }), wednesday);
    sim = send(sim, 'rsvp', { person: 'p7', reply: 'declined' }, person('p7'));
    sim = send(sim, 'rsvp', { person: 'p3', reply: 'tentative' }, person('p3'));
    sim = advance(sim, at('2026-02-02', '09:00'));
    expect(story(sim)).toEqual([
      '2026-01-28 10:00 notice → p1 p2 p6 p7 p3 p4',
      '2026-01-30 10:00 replyReminder → p1 p6 p4',
      '2026-01-30 15:00 replyReminder → p6',
      '2026-01-30 16:00 alternate → p6',
      '2026-01-30 16:00 alternate → p2',
      '2026-01-30 17:00 hostBrief → p2',
    ]);
    expect(sim.mails[1]?.effect.params).toEqual({ replyBy: at('2026-01-30', '15:00') });
    expect(sim.mails[2]?.effect.params).toEqual({ replyBy: monday });
    expect(new Set(sim.mails.map((m) => m.effect.occasion)).size).toBe(6);
  });

  test('N2 when all have answered nobody is reminded', () => {
    let sim = simulate(create({ publish: true }), wednesday);
    for (const p of ['p1', 'p3', 'p4', 'p6', 'p7'])
      sim = send(sim, 'rsvp', { person: p, reply: 'accepted' }, person(p));
    expect(story(advance(sim, monday - 1))).toEqual([
      '2026-01-28 10:00 notice → p1 p2 p6 p7 p3 p4',
      '2026-01-30 17:00 hostBrief → p2',
    ]);
  });
});
