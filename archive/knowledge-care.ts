import type { Instant, LocalDate } from '../domain/calendar/index.js';
import type { Owner } from '../domain/knowledge/care.js';
import type { Cutoffs, KeepingRules, KnowledgeKind } from '../domain/knowledge/retention.js';
import type { DepartmentId, PersonId } from '../domain/meeting/state.js';
import { pageOf, readCursor, type Page } from './cursor.js';
import type { Driver } from './driver.js';
import { keepingRules } from './knowledge-index.js';
import { unnamed, Values, visible } from './knowledge-filter.js';
import { entryColumns, type KnowledgeEntry } from './knowledge.js';
import type { Caller } from './view-read.js';

export const queueReasons = ['reviewDue', 'noOwner', 'keepingOver'] as const;
export type QueueReason = (typeof queueReasons)[number];
export type Waiting = KnowledgeEntry & { reasons: QueueReason[]; note?: string };

/** An entry whose review date has come, as its reminder tells of it. */
export interface DueEntry {
  id: string;
  kind: KnowledgeKind;
  title: string;
  department?: DepartmentId;
  at: Instant;
  reviewOn: LocalDate;
  /** Nobody is named as its owner. */
  unowned: boolean;
  note?: string;
}

/** One entry at one due date: whom it is told to is told it once. */
export const occasionOf = ({ id, reviewOn }: Pick<DueEntry, 'id' | 'reviewOn'>): string => `${id}@${reviewOn}`;
export const reviewMail = 'knowledgeReview';

