/** R5: how long what is known is kept, and when somebody looks at it again. What happened in a meeting is never deleted by it. */
import { fromLocal } from '../calendar/index.js';
import type { Instant, LocalDate, ZoneData } from '../calendar/index.js';

export const knowledgeKinds = [
  'conclusion',
  'analysis',
  'minutes',
  'material',
  'story',
  'template',
  'article',
] as const;
export type KnowledgeKind = (typeof knowledgeKinds)[number];

/** Months; null: never. */
export interface KeepingRule {
  /** After it was written or last looked at, its owner is asked whether it still holds. */
  reviewMonths: number | null;
  /** After that the archivist is asked whether it may go. */
  keepMonths: number | null;
  /** What was archived so long ago is deleted by itself. */
  deleteMonths: number | null;
}

export type KeepingRules = Record<KnowledgeKind, KeepingRule>;

export const defaultKeeping: KeepingRules = {
  conclusion: { reviewMonths: 12, keepMonths: 60, deleteMonths: 24 },
  analysis: { reviewMonths: 12, keepMonths: 60, deleteMonths: 24 },
  minutes: { reviewMonths: null, keepMonths: null, deleteMonths: null },
  material: { reviewMonths: null, keepMonths: 36, deleteMonths: 12 },
  story: { reviewMonths: 24, keepMonths: 60, deleteMonths: 24 },
  template: { reviewMonths: 12, keepMonths: null, deleteMonths: 12 },
  article: { reviewMonths: 12, keepMonths: null, deleteMonths: 24 },
};

/** The same day so many months later (or earlier), the last of the month where there is none. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const count = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(count / 12), (count % 12) + 1];
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const last = m === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(m) ? 30 : 31;
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${String(y).padStart(4, '0')}-${two(m)}-${two(Math.min(day, last))}`;
}

/** When its owner is asked next. */
export function reviewOn({ reviewMonths }: KeepingRule, from: LocalDate): LocalDate | undefined {
  return reviewMonths === null ? undefined : addMonths(from, reviewMonths);
}

/** Moments by kind: what is older than these. A kind that is not named is kept. */
export type Cutoffs = Partial<Record<KnowledgeKind, Instant>>;

/** The moment so many months before a day, by kind. */
export function cutoffs(
  rules: KeepingRules,
  months: 'keepMonths' | 'deleteMonths',
  { zone, today }: { zone: ZoneData; today: LocalDate },
): Cutoffs {
  const found: Cutoffs = {};
  for (const kind of knowledgeKinds) {
    const count = rules[kind][months];
    if (count !== null) found[kind] = fromLocal(zone, addMonths(today, -count), '00:00');
  }
  return found;
}
