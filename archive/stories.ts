import type { Instant, LocalDate } from '../domain/calendar/index.js';
import type { DepartmentId, MeetingId, PersonId } from '../domain/meeting/state.js';
import { pageOf, readCursor, type Page } from './cursor.js';
import type { Driver } from './driver.js';
import { mintId } from './ids.js';

/** P9: a success story. Private until the owning head says that nothing in it is sensitive. */
export interface Story {
  id: string;
  meetingId: MeetingId;
  author: PersonId;
  /** Whose head may release it. */
  department?: DepartmentId;
  title: string;
  text: string;
  state: 'private' | 'released';
  releasedBy?: PersonId;
  at: Instant;
}

export interface Stories {
  /** With a request's key, once only: what was told under it, with the hash of the request that told it. */
  add(
    story: Omit<Story, 'id' | 'state' | 'releasedBy'>,
    request?: { key: string | null; hash: string | null },
  ): Promise<{ story: Story; requestHash?: string }>;
  find(id: string): Promise<Story | null>;
  /** Again → as it is; who released it first stays. Null: there is none. */
  release(id: string, by: PersonId | undefined): Promise<Story | null>;
  ofMeeting(meetingId: MeetingId): Promise<Story[]>;
  /** Whether this person leads that department on that day: its head or acting head, or of what it was merged into (H5). */
  leads(department: DepartmentId, person: PersonId, today: LocalDate): Promise<boolean>;
  /** The newest first. */
  list(filter: StoryFilter): Promise<Page<Story>>;
}

export interface StoryFilter {
  state: Story['state'];
  /** Only of departments that this person leads on that day. */
  ledBy?: { person: PersonId; today: LocalDate };
  cursor?: string | undefined;
  limit: number;
}

const columns = `json_strip_nulls(json_build_object('id', s.id, 'meetingId', s.meeting_id, 'author', s.author,
  'department', s.department, 'title', s.title, 'text', s.text, 'state', s.state, 'releasedBy', s.released_by, 'at', s.at)) as found`;
const statement = (name: string, rest: string) => ({ name, text: rest.replace('COLUMNS', columns) });

const add = statement(
  'add_story',
  `insert into record.stories as s (id, meeting_id, author, department, title, text, at, request_key, request_hash)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (request_key) do update set request_key = s.request_key returning COLUMNS, s.request_hash`,
);
const find = statement('find_story', 'select COLUMNS from record.stories s where s.id = $1');
const release = statement(
  'release_story',
  `update record.stories s set released_by = case when s.state = 'released' then s.released_by else $2 end,
    state = 'released' where s.id = $1 returning COLUMNS`,
);
const ofMeeting = statement(
  'stories_of_meeting',
  'select COLUMNS from record.stories s where s.meeting_id = $1 order by s.at, s.id',
);
/** H5: departments that `person` ($1) leads on a day ($2), with those that were merged into them; each once, loop or not. */
const ledDepartments = `with recursive led as (
    select d.id from record.departments d
      where d.head = $1 or exists (select 1 from jsonb_array_elements(d.acting) a
        where a->>'person' = $1 and a->>'from' <= $2 and $2 <= a->>'to')
    union select d.id from record.departments d join led on d.successor = led.id)`;
const leads = statement('leads_department', `${ledDepartments} select 1 as found from led where led.id = $3`);
const list = statement(
  'list_stories',
  `${ledDepartments} select COLUMNS from record.stories s where s.state = $3
      and ($1::text is null or s.department in (select led.id from led))
      and ($4::bigint is null or s.at < $4 or (s.at = $4 and s.id < $5))
    order by s.at desc, s.id desc limit $6`,
);

export function createStories(driver: Driver): Stories {
  const all = async (...call: Parameters<Driver['run']>): Promise<Story[]> =>
    (await driver.run(...call)).map((row) => row['found'] as Story);
  return {
    async add({ meetingId, author, department, title, text, at }, { key, hash } = { key: null, hash: null }) {
      const values = [mintId('s'), meetingId, author, department ?? null, title, text, at, key, hash];
      const [row] = await driver.run(add, values);
      const requestHash = row?.['request_hash'] as string | null;
      return { story: row?.['found'] as Story, ...(requestHash === null ? {} : { requestHash }) };
    },
    find: async (id) => (await all(find, [id]))[0] ?? null,
    release: async (id, by) => (await all(release, [id, by ?? null]))[0] ?? null,
    ofMeeting: (meetingId) => all(ofMeeting, [meetingId]),
    leads: async (department, person, today) => (await driver.run(leads, [person, today, department])).length > 0,
    async list({ state, ledBy, cursor, limit }) {
      const after = readCursor(cursor);
      const who = [ledBy?.person ?? null, ledBy?.today ?? ''];
      const rows = await all(list, [...who, state, after?.at ?? null, after?.id ?? '', limit + 1]);
      return pageOf(
        rows,
        limit,
        (story) => story,
        ({ at, id }) => ({ at, id }),
      );
    },
  };
}
