import { and, eq, inArray } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { Driver } from './driver.js';
import type { InputsPort } from './ports.js';
import { writtenInputs } from './schema/index.js';

export function createInputs({ db }: Driver): InputsPort {
  return {
    async save(meetingId, content) {
      const hash = createHash('sha256').update(content).digest('hex');
      await db.insert(writtenInputs).values({ meetingId, hash, content }).onConflictDoNothing();
      return hash;
    },
    async load(meetingId, hashes) {
      if (hashes.length === 0) return {};
      const rows = await db
        .select({ hash: writtenInputs.hash, content: writtenInputs.content })
        .from(writtenInputs)
        .where(and(eq(writtenInputs.meetingId, meetingId), inArray(writtenInputs.hash, hashes)));
      return Object.fromEntries(rows.map((row) => [row.hash, row.content]));
    },
  };
}
