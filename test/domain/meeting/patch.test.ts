import { describe, expect, test } from 'vitest';
import { fault } from '../../../domain/errors.js';
import type { PatchInput } from '../../../domain/meeting/commands.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { applyCommand } from '../../../domain/meeting/step.js';
import { codes, refusal, waits } from '../../support/simulate.js';
import { admin, at, meetingId } from '../../support/meeting.js';
import { create, hintCodes, mailsOf, people, topic, wednesday } from './support.js';

const patch = (state: MeetingState, input: PatchInput, now = wednesday + 1) =>
  applyCommand(state, 'patch', input, { now, actor: admin });

const draft = create().state;
const seat = (id: string, department = 'd8') => ({ person: id, department, role: 'core' as const });

describe('N4 in preparation all but id', () => {
  test('N4 title, goal, time, people and place change without a mail', () => {
    const input = {
      title: '專案B',
      goal: '交期',
      startsAt: at('2026-02-04', '14:00'),
      durationMinutes: 45,
      host: 'p6',
    };
    const change = patch(draft, { ...input, agenda: [topic('甲')], participants: people(3) });
    expect(mailsOf(change)).toEqual([]);
    expect(change.state).toMatchObject({ ...input, plannedEndAt: at('2026-02-04', '14:45'), revision: 2 });
    expect(waits(change.state)).toEqual(['2026-01-30 10:00 draftReminder', '2026-02-04 14:00 lapse']);
  });

  test('N4 the rules of creation hold for what comes out', () => {
    expect(codes(() => patch(draft, { startsAt: wednesday }))).toEqual(['P2.startPast']);
    expect(codes(() => patch(draft, { durationMinutes: 61 }))).toEqual(['P2.complexNeeded']);
    expect(codes(() => patch(draft, { durationMinutes: 45 }))).toEqual(['P6.excess']);
    expect(codes(() => patch(draft, { participants: people(1) }))).toEqual(['P3.tooFew']);
    expect(codes(() => patch(draft, { participants: people(16) }))).toEqual(['P4.overCap']);
    expect(codes(() => patch(draft, { participants: [...people(2), ...people(1)] }))).toEqual(['P3.personTwice']);
    const named = [{ ...people(1)[0]!, topics: ['預算'] }, seat('p2')];
    expect(refusal(() => patch(draft, { participants: named })).faults).toEqual([
      fault('P3.unknownTopic', 'participants[0].topics[0]', { topic: '預算' }),
    ]);
  });

  test('N4 hints are those of what comes out', () => {
    const many = patch(draft, { participants: people(11), durationMinutes: 70, complex: true }).state;
    expect(hintCodes(many)).toEqual(['P2.unusualDuration', 'P4.many']);
    expect(hintCodes(patch(many, { participants: people(10), durationMinutes: 60 }).state)).toEqual([]);
  });

  test('N4 null takes away what a meeting can do without, and nothing else', () => {
    const full = create({ sharedGoal: '準時', deputyHost: 'p6', sponsor: 'p1', onlineLink: 'https://x.test' }).state;
    const none = { sharedGoal: null, deputyHost: null, coordinator: null, recorder: null, sponsor: null, place: null };
    const { state } = patch(full, none);
    expect(Object.keys(none).map((key) => state[key as keyof typeof none])).toEqual(Array(6).fill(undefined));
    const wrong = { host: null, title: null, participants: null, agenda: null } as unknown as PatchInput;
    expect(refusal(() => patch(full, wrong)).faults).toEqual(
      expect.arrayContaining([fault('input.required', 'host'), fault('input.required', 'agenda')]),
    );
  });

  test('N4 a field that is not there at all changes nothing', () => {
    const { state } = patch(draft, { host: undefined, title: undefined });
    expect(state).toEqual({ ...draft, revision: draft.revision + 1 });
  });

  test('P9 a default break follows the length, a chosen one stays', () => {
    const long = patch(draft, { durationMinutes: 90, complex: true }).state;
    expect(long.breakMinutes).toBe(15);
    expect(patch(long, { durationMinutes: 60 }).state.breakMinutes).toBe(0);
    const none = patch(long, { breakMinutes: 0 }).state;
    expect(patch(none, { durationMinutes: 120 }).state.breakMinutes).toBe(0);
  });
});

