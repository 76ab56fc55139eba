/** A page with one form behind a link that belongs to no meeting: GET shows, POST acts, a refusal shows what was filled in. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toProblem } from '../api/errors.js';
import type { Problem } from '../api/errors.js';
import type { App } from '../api/route.js';
import type { ZoneData } from '../domain/calendar/index.js';
import type { Locale } from '../domain/meeting/state.js';
import { backTo, formFaults, sendPage } from './answer.js';
import { filledWith } from './parts.js';
import type { Filled } from './parts.js';
import { fieldsOf, pathOf } from './request.js';

/** Tells on a page why a link leads nowhere, or that a part does not answer. */
export type Explain = (request: FastifyRequest, reply: FastifyReply, refused: Problem) => Promise<FastifyReply>;

export interface TokenPage<Reading> {
  path: `/${string}/:token`;
  /** One reader, and what stands now; throws a Problem where the link leads nowhere. */
  read(request: FastifyRequest): Promise<Reading & { locale: Locale; zone: ZoneData }>;
  show(reading: Reading, filled: Filled, request: FastifyRequest): Promise<string> | string;
  /** Does what the form asks for; the code of what was done. */
  act(reading: Reading, fields: Record<string, string>): Promise<string>;
}

export function tokenPage<Reading>(scope: App, explain: Explain, page: TokenPage<Reading>): void {
  const options = { config: { open: true, rateLimit: {}, page: explain }, schema: { hide: true } };
  scope.get(page.path, options, async (request, reply) =>
    sendPage(reply, await page.show(await page.read(request), filledWith(), request)),
  );
  scope.post(page.path, options, (request, reply) => actOn(request, reply, pathOf(request), page));
}

/** Acts, then shows what holds at `back`, so that a reload repeats nothing; a refusal shows the form as it was filled in. */
export async function actOn<Reading>(
  request: FastifyRequest,
  reply: FastifyReply,
  back: string,
  page: Omit<TokenPage<Reading>, 'path'>,
): Promise<FastifyReply> {
  const reading = await page.read(request);
  const fields = fieldsOf(request);
  try {
    return await backTo(request, reply, back, await page.act(reading, fields));
  } catch (error) {
    const refused = toProblem(error);
    if (refused.kind === 'Internal') throw error;
    // Somebody was faster: what holds now stands below the refusal.
    const now = refused.kind === 'Conflict' ? await page.read(request) : reading;
    const filled = filledWith(fields, formFaults(refused, reading.locale, reading.zone));
    return sendPage(
      reply.headers(refused.options.headers ?? {}),
      await page.show(now, filled, request),
      refused.status,
    );
  }
}
