import { describe, expect, test } from 'vitest';
import { fault } from '../../../domain/errors.js';
import type { MinutesState } from '../../../domain/meeting/state.js';
import { applyCommand, applyReply } from '../../../domain/meeting/step.js';
import { advance, clock, refusal, send, simulate, waits } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { at, meetingId, person } from '../../support/meeting.js';
import { create, inBerlin, inShanghai, inTaipei, monday, wednesday } from './support.js';
import type { Place } from './support.js';

const host = person('p2');
const recorder = person('p4');
const hour = 3_600_000;
const readers = ['p1', 'p2', 'p6', 'p7', 'p3', 'p4', 'p90'];

/** Opened at its start and closed by the host at `end`. */
function closed(
  end = at('2026-02-02', '10:20'),
  overrides: Parameters<typeof create>[0] = {},
  where: Place = inTaipei,
): Simulation {
  const startsAt = overrides.startsAt ?? monday;
  const announced = simulate(
    create({ publish: true, ...overrides }, { ...where, now: startsAt - 120 * hour }),
    startsAt - 120 * hour,
  );
  const opened = send(advance(announced, startsAt), 'open', {}, host);
  return send(advance(opened, end), 'close', {}, host);
}

const minutesOf = (sim: Simulation): MinutesState => sim.state.minutes!;
const minutesTimers = (sim: Simulation): string[] => waits(sim.state).filter((w) => w.includes('minutes'));
/** Mails about the minutes, `02-02 10:20 confirmMinutes → p4`. */
const about = (sim: Simulation): string[] =>
  sim.mails
    .filter(({ effect }) => ['confirmMinutes', 'minutes', 'draftMinutes'].includes(effect.mail))
    .map(({ at: t, effect }) => `${clock(sim.state, t).slice(5)} ${effect.mail} → ${effect.to.join(' ')}`);

describe('M1 the deadline', () => {
  test('M1 24 h from the planned end when the meeting ended before it', () => {
    expect(clock(closed().state, minutesOf(closed()).dueAt)).toBe('2026-02-03 10:30');
  });

  test('M1 24 h from the last recorded event when that came later', () => {
    const sim = closed(at('2026-02-02', '11:45'));
    expect(clock(sim.state, minutesOf(sim).dueAt)).toBe('2026-02-03 11:45');
  });

  test('M1 closed by the clock: from the last event, not from the closing', () => {
    const announced = simulate(create({ publish: true }), wednesday);
    let sim: Simulation = send(advance(announced, monday), 'open', {}, host);
    sim = advance(sim, at('2026-02-02', '11:10'));
    sim = send(sim, 'attendance', { person: 'p6', present: true }, host);
    sim = advance(sim, at('2026-02-02', '14:30'));
    expect(sim.state).toMatchObject({ phase: 'minutes', closedBy: 'clock' });
    expect(clock(sim.state, minutesOf(sim).dueAt)).toBe('2026-02-03 11:10');
  });

  test('M1 an extended meeting counts from its extended end', () => {
    const opened = send(advance(simulate(create({ publish: true }), wednesday), monday), 'open', {}, host);
    const sim = send(send(opened, 'extend', { minutes: 30 }, host), 'close', {}, host);
    expect(clock(sim.state, minutesOf(sim).dueAt)).toBe('2026-02-03 11:00');
  });

  test('M1 24 h are 24 h over a clock change', () => {
    const startsAt = inBerlin.at('2026-03-28', '10:00');
    const sim = closed(inBerlin.at('2026-03-28', '10:50'), { startsAt }, inBerlin);
    expect(clock(sim.state, minutesOf(sim).dueAt)).toBe('2026-03-29 12:00');
  });
});

