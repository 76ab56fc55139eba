import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { insideHours, zoneData } from '../../../domain/calendar/index.js';
import { askAt, askedOf } from '../../../domain/knowledge/care.js';
import { taipei, taiwan } from '../../support/meeting.js';

const names = ['a', 'b', 'c', 'd'];
const some = fc.uniqueArray(fc.constantFrom(...names));
const owner = fc.record({ person: fc.constantFrom(...names) }, { requiredKeys: [] });

describe('R5 who is asked whether an entry still holds', () => {
  test('R5 only who can be asked; the owner before heads, heads before the archivist', () => {
    fc.assert(
      fc.property(
        owner,
        some,
        some,
        some,
        fc.option(fc.constantFrom(...names), { nil: undefined }),
        (own, able, away, heads, archivist) => {
          const asked = askedOf(own, {
            able: (p) => able.includes(p),
            onLeave: (p) => away.includes(p),
            heads,
            archivist,
          });
          const line = [own.person, ...heads, archivist].filter((p) => p !== undefined && able.includes(p));
          const waits = own.person !== undefined && able.includes(own.person) && away.includes(own.person);
          expect(asked).toBe(waits ? undefined : line[0]);
        },
      ),
    );
  });

  test('H1 H2 nobody in quiet hours, nobody later than their next digest', () => {
    const zones = [taipei, zoneData('Europe/Berlin', 0, 3e12), zoneData('America/Los_Angeles', 0, 3e12)];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 1_760_000_000, max: 1_790_000_000 }),
        (zone, seconds) => {
          const now = seconds * 1_000;
          const at = askAt(taiwan, zone, now, '08:40');
          expect(insideHours(taiwan, zone, at)).toBe(true);
          expect(at === now).toBe(insideHours(taiwan, zone, now));
          expect(at).toBeGreaterThanOrEqual(now);
        },
      ),
    );
  });
});
