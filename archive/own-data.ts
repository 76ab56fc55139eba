/** All that is kept of one person, to hand out or to take away; the record keeps opaque ids (H4). */
import type { Instant } from '../domain/calendar/index.js';
import type { MeetingState, PersonId } from '../domain/meeting/state.js';
import type { Driver, Row } from './driver.js';

export interface Erasure {
  person: PersonId;
  at: Instant;
  byPerson?: PersonId;
  byKey?: string;
  reason: string;
  successor?: PersonId;
}

/** What somebody would leave undone. Ids. */
export interface OpenWork {
  actions: string[];
  tasks: string[];
  /** Where they coordinate what is not over. */
  coordinating: string[];
  /** That they head. */
  departments: string[];
  /** Whose meetings they host, call or coordinate. */
  series: string[];
  /** Not over, with them as host. */
  hosting: string[];
}

export interface OwnData {
  openWork(person: PersonId): Promise<OpenWork>;
  /** Their meetings in the order of their ids, after `last`. */
  meetings(person: PersonId, last: string, limit: number): Promise<MeetingState[]>;
  /** By table: what names them outside of meetings. No secret, no anonymous answer. */
  rows(person: PersonId): Promise<Record<string, Row[]>>;
  erasure(person: PersonId): Promise<Erasure | null>;
  /** In one transaction; again → nothing more. */
  erase(erasure: Erasure): Promise<void>;
}

const statement = (name: string, text: string) => ({ name: `own_${name}`, text });
const unended = `('preparation', 'notice', 'execution', 'minutes', 'followUp')`;

const openWork = statement(
  'open_work',
  `select
    array(select a.id from view.actions a where a.owner = $1 and a.status not in ('done', 'cancelled') order by a.id) as actions,
    array(select t.id from view.tasks t where t.assignee = $1 and t.status in ('open', 'overdue', 'escalated', 'reported')
      order by t.id) as tasks,
    array(select m.id from view.meetings m where m.people @> array[$1] and m.phase in ${unended}
      and m.state->>'coordinator' = $1 order by m.id) as coordinating,
    array(select d.id from record.departments d where d.head = $1 and not d.closed order by d.id) as departments,
    array(select s.id from record.series s where s.ended_at is null and $1 in (s.data->'template'->>'host',
      s.data->'template'->'initiator'->>'person', s.data->'template'->>'coordinator') order by s.id) as series,
    array(select m.id from view.meetings m where m.people @> array[$1] and m.host = $1
      and m.phase in ('preparation', 'notice', 'execution') order by m.id) as hosting`,
);

const meetings = statement(
  'meetings',
  'select state from view.meetings where people @> array[$1] and id > $2 order by id limit $3',
);

/** Named by their tables; what is not listed holds nothing of a person, is secret, or is anonymous (boxes). */
const tables: Record<string, string> = {
  leave: 'select from_date, to_date from record.leave where person = $1 order by from_date',
  assistants:
    'select person, assistant, scopes, from_date, to_date from record.assistants where person = $1 or assistant = $1',
  keys: 'select id, role, scopes, label, created_at, revoked_at from record.keys where person = $1 order by created_at',
  calendarFeeds: 'select made_at from record.calendar_feeds where person = $1',
  mails:
    'select meeting_id, kind, occasion, status, at, sent_at, reason from record.mail where person = $1 order by at',
  digests: 'select id, slot, status, at, sent_at from record.digests where person = $1 order by slot',
  invitations: 'select meeting_id, sequence, method from record.invitations where person = $1',
  calendarReplies: 'select meeting_id, sequence, stamped_at from record.calendar_replies where person = $1',
  stories: 'select id, meeting_id, title, text, state, at from record.stories where author = $1 order by at',
  audit: `select meeting_id, revision, event, at, via, on_behalf_of, ref from record.audit
    where person = $1 or on_behalf_of = $1 order by at`,
  ballots: `select vote_id, meeting_id, ballots->$1 as ballot from record.ballot_boxes
    where not secret and status = 'closed' and ballots ? $1`,
};

const erasure = statement(
  'erasure',
  'select person, at, by_person, by_key, reason, successor from record.erasures where person = $1',
);

/** In this order; each takes the id alone. */
const erasing = [
  `delete from record.held_letters h using record.people p where p.id = $1 and p.email is not null
    and (lower(h.address) = p.email or lower(h.attendee) = p.email)`,
  `update record.people set name = '', email = null, names = '{}', name_keys = '{}', locale = null, time_zone = null,
    channels = '{}', digest_only = false, active = false where id = $1`,
  `update record.people set channels = channels - 'assistant' where channels->>'assistant' = $1`,
  'delete from record.memberships where person = $1',
  'delete from record.leave where person = $1',
  'delete from record.assistants where person = $1 or assistant = $1',
  'delete from record.calendar_feeds where person = $1',
  'delete from record.calendar_replies where person = $1',
  'delete from record.digest_items where person = $1 and digest is null',
  // A server's words about a failure name the address.
  'update record.mail set reason = null where person = $1',
  'update record.digests set reason = null where person = $1',
  `update record.keys set label = '', revoked_at = coalesce(revoked_at, now()) where person = $1`,
  'update record.departments set head = null where head = $1',
  `update record.departments set acting = coalesce((select jsonb_agg(a) from jsonb_array_elements(acting) a
    where a->>'person' <> $1), '[]') where acting @> jsonb_build_array(jsonb_build_object('person', $1::text))`,
];

export function createOwnData(driver: Driver): OwnData {
  return {
    async openWork(person) {
      const [row] = await driver.run(openWork, [person]);
      const ids = (name: string): string[] => (row?.[name] as string[] | undefined) ?? [];
      return {
        actions: ids('actions'),
        tasks: ids('tasks'),
        coordinating: ids('coordinating'),
        departments: ids('departments'),
        series: ids('series'),
        hosting: ids('hosting'),
      };
    },

    async meetings(person, last, limit) {
      return (await driver.run(meetings, [person, last, limit])).map((row) => row['state'] as MeetingState);
    },

    async rows(person) {
      const all: Record<string, Row[]> = {};
      for (const [name, text] of Object.entries(tables)) all[name] = await driver.run(statement(name, text), [person]);
      return all;
    },

    async erasure(person) {
      const [row] = await driver.run(erasure, [person]);
      if (row === undefined) return null;
      const text = (column: string): string | undefined => (typeof row[column] === 'string' ? row[column] : undefined);
      const found = { byPerson: text('by_person'), byKey: text('by_key'), successor: text('successor') };
      const given = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
      return { person, at: Number(row['at']), reason: String(row['reason']), ...given };
    },

    async erase({ person, at, byPerson, byKey, reason, successor }) {
      await driver.session(async (session) => {
        await session.query('begin');
        try {
          if (successor !== undefined)
            await session.query('update record.departments set head = $2 where head = $1', [person, successor]);
          for (const text of erasing) await session.query(text, [person]);
          await session.query(
            `insert into record.erasures (person, at, by_person, by_key, reason, successor) values ($1, $2, $3, $4, $5, $6)
              on conflict (person) do nothing`,
            [person, at, byPerson ?? null, byKey ?? null, reason, successor ?? null],
          );
          await session.query('commit');
        } catch (error) {
          await session.query('rollback').catch(() => undefined);
          throw error;
        }
      });
    },
  };
}
