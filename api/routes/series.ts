/** Series (S1): making, reading, changing and ending them, and their single dates. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SeriesRow } from '../../archive/series.js';
import { addDays, fromLocal, toLocal } from '../../domain/calendar/index.js';
import { zoneOf } from '../../domain/series/plan.js';
import type { SeriesPlan } from '../../domain/series/plan.js';
import type { Api } from '../context.js';
import { problem } from '../errors.js';
import { idempotencyOf } from '../idempotency.js';
import { answers, idempotencyHeader } from '../route.js';
import type { Routes } from '../route.js';
import { text } from '../schemas/base.js';
import { nothing } from '../schemas/commands.js';
import { createSeriesBody, moveBody, patchSeriesBody, seriesShape, skipBody } from '../schemas/series.js';
import { presentSeries } from '../series/present.js';
import { seenSeries } from '../series/seeing.js';
import { removeSchedule, triggerSchedule } from '../series/schedules.js';
import {
  change,
  createSeries,
  freeDate,
  isSeriesId,
  patchSeries,
  requireOrganiser,
  seesSeries,
} from '../series/service.js';

const tags = ['series'];
const params = z.object({ id: z.string().describe('Series id.') });
const refusals = [400, 403, 404, 409, 422] as const;

/** One that the caller may see; to change it, one that is theirs. */
async function seriesOf(api: Api, request: FastifyRequest, id: string, toChange = true): Promise<SeriesRow> {
  const row = isSeriesId(id) ? await api.deps.archive.series.get(id) : null;
  const { principal } = request;
  if (row === null || !seesSeries(principal, row)) return problem('NotFound', 'S1.unknown', '', { id });
  if (toChange) requireOrganiser(principal, row);
  return row;
}

const makeAndRead: Routes = (app, api) => {
  app.post(
    '/v1/series',
    {
      schema: {
        tags,
        summary: 'Make a series: what its meetings are like and when; what is due is made at once',
        headers: idempotencyHeader,
        body: createSeriesBody,
        response: answers({ 201: seriesShape }, ...refusals),
      },
    },
    async (request, reply) => {
      const row = await createSeries(api, request.body, request.principal, idempotencyOf(request));
      const answer = await presentSeries(api, row, api.locale(request));
      return reply.code(201).header('location', `/v1/series/${row.id}`).send(answer);
    },
  );

  app.get(
    '/v1/series',
    {
      schema: {
        tags,
        summary: 'List the series that the caller may see',
        querystring: z.strictObject({
          department: text(120).optional().describe('Initiating department: id or name.'),
          ended: z.enum(['true', 'false']).optional().describe('With the ended ones.'),
        }),
        response: answers({ 200: z.object({ items: z.array(seriesShape) }) }, 422),
      },
    },
    async (request) => {
      const { department, ended } = request.query;
      const { directory, series } = api.deps.archive;
      const { principal } = request;
      const rows = await series.list({
        ended: ended === 'true',
        ...(department === undefined
          ? {}
          : { department: (await directory.findDepartments([{ ref: department, path: 'department' }]))[0]!.id }),
        ...(principal.seesAll ? {} : { visibleTo: principal.actor.person ?? '' }),
      });
      const locale = api.locale(request);
      const items = await Promise.all(
        rows.map(async (row) => {
          const seen = await seenSeries(api, row, principal, locale);
          return seen === undefined ? [] : [await presentSeries(api, row, locale, seen)];
        }),
      );
      return { items: items.flat() };
    },
  );

  app.get(
    '/v1/series/:id',
    { schema: { tags, summary: 'Read a series', params, response: answers({ 200: seriesShape }, 404) } },
    async (request) => {
      const locale = api.locale(request);
      const row = await seriesOf(api, request, request.params.id, false);
      const seen = await seenSeries(api, row, request.principal, locale);
      if (seen === undefined) return problem('NotFound', 'S1.unknown', '', { id: row.id });
      return presentSeries(api, row, locale, seen);
    },
  );
};

