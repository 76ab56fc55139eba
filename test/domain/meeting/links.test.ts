import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { createMeeting } from '../../../domain/meeting/create.js';
import type { Effect } from '../../../domain/meeting/effects.js';
import { patch } from '../../../domain/meeting/patch.js';
import { aRequest as request, context, topic, wednesday } from './support.js';

const linked = (link?: string, title = '報價') => ({
  ...topic('交期', 20, 1),
  materials: [{ title, owner: 'p6', ...(link === undefined ? {} : { link }) }],
});
const kept = (effects: Effect[]) => effects.flatMap((e) => (e.type === 'keepFile' ? [[e.version, e.link]] : []));
const [one, two] = ['https://files.example.com/1', 'https://files.example.com/2'];
const later = wednesday + 60_000;

describe('P8 every link is a version that the archive keeps', () => {
  test('P8 one that came with the agenda', () => {
    const { state, effects } = createMeeting(request({ agenda: [linked(one)] }), context());
    expect(kept(effects)).toEqual([[1, one]]);
    expect(state.agenda[0]?.materials[0]).toMatchObject({ version: 1, handedInAt: wednesday, link: one });
  });

  test('P8 one that a changed agenda brings or replaces; the same one again is no version', () => {
    const { state } = createMeeting(request({ agenda: [linked()] }), context());
    const first = patch(state, { agenda: [linked(one)] }, later, { via: 'api' });
    expect(kept(first.effects)).toEqual([[1, one]]);
    expect(kept(patch(first.state, { agenda: [linked(one)] }, later, { via: 'api' }).effects)).toEqual([]);
    const second = patch(first.state, { agenda: [linked(two)] }, later + 1, { via: 'api' });
    expect(kept(second.effects)).toEqual([[2, two]]);
    expect(second.state.agenda[0]?.materials[0]).toMatchObject({ version: 2, handedInAt: later + 1, link: two });
  });

  test('P8 however often it is changed, versions rise by one per other link', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 }), (picks) => {
        let { state } = createMeeting(request({ agenda: [linked()] }), context());
        const seen: unknown[] = [];
        picks.forEach((n, i) => {
          const change = patch(state, { agenda: [linked(`https://files.example.com/${n}`)] }, later + i, {
            via: 'api',
          });
          seen.push(...kept(change.effects).map(([version]) => version));
          state = change.state;
        });
        const changes = picks.filter((n, i) => n !== picks[i - 1]).length;
        expect(seen).toEqual(Array.from({ length: changes }, (_, i) => i + 1));
      }),
    );
  });
});
