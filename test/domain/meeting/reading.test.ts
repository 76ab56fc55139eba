import { describe, expect, test } from 'vitest';
import { countOpen, missingMaterials, openPoints } from '../../../domain/meeting/reading.js';
import { advance, codes, send, simulate, story } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { admin, at, meetingId, person } from '../../support/meeting.js';
import { create, monday, topic, wednesday } from './support.js';

const materials = [
  { title: '進度表', owner: 'p6' },
  { title: '報價', owner: 'p7', link: 'https://files.test/1' },
];
const agenda = [
  topic('人力', 20, 2, { expectedConclusion: '確定支援人數' }),
  { title: '交期', minutes: 20, priority: 1, materials },
];
const announced = (overrides: Parameters<typeof create>[0] = {}): Simulation =>
  simulate(create({ publish: true, agenda, ...overrides }), wednesday);
const reads = (sim: Simulation, who: string, read = true, by = person(who, 'link')) =>
  send(sim, 'reading', { person: who, read }, by);
const friday = (time: string): number => at('2026-01-30', time);
const of = (kind: string, sim: Simulation): string[] => story(sim).filter((line) => line.includes(` ${kind} `));

describe('E1 participants read the materials first', () => {
  test('E1 is confirmed for oneself by a button, and may be taken back; the first time stands', () => {
    const read = reads(announced(), 'p6');
    expect(read).toMatchObject({ result: { read: true } });
    expect(read.state.readings).toEqual({ p6: { at: wednesday, by: { person: 'p6', via: 'link' } } });
    const again = reads(advance(read, wednesday + 60_000), 'p6');
    expect(again.state).toBe(read.state);
    const back = reads(read, 'p6', false);
    expect(back).toMatchObject({ result: { read: false }, state: { readings: {} } });
    expect(reads(back, 'p6', false).state).toBe(back.state);
  });

  test('E1 nobody else confirms it but an organiser, for whom is invited', () => {
    expect(codes(() => reads(announced(), 'p6', true, person('p7')))).toEqual(['auth.notAllowed']);
    expect(reads(announced(), 'p6', true, person('p3')).state.readings).toMatchObject({ p6: { by: { person: 'p3' } } });
    expect(codes(() => reads(announced(), 'p99', true, admin))).toEqual(['N2.notInvited']);
    const draft = simulate(create({ agenda }), wednesday);
    expect(codes(() => reads(draft, 'p6', true, admin))).toEqual(['phase.notNow']);
  });

  test('E1 at 14:00 on the last working day before, who is coming or silent and has not read is reminded', () => {
    let sim: Simulation = reads(announced(), 'p6');
    sim = send(sim, 'rsvp', { person: 'p7', reply: 'declined' }, person('p7'));
    sim = send(sim, 'rsvp', { person: 'p3', reply: 'tentative' }, person('p3'));
    expect(of('preRead', advance(sim, monday))).toEqual(['2026-01-30 14:00 preRead → p1 p2 p3 p4']);
    expect(of('preRead', advance(reads(sim, 'p6', false), monday))).toEqual([
      '2026-01-30 14:00 preRead → p1 p2 p6 p3 p4',
    ]);
  });

  test('E1 without materials there is nothing to read', () => {
    expect(of('preRead', advance(announced({ agenda: [topic('交期')] }), monday))).toEqual([]);
  });

  test('E1 a new time reminds before that one only; who has read has read', () => {
    const moved = send(
      reads(announced(), 'p6'),
      'reschedule',
      { startsAt: at('2026-02-04', '09:30'), reason: 'x' },
      admin,
    );
    expect(of('preRead', advance(moved, at('2026-02-04', '09:00')))).toEqual([
      '2026-02-03 14:00 preRead → p1 p2 p7 p3 p4',
    ]);
  });

  test('E1 what is missing: announced, and neither linked nor uploaded, in the agenda’s order', () => {
    expect(missingMaterials(announced().state).map((m) => `${m.topic.title}: ${m.material.title}`)).toEqual([
      '交期: 進度表',
    ]);
  });
});

describe('E2 the host is prepared', () => {
  test('E2 the brief goes to the host alone, at 17:00 on the last working day before', () => {
    expect(of('hostBrief', advance(announced(), monday))).toEqual(['2026-01-30 17:00 hostBrief → p2']);
    const other = send(announced(), 'patch', { host: 'p6' }, admin);
    expect(of('hostBrief', advance(other, monday))).toEqual(['2026-01-30 17:00 hostBrief → p6']);
  });

  test('E2 each new time has its own; a cancelled meeting none, and a notice after that hour none', () => {
    const told = advance(announced(), friday('18:00'));
    const moved = send(told, 'reschedule', { startsAt: at('2026-02-04', '09:30'), reason: 'x' }, admin);
    expect(of('hostBrief', advance(moved, at('2026-02-04', '09:00')))).toEqual([
      '2026-01-30 17:00 hostBrief → p2',
      '2026-02-03 17:00 hostBrief → p2',
    ]);
    const cancelled = send(announced(), 'cancel', { reason: 'x' }, admin);
    expect(of('hostBrief', advance(cancelled, monday))).toEqual([]);
    const late = simulate(create({ publish: true, agenda }, { now: friday('17:01') }), friday('17:01'));
    expect(of('hostBrief', advance(late, monday))).toEqual([]);
  });

  test('E2 it names what is open: silence, alternates, materials, topics without an expected conclusion, hints', () => {
    let sim = announced();
    for (const p of ['p1', 'p3']) sim = send(sim, 'rsvp', { person: p, reply: 'accepted' }, person(p));
    sim = send(sim, 'rsvp', { person: 'p6', reply: 'declined' }, person('p6'));
    const points = openPoints(sim.state);
    expect(points).toMatchObject({
      silent: ['p7', 'p4'],
      alternates: [{ id: `${meetingId}-q1`, person: 'p6' }],
      materials: [{ material: { title: '進度表' } }],
      withoutConclusion: [{ title: '交期' }],
      // Not told twice.
      hints: [],
    });
    expect(countOpen(points)).toBe(5);
    const settled = send(
      sim,
      'alternate',
      { id: `${meetingId}-q1`, way: 'delegate', delegate: 'q1' },
      person('p6', 'link'),
    );
    // The delegate has the seat now, and has not answered.
    expect(openPoints(settled.state)).toMatchObject({ alternates: [], silent: ['q1', 'p7', 'p4'] });
  });
});
