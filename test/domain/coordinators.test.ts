import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { habitsOf, ladderOf, nextCoordinators, stages, type Candidate } from '../../domain/coordinators.js';

const count = fc.nat({ max: 8 });
const experience = fc.record({ observed: count, coHosted: count, hosted: count });
const candidates = fc
  .array(fc.tuple(experience, count, fc.option(fc.nat({ max: 50 }), { nil: undefined }), fc.boolean()), {
    maxLength: 8,
  })
  .map((list) =>
    list.map(([e, load, lastAt, away], i): Candidate => ({
      ...e,
      person: `p${i}`,
      load,
      away,
      ...(lastAt === undefined ? {} : { lastAt }),
    })),
  );

describe('R4 the ladder', () => {
  test('observer → co-host → host', () => {
    const at = (observed: number, coHosted = 0, hosted = 0) => ladderOf({ observed, coHosted, hosted });
    expect(at(0)).toMatchObject({ stage: 'newcomer', next: { step: 'observe', left: 2 } });
    expect(at(1)).toMatchObject({ stage: 'observer', next: { step: 'observe', left: 1 } });
    expect(at(2)).toMatchObject({ stage: 'coHost', next: { step: 'coHost', left: 3 } });
    expect(at(0, 1)).toMatchObject({ stage: 'coHost', next: { step: 'coHost', left: 2 } });
    expect(at(2, 3).stage).toBe('host');
    expect(at(0, 0, 1)).toEqual({ observed: 0, coHosted: 0, hosted: 1, stage: 'host' });
  });

  test('more experience never leads down, and what is left leads exactly one up', () => {
    fc.assert(
      fc.property(experience, fc.constantFrom('observed', 'coHosted', 'hosted' as const), (e, key) => {
        const rank = (x: typeof e): number => stages.indexOf(ladderOf(x).stage);
        expect(rank({ ...e, [key]: e[key as 'observed'] + 1 })).toBeGreaterThanOrEqual(rank(e));
        const { next } = ladderOf(e);
        if (next === undefined) return;
        const name = next.step === 'observe' ? 'observed' : 'coHosted';
        expect(rank({ ...e, [name]: e[name] + next.left })).toBeGreaterThan(rank(e));
        if (next.left > 1) expect(ladderOf({ ...e, [name]: e[name] + next.left - 1 }).next?.step).toBe(next.step);
      }),
    );
  });
});

describe('R4 the next suitable coordinator', () => {
  test('nobody who is away; ready ones before others; whatever order they are asked in', () => {
    fc.assert(
      fc.property(candidates, (list) => {
        const found = nextCoordinators(list);
        expect(found.map((f) => f.person).sort()).toEqual(
          list
            .filter((c) => !c.away)
            .map((c) => c.person)
            .sort(),
        );
        expect(nextCoordinators([...list].reverse())).toEqual(found);
        const ready = found.map((f) => f.ladder.stage === 'coHost' || f.ladder.stage === 'host');
        expect(ready).toEqual([...ready].sort((a, b) => Number(b) - Number(a)));
        for (const { ladder, reasons } of found) {
          expect(reasons[0]).toEqual({ code: 'stage', stage: ladder.stage });
          expect(reasons.some((r) => r.code === 'observeFirst')).toBe(ladder.next?.step === 'observe');
        }
      }),
    );
  });

  test('fair: asked again and again it goes round', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 30 }), (people, rounds) => {
        const list = Array.from({ length: people }, (_, i): Candidate => ({
          person: `p${i}`,
          observed: 2,
          coHosted: 3,
          hosted: 0,
          load: 0,
          away: false,
        }));
        const times = list.map(() => 0);
        for (let round = 1; round <= rounds; round++) {
          const i = Number(nextCoordinators(list)[0]!.person.slice(1));
          times[i]! += 1;
          list[i] = { ...list[i]!, coHosted: list[i]!.coHosted + 1, lastAt: round };
        }
        expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('less to do comes first, then longest ago', () => {
    const one = (person: string, load: number, lastAt: number): Candidate => ({
      person,
      observed: 3,
      coHosted: 1,
      hosted: 0,
      load,
      lastAt,
      away: false,
    });
    const found = nextCoordinators([one('a', 1, 1), one('b', 0, 9), one('c', 0, 5)]);
    expect(found.map((f) => f.person)).toEqual(['c', 'b', 'a']);
    expect(found[0]!.reasons).toEqual([
      { code: 'stage', stage: 'coHost' },
      { code: 'load', open: 0 },
      { code: 'last', at: 5 },
    ]);
  });
});

describe('R4 a host’s habits', () => {
  const meeting = (meetingId: string, overMinutes: number | undefined, more = {}) => ({
    meetingId,
    startsAt: 0,
    plannedMinutes: 60,
    ...(overMinutes === undefined ? {} : { overMinutes }),
    overTime: (overMinutes ?? 0) > 0,
    speakingRated: true,
    balanced: true,
    minutesDue: true,
    minutesOnTime: true,
    ...more,
  });
  test('over time, ended early, unbalanced, late minutes, each with its meetings', () => {
    const habits = habitsOf([
      meeting('a', 10),
      meeting('b', -15),
      meeting('c', 20, { balanced: false }),
      meeting('d', -14, { minutesOnTime: false }),
      meeting('e', undefined, { speakingRated: false, minutesDue: false }),
    ]);
    expect(habits).toEqual({
      meetings: 5,
      overTime: { part: 2, whole: 4, meetings: ['a', 'c'] },
      minutesOver: 15,
      endedEarly: { part: 1, whole: 4, meetings: ['b'] },
      unbalanced: { part: 1, whole: 4, meetings: ['c'] },
      minutesLate: { part: 1, whole: 4, meetings: ['d'] },
    });
    expect(habitsOf([])).not.toHaveProperty('minutesOver');
  });
});
