/** Y1: changes of the norms as pure functions. */
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { defaultNorms } from '../../domain/norms.js';
import type { Norms } from '../../domain/norms.js';
import { orderFaults, valueFaults } from '../../domain/norms-check.js';
import type { NormChanges } from '../../domain/norms-check.js';
import { changeFaults, changesAnything, difference, normsAt, withdrawalFaults } from '../../domain/norms-history.js';
import { normNames, normTable } from '../../domain/norms-table.js';
import type { NormName } from '../../domain/norms-table.js';

const layer = (version: number, effectiveAt: number, changes: NormChanges, withdrawnAt?: number) => ({
  version,
  effectiveAt,
  changes,
  ...(withdrawnAt === undefined ? {} : { withdrawnAt }),
});
const codes = (faults: { code: string; path: string }[]): string[] => faults.map((f) => `${f.path} ${f.code}`);

/** Of one norm, a value that may stand there by itself. */
const aValue = (name: NormName): fc.Arbitrary<number | string | null> => {
  const { unit, min, max } = normTable[name];
  const value =
    unit === 'time'
      ? fc
          .integer({ min: Number(min.slice(0, 2)) * 60 + Number(min.slice(3)), max: Number(max.slice(0, 2)) * 60 })
          .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)
      : unit === 'score'
        ? fc.integer({ min: min * 10, max: max * 10 }).map((n) => n / 10)
        : fc.integer({ min, max });
  return fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) });
};
const someChanges: fc.Arbitrary<NormChanges> = fc
  .uniqueArray(fc.constantFrom(...normNames), { minLength: 1, maxLength: 4 })
  .chain((names) => fc.record(Object.fromEntries(names.map((n) => [n, aValue(n)]))) as fc.Arbitrary<NormChanges>);

describe('Y1 the table of norms', () => {
  test('Y1 has every norm, and the standard’s own values are within its bounds and go together', () => {
    const names = Object.keys(defaultNorms).filter((n) => n !== 'version' && n !== 'pmo');
    expect([...normNames].sort()).toEqual(names.sort());
    const all = Object.fromEntries(normNames.map((n) => [n, defaultNorms[n]]));
    expect(valueFaults(all)).toEqual([]);
    expect(orderFaults(defaultNorms)).toEqual([]);
  });
});

describe('Y1 checking a change', () => {
  test('Y1 every fault is named at once', () => {
    const wrong = {
      participantCap: 12,
      participantsCap: 2.5,
      noticeHours: 0,
      replyReminderAt: '25:00',
      alternateAt: '23:30',
      planBelow: 3.25,
      speakingMinutes: 'three',
      planDueWd: Number.NaN,
      toString: 1,
    };
    expect(codes(valueFaults(wrong))).toEqual([
      'changes.participantCap Y1.unknown',
      'changes.participantsCap Y1.bounds',
      'changes.noticeHours Y1.bounds',
      'changes.replyReminderAt Y1.time',
      'changes.alternateAt Y1.bounds',
      'changes.planBelow Y1.whole',
      'changes.speakingMinutes Y1.number',
      'changes.planDueWd Y1.number',
      'changes.toString Y1.unknown',
    ]);
    expect(codes(valueFaults({ participantsCap: 12.5 }))).toEqual(['changes.participantsCap Y1.whole']);
  });

  test('Y1 norms that do not go together are refused where they were changed', () => {
    const faults = (changes: NormChanges): string[] => codes(changeFaults([], layer(2, 10, changes)));
    expect(faults({ participantsCap: 12 })).toEqual([]);
    expect(faults({ participantsCap: 9 })).toEqual(['changes.participantsCap Y1.order']);
    expect(faults({ participantsCap: 9, participantsHintFrom: 8 })).toEqual([]);
    expect(faults({ durationMinMinutes: 90 })).toEqual(['changes.durationMinMinutes Y1.order']);
    expect(faults({ alternateAt: '14:00' })).toEqual(['changes.alternateAt Y1.order']);
    expect(faults({ noticeHours: 1, emergencyLeadMinutes: 61 })).toEqual(['changes.emergencyLeadMinutes Y1.order']);
  });

  test('Y1 a change is held against those that come later, and so is a withdrawal', () => {
    const later = layer(2, 20, { participantsHintFrom: 14 });
    expect(codes(changeFaults([later], layer(3, 10, { participantsCap: 12 })))).toEqual([
      'changes.participantsCap Y1.order',
    ]);
    const longer = layer(2, 10, { durationMaxMinutes: 120 });
    const atLeast = layer(3, 20, { durationMinMinutes: 90 });
    expect(codes(withdrawalFaults([longer, atLeast], 2))).toEqual(['changes.durationMaxMinutes Y1.order']);
    expect(withdrawalFaults([longer, atLeast], 3)).toEqual([]);
  });
});

describe('Y1 what is in force when', () => {
  test('Y1 each change holds from its moment on, whatever the order in which they were made', () => {
    const history = [
      layer(2, 20, { participantsCap: 12 }),
      layer(3, 10, { noticeHours: 48 }),
      layer(4, 30, { participantsCap: 10 }, 15),
      layer(5, 40, { participantsCap: null, pmo: { person: 'p1' } }),
    ];
    const at = (t: number) => {
      const { version, participantsCap, noticeHours, pmo } = normsAt(history, t);
      return [version, participantsCap, noticeHours, pmo?.person];
    };
    expect(at(9)).toEqual([1, 15, 24, undefined]);
    expect(at(10)).toEqual([3, 15, 48, undefined]);
    expect(at(20)).toEqual([2, 12, 48, undefined]);
    expect(at(30)).toEqual([2, 12, 48, undefined]);
    expect(at(40)).toEqual([5, 15, 48, 'p1']);
    expect(difference(history, history[3]!)).toEqual([
      { name: 'participantsCap', before: 12, after: 15 },
      { name: 'pmo', before: null, after: { person: 'p1' } },
    ]);
    expect(changesAnything(history, layer(6, 25, { participantsCap: 12 }))).toBe(false);
  });

  test('Y1 changes that pass the checks never leave norms that do not go together, at any time', () => {
    const made = fc.array(fc.tuple(someChanges, fc.integer({ min: 1, max: 50 })), { maxLength: 8 });
    fc.assert(
      fc.property(made, (wanted) => {
        const history: ReturnType<typeof layer>[] = [];
        for (const [changes, effectiveAt] of wanted) {
          const next = layer(history.length + 2, effectiveAt, changes);
          if (changeFaults(history, next).length === 0) history.push(next);
        }
        for (let t = 0; t <= 51; t++) {
          const norms: Norms = normsAt(history, t);
          expect(orderFaults(norms)).toEqual([]);
          expect(valueFaults(Object.fromEntries(normNames.map((n) => [n, norms[n]])))).toEqual([]);
        }
      }),
    );
  });
});
