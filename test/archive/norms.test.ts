import { expect, test } from 'vitest';
import { openTestArchive } from './support.js';
import { describeEachDatabase } from '../support/postgres.js';
import { defaultNorms } from '../../domain/norms.js';
import type { Archive } from '../../archive/open.js';

const change = (changes: Record<string, number | null>, effectiveAt: number) => ({
  effectiveFrom: '2026-02-01',
  effectiveAt,
  changes,
  reason: '較小的會議較有成效',
  person: 'p1',
  at: 5,
  proposals: ['2026-participantsCap'],
});

describeEachDatabase('norms', (database) => {
  test('Y1 changes are numbered once, kept with their nulls, and hold from their moment on; one to come is withdrawn', async () => {
    const archive: Archive = await openTestArchive(database());
    try {
      const { norms } = archive;
      expect(await norms.at(100)).toEqual(defaultNorms);
      const two = await norms.add(change({ participantsCap: 12 }, 10), 1);
      expect(two).toEqual({ version: 2, ...change({ participantsCap: 12 }, 10) });
      // Somebody who has not seen it.
      expect(await norms.add(change({ participantsCap: 11 }, 10), 1)).toBeNull();
      const many = await Promise.all([7, 8, 9].map((n) => norms.add(change({ planDueWd: n }, 20), 2)));
      expect(many.filter((made) => made !== null)).toHaveLength(1);
      await norms.add(change({ participantsCap: null }, 30), 3);
      expect((await norms.history()).map((c) => c.version)).toEqual([2, 3, 4]);
      expect((await norms.at(9)).participantsCap).toBe(15);
      expect(await norms.at(10)).toMatchObject({ participantsCap: 12, version: 2 });
      expect(await norms.at(30)).toMatchObject({ participantsCap: 15, version: 4 });
      expect(await norms.withdraw(2, 'p1', 15)).toBe(false);
      expect(await norms.withdraw(4, 'p1', 15)).toBe(true);
      expect(await norms.withdraw(4, 'p1', 16)).toBe(false);
      expect((await norms.at(30)).participantsCap).toBe(12);
      expect((await norms.history())[2]).toMatchObject({ withdrawnAt: 15, withdrawnBy: 'p1' });
    } finally {
      await archive.close();
    }
  });
});
