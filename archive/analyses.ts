import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { jsonb, pgSchema, primaryKey, text } from 'drizzle-orm/pg-core';
import type { MeetingId } from '../domain/meeting/state.js';
import type { Driver } from './driver.js';
import { canonical } from './minutes.js';

type AnalysisPart =
  'what' | 'why' | 'who' | 'where' | 'when' | 'how' | 'problem' | 'cause' | 'solution' | 'riskControl';
/** E12: 5W1H, and problem → cause → solution → risk control; each part may be left out. */
export type AnalysisContent = Partial<Record<AnalysisPart, string | undefined>>;

export interface AnalysesPort {
  /** Keeps it under its hash; a repeat is no second row. Returns the hash. */
  save(meetingId: MeetingId, content: AnalysisContent): Promise<string>;
  /** By hash; one that is not there is left out. */
  load(meetingId: MeetingId, hashes: string[]): Promise<Record<string, AnalysisContent>>;
}

const analyses = pgSchema('record').table(
  'analyses',
  {
    meetingId: text('meeting_id').notNull(),
    hash: text().notNull(),
    content: jsonb().$type<AnalysisContent>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.meetingId, t.hash] })],
);

export function createAnalyses({ db }: Driver): AnalysesPort {
  return {
    async save(meetingId, content) {
      const hash = createHash('sha256').update(canonical(content)).digest('hex');
      await db.insert(analyses).values({ meetingId, hash, content }).onConflictDoNothing();
      return hash;
    },
    async load(meetingId, hashes) {
      if (hashes.length === 0) return {};
      const rows = await db
        .select()
        .from(analyses)
        .where(and(eq(analyses.meetingId, meetingId), inArray(analyses.hash, hashes)));
      return Object.fromEntries(rows.map((row) => [row.hash, row.content]));
    },
  };
}