describe('M1 who is told', () => {
  test('M1 the recorder at the close and at 09:30 next working day, the host in the last working hour', () => {
    const sim = closed(at('2026-02-02', '12:00'));
    expect(minutesTimers(sim)).toEqual([
      '2026-02-03 09:30 minutesMorning',
      '2026-02-03 11:00 minutesLastHour',
      '2026-02-03 12:00 minutesLimit',
    ]);
    expect(about(advance(sim, at('2026-02-03', '11:59')))).toEqual([
      '02-02 12:00 confirmMinutes → p4',
      '02-03 09:30 confirmMinutes → p4',
      '02-03 11:00 confirmMinutes → p2',
    ]);
    const occasions = advance(sim, at('2026-02-03', '11:59')).mails.map((m) => `${m.effect.mail} ${m.effect.occasion}`);
    expect(new Set(occasions).size).toBe(occasions.length);
  });

  test('M1 on a Friday the limit is on Saturday: no morning before it, the host on Friday at 17:00', () => {
    const startsAt = at('2026-02-06', '09:30');
    expect(minutesTimers(closed(at('2026-02-06', '10:30'), { startsAt }))).toEqual([
      '2026-02-06 17:00 minutesLastHour',
      '2026-02-07 10:30 minutesLimit',
    ]);
  });

  test('M1 in Shanghai the working Saturday has its morning', () => {
    const startsAt = inShanghai.at('2026-02-13', '09:30');
    expect(minutesTimers(closed(inShanghai.at('2026-02-13', '11:00'), { startsAt }, inShanghai))).toEqual([
      '2026-02-14 09:30 minutesMorning',
      '2026-02-14 10:00 minutesLastHour',
      '2026-02-14 11:00 minutesLimit',
    ]);
  });

  test('M1 a last working hour that is past is skipped', () => {
    const startsAt = at('2026-02-06', '17:00');
    expect(minutesTimers(closed(at('2026-02-06', '18:20'), { startsAt }))).toEqual(['2026-02-07 18:20 minutesLimit']);
  });

  test('M1 without a recorder the coordinator is told, without either the host, once at the same hour', () => {
    expect(about(closed(undefined, { recorder: undefined }))).toEqual(['02-02 10:20 confirmMinutes → p3']);
    const alone = closed(undefined, { recorder: undefined, coordinator: undefined });
    expect(about(advance(alone, at('2026-02-03', '10:00')))).toEqual([
      '02-02 10:20 confirmMinutes → p2',
      '02-03 09:30 confirmMinutes → p2',
    ]);
  });

  test('M1 the acting host is told in place of the host', () => {
    let sim = advance(simulate(create({ publish: true }), wednesday), at('2026-02-02', '09:45'));
    sim = send(sim, 'open', {}, person('p1'));
    sim = advance(send(advance(sim, at('2026-02-02', '12:00')), 'close', {}, person('p1')), at('2026-02-03', '11:30'));
    expect(about(sim).at(-1)).toBe('02-03 11:00 confirmMinutes → p1');
  });
});

describe('M1 the draft and its confirmation', () => {
  test('M1 drafted from the record at the close', () => {
    const opened = send(advance(simulate(create({ publish: true }), wednesday), monday), 'open', {}, host);
    const closing = applyCommand(opened.state, 'close', {}, { now: monday + hour, actor: host });
    expect(closing.effects[0]).toEqual({ type: 'draftMinutes', version: 1 });
    const drafted = applyReply(closing.state, { type: 'minutesDrafted', hash: 'h1' }, monday + hour).state;
    expect(drafted.minutes).toMatchObject({ version: 1, hash: 'h1', versions: [{ kind: 'draft', hash: 'h1' }] });
    expect(applyReply(drafted, { type: 'minutesDrafted', hash: 'h2' }, monday + hour).state).toBe(drafted);
  });

  test('M1 confirmed minutes go to all participants and support departments at once, and the reminders end', () => {
    const now = at('2026-02-02', '15:00');
    const sim = send(advance(closed(), now), 'confirmMinutes', {}, recorder);
    expect(sim.result).toEqual({ version: 1 });
    expect(sim.mails.at(-1)?.effect).toEqual({
      type: 'mail',
      mail: 'minutes',
      occasion: 'v1',
      to: readers,
      params: { version: 1, hash: 'h1' },
    });
    expect(sim.state.phase).toBe('followUp');
    expect(minutesOf(sim)).toMatchObject({ confirmedAt: now, sentAt: now, sentAsDraft: false, late: false });
    expect(minutesOf(sim).confirmedBy?.person).toBe('p4');
    expect(minutesTimers(sim)).toEqual([]);
  });

  test('M1 at the limit they are sent as a draft, and the lateness is recorded', () => {
    const sim = advance(closed(), at('2026-02-03', '10:30'));
    expect(about(sim).at(-1)).toBe(`02-03 10:30 draftMinutes → ${readers.join(' ')}`);
    expect(sim.state.phase).toBe('followUp');
    expect(minutesOf(sim)).toMatchObject({ sentAsDraft: true, late: true, sentAt: at('2026-02-03', '10:30') });
    expect(minutesOf(sim).confirmedAt).toBeUndefined();
  });

  test('M1 a draft that was sent may still be confirmed: sent again, late', () => {
    let sim = advance(closed(), at('2026-02-03', '16:00'));
    sim = send(sim, 'confirmMinutes', {}, host);
    expect(about(sim).at(-1)).toBe(`02-03 16:00 minutes → ${readers.join(' ')}`);
    expect(minutesOf(sim)).toMatchObject({ late: true, sentAsDraft: false });
    expect(waits(sim.state)).toContain('2026-02-05 16:00 objectionsEnd');
  });

  test('M1 confirmed exactly at the limit is in time, after it is late', () => {
    const dueAt = at('2026-02-03', '10:30');
    const { state } = closed();
    const late = (now: number) => applyCommand(state, 'confirmMinutes', {}, { now, actor: host }).state.minutes?.late;
    expect([late(dueAt), late(dueAt + 1)]).toEqual([false, true]);
  });
});

