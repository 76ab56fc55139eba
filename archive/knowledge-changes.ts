import type { Instant, LocalDate } from '../domain/calendar/index.js';
import type { DepartmentId, PersonId } from '../domain/meeting/state.js';
import type { Values } from './knowledge-filter.js';
import type { KnowledgeEntry } from './knowledge.js';
import { foundBy } from './knowledge-words.js';

export interface Changes {
  title: string;
  text: string;
  link: string | null;
  department: DepartmentId | null;
  ownerPerson: PersonId | null;
  ownerDepartment: DepartmentId | null;
  reviewOn: LocalDate | null;
  reviewedAt: Instant;
  reviewedBy: PersonId | null;
  state: KnowledgeEntry['state'];
  stateAt: Instant;
  /** For the archivist. */
  note: string | null;
}

const columnOf: Record<keyof Changes, string> = {
  title: 'title',
  text: 'text',
  link: 'link',
  department: 'department',
  ownerPerson: 'owner_person',
  ownerDepartment: 'owner_department',
  reviewOn: 'review_on',
  reviewedAt: 'reviewed_at',
  reviewedBy: 'reviewed_by',
  state: 'state',
  stateAt: 'state_at',
  note: 'note',
};

/** What an entry is found by changes with its words. */
export function setsOf(values: Values, fields: Partial<Changes>): string[] {
  const sets = (Object.keys(fields) as (keyof Changes)[])
    .filter((field) => fields[field] !== undefined)
    .map((field) => `${columnOf[field]} = ${values.add(fields[field])}`);
  if (fields.title === undefined || fields.text === undefined) return sets;
  const { words, titleWords, grams } = foundBy(fields.title, fields.text);
  return [
    ...sets,
    `words = ${values.add(words)}::tsvector, title_words = ${values.add(titleWords)}::tsvector`,
    `grams = ${values.add(grams)}::tsvector`,
  ];
}
