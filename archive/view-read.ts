import { and, asc, desc, eq, getTableColumns, gte, inArray, lt, ne, sql, type SQL } from 'drizzle-orm';
import type { Instant } from '../domain/calendar/index.js';
import type {
  Action,
  DepartmentId,
  Alternate,
  FollowUpTask,
  Locale,
  MeetingId,
  MeetingKind,
  MeetingState,
  PersonId,
  Phase,
  Plan,
  TaskKind,
  TopicId,
  TrackedStatus,
} from '../domain/meeting/state.js';
import { withoutNulls } from './columns.js';
import { pageOf, readCursor, type Page, type Position } from './cursor.js';
import type { Db } from './driver.js';
import { actions, meetings, tasks, topics, type Kept } from './schema/index.js';

export interface MeetingRow {
  id: MeetingId;
  phase: Phase;
  kind: MeetingKind;
  title: string;
  departments: DepartmentId[];
  people: PersonId[];
  seriesId?: string;
  startsAt: Instant;
  plannedEndAt: Instant;
  /** IANA name of the meeting's zone. */
  timeZone: string;
  locale: Locale;
  host: PersonId;
  revision: number;
}

/** Which meeting a listed action or task belongs to. */
export interface OfMeeting {
  meetingId: MeetingId;
  title: string;
  timeZone: string;
  locale: Locale;
}

export type ActionRow = { action: Action; meeting: OfMeeting };
export type TaskRow = { task: FollowUpTask | Plan | Alternate; meeting: OfMeeting };

/** H7, H10: for whom a list is made; what the rule says is kept with the rows (domain/meeting/visibility.ts). */
export interface Caller {
  /** Themself, and whom they assist (H6). */
  people: PersonId[];
  /** Other systems and the PMO: all that is not confidential, and what this key made. */
  all?: { key?: string };
}

interface Listing {
  /** Only what this caller may see. Absent: everything. */
  visibleTo?: Caller;
  cursor?: string;
  limit: number;
}

export interface ViewReads {
  /** The state as of its revision; the workflow may be up to 1 s ahead. */
  meeting(id: MeetingId): Promise<MeetingState | null>;
  revision(id: MeetingId): Promise<number | null>;
  /** Latest start first. `from` ≤ start < `to`. */
  meetings(
    filter: Listing & {
      phase?: Phase;
      department?: DepartmentId;
      series?: string;
      from?: Instant;
      to?: Instant;
      person?: PersonId;
    },
  ): Promise<Page<MeetingRow>>;
  /** Next due first; `person` = owner. */
  actions(
    filter: Listing & { person?: PersonId; status?: TrackedStatus[]; meeting?: MeetingId; department?: DepartmentId },
  ): Promise<Page<ActionRow>>;
  /** Next due first; `person` = whom it asks. */
  tasks(
    filter: Listing & { person?: PersonId; status?: string[]; kind?: TaskKind; meeting?: MeetingId },
  ): Promise<Page<TaskRow>>;
  /** H10: what takes somebody's time between two moments, or one of these people's; at most 500, earliest first. */
  taking(span: { from: Instant; to: Instant; people?: PersonId[] }): Promise<MeetingState[]>;
  /** How much of somebody's is open. */
  openItems(person: PersonId): Promise<{ actions: number; tasks: number }>;
  /** S1: which of these topics are on the agenda of a meeting that is still to come, or sits, other than this one. */
  onAgendas(topicIds: TopicId[], except: MeetingId): Promise<TopicId[]>;
  /** The meetings that had this topic on their agenda, earliest first. */
  meetingsOfTopic(topicId: string): Promise<MeetingId[]>;
}

const ofMeeting = {
  meetingId: meetings.id,
  title: meetings.title,
  timeZone: meetings.timeZone,
  locale: meetings.locale,
};

const { state: _state, parts: _parts, confidentialBy: _by, ...meetingColumns } = getTableColumns(meetings);

const has = (column: typeof meetings.people | typeof meetings.departments, id: string): SQL =>
  sql`${column} @> array[${id}]::text[]`;
const overlap = (column: typeof meetings.people, ids: string[]): SQL =>
  sql`${column} && ${sql.param(ids, meetings.people)}`;

