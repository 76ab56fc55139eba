import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Actor, CommandInput } from '../../../domain/meeting/commands.js';
import type { Change } from '../../../domain/meeting/effects.js';
import { isMissing } from '../../../domain/meeting/prepared.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { applyCommand } from '../../../domain/meeting/step.js';
import { Refusal } from '../../../domain/errors.js';
import { aMeeting, at, meetingId } from '../../support/meeting.js';
import { mailsOf, published, told, topic, wednesday } from './support.js';

const as = (person: string): Actor => ({ person, roles: ['member'], scopes: [], via: 'link' });
const file = { hash: 'h1', size: 10, type: 'application/pdf', name: 'a.pdf' };
const withMaterial = (): MeetingState =>
  published({ agenda: [topic('交期', 20, 1, { presenter: 'p7', materials: [{ title: '報表', owner: 'p90' }] })] });
const t1 = `${meetingId}-t1`;
const m1 = `${meetingId}-m1`;
const send = (
  state: MeetingState,
  input: Partial<CommandInput<'material'>>,
  person = 'p90',
): Change<{ id: string; version: number }> =>
  applyCommand(state, 'material', { topicId: t1, ...input }, { now: wednesday, actor: as(person) });
const refused = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return `${error.type} ${error.faults[0]?.code}`;
  }
  return 'accepted';
};

