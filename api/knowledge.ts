/** R5: how an entry of the knowledge base is told, and who may do what with it. Used by its routes. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { KnowledgeEntry } from '../archive/knowledge.js';
import type { Caller } from '../archive/view-read.js';
import { toIso, toLocal } from '../domain/calendar/index.js';
import type { LocalDate } from '../domain/calendar/index.js';
import { excerptOf, marksOf } from '../domain/knowledge/highlights.js';
import { knowledgeKinds } from '../domain/knowledge/retention.js';
import type { Principal } from './auth.js';
import type { Api } from './context.js';
import { isPmo } from '../domain/pmo.js';
import { problem } from './errors.js';
import { Names } from './present/context.js';
import { departmentShape, personShape } from './schemas/answers.js';
import { zoneFor } from './zones.js';

const mark = z.array(z.int()).length(2).describe('From and to, in UTF-16 units of the text beside it.');

export const kindShape = z.enum(knowledgeKinds);

export const entryShape = z
  .object({
    id: z.string(),
    kind: kindShape,
    title: z.string(),
    text: z.string(),
    link: z.string().optional(),
    locale: z.string(),
    at: z.string().describe('When it was written; of a meeting, when that was closed.'),
    meetingId: z.string().optional(),
    topicId: z.string().optional(),
    series: z.string().optional(),
    department: departmentShape.optional(),
    author: personShape.optional(),
    ownerPerson: personShape.optional(),
    ownerDepartment: departmentShape.optional(),
    reviewOn: z.string().optional().describe('Date on which the owner is asked whether it still holds.'),
    reviewedAt: z.string().optional(),
    reviewedBy: personShape.optional(),
    state: z.enum(['open', 'archived', 'deleted']),
    derived: z.boolean().describe('Comes from a meeting; its words change with the minutes, not here.'),
    revision: z.int(),
  })
  .meta({ id: 'KnowledgeEntry' });

/** Plain text and places in it: a page that shows them makes its own marks, and nothing in a text can be more than text. */
export const foundShape = entryShape
  .omit({ text: true })
  .extend({
    titleMarks: z.array(mark),
    excerpt: z.object({
      text: z.string(),
      marks: z.array(mark),
      before: z.boolean().describe('The text begins earlier.'),
      after: z.boolean().describe('The text goes on.'),
    }),
    likeness: z.number().optional().describe('0 to 1, for `similar`.'),
  })
  .meta({ id: 'KnowledgeFound' });

/** Who asks: a request, or whoever holds a link. */
export type Who = Pick<FastifyRequest, 'principal'>;

/** The day it is here. */
export function today({ deps: { clock, config } }: Api): LocalDate {
  return toLocal(zoneFor(config.timeZone, clock()), clock()).date;
}

/** Who looks, for the archive's lists; `nobody`: comes from outside and finds nothing (H7). */
export async function readerOf(api: Api, { principal }: Who): Promise<Caller | undefined | 'nobody'> {
  const caller = await api.seeing.caller(principal.actor);
  if (caller === undefined || caller.all !== undefined) return caller;
  return (await api.deps.archive.knowledge.isOutside(caller.people)) ? 'nobody' : caller;
}

/** One entry that the caller may see; else it is as if it were not there. */
export async function entryFor(api: Api, request: Who, id: string): Promise<KnowledgeEntry> {
  const reader = await readerOf(api, request);
  const entry = reader === 'nobody' ? null : await api.deps.archive.knowledge.find(id, reader);
  return entry ?? problem('NotFound', 'R5.noSuchEntry', '', { id });
}

/** Looks after all of it: administrators, keys with the scope `archivist`, the PMO. */
export async function isArchivist(api: Api, { actor }: Principal): Promise<boolean> {
  if (actor.roles.includes('admin') || actor.scopes.includes('archivist')) return true;
  return isPmo(actor, (await api.deps.norms(api.deps.clock())).pmo);
}

export async function requireArchivist(api: Api, { principal }: FastifyRequest): Promise<void> {
  if (!(await isArchivist(api, principal))) problem('Forbidden', 'R5.archivistOnly');
}

/** Its owner, or who leads the department that owns it; and the archivist. */
export async function isOwner(api: Api, { principal }: Who, entry: KnowledgeEntry): Promise<boolean> {
  const { person } = principal.actor;
  if (person !== undefined) {
    if (entry.ownerPerson === person) return true;
    const { ownerDepartment } = entry;
    if (ownerDepartment !== undefined && (await api.deps.archive.stories.leads(ownerDepartment, person, today(api))))
      return true;
  }
  return isArchivist(api, principal);
}

export async function requireOwner(api: Api, request: Who, entry: KnowledgeEntry): Promise<void> {
  if (!(await isOwner(api, request, entry))) problem('Forbidden', 'R5.ownerOnly');
}

export async function shown(
  api: Api,
  request: FastifyRequest,
  entries: KnowledgeEntry[],
): Promise<z.output<typeof entryShape>[]> {
  const { archive, config, clock } = api.deps;
  const zone = zoneFor(config.timeZone, clock());
  const there = (ids: (string | undefined)[]): string[] => ids.filter((id) => id !== undefined);
  const names = await Names.load(
    archive.directory,
    {
      people: there(entries.flatMap((e) => [e.author, e.ownerPerson, e.reviewedBy])),
      departments: there(entries.flatMap((e) => [e.department, e.ownerDepartment])),
    },
    api.locale(request),
  );
  return entries.map(({ seriesId: series, department, author, ownerPerson, ownerDepartment, ...e }) => ({
    ...e,
    ...(series === undefined ? {} : { series }),
    at: toIso(zone, e.at),
    department: names.maybeDepartment(department),
    author: names.maybePerson(author),
    ownerPerson: names.maybePerson(ownerPerson),
    ownerDepartment: names.maybeDepartment(ownerDepartment),
    reviewedAt: e.reviewedAt === undefined ? undefined : toIso(zone, e.reviewedAt),
    reviewedBy: names.maybePerson(e.reviewedBy),
  }));
}

/** With marks instead of the whole text. */
export async function found(
  api: Api,
  request: FastifyRequest,
  entries: (KnowledgeEntry & { likeness?: number })[],
  words: string[],
): Promise<z.output<typeof foundShape>[]> {
  const all = await shown(api, request, entries);
  return all.map(({ text, ...entry }) => ({
    ...entry,
    titleMarks: marksOf(entry.title, words),
    excerpt: excerptOf(text, words),
  }));
}
