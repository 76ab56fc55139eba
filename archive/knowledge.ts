import type { Instant, LocalDate } from '../domain/calendar/index.js';
import type { KeepingRule, KeepingRules, KnowledgeKind } from '../domain/knowledge/retention.js';
import { likeness, worthALook } from '../domain/knowledge/similar.js';
import type { DepartmentId, Locale, MeetingId, PersonId, TopicId } from '../domain/meeting/state.js';
import { pageOf, readCursor, type Page } from './cursor.js';
import type { Driver } from './driver.js';
import { mintId } from './ids.js';
import { conditions, unnamed, Values, visible, type Filter } from './knowledge-filter.js';
import { keepingRules, type KnowledgeIndex } from './knowledge-index.js';
import { setsOf, type Changes } from './knowledge-changes.js';
import { foundBy, gramsOf, likeQuestions, questionFor, questionOf } from './knowledge-words.js';
import type { Caller } from './view-read.js';

/** R5: something that is known, as the archive has it. */
export interface KnowledgeEntry {
  id: string;
  kind: KnowledgeKind;
  meetingId?: MeetingId;
  topicId?: TopicId;
  seriesId?: string;
  department?: DepartmentId;
  title: string;
  text: string;
  link?: string;
  locale: Locale;
  at: Instant;
  author?: PersonId;
  ownerPerson?: PersonId;
  ownerDepartment?: DepartmentId;
  reviewOn?: LocalDate;
  reviewedAt?: Instant;
  reviewedBy?: PersonId;
  state: 'open' | 'archived' | 'deleted';
  /** Made by a meeting: its words are the meeting's. */
  derived: boolean;
  revision: number;
}

export interface Found {
  items: (KnowledgeEntry & { likeness?: number })[];
  next?: string;
  /** What to mark in the texts. */
  words: string[];
  /** any: nothing has all words of the question. */
  match?: 'all' | 'any';
}

export type NewEntry = Pick<KnowledgeEntry, 'kind' | 'title' | 'text' | 'locale' | 'at'> &
  Partial<
    Pick<KnowledgeEntry, 'department' | 'link' | 'author' | 'ownerPerson' | 'ownerDepartment' | 'reviewOn' | 'seriesId'>
  >;

