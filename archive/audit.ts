import { asc, eq } from 'drizzle-orm';
import type { MeetingId } from '../domain/meeting/state.js';
import { withoutNulls } from './columns.js';
import type { Driver } from './driver.js';
import type { AuditEntry } from './ports.js';
import { audit } from './schema/index.js';

/** Who, when, what (design §7); written with the view's bursts. */
export interface Audit {
  /** As it happened. */
  timeline(meetingId: MeetingId): Promise<AuditEntry[]>;
  /** What happened outside of the workflow: that somebody looked (H10). Again → the same row. */
  add(entry: AuditEntry): Promise<void>;
}

export function createAudit({ db }: Driver): Audit {
  return {
    async timeline(meetingId) {
      const rows = await db
        .select()
        .from(audit)
        .where(eq(audit.meetingId, meetingId))
        // A reset counts revisions anew, and what it undid stays in the audit: by time first.
        .orderBy(asc(audit.at), asc(audit.revision), asc(audit.event));
      return rows.map(({ recordedAt: _, ...row }) => withoutNulls(row));
    },

    async add(entry) {
      await db.insert(audit).values(entry).onConflictDoNothing();
    },
  };
}
