/** P3, P8: who presents a topic or prepares a material without being invited. */
import { describe, expect, test } from 'vitest';
import { fault } from '../../../domain/errors.js';
import type { PatchInput } from '../../../domain/meeting/commands.js';
import { preparers } from '../../../domain/meeting/preparers.js';
import { viewFor } from '../../../domain/meeting/visibility.js';
import { applyCommand } from '../../../domain/meeting/step.js';
import { advance, send, simulate, story } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { admin, at, meetingId, person } from '../../support/meeting.js';
import { create, hintCodes, inBerlin, monday, published, topic, wednesday } from './support.js';

const outside = [
  topic('交期', 20, 1, { materials: [{ title: '進度表', owner: 'p80' }] }),
  topic('人力', 20, 2, { presenter: 'p81', materials: [{ title: '報價', owner: 'p6' }] }),
];
const minute = 60_000;
const announced = (overrides: Parameters<typeof create>[0] = {}): Simulation =>
  simulate(create({ publish: true, agenda: outside, ...overrides }), wednesday);
const patched = (sim: Simulation, input: PatchInput, minutes = 2): Simulation =>
  advance(send(sim, 'patch', input, admin), sim.now + minutes * minute);
/** What went to them, of what a meeting says before its start. */
const toThem = (sim: Simulation): string[] =>
  story(sim)
    .filter((line) => / p8[0-9]/.test(line))
    .map((line) => line.slice(11));

describe('P3 P8 who is not invited is asked', () => {
  test('P3 P8 a hint for the host; none for who is invited or holds an office', () => {
    const { state } = create({ agenda: outside });
    expect(state.warnings.filter((w) => w.code.endsWith('NotInvited'))).toEqual([
      fault('P8.ownerNotInvited', 'agenda[0].materials[0].owner', { title: '交期', material: '進度表' }),
      fault('P3.presenterNotInvited', 'agenda[1].presenter', { title: '人力' }),
    ]);
    const offices = [topic('交期', 20, 1, { presenter: 'p3', materials: [{ title: '進度表', owner: 'p4' }] })];
    expect(hintCodes(create({ agenda: offices }).state)).toEqual([]);
  });

  test('P3 P8 the hint goes when they are invited, and comes back when they are taken off', () => {
    const { state } = create({ agenda: outside });
    const patch = (input: PatchInput, before = state) =>
      applyCommand(before, 'patch', input, { now: wednesday, actor: admin }).state;
    const seat = { person: 'p80', department: 'd8', role: 'core' as const };
    const invited = patch({ participants: [...state.participants, seat] });
    expect(hintCodes(invited)).toEqual(['P3.presenterNotInvited']);
    expect(hintCodes(patch({ participants: state.participants }, invited))).toContain('P8.ownerNotInvited');
  });

  test('N1 P8 both are asked with the notice, and nobody else is; a draft asks nobody', () => {
    expect(toThem(announced())).toEqual(['10:00 prepare → p80 p81']);
    expect(story(simulate(create({ agenda: outside }), wednesday))).toEqual([]);
    const invitedOnly = [topic('交期', 20, 1, { presenter: 'p6', materials: [{ title: '進度表', owner: 'p7' }] })];
    expect(story(announced({ agenda: invitedOnly })).join()).not.toContain('prepare');
    expect(published({ agenda: invitedOnly })).not.toHaveProperty('preparing');
  });

  test('P8 what is there already is asked of nobody', () => {
    const there = [topic('交期', 20, 1, { materials: [{ title: '進度表', owner: 'p80', link: 'https://x.test/1' }] })];
    expect(toThem(advance(announced({ agenda: there }), monday))).toEqual([]);
  });

  test('N3 who has a delegate had the notice: no hint and no mail of this kind', () => {
    const own = [topic('交期', 20, 1, { presenter: 'p6', materials: [{ title: '進度表', owner: 'p6' }] })];
    const away = send(
      announced({ agenda: own }),
      'rsvp',
      { person: 'p6', reply: 'declined', delegate: 'p82' },
      person('p6'),
    );
    expect(preparers(away.state)).toEqual([]);
    expect(story(advance(away, monday)).join()).not.toContain('prepare');
  });

  test('E1 P8 with the reminder to read, whose material is missing is reminded; who has handed it in is not', () => {
    expect(toThem(advance(announced(), monday))).toEqual(['10:00 prepare → p80 p81', '14:00 prepareReminder → p80']);
    const material = { topicId: `${meetingId}-t1`, materialId: `${meetingId}-m1`, link: 'https://x.test/1' };
    const handedIn = send(announced(), 'material', material, person('p80', 'link'));
    expect(toThem(advance(handedIn, monday))).toEqual(['10:00 prepare → p80 p81']);
  });

  test('H1 who lives by another clock is reminded within their own hours', () => {
    const sim = announced();
    const { zone } = inBerlin;
    const clocks = { asked: [...(sim.state.clocks?.asked ?? [])], away: { p80: zone } };
    expect(clocks.asked).toEqual(expect.arrayContaining(['p80', 'p81']));
    const moved = send(
      { ...sim, state: { ...sim.state, clocks } },
      'reschedule',
      { startsAt: at('2026-02-03', '09:30'), reason: 'x' },
      admin,
    );
    const mine = story(advance(moved, at('2026-02-03', '09:00'))).filter((line) => line.includes('prepareReminder'));
    // 14:00 in Taipei is 07:00 in Berlin, before their day begins: at the end of their Friday.
    expect(mine).toEqual(['2026-01-31 01:00 prepareReminder → p80']);
  });
});