const changeAndEnd: Routes = (app, api) => {
  app.patch(
    '/v1/series/:id',
    {
      schema: {
        tags,
        summary: 'Change a series, or pause it; meetings that are made already stay as they are',
        params,
        body: patchSeriesBody,
        response: answers({ 200: seriesShape }, ...refusals),
      },
    },
    async (request) => {
      const row = await seriesOf(api, request, request.params.id);
      return presentSeries(api, await patchSeries(api, row, request.body), api.locale(request));
    },
  );

  app.delete(
    '/v1/series/:id',
    {
      schema: {
        tags,
        summary: 'End a series; its meetings stay, what waits is offered to the department',
        params,
        response: answers({ 200: seriesShape }, ...refusals),
      },
    },
    async (request) => {
      const { id } = await seriesOf(api, request, request.params.id);
      const { archive, client, clock } = api.deps;
      await archive.series.end(id, clock());
      await removeSchedule(client, id);
      return presentSeries(api, (await archive.series.get(id))!, api.locale(request));
    },
  );
};

/** Skipping, moving and restoring one date; running the schedule by hand. */
const singleDates: Routes = (app, api) => {
  const dateRoute = <B extends z.ZodType>(
    name: string,
    summary: string,
    body: B,
    next: (plan: SeriesPlan, said: z.output<B>) => Promise<SeriesPlan>,
  ): void => {
    app.post(
      `/v1/series/:id/${name}`,
      {
        schema: {
          tags,
          summary,
          params,
          body: body,
          response: answers({ 200: seriesShape }, ...refusals),
        },
      },
      async (request) => {
        const { id } = await seriesOf(api, request, request.params.id);
        const row = await change(api, id, (now) => next(now.data, request.body as z.output<B>));
        return presentSeries(api, row, api.locale(request));
      },
    );
  };
  const without = (plan: SeriesPlan, key: string): Pick<SeriesPlan['rule'], 'skips' | 'moves'> => ({
    skips: plan.rule.skips.filter((k) => k !== key),
    moves: plan.rule.moves.filter((m) => m.key !== key),
  });

  dateRoute('skip', 'Leave out one date', skipBody, async (plan, { date }) => {
    const { key } = await freeDate(api, plan, date);
    const { skips, moves } = without(plan, key);
    return { ...plan, rule: { ...plan.rule, skips: [...skips, key].sort(), moves } };
  });

  dateRoute('move', 'Hold one date at another time', moveBody, async (plan, { date, to }) => {
    const { key } = await freeDate(api, plan, date);
    const time = to.time ?? plan.rule.time;
    const now = api.deps.clock();
    const zone = zoneOf(plan, now);
    if (fromLocal(zone, to.date, time) <= now) problem('BadInput', 'P2.startPast', 'to.date');
    if (to.date > addDays(toLocal(zone, now).date, 731)) problem('BadInput', 'S1.tooFar', 'to.date');
    const { skips, moves } = without(plan, key);
    return { ...plan, rule: { ...plan.rule, skips, moves: [...moves, { key, date: to.date, time }] } };
  });

  dateRoute('restore', 'Undo a skip or move', skipBody, async (plan, { date }) => {
    const { key } = await freeDate(api, plan, date);
    return { ...plan, rule: { ...plan.rule, ...without(plan, key) } };
  });

  app.post(
    '/v1/series/:id/run',
    {
      schema: {
        tags,
        summary: 'Make now what is due, instead of tomorrow morning',
        params,
        body: nothing,
        response: answers({ 200: seriesShape }, ...refusals),
      },
    },
    async (request) => {
      const row = await seriesOf(api, request, request.params.id);
      if (row.endedAt !== undefined) problem('Conflict', 'S1.ended', '', { id: row.id });
      await triggerSchedule(api.deps.client, row.id);
      return presentSeries(api, row, api.locale(request));
    },
  );
};

export const seriesRoutes: Routes = (app, api) => {
  for (const add of [makeAndRead, changeAndEnd, singleDates]) add(app, api);
};
