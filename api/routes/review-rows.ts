/** R1: the rows behind a number of a review: for systems, as a page for whoever follows a link of the mail, and as a sheet. */
import { z } from 'zod';
import { findRows, lang, localeOf, readReview, token } from '../reviews/read.js';
import { presentRows } from '../reviews/present.js';
import { sendRows } from '../reviews/rows-files.js';
import { answers, page, paging } from '../route.js';
import type { Routes } from '../route.js';
import { quarterText, reviewRowShape, rowsQuery } from '../schemas/reviews.js';

const tags = ['reviews'];
const params = z.object({ quarter: quarterText });
const config = { linkToken: true };
const summaries = {
  html: 'The rows behind a figure as a page, where the numbers in the mail and the report lead (R1)',
  csv: 'All rows behind a figure as CSV (R1)',
};

export const reviewRowRoutes: Routes = (app, api) => {
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
      const { cursor, limit } = request.query;
      const { who } = await readReview(api, request, quarter);
      const found = await findRows(api, quarter, who, request.query, { cursor, limit });
      return { ...found, items: await presentRows(api, quarter, found.items, api.locale(request)) };
    },
  );

  for (const format of ['html', 'csv'] as const)
    app.get(
      `/v1/reviews/:quarter/rows.${format}`,
      {
        config,
        schema: {
          tags,
          summary: summaries[format],
          params,
          querystring: z.strictObject({ ...rowsQuery, token, lang }),
          response: answers({}, 403, 404, 422),
        },
      },
      async (request, reply) => {
        const reading = await readReview(api, request, request.params.quarter);
        const locale = request.query.lang ?? (await localeOf(api, request));
        return sendRows(api, reply, format, reading, { ...request.query, locale });
      },
    );
};
