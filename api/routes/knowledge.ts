/** R5: the knowledge base: found in Chinese and English, what was concluded about the like of it, entries of one's own. */
import { z } from 'zod';
import type { Filter } from '../../archive/knowledge-filter.js';
import type { Found } from '../../archive/knowledge.js';
import { addDays, fromLocal } from '../../domain/calendar/index.js';
import { reviewOn } from '../../domain/knowledge/retention.js';
import type { Api } from '../context.js';
import { problem } from '../errors.js';
import { idempotencyOf, refuseOtherRequest } from '../idempotency.js';
import {
  entryFor,
  entryShape,
  found,
  foundShape,
  kindShape,
  readerOf,
  requireArchivist,
  requireOwner,
  shown,
  today,
} from '../knowledge.js';
import { answers, commandRefusals, idempotencyHeader, page, paging } from '../route.js';
import type { Routes } from '../route.js';
import { bounds, date, departmentRef, lines, link, locale, personRef, text } from '../schemas/base.js';
import { zoneFor } from '../zones.js';

const tags = ['knowledge'];
const params = z.object({ id: z.string() });

const query = z.strictObject({
  q: text(bounds.title).optional().describe('All of these words; if nothing has them all, any of them (`match`).'),
  similar: text(bounds.title).optional().describe("A topic's title: what was concluded about topics like it."),
  kind: kindShape.optional(),
  department: text(bounds.name).optional().describe('Id or name.'),
  series: z.string().max(64).optional(),
  from: date().optional().describe('First day.'),
  to: date().optional().describe('Last day.'),
  ...paging,
  limit: z.coerce.number().int().min(1).max(200).default(20),
});

const listShape = page(foundShape).extend({
  match: z.enum(['all', 'any']).optional().describe('any: nothing has all words of the question.'),
});

/** What an owner may set. */
const ownable = {
  title: text(bounds.title),
  text: lines(bounds.longText),
  link: link(),
  department: departmentRef(),
  ownerPerson: personRef(),
  ownerDepartment: departmentRef(),
  reviewOn: date().describe('Default: by the rule of its kind.'),
};

const newEntry = z
  .strictObject({
    kind: z.enum(['article', 'template']),
    title: ownable.title,
    text: ownable.text,
    link: ownable.link.optional(),
    department: ownable.department.optional(),
    ownerPerson: ownable.ownerPerson.optional(),
    ownerDepartment: ownable.ownerDepartment.optional(),
    reviewOn: ownable.reviewOn.optional(),
    locale: locale().optional(),
  })
  .meta({ id: 'CreateKnowledgeEntry' });

const change = z
  .strictObject({
    revision: z.int().describe('As it was read; somebody else’s change in between is a 409.'),
    title: ownable.title.optional(),
    text: ownable.text.optional(),
    link: ownable.link.nullable().optional(),
    department: ownable.department.nullable().optional(),
    ownerPerson: ownable.ownerPerson.nullable().optional(),
    ownerDepartment: ownable.ownerDepartment.nullable().optional(),
    reviewOn: ownable.reviewOn.nullable().optional(),
  })
  .meta({ id: 'ChangeKnowledgeEntry' });

