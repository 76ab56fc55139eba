/** What a route file looks like: a function that gets the app and what it works with, and the parts that many routes share. */
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ZoneData } from '../domain/calendar/index.js';
import type { CommandName } from '../domain/meeting/commands.js';
import type { Answer } from '../workflows/contracts.js';
import { toIso } from '../domain/calendar/index.js';
import type { Api } from './context.js';
import { shownFault } from './problem-json.js';
import { type changedShape, problemShape } from './schemas/answers.js';

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;
export type Routes = (app: App, api: Api) => void;
/** Pages beside the API, registered by whoever builds the server. */
export type Pages = (app: App, api: Api) => Promise<void> | void;

export const meetingParams = z.object({ id: z.string().describe('Meeting id.') });

const refusals: Record<number, string> = {
  400: 'The request cannot be read.',
  401: 'No key, or none that counts.',
  403: 'Not allowed; says who may.',
  404: 'Not found.',
  409: 'Not possible now; says what is.',
  410: 'Over.',
  413: 'Over 1 MB.',
  422: 'Every fault, with its path.',
  429: 'Too many requests.',
  503: 'No worker, engine or database answers; Retry-After.',
};

/** Success, and the refusals that a route can give, for the OpenAPI document. */
export function answers(success: Record<number, z.ZodType>, ...statuses: (keyof typeof refusals)[]) {
  const problems = [...new Set([401, 503, ...statuses])].sort().map((status) => [
    status,
    {
      description: refusals[status] ?? '',
      content: { 'application/problem+json': { schema: problemShape } },
    },
  ]);
  return { ...success, ...Object.fromEntries(problems) } as Record<number, z.ZodType>;
}

/** Loose, since it is laid over all headers of the request; its form is checked in idempotency.ts. */
export const idempotencyHeader = z.looseObject({
  'idempotency-key': z
    .string()
    .optional()
    .describe('The same key with the same request gets the same answer; with another request 422.'),
});

/** What commands can be refused with. */
export const commandRefusals = [400, 403, 404, 409, 413, 422];

/** What a command changed, for the caller. */
export function changed<N extends CommandName>(
  api: Api,
  request: FastifyRequest,
  id: string,
  answer: Answer<N>,
  zone: ZoneData,
): z.output<typeof changedShape> {
  const locale = api.locale(request);
  const warnings = answer.warnings?.map((w) => shownFault(w, locale, zone));
  return {
    id,
    revision: answer.revision,
    now: toIso(zone, answer.now),
    ...(warnings === undefined ? {} : { warnings }),
  };
}

/** Query parameters of every list. */
export const paging = {
  cursor: z
    .string()
    .refine((c) => c.length <= 400 && /^-?\d{1,16}:[\x21-\x7e]+$/.test(Buffer.from(c, 'base64url').toString()), {
      params: { code: 'input.cursor' },
    })
    .optional()
    .describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

export const page = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), next: z.string().optional().describe('Absent on the last page.') });