describe('P8 materials', () => {
  test('P8 each file or link is a new version; the archive is told of it', () => {
    const first = send(withMaterial(), { materialId: m1, file });
    expect(first.result).toEqual({ id: m1, version: 1 });
    expect(first.effects).toEqual([
      expect.objectContaining({ type: 'keepFile', materialId: m1, version: 1, title: '報表', file }),
    ]);
    const second = send(first.state, { materialId: m1, link: 'https://example.com/2' });
    expect(second.result.version).toBe(2);
    expect(second.effects).toEqual([
      expect.objectContaining({ type: 'keepFile', materialId: m1, version: 2, link: 'https://example.com/2' }),
    ]);
    expect(second.state.agenda[0]!.materials[0]).toMatchObject({
      link: 'https://example.com/2',
      version: 2,
      handedInAt: wednesday,
    });
    expect(second.state.agenda[0]!.materials[0]).not.toHaveProperty('file');
    expect(isMissing(withMaterial().agenda[0]!.materials[0]!)).toBe(true);
  });

  test('P8 a new one gets an id, and is due 12:00 on the last working day before the start', () => {
    const { result, state } = send(withMaterial(), { title: '圖面', owner: 'p6', file }, 'p2');
    expect(result).toEqual({ id: `${meetingId}-m2`, version: 1 });
    expect(state.agenda[0]!.materials[1]).toMatchObject({ owner: 'p6', dueAt: at('2026-01-30', '12:00') });
  });

  test.each([
    ['p90', m1, 'accepted'],
    ['p7', m1, 'accepted'],
    ['p4', m1, 'accepted'],
    ['p2', m1, 'accepted'],
    ['p6', m1, 'Forbidden auth.notAllowed'],
    ['p90', undefined, 'Forbidden auth.notAllowed'],
    ['p2', `${meetingId}-m9`, 'NotFound P8.noSuchMaterial'],
  ])('P8 %s on %s: %s', (person, materialId, outcome) => {
    const input = materialId === undefined ? { title: 'x', owner: person, file } : { materialId, file };
    expect(refused(() => send(withMaterial(), input, person))).toBe(outcome);
  });

  test('P8 the close freezes versions, and nothing is handed in after it', () => {
    const { state } = send(withMaterial(), { materialId: m1, file });
    const running: MeetingState = { ...aMeeting({ phase: 'execution' }), agenda: state.agenda };
    const closed = applyCommand(running, 'close', {}, { now: at('2026-02-02', '10:20'), actor: as('p2') });
    expect(closed.effects.filter((e) => e.type === 'freezeFiles')).toHaveLength(1);
    expect(refused(() => send(closed.state, { materialId: m1, file }, 'p2'))).toBe('Conflict phase.notNow');
    const without = applyCommand(
      aMeeting({ phase: 'execution' }),
      'close',
      {},
      { now: at('2026-02-02', '10:20'), actor: as('p2') },
    );
    expect(without.effects.filter((e) => e.type === 'freezeFiles')).toEqual([]);
  });

  test('P8 what was handed in stays when the agenda is changed, and makes no mail of its own', () => {
    const { state } = send(withMaterial(), { materialId: m1, file });
    const agenda = [topic('交期', 15, 1, { topicId: t1, materials: [{ title: '報表', owner: 'p90' }] })];
    const patched = applyCommand(state, 'patch', { agenda }, { now: wednesday, actor: as('p2') });
    expect(patched.state.agenda[0]!.materials[0]).toMatchObject({ id: m1, version: 1, file });
  });

  test('P8 a link that was handed in stays, too; one that the agenda names is the next version', () => {
    const { state } = send(withMaterial(), { materialId: m1, link: 'https://example.com/1' });
    const material = { title: '報表', owner: 'p90' };
    const patched = (m: object) =>
      applyCommand(
        state,
        'patch',
        { agenda: [topic('交期', 15, 1, { topicId: t1, materials: [{ ...material, ...m }] })] },
        { now: wednesday, actor: as('p2') },
      ).state.agenda[0]!.materials[0];
    expect(patched({})).toMatchObject({ link: 'https://example.com/1', version: 1, handedInAt: wednesday });
    expect(patched({ link: 'https://example.com/2' })).toMatchObject({ link: 'https://example.com/2', version: 2 });
  });

  test('P8, N4 handing in tells nobody; something new to prepare is told like any change of the agenda', () => {
    const waits = (state: MeetingState): boolean => state.pendingChange !== undefined;
    expect(waits(send(withMaterial(), { materialId: m1, file }).state)).toBe(false);
    expect(waits(send(withMaterial(), { title: '圖面', owner: 'p2', file }, 'p2').state)).toBe(false);
    const asked = send(withMaterial(), { title: '圖面', owner: 'p6' }, 'p2').state;
    expect(waits(asked)).toBe(true);
    expect(asked.timers).toContainEqual(expect.objectContaining({ kind: 'changeMail' }));
    const moved = applyCommand(withMaterial(), 'patch', { place: '2F' }, { now: wednesday, actor: as('p2') }).state;
    const both = send(moved, { materialId: m1, file }).state;
    const changes = mailsOf(told({ state: both, effects: [], result: undefined }));
    expect(changes.length).toBeGreaterThan(0);
    expect(new Set(changes.map((e) => e.params['whatChanged']))).toEqual(new Set(['place']));
  });

  test('H6 an assistant with the scope hands in what their principal prepares, and it is written so', () => {
    const assists = [{ person: 'p90', scopes: ['materials' as const], from: wednesday - 1, until: wednesday + 1 }];
    const assistant: Actor = { ...as('p77'), assists };
    const call = (actor: Actor) => () =>
      applyCommand(withMaterial(), 'material', { topicId: t1, materialId: m1, file }, { now: wednesday, actor });
    expect(call(assistant)().effects).toEqual([
      expect.objectContaining({ type: 'keepFile', by: expect.objectContaining({ person: 'p77', onBehalfOf: 'p90' }) }),
    ]);
    expect(refused(call({ ...assistant, assists: [{ ...assists[0]!, scopes: ['reply'] }] }))).toBe(
      'Forbidden auth.notAllowed',
    );
    expect(refused(call({ ...assistant, assists: [{ ...assists[0]!, until: wednesday }] }))).toBe(
      'Forbidden auth.notAllowed',
    );
  });

  test('P8 a topic holds at most 20', () => {
    let state = withMaterial();
    for (let n = 0; n < 19; n++) state = send(state, { title: `${n}`, owner: 'p6' }, 'p2').state;
    expect(refused(() => send(state, { title: 'x', owner: 'p6' }, 'p2'))).toBe('Conflict P8.tooMany');
  });

  test('P8 whatever is handed in, versions rise by one and are never missing again', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('file', 'link', 'title'), { maxLength: 20 }), (kinds) => {
        let state = withMaterial();
        let version = 0;
        kinds.forEach((kind, n) => {
          const input =
            kind === 'file' ? { file } : kind === 'link' ? { link: `https://example.com/${n}` } : { title: `t${n}` };
          const { result, state: next } = send(state, { materialId: m1, ...input });
          version += kind === 'title' ? 0 : 1;
          expect(result.version).toBe(version);
          state = next;
          expect(isMissing(state.agenda[0]!.materials[0]!)).toBe(version === 0);
        });
      }),
    );
  });
});
