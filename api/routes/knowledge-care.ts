/** R5: looking after what is known: the archivist's queue, review, archive and back, the rules of keeping. */
import { z } from 'zod';
import { queueReasons } from '../../archive/knowledge-care.js';
import { cutoffs } from '../../domain/knowledge/retention.js';
import { requireAdmin } from '../auth.js';
import {
  entryFor,
  entryShape,
  kindShape,
  readerOf,
  requireArchivist,
  requireOwner,
  shown,
  today,
} from '../knowledge.js';
import { stillRight } from '../knowledge-care.js';
import { answers, page, paging } from '../route.js';
import type { Routes } from '../route.js';
import { date } from '../schemas/base.js';
import { zoneFor } from '../zones.js';

const tags = ['knowledge'];
const params = z.object({ id: z.string() });
const waitingShape = entryShape
  .extend({
    reasons: z
      .array(z.enum(queueReasons))
      .describe('reviewDue: the review date has come. noOwner: nobody who is here owns it. keepingOver: may it go?'),
    note: z.string().optional().describe('What its owner said when handing it to the archivist.'),
  })
  .meta({ id: 'KnowledgeWaiting' });

const months = z.int().min(1).max(1_200).nullable();
const ruleShape = z
  .strictObject({
    reviewMonths: months.describe('After it was written or looked at, its owner is asked; null: never.'),
    keepMonths: months.describe('After that the archivist is asked whether it may go; null: never.'),
    deleteMonths: months.describe('What was archived so long ago is deleted by itself; null: never.'),
  })
  .meta({ id: 'KeepingRule' });
const rulesShape = z.record(z.string(), ruleShape);

export const knowledgeCareRoutes: Routes = (app, api) => {
  const { knowledge, knowledgeCare } = api.deps.archive;

  app.get(
    '/v1/knowledge/queue',
    {
      schema: {
        tags,
        summary: "The archivist's queue: due for review, without an owner, kept long enough; the oldest first",
        querystring: z.strictObject({ reason: z.enum(queueReasons).optional(), ...paging }),
        response: answers({ 200: page(waitingShape) }, 403, 422),
      },
    },
    async (request) => {
      await requireArchivist(api, request);
      const reader = await readerOf(api, request);
      if (reader === 'nobody') return { items: [] };
      const now = api.deps.clock();
      const rules = await knowledge.rules();
      const day = { zone: zoneFor(api.deps.config.timeZone, now), today: today(api) };
      await knowledgeCare.deleteArchived(cutoffs(rules, 'deleteMonths', day), now);
      const keepingOver = cutoffs(rules, 'keepMonths', day);
      const { reason, cursor, limit } = request.query;
      const found = await knowledgeCare.queue({
        today: day.today,
        ...{ keepingOver, reason, visibleTo: reader, cursor, limit },
      });
      const entries = await shown(
        api,
        request,
        found.items.map(({ reasons: _, note: __, ...entry }) => entry),
      );
      const items = entries.map((entry, i) => {
        const { reasons, note } = found.items[i]!;
        return { ...entry, reasons, ...(note === undefined ? {} : { note }) };
      });
      return { ...found, items };
    },
  );

  app.post(
    '/v1/knowledge/:id/reviewed',
    {
      schema: {
        tags,
        summary: 'Say that it still holds: its owner, or the archivist; sets the next review date',
        params,
        body: z.strictObject({ next: date().optional().describe('Default: by the rule of its kind.') }).optional(),
        response: answers({ 200: entryShape }, 403, 404, 409, 422),
      },
    },
    async (request) => {
      const entry = await entryFor(api, request, request.params.id);
      await requireOwner(api, request, entry);
      const done = await stillRight(api, request, entry, request.body?.next);
      return (await shown(api, request, [done ?? (await entryFor(api, request, entry.id))]))[0]!;
    },
  );

  const put = (to: 'archived' | 'open', path: 'archive' | 'restore', summary: string): void => {
    app.post(
      `/v1/knowledge/:id/${path}`,
      { schema: { tags, summary, params, response: answers({ 200: entryShape }, 403, 404) } },
      async (request) => {
        const entry = await entryFor(api, request, request.params.id);
        await requireOwner(api, request, entry);
        const done =
          entry.state === to
            ? entry
            : await knowledge.change(entry.id, entry.revision, { state: to, stateAt: api.deps.clock() });
        return (await shown(api, request, [done ?? (await entryFor(api, request, entry.id))]))[0]!;
      },
    );
  };
  put(
    'archived',
    'archive',
    'Take it out of the search: its owner, or the archivist; can be restored until it is deleted',
  );
  put('open', 'restore', 'Put it back into the search');

  app.get(
    '/v1/knowledge/rules',
    { schema: { tags, summary: 'How long each kind is kept', response: answers({ 200: rulesShape }) } },
    () => knowledge.rules(),
  );

  app.put(
    '/v1/knowledge/rules/:kind',
    {
      schema: {
        tags,
        summary: 'Set how long a kind is kept: administrators; what meetings recorded is never deleted by it',
        params: z.object({ kind: kindShape }),
        body: ruleShape,
        response: answers({ 200: rulesShape }, 403, 422),
      },
    },
    async (request) => {
      requireAdmin(request.principal);
      await knowledge.setRule(request.params.kind, request.body);
      return knowledge.rules();
    },
  );
};
