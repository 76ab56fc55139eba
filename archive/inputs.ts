import { and, eq, inArray } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { Driver } from './driver.js';
import type { InputsPort } from './ports.js';
import { writtenInputs } from './schema/index.js';

const hashOf = (content: string): string => createHash('sha256').update(content).digest('hex');

export function createInputs({ db }: Driver): InputsPort {
  const self: InputsPort = {
    async save(meetingId, content) {
      const hash = hashOf(content);
      await db.insert(writtenInputs).values({ meetingId, hash, content }).onConflictDoNothing();
      return hash;
    },
    async find(meetingId, content) {
      const hash = hashOf(content);
      return hash in (await self.load(meetingId, [hash])) ? hash : undefined;
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
  return self;
}
