import { and, eq } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { Driver } from './driver.js';
import type { MinutesContent, MinutesPort } from './ports.js';
import { minutes } from './schema/index.js';

export function createMinutes({ db }: Driver): MinutesPort {
  return {
    async save(meetingId, content) {
      const hash = hashOf(content);
      await db.insert(minutes).values({ meetingId, hash, content }).onConflictDoNothing();
      return hash;
    },
    async load(meetingId, hash) {
      const [row] = await db
        .select({ content: minutes.content })
        .from(minutes)
        .where(and(eq(minutes.meetingId, meetingId), eq(minutes.hash, hash)));
      return row?.content ?? null;
    },
  };
}

export const hashOf = (content: MinutesContent): string =>
  createHash('sha256').update(canonical(content)).digest('hex');

/** JSON with its keys in order, so that the same text has the same hash whoever wrote it. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
