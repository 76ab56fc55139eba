/** The introduction of the standard: PMO = the person or department that the norm names; unset: nobody. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maySee } from '../../domain/meeting/visibility.js';
import { relations } from '../../domain/meeting/authorize.js';
import { defaultNorms } from '../../domain/norms.js';
import { isPmo } from '../../domain/pmo.js';
import { audienceOf } from '../../domain/review/audience.js';
import { aMeeting, at } from '../support/meeting.js';

const id = fc.constantFrom('p1', 'p2', 'p3');
const department = fc.constantFrom('d1', 'd2', 'd3');
const pmoNorm = fc.oneof(
  fc.constant(undefined),
  id.map((person) => ({ person })),
  department.map((d) => ({ department: d })),
);
const somebody = fc.record({
  person: fc.option(id, { nil: undefined }),
  leads: fc.uniqueArray(department),
  roles: fc.constantFrom('member', 'service', 'admin').map((role): string[] => [role]),
});

test('Y1 the PMO is who is named, or who leads the department that is named; another system never is, nobody is when it is unset', () => {
  fc.assert(
    fc.property(somebody, pmoNorm, (who, pmo) => {
      const named =
        pmo === undefined ? false : 'person' in pmo ? pmo.person === who.person : who.leads.includes(pmo.department);
      const person = who.person !== undefined && !who.roles.includes('service');
      expect(isPmo(who, pmo)).toBe(person && named);
    }),
  );
});

test('Y1 meetings and reviews ask the same', () => {
  const state = aMeeting();
  const now = at('2026-02-01', '09:00');
  const actor = { person: 'p99', roles: ['member' as const], scopes: [], via: 'api' as const };
  for (const [pmo, leads] of [
    [{ person: 'p99' }, []],
    [{ department: 'd9' }, ['d9']],
  ] as const) {
    const named = { ...state, norms: { ...defaultNorms, pmo } };
    const head = { ...actor, leads: [...leads] };
    expect(maySee(named, head, now)).toBe(true);
    expect(relations(named, head, {})).toContain('pmo');
    expect(audienceOf('p99', [], pmo, [...leads]).departments).toBe('all');
    const other = { ...head, person: 'p98', leads: ['d8'] };
    expect(maySee(named, other, now)).toBe(false);
    expect(relations(named, other, {})).not.toContain('pmo');
    expect(audienceOf('p98', [], pmo, ['d8']).departments).toEqual([]);
  }
});
