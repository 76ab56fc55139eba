/** Everything, for the administrator: a line per row, in constant memory. */
import { Readable } from 'node:stream';
import { toIso } from '../../domain/calendar/index.js';
import { requireAdmin } from '../auth.js';
import type { Api } from '../context.js';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { zoneFor } from '../zones.js';

export const exportRoutes: Routes = (app, api) => {
  app.get(
    '/v1/export',
    {
      schema: {
        tags: ['service'],
        summary: 'Everything but secrets and anonymous boxes, as NDJSON; the last line counts the others',
        response: answers({}, 403),
      },
    },
    async (request, reply) => {
      requireAdmin(request.principal);
      api.deps.log.info({ key: request.principal.actor.key }, 'everything is exported');
      return reply
        .type('application/x-ndjson; charset=utf-8')
        .headers({ 'content-disposition': 'attachment; filename="convoke.ndjson"', 'cache-control': 'no-store' })
        .send(Readable.from(lines(api)));
    },
  );
};

async function* lines(api: Api): AsyncGenerator<string> {
  const { archive, config, clock } = api.deps;
  const at = toIso(zoneFor(config.timeZone, clock()), clock());
  yield `${JSON.stringify({ format: 'convoke-export', version: 1, at, timeZone: config.timeZone })}\n`;
  const counts: Record<string, number> = {};
  let piece = '';
  for await (const { table, row } of archive.exports.rows()) {
    counts[table] = (counts[table] ?? 0) + 1;
    piece += `${JSON.stringify({ table, row })}\n`;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}${JSON.stringify({ end: true, counts })}\n`;
}
