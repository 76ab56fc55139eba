import { randomBytes } from 'node:crypto';
import type { Instant } from '../domain/calendar/index.js';
import type { DepartmentId, MeetingId, PersonId } from '../domain/meeting/state.js';
import type { Driver } from './driver.js';

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
  add(story: Omit<Story, 'id' | 'state' | 'releasedBy'>): Promise<Story>;
  find(id: string): Promise<Story | null>;
  /** Again → as it is; who released it first stays. Null: there is none. */
  release(id: string, by: PersonId | undefined): Promise<Story | null>;
  ofMeeting(meetingId: MeetingId): Promise<Story[]>;
  /** The newest first; private ones only of these departments. */
  list(filter: { limit: number; waitingFor?: DepartmentId[] | 'all' }): Promise<Story[]>;
}

const columns = `json_strip_nulls(json_build_object('id', s.id, 'meetingId', s.meeting_id, 'author', s.author,
  'department', s.department, 'title', s.title, 'text', s.text, 'state', s.state, 'releasedBy', s.released_by, 'at', s.at)) as found`;
const statement = (name: string, rest: string) => ({ name, text: rest.replace('COLUMNS', columns) });

const add = statement(
  'add_story',
  `insert into record.stories as s (id, meeting_id, author, department, title, text, at)
    values ($1, $2, $3, $4, $5, $6, $7) returning COLUMNS`,
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
const released = statement(
  'released_stories',
  `select COLUMNS from record.stories s where s.state = 'released' order by s.at desc, s.id limit $1`,
);
const waiting = statement(
  'waiting_stories',
  `select COLUMNS from record.stories s where s.state = 'private' and ($2::text[] is null or s.department = any($2))
    order by s.at desc, s.id limit $1`,
);

/** `s` and 16 characters of base32. */
function mint(): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  return `s${Array.from(randomBytes(16), (byte) => alphabet.charAt(byte & 31)).join('')}`;
}

export function createStories(driver: Driver): Stories {
  const all = async (...call: Parameters<Driver['run']>): Promise<Story[]> =>
    (await driver.run(...call)).map((row) => row['found'] as Story);
  return {
    async add({ meetingId, author, department, title, text, at }) {
      const [story] = await all(add, [mint(), meetingId, author, department ?? null, title, text, at]);
      return story!;
    },
    find: async (id) => (await all(find, [id]))[0] ?? null,
    release: async (id, by) => (await all(release, [id, by ?? null]))[0] ?? null,
    ofMeeting: (meetingId) => all(ofMeeting, [meetingId]),
    list: ({ limit, waitingFor }) =>
      waitingFor === undefined
        ? all(released, [limit])
        : all(waiting, [limit, waitingFor === 'all' ? null : waitingFor]),
  };
}
