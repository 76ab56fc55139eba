import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Instant } from '../domain/calendar/index.js';
import type { BacklogTopic, TakenTopic } from '../domain/meeting/effects.js';
import type { DepartmentId, MeetingId, TopicId } from '../domain/meeting/state.js';
import { withoutNulls } from './columns.js';
import type { Driver, Row } from './driver.js';
import type { BacklogPort } from './ports.js';
import { backlog } from './schema/index.js';

export interface WaitingTopic extends BacklogTopic {
  /** The meeting that left it. */
  meetingId: MeetingId;
  at: Instant;
}

export interface Backlog extends BacklogPort {
  /** What no meeting has taken, oldest first. `seriesId: null`: only what belongs to no series. */
  list(filter: { department?: DepartmentId; seriesId?: string | null; topicIds?: TopicId[] }): Promise<WaitingTopic[]>;
}

const putTopics = { name: 'put_backlog', text: 'select record.put_backlog($1, $2, $3::jsonb, $4)' };
const takeTopics = { name: 'take_backlog', text: 'select * from record.take_backlog($1, $2, $3, $4, $5)' };

export function createBacklog(driver: Driver): Backlog {
  const { db } = driver;
  const list: Backlog['list'] = async ({ department, seriesId, topicIds }) => {
    const rows = await db
      .select()
      .from(backlog)
      .where(
        and(
          isNull(backlog.takenBy),
          department === undefined ? undefined : eq(backlog.department, department),
          seriesId === undefined
            ? undefined
            : seriesId === null
              ? isNull(backlog.seriesId)
              : eq(backlog.seriesId, seriesId),
          topicIds === undefined ? undefined : inArray(backlog.topicId, topicIds),
        ),
      )
      .orderBy(asc(backlog.at), asc(backlog.topicId));
    return rows.map(({ recordedAt: _, takenBy: __, takenAt: ___, ...row }) => withoutNulls(row));
  };
  return {
    async put(meetingId, at, topics, ended) {
      if (topics.length === 0 && ended === undefined) return;
      const rows = [...new Map(topics.map((topic) => [topic.topicId, topic])).values()];
      await driver.run(putTopics, [meetingId, at, JSON.stringify(rows), ended?.done ?? null]);
    },
    async take(meetingId, at, { seriesId, topicIds, except }) {
      return (await driver.run(takeTopics, [meetingId, at, seriesId ?? null, topicIds, except])).map(takenOf);
    },
    async withdraw(meetingId, topics) {
      if (topics.length === 0) return [];
      const asked = inArray(backlog.topicId, topics);
      // Taken, not deleted: a call that comes twice finds its own, and what another meeting has settled since is not there.
      await db
        .update(backlog)
        .set({ takenBy: meetingId })
        .where(and(asked, isNull(backlog.takenBy)));
      const mine = await db
        .select({ topicId: backlog.topicId })
        .from(backlog)
        .where(and(asked, eq(backlog.takenBy, meetingId)));
      return topics.filter((id) => !mine.some(({ topicId }) => topicId === id)).sort();
    },
    async offered(department) {
      const waiting = await list({ department, seriesId: null });
      return waiting.filter((topic) => topic.confidential !== true);
    },
    list,
  };
}

/** Columns as the database names them. */
function takenOf(row: Row): TakenTopic {
  const { meeting_id: from, topic_id: topicId } = row;
  return withoutNulls({
    topicId,
    from,
    title: row['title'],
    reason: row['reason'],
    department: row['department'],
    seriesId: row['series_id'],
    factQuestion: row['fact_question'],
    bringsDepartment: row['brings_department'],
    bringsMaterial: row['brings_material'],
    date: row['date'],
    times: row['times'],
    presenter: row['presenter'],
    expectedConclusion: row['expected_conclusion'],
    confidential: row['confidential'],
  }) as unknown as TakenTopic;
}