describe('M2 the next meeting', () => {
  const withAction = (dueAt: number): Simulation => {
    const opened = send(advance(simulate(create({ publish: true }), wednesday), monday), 'open', {}, host);
    return send(send(opened, 'action', { task: '驗收', owner: 'p7', dueAt }, host), 'close', {}, host);
  };

  test('M2 proposed on the working day after the last deadline, at the same clock time', () => {
    expect(clock(closed().state, minutesOf(withAction(at('2026-02-06', '18:00'))).nextMeetingAt ?? 0)).toBe(
      '2026-02-09 09:30',
    );
    expect(clock(closed().state, minutesOf(withAction(at('2026-02-13', '18:00'))).nextMeetingAt ?? 0)).toBe(
      '2026-02-23 09:30',
    );
  });

  test('M2 without one, ten working days on', () => {
    expect(clock(closed().state, minutesOf(closed()).nextMeetingAt ?? 0)).toBe('2026-02-23 09:30');
  });

  test('M2 the recorder may propose another', () => {
    const nextMeetingAt = at('2026-03-02', '14:00');
    const sim = send(closed(), 'minutes', { hash: 'h2', nextMeetingAt }, recorder);
    expect(minutesOf(send(sim, 'minutes', { hash: 'h3' }, recorder)).nextMeetingAt).toBe(nextMeetingAt);
  });
});

describe('M3 corrections and objections', () => {
  test('M3 each edit of the draft is a version with its author', () => {
    let sim = send(closed(), 'minutes', { hash: 'h2' }, recorder);
    sim = send(sim, 'minutes', { hash: 'h3' }, host);
    expect(minutesOf(sim)).toMatchObject({ version: 3, hash: 'h3' });
    expect(minutesOf(sim).versions.map((e) => [e.version, e.hash, e.by.person])).toEqual([
      [1, 'h1', undefined],
      [2, 'h2', 'p4'],
      [3, 'h3', 'p2'],
    ]);
    expect(send(sim, 'confirmMinutes', {}, host).mails.at(-1)?.effect.occasion).toBe('v3');
  });

  test('M3 a draft that was sent may be edited, too; a confirmed one not without a reason, nor confirmed twice', () => {
    const sent = advance(closed(), at('2026-02-03', '11:00'));
    expect(send(sent, 'minutes', { hash: 'h2' }, recorder).result).toEqual({ version: 2 });
    const confirmed = send(sent, 'confirmMinutes', {}, host);
    const faults = [fault('M3.confirmed', '', { at: at('2026-02-03', '11:00') })];
    const reasonless = [fault('M3.reasonNeeded', 'reason', {})];
    expect(refusal(() => send(confirmed, 'minutes', { hash: 'h3' }, recorder)).faults).toEqual(reasonless);
    expect(refusal(() => send(confirmed, 'confirmMinutes', {}, host)).faults).toEqual(faults);
  });

  test('M3 objections for 2 working days after the sending, in each calendar', () => {
    const until = (sim: Simulation): string => clock(sim.state, minutesOf(sim).objectionsUntil ?? 0);
    const confirmed = (sim: Simulation, now: number) => send(advance(sim, now), 'confirmMinutes', {}, host);
    expect(until(confirmed(closed(), at('2026-02-02', '15:00')))).toBe('2026-02-04 15:00');
    const friday = closed(at('2026-02-13', '10:00'), { startsAt: at('2026-02-13', '09:30') });
    expect(until(confirmed(friday, at('2026-02-13', '16:00')))).toBe('2026-02-24 16:00');
    const { at: shanghai } = inShanghai;
    const same = closed(shanghai('2026-02-13', '10:00'), { startsAt: shanghai('2026-02-13', '09:30') }, inShanghai);
    expect(until(confirmed(same, shanghai('2026-02-13', '16:00')))).toBe('2026-02-24 16:00');
  });

  test('M3 what was sent on a day off counts from the next working morning', () => {
    const friday = closed(at('2026-02-06', '10:30'), { startsAt: at('2026-02-06', '09:30') });
    const sim = advance(friday, at('2026-02-07', '10:30'));
    expect(clock(sim.state, minutesOf(sim).objectionsUntil ?? 0)).toBe('2026-02-11 08:30');
  });
});

test('Phases: minutes that nobody confirms do not hold the end back', () => {
  const sim = advance(closed(), at('2026-03-31', '18:00'));
  expect(sim.state).toMatchObject({ phase: 'closed', timers: [] });
  expect(minutesOf(sim).confirmedAt).toBeUndefined();
  expect(sim.state.id).toBe(meetingId);
});
