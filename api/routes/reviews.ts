/** R1–R3: reviews of quarters: made, listed, read in every format, and the rows behind each figure. */
import { z } from 'zod';
import { zoneOfQuarter } from '../../archive/review-input.js';
import { toIso } from '../../domain/calendar/index.js';
import { requireAdmin } from '../auth.js';
import { audience } from '../reviews/audience.js';
import { sendReviewFile, type ReviewFormat } from '../reviews/files.js';
import { askForReview } from '../reviews/make.js';
import { presentReview } from '../reviews/present.js';
import { lang, localeOf, readReview, token } from '../reviews/read.js';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { quarterText, reviewShape } from '../schemas/reviews.js';

const tags = ['reviews'];
const params = z.object({ quarter: quarterText });
const config = { linkToken: true };
const summaries: Record<ReviewFormat, string> = {
  html: 'The review as one page that needs nothing else, for reading and printing (R3)',
  pdf: 'The review as PDF (R3)',
  csv: 'Every figure of the review as CSV, with the ids of its meetings (R3)',
};
const listed = z.object({
  items: z.array(z.object({ quarter: z.string(), madeAt: z.string() })),
});

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
      const { report } = await readReview(api, request, quarter);
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
      const { report } = await readReview(api, request, request.params.quarter);
      return presentReview(api, report, api.locale(request));
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
          querystring: z.strictObject({ token, lang }),
          response: answers({}, 403, 404, 422),
        },
      },
      async (request, reply) => {
        const { quarter } = request.params;
        const { report, answerable: mine } = await readReview(api, request, quarter);
        const locale = request.query.lang ?? (await localeOf(api, request));
        const asking = { locale, token: request.query.token, mine };
        return sendReviewFile(api, reply, format, report, asking);
      },
    );
  }
};

export const reviewRoutes: Routes = (app, api) => {
  for (const add of [making, reading, files]) add(app, api);
};
