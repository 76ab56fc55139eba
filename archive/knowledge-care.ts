import type { Instant, LocalDate } from '../domain/calendar/index.js';
import type { KeepingRules, KnowledgeKind } from '../domain/knowledge/retention.js';
import { pageOf, readCursor, type Page } from './cursor.js';
import type { Driver } from './driver.js';
import { entryColumns, unnamed, Values, visible, type KnowledgeEntry } from './knowledge.js';
import type { Caller } from './view-read.js';

export const queueReasons = ['reviewDue', 'noOwner', 'keepingOver'] as const;
export type QueueReason = (typeof queueReasons)[number];
export type Waiting = KnowledgeEntry & { reasons: QueueReason[] };

/** Moments by kind: what is older than these. A kind that is not named is kept. */
export type Cutoffs = Partial<Record<KnowledgeKind, Instant>>;

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
        unnamed(`select ${entryColumns}, ${queueReasons.map((r) => `${is[r]} as "${r}"`).join(', ')}
          from record.knowledge k
          where k.state = 'open' and not k.withdrawn and ${seen} and (${which}) ${beyond}
          order by k.at, k.id limit ${limit + 1}`),
        values.list,
      );
      const waiting = rows.map((row): Waiting => ({
        ...(row['found'] as KnowledgeEntry),
        reasons: queueReasons.filter((r) => row[r] === true),
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
            link = null, words = '', title_words = '', grams = '', revision = k.revision + 1
          from ${over} c(kind, at)
          where k.state = 'archived' and c.kind = k.kind and k.state_at < c.at returning k.id`),
        values.list,
      );
      return rows.length;
    },
  };
}

export type { KeepingRules };