function seesMeeting({ people, all }: Caller): SQL {
  const part = overlap(meetings.people, people);
  if (all === undefined) return part;
  return sql`(${meetings.confidentialBy} is null or ${meetings.confidentialBy} = ${all.key ?? ' '} or ${part})`;
}

/** H7: who is from outside learns of nobody else by asking which of their meetings these are in. */
function knowsOthers({ people, all }: Caller, asked: { department?: string; person?: string }): SQL {
  const ofOthers = asked.department !== undefined || (asked.person !== undefined && !people.includes(asked.person));
  if (all !== undefined || !ofOthers) return sql`true`;
  return sql`${meetings.people} && array(select unnest(${sql.param(people, meetings.people)}::text[]) except select unnest(${meetings.outsiders}))`;
}

/** H7: no list of who is there for somebody from outside. */
type Row = Omit<MeetingRow, 'seriesId'> & { seriesId: string | null; outsiders: string[] | null };

function rowFor({ outsiders, ...row }: Row, caller?: Caller): MeetingRow {
  const parts = caller === undefined || caller.all ? [] : caller.people.filter((p) => row.people.includes(p));
  const outside = parts.length > 0 && parts.every((p) => outsiders?.includes(p));
  return withoutNulls(outside ? { ...row, departments: [], people: parts } : row);
}

/** A row without readers is for all who see its meeting. */
function seesItem({ data }: typeof actions | typeof tasks, caller: Caller): SQL {
  const readers = sql`${data} -> 'readers'`;
  const own = sql`${readers} ?| ${sql.param(caller.people, meetings.people)}`;
  const made = caller.all === undefined ? sql`false` : sql`${meetings.confidentialBy} = ${caller.all.key ?? ' '}`;
  return sql`${seesMeeting(caller)} and (${readers} is null or ${own} or ${made})`;
}

const withoutReaders = <T extends Kept>({ readers: _, ...item }: T) => item;

const given = <T>(value: T | undefined, condition: (value: T) => SQL): SQL | undefined =>
  value === undefined ? undefined : condition(value);

/** What keeps people and rooms busy in a span. The phases stand in the text as in the index `meetings_taking`. */
function takingIn(db: Db, name: string, whose: SQL) {
  return db
    .select({ state: meetings.state })
    .from(meetings)
    .where(
      and(
        sql`${meetings.phase} in ('preparation', 'notice', 'execution')`,
        sql`${meetings.startsAt} < ${sql.placeholder('to')}::bigint`,
        sql`${meetings.plannedEndAt} > ${sql.placeholder('from')}::bigint`,
        whose,
      ),
    )
    .orderBy(asc(meetings.startsAt), asc(meetings.id))
    .limit(500)
    .prepare(name);
}

