/** R1–R3: reviews of quarters: made, listed, read in every format, and the rows behind each figure. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { zoneOfQuarter } from '../../archive/review-input.js';
import { toIso } from '../../domain/calendar/index.js';
import { reviewFor, type Audience } from '../../domain/review/audience.js';
import type { Quarter, ReviewReport } from '../../domain/review/report.js';
import type { Api } from '../context.js';
import { requireAdmin } from '../auth.js';
import { problem } from '../errors.js';
import { answerable } from '../proposals/service.js';
import { audience } from '../reviews/audience.js';
import { decideLinks, sendReviewFile, type ReviewFormat } from '../reviews/files.js';
import { askForReview } from '../reviews/make.js';
import { presentReview, presentRows } from '../reviews/present.js';
import { answers, page, paging } from '../route.js';
import type { Routes } from '../route.js';
import { quarterText, reviewRowShape, reviewShape, rowsQuery } from '../schemas/reviews.js';

const tags = ['reviews'];
const params = z.object({ quarter: quarterText });
const token = z.string().optional().describe('Instead of a key: the token of the link in the review’s mail.');
const config = { linkToken: true };
const summaries: Record<ReviewFormat, string> = {
  html: 'The review as one page that needs nothing else, for reading and printing (R3)',
  pdf: 'The review as PDF (R3)',
  csv: 'Every figure of the review as CSV, with the ids of its meetings (R3)',
};
const listed = z.object({
  items: z.array(z.object({ quarter: z.string(), madeAt: z.string() })),
});

/** As much of it as the caller may read. */
async function read(
  api: Api,
  request: FastifyRequest,
  quarter: Quarter,
): Promise<{ report: ReviewReport; who: Audience; answerable: Set<string> }> {
  const who = await audience(api, request.principal);
  const report =
    (await api.deps.archive.reviews.find(quarter)) ?? problem('NotFound', 'R1.noReview', 'quarter', { quarter });
  // R2: who may answer a proposal reads it, whosever the series is.
  const mine = await answerable(api, request.principal, report.proposals);
  const own = report.proposals.filter((p) => mine.has(p.id));
  return { report: reviewFor(report, who, own), who, answerable: mine };
}

const making: Routes = (app, api) => {
  app.post(
    '/v1/reviews',
    {
      schema: {
        tags,
        summary: 'Review a quarter that is over now, or again: made once and mailed once, whoever asks (R1)',
        body: z.strictObject({ quarter: quarterText }),
        response: answers(
          { 200: reviewShape, 201: reviewShape, 202: z.object({ quarter: z.string() }) },
          400,
          403,
          409,
          422,
        ),
      },
    },
    async (request, reply) => {
      requireAdmin(request.principal);
      const { quarter } = request.body;
      const asked = await askForReview(api, quarter);
      void reply.header('location', `/v1/reviews/${quarter}`);
      if (asked === undefined) return reply.code(202).send({ quarter });
      const { report } = await read(api, request, quarter);
      return reply.code(asked.made ? 201 : 200).send(await presentReview(api, report, api.locale(request)));
    },
  );
};

const reading: Routes = (app, api) => {
  app.get(
    '/v1/reviews',
    { schema: { tags, summary: 'The reviews there are, newest first (R1)', response: answers({ 200: listed }, 403) } },
    async (request) => {
      await audience(api, request.principal);
      const all = await api.deps.archive.reviews.list();
      const { timeZone } = api.deps.config;
      return {
        items: all.map(({ quarter, madeAt }) => ({ quarter, madeAt: toIso(zoneOfQuarter(timeZone, quarter), madeAt) })),
      };
    },
  );

  app.get(
    '/v1/reviews/:quarter',
    {
      config,
      schema: {
        tags,
        summary: 'A quarter’s review, as much of it as the caller may read (R1)',
        params,
        querystring: z.strictObject({ token }),
        response: answers({ 200: reviewShape }, 403, 404, 422),
      },
    },
    async (request) => {
      const { report } = await read(api, request, request.params.quarter);
      return presentReview(api, report, api.locale(request));
    },
  );

  app.get(
    '/v1/reviews/:quarter/rows',
    {
      config,
      schema: {
        tags,
        summary: 'The meetings, actions or topics that a figure is the sum of, as far as the caller may see them (R1)',
        params,
        querystring: z.strictObject({ ...rowsQuery, ...paging, token }),
        response: answers({ 200: page(reviewRowShape) }, 403, 404, 422),
      },
    },
    async (request) => {
      const { quarter } = request.params;
      const { figure, scope, id, cursor, limit } = request.query;
      const { who } = await read(api, request, quarter);
      if (scope !== 'organisation' && id === undefined) problem('BadInput', 'R1.idNeeded', 'id', { scope });
      // R4: a host's habits are shown to the host alone.
      const isOthers = scope === 'host' && id !== who.person;
      if (isOthers) problem('Forbidden', 'R1.hostOnly', 'id');
      const visibleTo =
        who.departments === 'all'
          ? undefined
          : { departments: who.departments, people: who.person === undefined ? [] : [who.person] };
      const found = await api.deps.archive.reviews.rows(quarter, {
        ...{ figure, scope, cursor, limit },
        ...(id === undefined ? {} : { id }),
        ...(visibleTo === undefined ? {} : { visibleTo }),
      });
      return { ...found, items: await presentRows(api, quarter, found.items, api.locale(request)) };
    },
  );
};

const files: Routes = (app, api) => {
  for (const format of ['html', 'pdf', 'csv'] as const) {
    app.get(
      `/v1/reviews/:quarter.${format}`,
      {
        config,
        schema: {
          tags,
          summary: summaries[format],
          params,
          querystring: z.strictObject({ token, lang: z.enum(['zh-TW', 'zh-CN', 'en']).optional() }),
          response: answers({}, 403, 404, 422),
        },
      },
      async (request, reply) => {
        const { quarter } = request.params;
        const { report, answerable: mine } = await read(api, request, quarter);
        const locale = request.query.lang ?? (await localeOf(api, request));
        const decide = await decideLinks(api, quarter, request.principal.actor.person, mine);
        return sendReviewFile(api, reply, format, report, { locale, token: request.query.token, decide });
      },
    );
  }
};

/** Who comes by a link reads it in their own language. */
async function localeOf(api: Api, request: FastifyRequest) {
  const { actor } = request.principal;
  if (actor.via !== 'link' || actor.person === undefined) return api.locale(request);
  const [reader] = await api.deps.archive.directory.people([actor.person]);
  return reader?.locale ?? api.locale(request);
}

export const reviewRoutes: Routes = (app, api) => {
  for (const add of [making, reading, files]) add(app, api);
};
