/** M4: the minutes in every format, in the reader's language; an older version, or an extract (H7). */
import type { FastifyReply } from 'fastify';
import { pickLocale } from '../../locales/index.js';
import { disposition, mediaTypes, minutesFile, minutesFormats } from '../../render/formats/index.js';
import type { MinutesFormat } from '../../render/formats/index.js';
import { pageStyleHash } from '../../render/formats/page.js';
import type { MinutesDocument } from '../../render/minutes.js';
import { extractFor, minutesFor } from '../minutes.js';
import { answers, meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { readingQuery } from '../schemas/minutes.js';
import { extractAsked } from './objections.js';

const summaries: Record<MinutesFormat, string> = {
  html: 'The minutes as a page for reading and printing (M4)',
  pdf: 'The minutes as PDF (M4)',
  docx: 'The minutes as a Word document (M4)',
  xlsx: 'The action list as a sheet (M4)',
  md: 'The minutes as Markdown (M4), in the language of Accept-Language, else the meeting’s',
};

/** Sends a file made of the document; nothing in it is fetched or run. */
export async function sendMinutes(
  reply: FastifyReply,
  format: MinutesFormat,
  document: MinutesDocument,
): Promise<FastifyReply> {
  const style = format === 'html' ? `style-src ${pageStyleHash(document)}; ` : '';
  return reply
    .type(mediaTypes[format])
    .headers({
      'content-language': document.locale,
      'content-disposition': disposition(format, document),
      'content-security-policy': `default-src 'none'; ${style}base-uri 'none'; frame-ancestors 'none'`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .send(await minutesFile(format, document));
}

export const minutesFileRoutes: Routes = (app, api) => {
  for (const format of minutesFormats) {
    app.get(
      `/v1/meetings/:id/minutes.${format}`,
      {
        schema: {
          tags: ['minutes'],
          summary: summaries[format],
          params: meetingParams,
          querystring: readingQuery,
          response: answers({}, 403, 404, 422),
        },
      },
      async (request, reply) => {
        const { state } = await api.seen(request, request.params.id);
        const { lang, version, extract } = request.query;
        const locale = lang ?? pickLocale(request.headers['accept-language'], state.locale);
        const external = extractFor(state, request.principal, await extractAsked(api, extract), [version]);
        return sendMinutes(reply, format, await minutesFor(api, state, locale, { version, extractFor: external }));
      },
    );
  }
};
