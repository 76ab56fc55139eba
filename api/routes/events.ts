/** The live feed of a meeting as server-sent events (design §4). */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { toIso } from '../../domain/calendar/index.js';
import type { Listener, Out } from '../live/channel.js';
import { lineOf } from '../live/line.js';
import { hello, tellsTo } from '../live/text.js';
import { answers, meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { tell } from './meetings.js';

const query = z.strictObject({
  token: z
    .string()
    .max(2_000)
    .optional()
    .describe(
      "Instead of a key: the token of a personal link to this meeting, since a browser's EventSource sends none.",
    ),
});

const description = `A stream of events, each with the meeting's revision as its id.

- \`snapshot\`: the whole meeting as GET /v1/meetings/{id} answers it; at the start, and whenever revisions are missing.
- \`change\`: \`{revision, now, phase, event, by, via, onBehalfOf, ref}\`, ids and codes only; each revision once, in order. Readers to whom something is
  confidential (H10) get no \`ref\`, external people (H7) only \`{revision, now, phase}\`: whoever needs more reads the meeting.

\`Last-Event-ID\` goes on after that revision. A comment every 15 s keeps the line open; who does not read is cut off.`;

export const eventRoutes: Routes = (app, api) => {
  app.addHook('preClose', (done) => {
    api.feed.close();
    done();
  });

  app.get(
    '/v1/meetings/:id/events',
    {
      exposeHeadRoute: false,
      config: { linkToken: true, stream: true },
      schema: {
        tags: ['meetings'],
        summary: 'Follow a meeting live (server-sent events)',
        description,
        params: meetingParams,
        querystring: query,
        response: {
          ...answers({}, 404),
          200: { description: 'The stream.', content: { 'text/event-stream': { schema: z.string() } } } as never,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { principal } = request;
      const locale = api.locale(request);
      const { state } = await api.seen(request, id);
      api.feed.refuseTooMany();
      const out = stream(reply);
      const listener: Listener = {
        out,
        tells: tellsTo(state),
        resumeAfter: lastEventId(request.headers['last-event-id']),
        // H7, H10: what one reader sees another may not.
        audience: `${locale} ${principal.id} ${principal.actor.person ?? ''}`,
        snapshot: async () => {
          const { state: now, now: at, stale } = await api.seen(request, id);
          listener.tells = tellsTo(now);
          return { revision: now.revision, meeting: await tell(api, now, at, stale, locale) };
        },
      };
      const stop = api.feed.listen(id, listener, (at) => toIso(state.zone, at));
      reply.raw.on('close', stop);
      if (reply.raw.destroyed) stop();
    },
  );
};

const lastEventId = (header: string | string[] | undefined): number | undefined =>
  typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : undefined;

/** From here on the answer is ours: headers, and text as it comes. */
function stream(reply: FastifyReply): Out {
  reply.hijack();
  const { raw } = reply;
  const headers = { ...reply.getHeaders(), 'content-type': 'text/event-stream; charset=utf-8' };
  raw.writeHead(200, {
    ...(headers as Record<string, string>),
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    // With the stream the connection ends, or a stopping server would wait for it.
    connection: 'close',
  });
  raw.socket?.setNoDelay(true);
  raw.on('error', () => raw.destroy());
  raw.write(hello);
  return lineOf(raw);
}
