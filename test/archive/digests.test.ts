import { describe, expect, test } from 'vitest';
import type { Digest, DigestItem } from '../../archive/ports.js';
import { aMeetingId, aPerson, describeEachArchive } from './support.js';

const slot = 1_770_597_600_000;
const item = (meetingId: string, more: Partial<DigestItem> = {}): DigestItem => ({
  meetingId,
  mail: 'actionReminder',
  occasion: 'o1',
  ref: `${meetingId}-a1`,
  params: { dueAt: 5, late: false, reason: 'x' },
  ...more,
});
const items = (claimed: Digest | 'elsewhere' | null): string[] =>
  claimed === null || claimed === 'elsewhere' ? [] : claimed.items.map((i) => `${i.meetingId} ${i.mail} ${i.occasion}`);

describeEachArchive('H2 what waits for the digest', (archive) => {
  describe('H2 one claim takes all of a person and day', () => {
    test('H2 two meetings, one digest, and the second finds nothing; another day waits', async () => {
      const { digests } = archive();
      const [a, b, p, q] = [aMeetingId(), aMeetingId(), aPerson(), aPerson()];
      await digests.put(item(a), [p, q], slot, 1);
      await digests.put(item(b, { mail: 'missed' }), [p], slot, 2);
      await digests.put(item(b, { occasion: 'later' }), [p], slot + 1, 3);
      expect(await digests.people(a, slot)).toEqual([p, q].sort());
      const claimed = await digests.claim(p, slot, a, 10, false);
      expect(items(claimed)).toEqual([`${a} actionReminder o1`, `${b} missed o1`]);
      expect((claimed as Digest).items[0]).toEqual(item(a));
      expect(await digests.claim(p, slot, b, 11, false)).toBe('elsewhere');
      await digests.markSent((claimed as Digest).id, 12, 'm1');
      expect(await digests.claim(p, slot, b, 13, false)).toBeNull();
      expect(await digests.people(b, slot)).toEqual([]);
      expect(items(await digests.claim(q, slot, a, 14, false))).toEqual([`${a} actionReminder o1`]);
      expect(items(await digests.claim(p, slot + 1, b, 15, false))).toEqual([`${b} actionReminder later`]);
    });

    test('H2 a claim that never reached "sent" is claimed again by its meeting: the same, with the same id', async () => {
      const { digests } = archive();
      const [a, p] = [aMeetingId(), aPerson()];
      await digests.put(item(a), [p], slot, 1);
      const first = (await digests.claim(p, slot, a, 2, false)) as Digest;
      await digests.put(item(a, { occasion: 'meanwhile' }), [p], slot, 3);
      expect(await digests.people(a, slot)).toEqual([p]);
      const again = (await digests.claim(p, slot, a, 4, false)) as Digest;
      expect([again.id, items(again)]).toEqual([first.id, items(first)]);
      await digests.markSent(again.id, 5, 'm1');
      const second = (await digests.claim(p, slot, a, 6, false)) as Digest;
      expect(items(second)).toEqual([`${a} actionReminder meanwhile`]);
      expect(second.id).not.toBe(first.id);
    });

    test('H2 a meeting that is never heard of again loses nobody a mail: another takes over', async () => {
      const { digests } = archive();
      const [a, b, p] = [aMeetingId(), aMeetingId(), aPerson()];
      await digests.put(item(a), [p], slot, 1);
      await digests.put(item(b), [p], slot, 1);
      const lost = (await digests.claim(p, slot, a, 2, false)) as Digest;
      expect(await digests.claim(p, slot, b, 3, false)).toBe('elsewhere');
      const taken = (await digests.claim(p, slot, b, 4, true)) as Digest;
      expect([taken.id, items(taken)]).toEqual([lost.id, items(lost)]);
      await digests.markSent(taken.id, 5, 'm1');
      expect(await digests.claim(p, slot, a, 6, false)).toBeNull();
    });

    test('H2 putting it in twice, or after it was sent, is one entry in one digest', async () => {
      const { digests, claims } = archive();
      const [a, p] = [aMeetingId(), aPerson()];
      await digests.put(item(a), [p], slot, 1);
      await digests.put(item(a), [p], slot, 2);
      const claimed = (await digests.claim(p, slot, a, 3, false)) as Digest;
      expect(claimed.items).toHaveLength(1);
      await digests.markSent(claimed.id, 4, '<m1@x>');
      await digests.put(item(a), [p], slot + 1, 5);
      expect(await digests.claim(p, slot + 1, a, 6, false)).toBeNull();
      expect(await claims.deliveries(a)).toEqual([
        { kind: 'actionReminder', person: p, occasion: 'o1', messageId: '<m1@x>', status: 'sent', at: 1, sentAt: 4 },
      ]);
    });

    test('H2 what a meeting has left over goes with its next digest', async () => {
      const { digests } = archive();
      const [a, b, p] = [aMeetingId(), aMeetingId(), aPerson()];
      await digests.put(item(a), [p], slot - 1, 1);
      await digests.put(item(b), [p], slot - 1, 1);
      expect(items(await digests.claim(p, slot, a, 2, false))).toEqual([`${a} actionReminder o1`]);
    });

    test('H2 given up stays shown to the host, and what was sent stays sent', async () => {
      const { digests, claims } = archive();
      const [a, p] = [aMeetingId(), aPerson()];
      await digests.put(item(a), [p], slot, 1);
      const { id } = (await digests.claim(p, slot, a, 2, false)) as Digest;
      await digests.markFailed(id, 3, 'refused 550');
      expect(await claims.deliveries(a)).toMatchObject([{ status: 'failed', reason: 'refused 550' }]);
      expect(await digests.claim(p, slot, a, 4, false)).toBeNull();
      await digests.markSent(id, 5, 'm');
      await digests.markFailed(id, 6, 'late');
      expect(await claims.deliveries(a)).toMatchObject([{ status: 'sent' }]);
    });
  });

  test('H2 many workers at once: every entry in exactly one digest', async () => {
    const { digests } = archive();
    const p = aPerson();
    const meetings = Array.from({ length: 12 }, aMeetingId);
    const got = await Promise.all(
      meetings.map(async (m) => {
        await digests.put(item(m), [p], slot, 1);
        const found: Digest[] = [];
        for (let turn = 0; turn < 200; turn += 1) {
          const claimed = await digests.claim(p, slot, m, 2, false);
          if (claimed === null) return found;
          if (claimed === 'elsewhere') continue;
          found.push(claimed);
          await digests.markSent(claimed.id, 3, 'm');
        }
        throw new Error('it never came to rest');
      }),
    );
    const all = got.flat();
    expect(all.flatMap(items).sort()).toEqual(meetings.map((m) => `${m} actionReminder o1`).sort());
    expect(new Set(all.map((d) => d.id)).size).toBe(all.length);
  });

  test('H2 the preference is kept, and nobody has it by default', async () => {
    const { directory } = archive();
    const email = `${aPerson()}@example.com`;
    expect((await directory.ensurePerson({ email })).digestOnly).toBeUndefined();
    expect((await directory.putPerson(email, { digestOnly: true })).digestOnly).toBe(true);
    expect((await directory.putPerson(email, { name: '林美' })).digestOnly).toBe(true);
    expect((await directory.putPerson(email, { digestOnly: false })).digestOnly).toBeUndefined();
  });
});
