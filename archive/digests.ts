import { and, eq, ne, sql } from 'drizzle-orm';
import type { Driver } from './driver.js';
import type { Digest, DigestPort } from './ports.js';
import { digestItems, digests } from './schema/index.js';

const claimDigest = {
  name: 'claim_digest',
  text: 'select record.claim_digest($1, $2, $3, $4, $5) as claimed',
};

export function createDigests(driver: Driver): DigestPort {
  const { db } = driver;
  return {
    async put({ meetingId, mail, occasion, ref, params }, people, slot, at) {
      if (people.length === 0) return;
      const rows = people.map((person) => ({ meetingId, kind: mail, person, occasion, ref, params, slot, at }));
      await db.insert(digestItems).values(rows).onConflictDoNothing();
    },
    async people(meetingId, slot) {
      const rows = await db
        .selectDistinct({ person: digestItems.person })
        .from(digestItems)
        .leftJoin(digests, eq(digests.id, digestItems.digest))
        .where(
          and(
            eq(digestItems.meetingId, meetingId),
            sql`${digestItems.slot} <= ${slot}`,
            sql`(${digestItems.digest} is null or ${digests.status} = 'claimed')`,
          ),
        )
        .orderBy(digestItems.person);
      return rows.map((row) => row.person);
    },
    async claim(person, slot, meetingId, at, takeOver) {
      const [row] = await driver.run(claimDigest, [person, slot, meetingId, at, takeOver]);
      const claimed = row?.['claimed'] as (Digest & { elsewhere?: true }) | null | undefined;
      if (!claimed) return null;
      if (claimed.elsewhere) return 'elsewhere';
      return {
        id: claimed.id,
        slot: Number(claimed.slot),
        items: claimed.items.map(({ ref, ...item }) => ({ ...item, ...(ref ? { ref } : {}) })),
      };
    },
    async markSent(id, at, messageId) {
      await db
        .update(digests)
        .set({ status: 'sent', sentAt: at, messageId, reason: null })
        .where(and(eq(digests.id, id), ne(digests.status, 'sent')));
    },
    async markFailed(id, _at, reason) {
      await db
        .update(digests)
        .set({ status: 'failed', reason })
        .where(and(eq(digests.id, id), ne(digests.status, 'sent')));
    },
  };
}