describe('S1 topics keep their identity', () => {
  const materials = [{ title: '進度表', owner: 'p6' }];
  const start = create({ agenda: [topic('交期', 20, 1, { materials, presenter: 'p6' }), topic('人力', 20, 2)] }).state;
  const ids = (state: MeetingState) => state.agenda.map((t) => t.topicId);

  test('S1 by id, else by title; new ones get an id that nobody had', () => {
    const agenda = [topic('預算', 5, 1), topic('人力', 20, 2), topic('新交期', 20, 3, { topicId: `${meetingId}-t1` })];
    expect(ids(patch(start, { agenda }).state)).toEqual([`${meetingId}-t3`, `${meetingId}-t2`, `${meetingId}-t1`]);
    const twice = [topic('人力', 5, 1), topic('人力', 5, 2)];
    expect(ids(patch(start, { agenda: twice }).state)).toEqual([`${meetingId}-t2`, `${meetingId}-t3`]);
  });

  test('S1 a topic that was taken off may come back by its id, one that never was is refused', () => {
    const less = patch(start, { agenda: [topic('人力', 20)] }).state;
    const back = patch(less, { agenda: [topic('交期', 20, 1, { topicId: `${meetingId}-t1` })] }).state;
    expect(ids(back)).toEqual([`${meetingId}-t1`]);
    const never = [topic('交期', 20, 1, { topicId: `${meetingId}-t9` })];
    expect(refusal(() => patch(start, { agenda: never })).faults).toEqual([
      fault('E4.noSuchTopic', 'agenda[0].topicId', { topicId: `${meetingId}-t9` }),
    ]);
  });

  test('P3 a topic that vanishes is nobody’s own any more; a new presenter has it, the old one has not', () => {
    const own = (state: MeetingState, id: string) => state.participants.find((p) => p.person === id)?.topics;
    expect(own(start, 'p6')).toEqual([`${meetingId}-t1`]);
    expect(own(patch(start, { agenda: [topic('人力', 20)] }).state, 'p6')).toEqual([]);
    const other = patch(start, { agenda: [topic('交期', 20, 1, { presenter: 'p7' })] }).state;
    expect([own(other, 'p6'), own(other, 'p7')]).toEqual([[], [`${meetingId}-t1`]]);
  });

  test('P8 a material that is named by its id keeps what was handed in, under another title and topic', () => {
    const [id] = start.agenda[0]!.materials.map((m) => m.id);
    const file = { name: 'a.xlsx', type: 'xlsx', size: 9, hash: 'f'.repeat(64) };
    const input = { topicId: `${meetingId}-t1`, materialId: id!, file };
    const held = applyCommand(start, 'material', input, { now: wednesday, actor: admin }).state;
    const renamed = [{ ...materials[0]!, id: id!, title: '新進度表' }, materials[0]!];
    const [first, second] = patch(held, { agenda: [topic('交期', 20, 1, { materials: renamed })] }).state.agenda[0]!
      .materials;
    expect(first).toMatchObject({ id, title: '新進度表', version: 1, file });
    // The old title is free: another one.
    expect(second).toMatchObject({ id: `${meetingId}-m2`, title: '進度表' });
    expect(second).not.toHaveProperty('version');
    const moved = patch(held, { agenda: [topic('人力', 20, 1, { materials: [renamed[0]!] })] }).state;
    expect(moved.agenda[0]?.materials).toEqual([expect.objectContaining({ id, version: 1, file })]);
  });

  test('P8 an id that is not on the agenda, or twice, is refused', () => {
    const named = (...ids: string[]) => [
      topic('交期', 20, 1, { materials: ids.map((id) => ({ ...materials[0]!, id })) }),
    ];
    const [m1, m9] = [`${meetingId}-m1`, `${meetingId}-m9`];
    expect(refusal(() => patch(start, { agenda: named(m9) })).faults).toEqual([
      fault('P8.noSuchMaterial', 'agenda[0].materials[0].id', { id: m9 }),
    ]);
    expect(refusal(() => patch(start, { agenda: named(m1, m1) })).faults).toEqual([
      fault('P8.noSuchMaterial', 'agenda[0].materials[1].id', { id: m1 }),
    ]);
    expect(codes(() => create({ agenda: named(m1) }))).toEqual(['P8.noSuchMaterial']);
  });

  test('P8 a material keeps its id as well, and its due date moves with the start', () => {
    const again = patch(start, { agenda: [topic('交期', 20, 1, { materials })] }).state;
    expect(again.agenda[0]?.materials).toEqual(start.agenda[0]?.materials);
    const later = patch(start, { startsAt: at('2026-02-05', '09:30') }).state;
    expect(later.agenda[0]?.materials[0]?.dueAt).toBe(at('2026-02-04', '12:00'));
  });
});
