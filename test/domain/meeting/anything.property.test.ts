/**
 * What a meeting may never come to, and where it is looked for, in random lives of meetings and of chains of them:
 * - a vote counted twice, a ballot of somebody absent (invariants.ts: E8)
 * - an action without owner or date (E14)
 * - two escalations of one third miss (F3), one to the owner or below (world.ts: F3, against the directory)
 * - a carried topic lost or doubled (world.ts: S1)
 * - a reminder after a cancellation (invariants.ts, world.ts: N4, H2) or in the quiet hours (life.ts: H1)
 * - a fourth automatic mail (life.ts: H2)
 * - minutes without the conclusion of a decided topic (invariants.ts: E9; world.ts: M1)
 */
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { toLocal } from '../../../domain/calendar/index.js';
import type { Phase } from '../../../domain/meeting/state.js';
import { defaultNorms } from '../../../domain/norms.js';
import { checkFacts, phasesAfter } from './invariants.js';
import { moves } from './moves.js';
import { preludes } from './preludes.js';
import { create, inBerlin, inTaipei, people, topic, wednesday } from './support.js';
import { directoryOf, World } from './world.js';

const hour = 3_600_000;
const beginnings = fc.record({
  kind: fc.constantFrom('regular' as const, 'emergency' as const),
  where: fc.constantFrom('draft', 'notice', 'execution', 'execution', 'followUp'),
  size: fc.integer({ min: 2, max: 15 }),
  berlin: fc.boolean(),
  hoursAhead: fc.integer({ min: 24, max: 400 }),
  house: fc.record({
    tree: fc.nat(2),
    heads: fc.array(fc.option(fc.nat(30)), { minLength: 12, maxLength: 12 }),
    acting: fc.nat(20),
    leave: fc.nat(60),
  }),
});
type Beginning = typeof beginnings extends fc.Arbitrary<infer T> ? T : never;

function beginOf({ kind, where, size, berlin, hoursAhead, house }: Beginning): World {
  const place = berlin ? inBerlin : inTaipei;
  const now = berlin ? inBerlin.at('2026-03-18', '10:00') : wednesday;
  const norms = size % 2 ? { ...defaultNorms, pmo: { person: 'p9' } } : defaultNorms;
  const request = {
    kind,
    emergencyReason: 'x',
    publish: where !== 'draft',
    participants: people(size),
    agenda: [topic('A', 15, 2), topic('B', 15, 1), topic('C', 10, 3)],
    startsAt: now + hoursAhead * hour,
    ...(size % 4 === 0 ? {} : { seriesId: 's1' }),
    ...(size % 3 === 0 ? { sponsor: 'p5' } : {}),
  };
  const directory = directoryOf(house, toLocal(place.zone, now).date);
  return new World(create(request, { ...place, norms, now }), now, directory, (n, id, then) =>
    create(
      {
        ...request,
        id,
        kind: 'regular',
        agenda: n % 3 ? [topic('N', 10, 1)] : [],
        startsAt: then + (24 + n * 2) * hour,
        publish: n % 2 === 0,
      },
      { ...place, norms, now: then },
    ),
  );
}

// Ten thousand lives take a minute or two; `PROPERTY_RUNS` makes it shorter or longer.
test('whatever happens to meetings of a series, their rules refuse or hold', () => {
  const done = new Set<string>();
  const phases = new Set<Phase>();
  const cameUp = new Set<string>();
  let changes = 0;
  let thirds = 0;
  fc.assert(
    fc.property(beginnings, moves, (beginning, all) => {
      const world = beginOf(beginning);
      const { where, size } = beginning;
      for (const next of [...(preludes[where] ?? []), ...all]) world.play(next);
      if (where === 'followUp' && size % 3 === 0) world.runOn(60);
      world.settle();
      world.done.forEach((name) => done.add(name));
      world.phases.forEach((phase) => phases.add(phase));
      world.cameUp.forEach((what) => cameUp.add(what));
      for (const { state } of world.lives) {
        checkFacts(state);
        changes += state.revision;
        thirds += state.tasks.filter((t) => t.kind === 'escalation' && t.cause === undefined).length;
      }
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000) },
  );
  // Runs that refuse everything would prove nothing.
  expect(changes).toBeGreaterThan(4_000);
  expect(thirds).toBeGreaterThan(0);
  expect([...phases].sort()).toEqual(Object.keys(phasesAfter).sort());
  expect([...cameUp]).toEqual(expect.arrayContaining(['carried', 'digest', 'somebody decides', 'nobody decides']));
  expect(done.size).toBeGreaterThanOrEqual(30);
}, 900_000);