export interface KnowledgeCare {
  /** What the archivist has to look at, the oldest first. */
  queue(asked: {
    today: LocalDate;
    keepingOver: Cutoffs;
    reason?: QueueReason | undefined;
    visibleTo: Caller | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<Page<Waiting>>;
  /** What was archived before these moments loses its words for good; the meetings' own record stays. Answers how many. */
  deleteArchived(before: Cutoffs, at: Instant): Promise<number>;
  rules(): Promise<KeepingRules>;
  /** Whose entries' review date has come: each pair of person and department that such an entry names, once. */
  owners(today: LocalDate): Promise<Owner[]>;
  /**
   * Of these owners' entries those whose date has come, that this person may see and has not been told of, the longest due
   * first. `all`: sees as the PMO does.
   */
  toTell(asked: {
    person: PersonId;
    all: boolean;
    owners: Owner[];
    today: LocalDate;
    limit: number;
  }): Promise<DueEntry[]>;
  /** Atomic, as MailClaims.claim, of many: which of these are ours to tell. */
  claim(person: PersonId, occasions: string[], at: Instant, messageId: string): Promise<string[]>;
  /** After the server's 250, together: what was told. With a reason: given up; what was told stays told. */
  settle(person: PersonId, occasions: string[], at: Instant, reason?: string): Promise<void>;
  /** People whose own key has the scope `archivist`, the oldest key first. */
  archivists(): Promise<PersonId[]>;
}

/** Kinds with their moment, as a table to join. */
function table(values: Values, cutoffs: Cutoffs): string {
  const kinds = values.add(Object.keys(cutoffs));
  const moments = values.add(Object.values(cutoffs));
  return `unnest(${kinds}::text[], ${moments}::bigint[])`;
}

export function createKnowledgeCare(driver: Driver): KnowledgeCare {
  return {
    async queue({ today, keepingOver, reason, visibleTo, cursor, limit }) {
      const values = new Values();
      const over = table(values, keepingOver);
      const is: Record<QueueReason, string> = {
        reviewDue: `(k.review_on is not null and k.review_on <= ${values.add(today)})`,
        noOwner: `(k.owner_department is null and not exists
          (select 1 from record.people p where p.id = k.owner_person and p.active))`,
        keepingOver: `exists (select 1 from ${over} c(kind, at)
          where c.kind = k.kind and greatest(k.at, k.reviewed_at) < c.at)`,
      };
      const seen = visible(values, visibleTo);
      const which = reason === undefined ? queueReasons.map((r) => is[r]).join(' or ') : is[reason];
      const after = readCursor(cursor);
      const beyond = after === undefined ? '' : `and (k.at, k.id) > (${values.add(after.at)}, ${values.add(after.id)})`;
      const rows = await driver.run(
        unnamed(`select ${entryColumns}, k.note, ${queueReasons.map((r) => `${is[r]} as "${r}"`).join(', ')}
          from record.knowledge k
          where k.state = 'open' and not k.withdrawn and ${seen} and (${which}) ${beyond}
          order by k.at, k.id limit ${limit + 1}`),
        values.list,
      );
      const waiting = rows.map((row): Waiting => ({
        ...(row['found'] as KnowledgeEntry),
        reasons: queueReasons.filter((r) => row[r] === true),
        ...(typeof row['note'] === 'string' ? { note: row['note'] } : {}),
      }));
      return pageOf(
        waiting,
        limit,
        (entry) => entry,
        ({ at, id }) => ({ at, id }),
      );
    },

    async deleteArchived(before, at) {
      const values = new Values();
      const over = table(values, before);
      const rows = await driver.run(
        unnamed(`update record.knowledge k set state = 'deleted', state_at = ${values.add(at)}, title = '', text = '',
            link = null, note = null, words = '', title_words = '', grams = '', revision = k.revision + 1
          from ${over} c(kind, at)
          where k.state = 'archived' and c.kind = k.kind and k.state_at < c.at returning k.id`),
        values.list,
      );
      return rows.length;
    },

    rules: () => keepingRules(driver),

    async owners(today) {
      const rows = await driver.run(dueOwners, [today]);
      return rows.map(({ person, department }) => ({
        ...(person === null ? {} : { person: person as string }),
        ...(department === null ? {} : { department: department as string }),
      }));
    },

    async toTell({ person, all, owners, today, limit }) {
      const values = new Values();
      const people = values.add(owners.map((o) => o.person ?? null));
      const departments = values.add(owners.map((o) => o.department ?? null));
      const seen = visible(values, { people: [person], ...(all ? { all: {} } : {}) });
      const me = values.add(person);
      const rows = await driver.run(
        unnamed(`select json_strip_nulls(json_build_object('id', k.id, 'kind', k.kind, 'title', k.title,
            'department', k.department, 'at', k.at, 'reviewOn', k.review_on, 'note', k.note,
            'unowned', k.owner_person is null and k.owner_department is null)) as found
          from record.knowledge k
          join unnest(${people}::text[], ${departments}::text[]) o(person, department)
            on o.person is not distinct from k.owner_person and o.department is not distinct from k.owner_department
          where ${due} and k.review_on <= ${values.add(today)} and ${seen}
            and not exists (select 1 from record.mail m where m.meeting_id = '' and m.kind = '${reviewMail}'
              and m.person = ${me} and m.occasion = k.id || '@' || k.review_on and m.status <> 'claimed')
          order by k.review_on, k.at, k.id limit ${limit}`),
        values.list,
      );
      return rows.map((row) => row['found'] as DueEntry);
    },

    async claim(person, occasions, at, messageId) {
      const rows = await driver.run(claim, [person, at, messageId, occasions]);
      return rows.filter((row) => row['status'] === 'claimed').map((row) => String(row['occasion']));
    },

    async settle(person, occasions, at, reason) {
      await driver.run(settle, [person, at, occasions, reason ?? null]);
    },

    archivists: async () => (await driver.run(archivists, [])).map((row) => String(row['person'])),
  };
}

const due = `k.state = 'open' and not k.withdrawn and k.review_on is not null`;
const dueOwners = {
  name: 'knowledge_due_owners',
  text: `select distinct k.owner_person as person, k.owner_department as department from record.knowledge k
    where ${due} and k.review_on <= $1`,
};
const claim = {
  name: 'claim_knowledge_review',
  text: `insert into record.mail as m (meeting_id, kind, person, occasion, message_id, status, at)
    select '', '${reviewMail}', $1, o, $3, 'claimed', $2 from unnest($4::text[]) o
    on conflict (meeting_id, kind, person, occasion) do update set claims = m.claims + 1
    returning occasion, status`,
};
const settle = {
  name: 'settle_knowledge_review',
  text: `update record.mail set status = case when $4::text is null then 'sent' else 'failed' end,
      sent_at = case when $4::text is null then $2::bigint end, reason = $4
    where meeting_id = '' and kind = '${reviewMail}' and person = $1 and occasion = any ($3::text[]) and status <> 'sent'`,
};
const archivists = {
  name: 'knowledge_archivists',
  text: `select k.person from record.keys k where k.person is not null and k.revoked_at is null and 'archivist' = any (k.scopes)
    order by k.created_at, k.id`,
};
