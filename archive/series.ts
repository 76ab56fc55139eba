import { and, arrayContains, asc, desc, eq, inArray, isNull, lt, ne, sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { Instant, LocalDate } from '../domain/calendar/index.js';
import type { Action, DepartmentId, MeetingId, PersonId } from '../domain/meeting/state.js';
import type { FollowUp } from '../domain/series/follow-up.js';
import type { SeriesPlan } from '../domain/series/plan.js';
import { withoutNulls } from './columns.js';
import type { Driver } from './driver.js';
import { base32 } from './ids.js';
import type { SeriesPort } from './ports.js';
import { meetings, series } from './schema/index.js';

export interface SeriesRow {
  id: string;
  department: DepartmentId;
  /** Who may see it: everybody whom its meetings name. */
  people: PersonId[];
  data: SeriesPlan;
  revision: number;
  requestHash?: string;
  /** Wall clock. */
  endedAt?: Instant;
}

export interface SeriesArchive extends SeriesPort {
  /** A used id → the row that is there, unchanged. */
  create(row: Omit<SeriesRow, 'revision' | 'endedAt'>): Promise<SeriesRow>;
  get(id: string): Promise<SeriesRow | null>;
  /** By department, then id; ended ones only when asked for. */
  list(filter: { department?: DepartmentId; visibleTo?: PersonId; ended?: boolean }): Promise<SeriesRow[]>;
  /** False: somebody else changed it since `revision`, or it has ended. */
  update(row: Omit<SeriesRow, 'endedAt' | 'requestHash'>): Promise<boolean>;
  /** What waits for it is offered to its department from then on. Again → nothing changes. */
  end(id: string, at: Instant): Promise<void>;
}

const mostListed = 1_000;

/** The meeting of a date, always the same id: whoever starts it, it is started once. */
export function occurrenceMeetingId(seriesId: string, key: LocalDate): MeetingId {
  const hash = createHash('sha256')
    .update(JSON.stringify(['occurrence', seriesId, key]))
    .digest();
  return base32(hash.subarray(0, 16));
}

export function createSeries(driver: Driver): SeriesArchive {
  const { db } = driver;
  const get = async (id: string): Promise<SeriesRow | null> => {
    const [row] = await db.select().from(series).where(eq(series.id, id));
    return row === undefined ? null : rowOf(row);
  };
  return {
    get,
    ...reads(driver),

    async create(row) {
      await db.insert(series).values(row).onConflictDoNothing({ target: series.id });
      return (await get(row.id))!;
    },

    async list({ department, visibleTo, ended = false }) {
      const rows = await db
        .select()
        .from(series)
        .where(
          and(
            ended ? undefined : isNull(series.endedAt),
            department === undefined ? undefined : eq(series.department, department),
            visibleTo === undefined ? undefined : arrayContains(series.people, [visibleTo]),
          ),
        )
        .orderBy(asc(series.department), asc(series.id))
        .limit(mostListed);
      return rows.map(rowOf);
    },

    async update({ id, revision, ...changes }) {
      const rows = await db
        .update(series)
        .set({ ...changes, revision: revision + 1 })
        .where(and(eq(series.id, id), eq(series.revision, revision), isNull(series.endedAt)))
        .returning({ id: series.id });
      return rows.length > 0;
    },

    async end(id, at) {
      await db.transaction(async (tx) => {
        await tx
          .update(series)
          .set({ endedAt: at, revision: sql`${series.revision} + 1` })
          .where(and(eq(series.id, id), isNull(series.endedAt)));
        await tx.execute(sql`update record.backlog set series_id = null where series_id = ${id}`);
      });
    },
  };
}

/** S1: all of that meeting, and of those of its series before what is not done yet. H10: nothing confidential. */
const upTo = {
  name: 'series_follow_up',
  text: `select a.data from view.meetings last
    join view.meetings m on m.id = last.id
      or (m.series_id = last.series_id and m.starts_at < last.starts_at)
    join view.actions a on a.meeting_id = m.id and (m.id = last.id or a.status not in ('done', 'cancelled'))
    left join view.topics t on t.meeting_id = a.meeting_id and t.topic_id = a.topic_id
    where last.id = $1 and m.confidential_by is null and coalesce(t.data->>'confidential', 'false') <> 'true'
    order by a.due_at, a.id`,
};

function reads(driver: Driver): SeriesPort {
  const { db } = driver;
  return {
    async active(id) {
      const [row] = await db
        .select({ data: series.data })
        .from(series)
        .where(and(eq(series.id, id), isNull(series.endedAt)));
      return row?.data ?? null;
    },

    async made(ids) {
      if (ids.length === 0) return [];
      const rows = await db.select({ id: meetings.id }).from(meetings).where(inArray(meetings.id, ids));
      return rows.map((row) => row.id);
    },

    async heldBefore(seriesId, meetingId, startsAt) {
      const held = ['execution', 'minutes', 'followUp', 'closed'] as const;
      const [row] = await db
        .select({ id: meetings.id })
        .from(meetings)
        .where(
          and(
            eq(meetings.seriesId, seriesId),
            ne(meetings.id, meetingId),
            lt(meetings.startsAt, startsAt),
            inArray(meetings.phase, [...held]),
          ),
        )
        .orderBy(desc(meetings.startsAt))
        .limit(1);
      return row?.id ?? null;
    },

    async followUp(meetingId) {
      const [meeting] = await db
        .select({ title: meetings.title, startsAt: meetings.startsAt })
        .from(meetings)
        .where(eq(meetings.id, meetingId));
      if (meeting === undefined) return null;
      const rows = await driver.run(upTo, [meetingId]);
      return { meetingId, ...meeting, actions: rows.map((row) => told(row['data'] as Action)) };
    },
  };
}

const told = ({
  id,
  task,
  owner,
  department,
  status,
  missed,
  dueAt,
  topicId,
}: Action): FollowUp['actions'][number] => ({
  id,
  task,
  owner,
  ...(department === undefined ? {} : { department }),
  status,
  missed,
  dueAt,
  ...(topicId === undefined ? {} : { topicId }),
});

function rowOf({ recordedAt: _, ...row }: typeof series.$inferSelect): SeriesRow {
  return withoutNulls(row);
}