export interface Knowledge extends KnowledgeIndex {
  search(
    question: string | undefined,
    filter: Filter,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Found>;
  /** Past entries whose titles are like this one, the likest first. */
  similar(title: string, filter: Filter, limit: number): Promise<Found>;
  /** Null: there is none that this caller may see. Archived ones are found, deleted ones are not. */
  find(id: string, visibleTo: Caller | undefined): Promise<KnowledgeEntry | null>;
  add(
    entry: NewEntry,
    request?: { key: string; hash: string },
  ): Promise<{ entry: KnowledgeEntry; requestHash?: string }>;
  /** Null: it is not there, or somebody else changed it since `revision`. */
  change(id: string, revision: number, fields: Partial<Changes>): Promise<KnowledgeEntry | null>;
  rules(): Promise<KeepingRules>;
  setRule(kind: KnowledgeKind, rule: KeepingRule): Promise<void>;
  /** H7: all that these people are part of, they come to from outside. */
  isOutside(people: PersonId[]): Promise<boolean>;
}

export const entryColumns = `json_strip_nulls(json_build_object('id', k.id, 'kind', k.kind, 'meetingId', k.meeting_id,
  'topicId', k.topic_id, 'seriesId', k.series_id, 'department', k.department, 'title', k.title, 'text', k.text,
  'link', k.link, 'locale', k.locale, 'at', k.at, 'author', k.author, 'ownerPerson', k.owner_person,
  'ownerDepartment', k.owner_department, 'reviewOn', k.review_on, 'reviewedAt', k.reviewed_at,
  'reviewedBy', k.reviewed_by, 'state', k.state, 'derived', k.source is not null, 'revision', k.revision)) as found`;

/** Of a question that fits thousands: the newest of those whose title fits, and of all; the best of them come first. */
const candidates = 300;

export function createKnowledge(driver: Driver, index: KnowledgeIndex): Knowledge {
  const entries = async (text: string, values: Values): Promise<KnowledgeEntry[]> =>
    (await driver.run(unnamed(text), values.list)).map((row) => row['found'] as KnowledgeEntry);

  const newest = async (filter: Filter, cursor: string | undefined, limit: number): Promise<Page<KnowledgeEntry>> => {
    const values = new Values();
    const where = conditions(values, filter);
    const after = readCursor(cursor);
    const beyond = after === undefined ? '' : `and (k.at, k.id) < (${values.add(after.at)}, ${values.add(after.id)})`;
    const rows = await entries(
      `select ${entryColumns} from record.knowledge k where ${where} ${beyond}
        order by k.at desc, k.id desc limit ${limit + 1}`,
      values,
    );
    return pageOf(
      rows,
      limit,
      (row) => row,
      ({ at, id }) => ({ at, id }),
    );
  };

  const ranked = (words: string[], how: 'all' | 'any', filter: Filter, offset: number, limit: number) => {
    const values = new Values();
    const q = `${values.add(questionFor(words, how))}::tsquery`;
    const where = conditions(values, filter);
    const some = (column: string): string =>
      `(select k.id from record.knowledge k where ${where} and k.${column} @@ ${q}
        order by k.at desc, k.id desc limit ${candidates})`;
    return entries(
      `with hits as (${some('title_words')} union ${some('words')}), best as (
        select k.id, k.at, ts_rank('{0.05, 0.3, 0.4, 1}', k.words, ${q}, 1) as score
          from hits h join record.knowledge k on k.id = h.id
          order by score desc, k.at desc, k.id desc limit ${limit} offset ${offset})
      select ${entryColumns} from best b join record.knowledge k on k.id = b.id
        order by b.score desc, b.at desc, b.id desc`,
      values,
    );
  };

  /** The newest whose titles fit. */
  const titled = async (question: string, filter: Filter): Promise<{ id: string; title: string }[]> => {
    const values = new Values();
    const where = conditions(values, filter);
    const rows = await driver.run(
      unnamed(`select k.id, k.title from record.knowledge k where ${where} and k.grams @@ ${values.add(question)}::tsquery
        order by k.at desc, k.id desc limit ${candidates}`),
      values.list,
    );
    return rows.map((row) => ({ id: String(row['id']), title: String(row['title']) }));
  };

  return {
    ...index,
    async search(question, filter, { cursor, limit }) {
      if (question === undefined) return { ...(await newest(filter, cursor, limit)), words: [] };
      const words = questionOf(question);
      if (words.length === 0) return { items: [], words };
      const at = readCursor(cursor);
      const offset = Math.min(Math.max(0, at?.at ?? 0), 2 * candidates);
      const ask = (how: 'all' | 'any') => ranked(words, how, filter, offset, limit + 1);
      let match: 'all' | 'any' = at?.id === 'any' ? 'any' : 'all';
      let rows = await ask(match);
      if (rows.length === 0 && at === undefined && words.length > 1) {
        rows = await ask('any');
        if (rows.length > 0) match = 'any';
      }
      const { items, next } = pageOf(
        rows,
        limit,
        (row) => row,
        () => ({ at: offset + limit, id: match }),
      );
      return { items, words, match, ...(next === undefined ? {} : { next }) };
    },

    async similar(title, filter, limit) {
      const grams = gramsOf(title);
      const alike = new Map<string, number>();
      // What has most in common first: thousands share two neighbours with a common title, and the newest of them say little.
      for (const question of likeQuestions(grams)) {
        for (const { id, title: other } of await titled(question, filter)) {
          const measured = likeness(grams, gramsOf(other));
          if (measured >= worthALook) alike.set(id, measured);
        }
        if (alike.size >= limit) break;
      }
      const best = [...alike].sort(([, a], [, b]) => b - a).slice(0, limit);
      // Whole entries only of the few that are answered.
      const chosen = new Values();
      const ids = chosen.add(best.map(([id]) => id));
      const found = await entries(
        `select ${entryColumns} from unnest(${ids}::text[]) with ordinality as a(id, place)
          join record.knowledge k on k.id = a.id order by a.place`,
        chosen,
      );
      return { items: found.map((e) => ({ ...e, likeness: alike.get(e.id)! })), words: questionOf(title) };
    },

    async find(id, visibleTo) {
      const values = new Values();
      const where = `k.id = ${values.add(id)} and ${visible(values, visibleTo)}`;
      const [entry] = await entries(
        `select ${entryColumns} from record.knowledge k where ${where} and k.state <> 'deleted' and not k.withdrawn`,
        values,
      );
      return entry ?? null;
    },

    async add(entry, request) {
      const row = { id: mintId('n'), ...entry, ...foundBy(entry.title, entry.text) };
      const [made] = await driver.run(addEntry, [JSON.stringify(row), request?.key ?? null, request?.hash ?? null]);
      const values = new Values();
      const where = `k.id = ${values.add(made?.['id'])}`;
      const [kept] = await entries(`select ${entryColumns} from record.knowledge k where ${where}`, values);
      const requestHash = made?.['request_hash'] as string | null;
      return { entry: kept!, ...(requestHash === null ? {} : { requestHash }) };
    },

    async change(id, revision, fields) {
      const values = new Values();
      const sets = setsOf(values, fields);
      const [entry] = await entries(
        `update record.knowledge k set ${[...sets, 'revision = k.revision + 1'].join(', ')}
          where k.id = ${values.add(id)} and k.revision = ${values.add(revision)} and k.state <> 'deleted'
          returning ${entryColumns}`,
        values,
      );
      return entry ?? null;
    },

    rules: () => keepingRules(driver),
    async setRule(kind, rule) {
      await driver.run(writeRule, [kind, JSON.stringify(rule)]);
    },
    async isOutside(people) {
      if (people.length === 0) return false;
      const [row] = await driver.run(outside, [people]);
      return row?.['outside'] === true;
    },
  };
}

const addEntry = { name: 'add_knowledge', text: 'select * from record.add_knowledge($1::jsonb, $2, $3)' };
const writeRule = {
  name: 'write_knowledge_rule',
  text: `insert into record.knowledge_rules (kind, rule) values ($1, $2::jsonb)
    on conflict (kind) do update set rule = excluded.rule, recorded_at = now()`,
};
const outside = {
  name: 'is_outside',
  text: `select exists (select 1 from view.meetings m where m.outsiders && $1::text[])
    and not exists (select 1 from view.meetings m, unnest($1::text[]) p
      where m.people @> array[p] and (m.outsiders is null or not p = any (m.outsiders))) as outside`,
};
