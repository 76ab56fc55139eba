/** Y1: what a year's meetings propose, and what it would have meant for them. */
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { Refusal } from '../../domain/errors.js';
import { createMeeting } from '../../domain/meeting/create.js';
import { defaultNorms } from '../../domain/norms.js';
import { orderFaults } from '../../domain/norms-check.js';
import { withChanges } from '../../domain/norms-history.js';
import { proposeNorms, refusedUnder, simulate } from '../../domain/norms-proposals.js';
import type { YearFacts } from '../../domain/norms-proposals.js';
import { at, taipei, taiwan } from '../support/meeting.js';

const fact = (n: number, more: Partial<YearFacts> = {}): YearFacts => ({
  meetingId: `m${n}`,
  emergency: false,
  held: true,
  plannedMinutes: 60,
  overMinutes: 0,
  seats: 8,
  noticeMinutes: 60 * 48,
  invited: 7,
  replied: 7,
  effectiveness: 4,
  actions: 2,
  actionsInTime: 2,
  ...more,
});
const many = (n: number, more: Partial<YearFacts> = {}): YearFacts[] =>
  Array.from({ length: n }, (_, i) => fact(i, more));
const found = (list: YearFacts[]) => proposeNorms(2025, list, defaultNorms);

describe('Y1 proposals from the year', () => {
  test('Y1 a smaller cap where large meetings score lower, with the figures and the simulated effect', () => {
    const [proposal, ...more] = found([...many(30), ...many(12, { seats: 14, effectiveness: 2.9 })]);
    expect(more).toEqual([]);
    expect(proposal).toEqual({
      id: '2025-participantsCap',
      year: 2025,
      kind: 'participantsCap',
      changes: { participantsCap: 12 },
      from: 15,
      to: 12,
      params: { above: 12, aboveMean: 2.9, below: 30, belowMean: 4 },
      effect: { meetings: 42, refused: 12, refusedBefore: 0, hinted: 0, hintedBefore: 12 },
    });
    expect(found([...many(30), ...many(9, { seats: 14, effectiveness: 2 })])).toEqual([]);
    expect(found([...many(30), ...many(12, { seats: 14, effectiveness: 2.9, emergency: true })])).toEqual([]);
  });

  test('Y1 shorter where long ones run over; earlier notice where it brings replies; longer plans where little is done in time', () => {
    const kinds = (list: YearFacts[]): [string, number][] => found(list).map((p) => [p.kind, p.to]);
    expect(kinds([...many(20, { plannedMinutes: 45 }), ...many(20, { overMinutes: 15 })])).toEqual([
      ['durationMaxMinutes', 45],
    ]);
    expect(kinds([...many(20), ...many(20, { noticeMinutes: 60 * 25, replied: 4 })])).toEqual([['noticeHours', 48]]);
    expect(kinds(many(20, { actionsInTime: 0 }))).toEqual([['planDueWd', 8]]);
    expect(found([])).toEqual([]);
  });

  const aFact: fc.Arbitrary<YearFacts> = fc
    .record({
      plannedMinutes: fc.integer({ min: 5, max: 300 }),
      seats: fc.integer({ min: 2, max: 25 }),
      noticeMinutes: fc.integer({ min: 16, max: 60 * 120 }),
      overMinutes: fc.integer({ min: -30, max: 30 }),
      replied: fc.nat(7),
      effectiveness: fc.double({ min: 1, max: 5, noNaN: true }),
      actionsInTime: fc.nat(2),
    })
    .map((more) => fact(1, more));

  test('Y1 what is proposed always goes together, and the simulation counts what the meetings’ own checks refuse', () => {
    fc.assert(
      fc.property(fc.array(aFact, { minLength: 40, maxLength: 80 }), (list) => {
        for (const { changes, effect } of found(list)) {
          const next = withChanges(defaultNorms, changes, 2);
          expect(orderFaults(next)).toEqual([]);
          expect(effect).toEqual(simulate(list, defaultNorms, next));
          expect(effect.refused).toBe(list.filter((m) => refused(m, next)).length);
        }
      }),
      { numRuns: 30 },
    );
    fc.assert(
      fc.property(aFact, (m) => {
        expect(refusedUnder(m, defaultNorms)).toBe(refused(m, defaultNorms));
      }),
    );
  });
});

/** The whole meeting, created and published at once, as far as facts tell it. */
function refused(m: YearFacts, norms: typeof defaultNorms): boolean {
  const startsAt = at('2026-03-10', '09:30');
  const participants = Array.from({ length: m.seats }, (_, i) => ({
    person: `p${i}`,
    department: `d${i}`,
    role: 'core' as const,
  }));
  const input = {
    id: 'aaaabbbbccccdddd',
    kind: 'regular' as const,
    title: 'x',
    goal: 'x',
    issueKind: 'progress' as const,
    startsAt,
    durationMinutes: m.plannedMinutes,
    place: 'x',
    initiator: { department: 'd0', person: 'p0' },
    host: 'p0',
    participants,
    supportDepartments: [],
    agenda: [{ title: 'x', minutes: 0, priority: 1 }],
    openDiscussionMinutes: 0,
    breakMinutes: 0,
    locale: 'en' as const,
    publish: true,
  };
  const now = startsAt - (m.noticeMinutes ?? 0) * 60_000;
  try {
    createMeeting(input, { now, norms, calendar: taiwan, zone: taipei, by: { via: 'api' } });
    return false;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return true;
  }
}
