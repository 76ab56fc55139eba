/** The calendar address of each person who has one, and what it shows. */
import type { Instant } from '../domain/calendar/index.js';
import type { Action, MeetingState, PersonId } from '../domain/meeting/state.js';
import type { Driver } from './driver.js';

export interface CalendarFeed {
  nonce: string;
  madeAt: Instant;
}

/** An open action with what its line says of its meeting. */
export interface DueAction {
  action: Action;
  meetingTitle: string;
  timeZone: string;
  /** H10: the meeting is, or its topic. */
  confidential: boolean;
}

export interface CalendarFeeds {
  get(person: PersonId): Promise<CalendarFeed | null>;
  /** Another nonce ends the address of before. */
  put(person: PersonId, feed: CalendarFeed): Promise<void>;
  /** False: there was none. */
  remove(person: PersonId): Promise<boolean>;
  /** Announced ones that end after `from` and name the person, earliest first; at most 1,000. */
  meetings(person: PersonId, from: Instant): Promise<MeetingState[]>;
  /** What the person still has to do, next due first; at most 1,000. */
  actions(person: PersonId): Promise<DueAction[]>;
}

const statement = (name: string, text: string) => ({ name: `calendar_feed_${name}`, text });

const get = statement('get', 'select nonce, made_at from record.calendar_feeds where person = $1');
const put = statement(
  'put',
  `insert into record.calendar_feeds (person, nonce, made_at) values ($1, $2, $3)
    on conflict (person) do update set nonce = excluded.nonce, made_at = excluded.made_at, recorded_at = now()`,
);
const remove = statement('remove', 'delete from record.calendar_feeds where person = $1 returning person');
const meetings = statement(
  'meetings',
  `select state from view.meetings where people @> array[$1] and planned_end_at > $2 and phase not in ('preparation', 'lapsed')
    order by starts_at, id limit 1000`,
);
const actions = statement(
  'actions',
  `select a.data, m.title, m.time_zone, m.confidential_by is not null or exists (select 1 from view.topics t
      where t.meeting_id = a.meeting_id and t.topic_id = a.topic_id and t.data->>'confidential' = 'true') as confidential
    from view.actions a join view.meetings m on m.id = a.meeting_id
    where a.owner = $1 and a.status in ('open', 'overdue', 'escalated') order by a.due_at, a.id limit 1000`,
);

export function createCalendarFeeds(driver: Driver): CalendarFeeds {
  return {
    async get(person) {
      const [row] = await driver.run(get, [person]);
      return row === undefined ? null : { nonce: String(row['nonce']), madeAt: Number(row['made_at']) };
    },
    async put(person, { nonce, madeAt }) {
      await driver.run(put, [person, nonce, madeAt]);
    },
    async remove(person) {
      return (await driver.run(remove, [person])).length > 0;
    },
    async meetings(person, from) {
      return (await driver.run(meetings, [person, from])).map((row) => row['state'] as MeetingState);
    },
    async actions(person) {
      const rows = await driver.run(actions, [person]);
      return rows.map((row) => {
        const { readers: _, ...action } = row['data'] as Action & { readers?: string[] };
        return {
          action,
          meetingTitle: String(row['title']),
          timeZone: String(row['time_zone']),
          confidential: row['confidential'] === true,
        };
      });
    },
  };
}
