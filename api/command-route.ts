/** A route that runs one command of a meeting: validate → one call → reply. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ZoneData } from '../domain/calendar/index.js';
import type { CommandInput, CommandName } from '../domain/meeting/commands.js';
import type { Locale } from '../domain/meeting/state.js';
import type { Answer } from '../workflows/contracts.js';
import type { Api } from './context.js';
import type { Mentions, Resolved } from './mentions.js';
import { answers, changed, commandRefusals, idempotencyHeader } from './route.js';
import type { App } from './route.js';
import { changedShape } from './schemas/answers.js';

/** What the body and the path become, besides ids: the meeting's zone and who was meant. */
export interface Asked<B, P> {
  body: B;
  params: P;
  zone: ZoneData;
  locale: Locale;
  who: Resolved;
}

export interface CommandRoute<N extends CommandName, B extends z.ZodType, P extends z.ZodObject> {
  name: N;
  method: 'POST' | 'PUT' | 'DELETE';
  url: string;
  summary: string;
  tag: string;
  status?: 200 | 201;
  params: P;
  body: B;
  /** The meeting that a path leads to; throws 404. */
  meeting(params: z.output<P>): string;
  /** Who is named in the request. */
  mentions(body: z.output<B>, params: z.output<P>): Mentions;
  input(asked: Asked<z.output<B>, z.output<P>>): CommandInput<N>;
  /** What the answer holds besides revision, now and warnings. */
  extra?: z.ZodObject;
  told?(answer: Answer<N>, asked: Asked<z.output<B>, z.output<P>>, request: FastifyRequest): object | Promise<object>;
}

export function commandRoute<N extends CommandName, B extends z.ZodType, P extends z.ZodObject>(
  app: App,
  api: Api,
  route: CommandRoute<N, B, P>,
): void {
  const { method, url, summary, tag, params, body, status = 200 } = route;
  const shape = route.extra === undefined ? changedShape : z.object({ ...changedShape.shape, ...route.extra.shape });
  app.route({
    method,
    url,
    schema: {
      tags: [tag],
      summary,
      params,
      body,
      headers: idempotencyHeader,
      response: answers({ [status]: shape }, ...commandRefusals),
    },
    handler: async (request, reply) => {
      const given = request as unknown as { body: z.output<B>; params: z.output<P> };
      const meetingId = route.meeting(given.params);
      const { zone, locale } = await api.frame(request, meetingId);
      const asked = (who: Resolved) => ({ body: given.body, params: given.params, zone, locale, who });
      let last: Asked<z.output<B>, z.output<P>> | undefined;
      const answer = await api.runNaming(
        request,
        route.name,
        meetingId,
        route.mentions(given.body, given.params),
        (who) => route.input((last = asked(who))),
      );
      const base = changed(api, request, meetingId, answer, zone);
      const more = last && route.told ? await route.told(answer, last, request) : {};
      return reply.code(status).send({ ...base, ...more });
    },
  });
}
