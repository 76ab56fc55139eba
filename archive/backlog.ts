import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Instant } from '../domain/calendar/index.js';
import type { DepartmentId, MeetingId } from '../domain/meeting/state.js';
import { withoutNulls } from './columns.js';
import type { Driver } from './driver.js';
import type { BacklogTopic } from '../domain/meeting/effects.js';
import type { BacklogPort } from './ports.js';
import { backlog } from './schema/index.js';

export interface WaitingTopic extends BacklogTopic {
  /** The meeting that left it. */
  meetingId: MeetingId;
  at: Instant;
}

export interface Backlog extends BacklogPort {
  /** Oldest first. */
  list(filter: { department?: DepartmentId; seriesId?: string }): Promise<WaitingTopic[]>;
}

export function createBacklog({ db }: Driver): Backlog {
  return {
    async put(meetingId, at, topics) {
      if (topics.length === 0) return;
      const rows = new Map(topics.map((topic) => [topic.topicId, { ...topic, meetingId, at }]));
      const taken = (column: string) => sql.raw(`excluded.${column}`);
      await db
        .insert(backlog)
        .values([...rows.values()])
        .onConflictDoUpdate({
          target: backlog.topicId,
          set: {
            title: taken('title'),
            reason: taken('reason'),
            department: taken('department'),
            seriesId: taken('series_id'),
            factQuestion: taken('fact_question'),
            bringsDepartment: taken('brings_department'),
            bringsMaterial: taken('brings_material'),
            date: taken('date'),
            meetingId: taken('meeting_id'),
            at: taken('at'),
          },
          setWhere: sql`${backlog.at} <= excluded.at`,
        });
    },
    async withdraw(meetingId, topics) {
      if (topics.length === 0) return;
      await db.delete(backlog).where(and(eq(backlog.meetingId, meetingId), inArray(backlog.topicId, topics)));
    },
    async list({ department, seriesId }) {
      const rows = await db
        .select()
        .from(backlog)
        .where(
          and(
            department === undefined ? undefined : eq(backlog.department, department),
            seriesId === undefined ? undefined : eq(backlog.seriesId, seriesId),
          ),
        )
        .orderBy(asc(backlog.at), asc(backlog.topicId));
      return rows.map(({ recordedAt: _, ...row }) => withoutNulls(row));
    },
  };
}