export const knowledgeRoutes: Routes = (app, api) => {
  const { knowledge } = api.deps.archive;

  app.get(
    '/v1/knowledge',
    {
      schema: {
        tags,
        summary: 'Search the knowledge base (R5), the best first; without a question the newest first',
        querystring: query,
        response: answers({ 200: listShape }, 422),
      },
    },
    async (request) => {
      const { q, similar, cursor, limit } = request.query;
      if (q !== undefined && similar !== undefined) problem('BadInput', 'R5.oneQuestion', 'similar');
      const reader = await readerOf(api, request);
      if (reader === 'nobody') return { items: [] };
      const filter = { ...(await filterOf(api, request.query)), visibleTo: reader };
      const answer: Found =
        similar === undefined
          ? await knowledge.search(q, filter, { cursor, limit })
          : await knowledge.similar(similar, { ...filter, kind: filter.kind ?? ['conclusion', 'analysis'] }, limit);
      const { items, words, next, match } = answer;
      return {
        items: await found(api, request, items, words),
        ...(next === undefined ? {} : { next }),
        ...(match === undefined ? {} : { match }),
      };
    },
  );

  app.get(
    '/v1/knowledge/:id',
    { schema: { tags, summary: 'One entry', params, response: answers({ 200: entryShape }, 404) } },
    async (request) => (await shown(api, request, [await entryFor(api, request, request.params.id)]))[0]!,
  );

  app.post(
    '/v1/knowledge',
    {
      schema: {
        tags,
        summary: 'Write an article or a template: the archivist',
        headers: idempotencyHeader,
        body: newEntry,
        response: answers({ 201: entryShape }, ...commandRefusals),
      },
    },
    async (request, reply) => {
      await requireArchivist(api, request);
      const { locale: said, ...body } = request.body;
      const named = await namesOf(api, body);
      const due = body.reviewOn ?? reviewOn((await knowledge.rules())[body.kind], today(api));
      const asked = idempotencyOf(request);
      const { person } = request.principal.actor;
      const { entry, requestHash } = await knowledge.add(
        {
          ...body,
          ...named,
          locale: said ?? api.locale(request),
          at: api.deps.clock(),
          ...(person === undefined ? {} : { author: person }),
          ...(due === undefined ? {} : { reviewOn: due }),
        },
        asked && { ...asked, key: `${request.principal.id}:${asked.key}` },
      );
      refuseOtherRequest(asked, requestHash);
      return reply.code(201).send((await shown(api, request, [entry]))[0]);
    },
  );

  app.patch(
    '/v1/knowledge/:id',
    {
      schema: {
        tags,
        summary: 'Change an entry, its owner or review date: its owner, or the archivist',
        params,
        body: change,
        response: answers({ 200: entryShape }, 403, 404, 409, 422),
      },
    },
    async (request) => {
      const entry = await entryFor(api, request, request.params.id);
      await requireOwner(api, request, entry);
      const { revision, ...body } = request.body;
      const words = body.title ?? body.text ?? body.link;
      if (entry.derived && words !== undefined) problem('Conflict', 'R5.derived', '', { kind: entry.kind });
      const fields = { ...body, ...(await namesOf(api, body)) };
      const texts =
        body.title === undefined && body.text === undefined
          ? {}
          : { title: body.title ?? entry.title, text: body.text ?? entry.text };
      const changed = await knowledge.change(entry.id, revision, { ...fields, ...texts });
      if (changed === null) problem('Conflict', 'R5.changed', 'revision', { revision: entry.revision });
      return (await shown(api, request, [changed]))[0]!;
    },
  );
};

/** Days of the organisation, both included. */
async function filterOf(
  api: Api,
  {
    kind,
    department,
    series,
    from,
    to,
  }: Pick<z.output<typeof query>, 'kind' | 'department' | 'series' | 'from' | 'to'>,
): Promise<Filter> {
  const { directory } = api.deps.archive;
  const zone = zoneFor(api.deps.config.timeZone, api.deps.clock());
  const found = department && (await directory.findDepartments([{ ref: department, path: 'department' }]))[0]!.id;
  return {
    kind: kind && [kind],
    department: found,
    series,
    from: from === undefined ? undefined : fromLocal(zone, from, '00:00'),
    to: to === undefined ? undefined : fromLocal(zone, addDays(to, 1), '00:00'),
  };
}

type Named = Partial<Record<'department' | 'ownerPerson' | 'ownerDepartment', string | null | undefined>>;

/** People and departments by their ids; none is made by naming it here. */
async function namesOf<T extends Named>(api: Api, named: T): Promise<{ [K in keyof Named & keyof T]: T[K] }> {
  const { directory } = api.deps.archive;
  const ids: Record<string, string> = {};
  if (named.ownerPerson) ids['ownerPerson'] = await api.known(named.ownerPerson, 'ownerPerson');
  for (const field of ['department', 'ownerDepartment'] as const) {
    const ref = named[field];
    if (ref) ids[field] = (await directory.findDepartments([{ ref, path: field }]))[0]!.id;
  }
  return { ...named, ...ids };
}
