/** R1: reviews of quarters: made once from the facts, then the same for good, with the rows that each figure is made of. */
import type { Instant } from '../domain/calendar/index.js';
import type { Quarter, ReviewReport } from '../domain/review/report.js';
import type { Driver } from './driver.js';
import { factsMissing, fillFacts } from './facts.js';
import { reviewRows, type ReviewRow, type RowFilter } from './review-rows.js';
import { reviewOf } from './review-figures.js';
import type { ReviewInput } from './review-input.js';
import { keepRows } from './review-sql.js';
import type { Page } from './cursor.js';
import { createLeaders, type Leaders, type LeadersPort } from './review-leaders.js';

export type { ReviewSpan } from './review-figures.js';
export type { ReviewInput } from './review-input.js';
export type { ReviewRow, RowFilter } from './review-rows.js';

/** R2: what is added to the figures before the report is kept. */
export type Proposing = (report: ReviewReport) => Promise<Pick<ReviewReport, 'proposals' | 'results'>>;

export interface ReviewsPort extends LeadersPort {
  /** Of a quarter that was reviewed already: what was kept then, to the byte. Any number of times, by any number of processes. */
  make(input: ReviewInput, propose?: Proposing): Promise<ReviewReport>;
  find(quarter: Quarter): Promise<ReviewReport | null>;
}

export interface Reviews extends ReviewsPort, Leaders {
  /** Facts of meetings that an older program wrote; `make` waits for them. */
  catchUp(): Promise<void>;
  /** Whether some of those are still to be counted. */
  behind(): Promise<boolean>;
  /** As it would be now, and kept nowhere: the quarter so far. */
  soFar(input: ReviewInput): Promise<ReviewReport>;
  /** The newest first. */
  list(): Promise<{ quarter: Quarter; madeAt: Instant }[]>;
  /** The rows of a figure as they were when it was made; the earliest first. */
  rows(quarter: Quarter, filter: RowFilter): Promise<Page<ReviewRow>>;
}

const find = { name: 'find_review', text: 'select report from record.reviews where quarter = $1' };
const list = { name: 'list_reviews', text: 'select quarter, made_at from record.reviews order by quarter desc' };
const keep = {
  name: 'keep_review',
  text: `insert into record.reviews (quarter, made_at, report) values ($1, $2, $3::json)
    on conflict (quarter) do nothing returning quarter`,
};

export function createReviews(driver: Driver): Reviews {
  const self: Reviews = {
    ...createLeaders(driver),

    async find(quarter) {
      const [row] = await driver.run(find, [quarter]);
      return (row?.['report'] as ReviewReport | undefined) ?? null;
    },

    async make(input, propose) {
      const { quarter, from, to } = input.spans.at(-1)!;
      const before = await self.find(quarter);
      if (before !== null) return before;
      await fillFacts(driver);
      await driver.transaction(async (session) => {
        const figures = await reviewOf(session, input);
        const report = { ...figures, ...(await propose?.(figures)) };
        const kept = await session.query(keep.text, [quarter, input.madeAt, JSON.stringify(report)]);
        if (kept.length > 0) await session.query(keepRows.text, [[quarter], [from], [to]]);
      });
      return (await self.find(quarter))!;
    },

    catchUp: () => fillFacts(driver),
    behind: () => factsMissing(driver),

    soFar: (input) => driver.transaction((session) => reviewOf(session, input)),

    async list() {
      const all = await driver.run(list, []);
      return all.map((row) => ({ quarter: row['quarter'] as Quarter, madeAt: Number(row['made_at']) }));
    },

    rows: (quarter, filter) => reviewRows(driver, quarter, filter),
  };
  return self;
}