export function createViewReads(db: Db): ViewReads {
  const takingAnybody = takingIn(db, 'meetings_taking', sql`true`);
  const those = sql`${meetings.people} && ${sql.placeholder('people')}::text[]`;
  const takingSome = takingIn(db, 'meetings_taking_some', those);
  return {
    async meeting(id) {
      const [row] = await db.select({ state: meetings.state }).from(meetings).where(eq(meetings.id, id));
      return row?.state ?? null;
    },

    async revision(id) {
      const [row] = await db.select({ revision: meetings.revision }).from(meetings).where(eq(meetings.id, id));
      return row?.revision ?? null;
    },

    async meetings(filter) {
      const rows = await db
        .select(meetingColumns)
        .from(meetings)
        .where(
          and(
            given(filter.phase, (phase) => eq(meetings.phase, phase)),
            given(filter.department, (department) => has(meetings.departments, department)),
            given(filter.series, (series) => eq(meetings.seriesId, series)),
            given(filter.from, (from) => gte(meetings.startsAt, from)),
            given(filter.to, (to) => lt(meetings.startsAt, to)),
            given(filter.person, (person) => has(meetings.people, person)),
            given(filter.visibleTo, seesMeeting),
            given(filter.visibleTo, (caller) => knowsOthers(caller, filter)),
            given(
              readCursor(filter.cursor),
              ({ at, id }) => sql`(${meetings.startsAt}, ${meetings.id}) < (${at}, ${id})`,
            ),
          ),
        )
        .orderBy(desc(meetings.startsAt), desc(meetings.id))
        .limit(filter.limit + 1);
      return pageOf(
        rows,
        filter.limit,
        (row) => rowFor(row, filter.visibleTo),
        (row) => ({ at: row.startsAt, id: row.id }),
      );
    },

    async actions(filter) {
      const rows = await db
        .select({ action: actions.data, meeting: ofMeeting })
        .from(actions)
        .innerJoin(meetings, eq(meetings.id, actions.meetingId))
        .where(
          and(
            given(filter.person, (person) => eq(actions.owner, person)),
            given(filter.status, (status) => inArray(actions.status, status)),
            given(filter.meeting, (meeting) => eq(actions.meetingId, meeting)),
            given(filter.department, (department) => eq(actions.department, department)),
            given(filter.visibleTo, (caller) => seesItem(actions, caller)),
            given(readCursor(filter.cursor), (position) => after(actions, position)),
          ),
        )
        .orderBy(asc(actions.dueAt), asc(actions.id))
        .limit(filter.limit + 1);
      return pageOf(
        rows,
        filter.limit,
        ({ action, meeting }): ActionRow => ({ action: withoutReaders(action), meeting }),
        ({ action }) => ({ at: action.dueAt, id: action.id }),
      );
    },

    async tasks(filter) {
      const rows = await db
        .select({ task: tasks.data, meeting: ofMeeting })
        .from(tasks)
        .innerJoin(meetings, eq(meetings.id, tasks.meetingId))
        .where(
          and(
            given(filter.person, (person) => eq(tasks.assignee, person)),
            given(filter.status, (status) => inArray(tasks.status, status)),
            given(filter.kind, (kind) => eq(tasks.kind, kind)),
            given(filter.meeting, (meeting) => eq(tasks.meetingId, meeting)),
            given(filter.visibleTo, (caller) => seesItem(tasks, caller)),
            given(readCursor(filter.cursor), (position) => after(tasks, position)),
          ),
        )
        .orderBy(asc(tasks.dueAt), asc(tasks.id))
        .limit(filter.limit + 1);
      return pageOf(
        rows,
        filter.limit,
        ({ task, meeting }): TaskRow => ({ task: withoutReaders(task) as FollowUpTask | Plan | Alternate, meeting }),
        ({ task }) => ({ at: task.dueAt, id: task.id }),
      );
    },

    async taking({ from, to, people }) {
      const rows = await (people === undefined
        ? takingAnybody.execute({ from, to })
        : takingSome.execute({ from, to, people }));
      return rows.map((row) => row.state);
    },

    async openItems(person) {
      const ended = ['done', 'cancelled', 'moot'];
      const open = (table: typeof actions | typeof tasks, whose: SQL) =>
        db.$count(
          table,
          sql`${whose} = ${person} and ${table.status} <> all (${sql.param(ended, meetings.people)}::text[])`,
        );
      const [own, asked] = await Promise.all([
        open(actions, sql`${actions.owner}`),
        open(tasks, sql`${tasks.assignee}`),
      ]);
      return { actions: own, tasks: asked };
    },

    async onAgendas(topicIds, except) {
      if (topicIds.length === 0) return [];
      const rows = await db
        .selectDistinct({ topicId: topics.topicId })
        .from(topics)
        .innerJoin(meetings, eq(meetings.id, topics.meetingId))
        .where(
          and(
            inArray(topics.topicId, topicIds),
            ne(topics.meetingId, except),
            inArray(meetings.phase, ['preparation', 'notice', 'execution']),
          ),
        );
      return rows.map((row) => row.topicId);
    },

    async meetingsOfTopic(topicId) {
      const rows = await db
        .select({ id: meetings.id })
        .from(topics)
        .innerJoin(meetings, eq(meetings.id, topics.meetingId))
        .where(eq(topics.topicId, topicId))
        .orderBy(asc(meetings.startsAt), asc(meetings.id));
      return rows.map((row) => row.id);
    },
  };
}

const after = (table: typeof actions | typeof tasks, { at, id }: Position): SQL =>
  sql`(${table.dueAt}, ${table.id}) > (${at}, ${id})`;
