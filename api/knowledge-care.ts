/** R5: what an owner says of an entry whose review date has come; used by the routes and by the form behind the mail's link. */
import type { KnowledgeEntry } from '../archive/knowledge.js';
import type { LocalDate } from '../domain/calendar/index.js';
import { reviewOn } from '../domain/knowledge/retention.js';
import type { PersonId } from '../domain/meeting/state.js';
import { linkPrincipal } from './auth.js';
import type { Api } from './context.js';
import { problem } from './errors.js';
import { readerOf, today, type Who } from './knowledge.js';

/** The next review date by the rule of its kind; undefined: never again. */
export async function nextReview(api: Api, { kind }: Pick<KnowledgeEntry, 'kind'>): Promise<LocalDate | undefined> {
  return reviewOn((await api.deps.archive.knowledge.rules())[kind], today(api));
}

/** Null: somebody else changed it meanwhile. */
export async function stillRight(
  api: Api,
  { principal }: Who,
  entry: KnowledgeEntry,
  next?: LocalDate,
): Promise<KnowledgeEntry | null> {
  if (entry.state !== 'open') problem('Conflict', 'R5.notOpen');
  if (next !== undefined && next <= today(api)) problem('BadInput', 'R5.reviewPast', 'next');
  return api.deps.archive.knowledge.change(entry.id, entry.revision, {
    reviewOn: next ?? (await nextReview(api, entry)) ?? null,
    reviewedAt: api.deps.clock(),
    reviewedBy: principal.actor.person ?? null,
    note: null,
  });
}

/** To somebody who may read it; they are asked on the next working day. */
export async function handOn(api: Api, entry: KnowledgeEntry, to: PersonId): Promise<KnowledgeEntry | null> {
  const reader = await readerOf(api, { principal: linkPrincipal(await api.linkActor({ person: to })) });
  const found = reader === 'nobody' ? null : await api.deps.archive.knowledge.find(entry.id, reader);
  if (found === null) problem('BadInput', 'R5.cannotRead', 'owner');
  return api.deps.archive.knowledge.change(entry.id, entry.revision, { ownerPerson: to, note: null });
}

/** Nobody's from now on: it waits in the archivist's queue, with what its owner says of it. */
export function toArchivist(api: Api, entry: KnowledgeEntry, note: string | undefined): Promise<KnowledgeEntry | null> {
  const nobody = { ownerPerson: null, ownerDepartment: null };
  return api.deps.archive.knowledge.change(entry.id, entry.revision, { ...nobody, note: note ?? null });
}