describe('N4 P8 changes', () => {
  test('N4 P8 another title, date, place or time is told; the rest of the agenda is not', () => {
    const sim = announced();
    const renamed = [
      topic('交期', 20, 1, { materials: [{ id: `${meetingId}-m1`, title: '新進度表', owner: 'p80' }] }),
      outside[1]!,
    ];
    expect(toThem(patched(sim, { agenda: renamed })).slice(1)).toEqual(['10:01 prepare → p80']);
    expect(toThem(patched(sim, { place: '5F' })).slice(1)).toEqual(['10:01 prepare → p81']);
    expect(toThem(patched(sim, { openDiscussionMinutes: 5 })).slice(1)).toEqual([]);
    const moved = advance(
      send(sim, 'reschedule', { startsAt: monday + 3_600_000, reason: 'x' }, admin),
      wednesday + 2 * minute,
    );
    expect(toThem(moved).slice(1)).toEqual(['10:01 prepare → p80 p81']);
    expect(moved.mails.at(-1)?.effect.params).toEqual({ changed: true });
  });

  test('N4 P8 who comes onto the agenda is asked then, also for a single material', () => {
    const added = [...outside, topic('品質', 5, 3, { presenter: 'p82' })];
    expect(toThem(patched(announced(), { agenda: added })).slice(1)).toEqual(['10:01 prepare → p82']);
    const one = send(
      announced(),
      'material',
      { topicId: `${meetingId}-t1`, title: '圖面', owner: 'p83' },
      person('p2'),
    );
    expect(toThem(advance(one, wednesday + 2 * minute)).slice(1)).toEqual(['10:01 prepare → p83']);
  });

  test('N4 P8 who is taken off the agenda is freed, once; who is invited instead gets the notice alone', () => {
    const less = patched(announced(), { agenda: [outside[0]!] });
    expect(toThem(less).slice(1)).toEqual(['10:01 prepareOff → p81']);
    expect(toThem(patched(less, { place: '5F' })).slice(2)).toEqual([]);
    const { participants } = less.state;
    const seat = { person: 'p80', department: 'd8', role: 'core' as const };
    const invited = patched(less, { participants: [...participants, seat] });
    expect(toThem(invited).slice(2)).toEqual(['10:03 notice → p80']);
    expect(invited.state).not.toHaveProperty('preparing');
    // Taken off the list again, the material is still theirs.
    expect(toThem(patched(invited, { participants })).slice(3)).toEqual([
      '10:05 cancellation → p80',
      '10:05 prepare → p80',
    ]);
  });

  test('N4 P8 taken back within the minute, nobody hears of it', () => {
    const sim = send(announced(), 'patch', { agenda: [outside[0]!] }, admin);
    expect(toThem(patched(sim, { agenda: outside })).slice(1)).toEqual([]);
  });

  test('N4 P8 a cancellation tells those who were asked, whoever was not is told nothing', () => {
    const called = advance(send(announced(), 'cancel', { reason: 'x' }, admin), wednesday + minute);
    expect(toThem(called).slice(1)).toEqual(['10:00 prepareOff → p80 p81']);
    const added = send(
      announced(),
      'patch',
      { agenda: [...outside, topic('品質', 5, 3, { presenter: 'p82' })] },
      admin,
    );
    const early = advance(send(added, 'cancel', { reason: 'x' }, admin), wednesday + 5 * minute);
    expect(toThem(early).slice(1)).toEqual(['10:00 prepareOff → p80 p81']);
    const draft = send(simulate(create({ agenda: outside }), wednesday), 'cancel', { reason: 'x' }, admin);
    expect(story(advance(draft, wednesday + minute))).toEqual([]);
  });

  test('E15 who presents something that is still open hears when the sitting goes on, or that it does not', () => {
    const begun = send(advance(announced(), monday), 'open', {}, person('p2'));
    const stopped = send(begun, 'adjourn', { until: at('2026-02-03', '09:30') }, person('p2'));
    expect(toThem(stopped).slice(2)).toEqual(['09:30 prepare → p81']);
    expect(toThem(send(stopped, 'close', {}, person('p2'))).slice(3)).toEqual(['09:30 prepareOff → p81']);
  });
});

test('H10 who prepares sees their own confidential topic, and nothing of another one', () => {
  const secret = outside.map((t) => ({ ...t, confidential: true }));
  const view = (p: string) => viewFor(published({ agenda: secret }), { person: p, roles: ['member'] }, wednesday, '—');
  expect(view('p80')?.agenda.map((t) => [t.title, t.materials.length])).toEqual([
    ['交期', 1],
    ['—', 0],
  ]);
  expect(view('p80')?.warnings.map((w) => w.params['title'])).not.toContain('人力');
  expect(view('p81')?.agenda.map((t) => t.title)).toEqual(['—', '人力']);
});
