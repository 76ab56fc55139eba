/** Every answer that is no success, in one table: what it is called, its status, and how it is written (RFC 9457). */
import type { FastifyError } from 'fastify';
import { ArchiveError } from '../archive/errors.js';
import { fault, Refusal } from '../domain/errors.js';
import type { Fault } from '../domain/errors.js';
import type { ZoneData } from '../domain/calendar/index.js';

/** Our kinds of refusal and their status. The first four are the domain's, carried through the engine by name. */
export const statusOf = {
  BadInput: 422,
  Forbidden: 403,
  NotFound: 404,
  Conflict: 409,
  Unavailable: 503,
  Unauthorized: 401,
  Malformed: 400,
  Gone: 410,
  MethodNotAllowed: 405,
  TooLarge: 413,
  UnsupportedMediaType: 415,
  TooManyRequests: 429,
  HeadersTooLarge: 431,
  Internal: 500,
} as const;

export type ProblemKind = keyof typeof statusOf;

/** An answer that is no success. `zone` is where instants in the faults' parameters are told. */
export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly faults: Fault[] = [],
    readonly options: { headers?: Record<string, string>; zone?: ZoneData | undefined; cause?: unknown } = {},
  ) {
    super(`${kind}: ${faults.map((f) => f.code).join(', ')}`, { cause: options.cause });
    this.name = 'Problem';
  }

  get status(): number {
    return statusOf[this.kind];
  }

  /** The same problem, its paths as the caller's body has them. */
  withPaths(rename: (path: string) => string): Problem {
    const faults = this.faults.map((f) => ({ ...f, path: rename(f.path) }));
    return new Problem(this.kind, faults, this.options);
  }

  /** The same problem, its instants told in this zone. */
  inZone(zone: ZoneData | undefined): Problem {
    if (zone === undefined || this.options.zone !== undefined) return this;
    return new Problem(this.kind, this.faults, { ...this.options, zone });
  }
}

/** Throws a problem of one fault. */
export function problem(kind: ProblemKind, code: string, path = '', params: Fault['params'] = {}): never {
  throw new Problem(kind, [fault(code, path, params)]);
}

/** Something behind the API does not answer; the caller may try again. */
export function unavailable(code: string, retryAfterSeconds: number, cause?: unknown): Problem {
  return new Problem('Unavailable', [fault(code)], { headers: { 'retry-after': String(retryAfterSeconds) }, cause });
}

/** Codes of the HTTP framework that are the caller's doing. */
const frameworkCodes: Record<string, [ProblemKind, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['TooLarge', 'http.tooLarge'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UnsupportedMediaType', 'http.mediaType'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['Malformed', 'http.json'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['Malformed', 'http.json'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['Malformed', 'http.contentLength'],
  FST_ERR_BAD_URL: ['Malformed', 'http.url'],
  FST_ERR_ASYNC_CONSTRAINT: ['Malformed', 'http.url'],
};

function frameworkProblem(error: Partial<FastifyError>): Problem | undefined {
  const known = frameworkCodes[error.code ?? ''];
  if (known) return new Problem(known[0], [fault(known[1])]);
  if (error instanceof SyntaxError) return new Problem('Malformed', [fault('http.json')]);
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return new Problem('Malformed', [fault('http.malformed')]);
  return undefined;
}

/** Whatever was thrown, as a problem. What nobody foresaw is `Internal`, its cause kept for the log, never for the caller. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Refusal) return new Problem(error.type, error.faults, { cause: error });
  if (error instanceof ArchiveError && error.retryable) return unavailable('engine.archiveAway', 5, error);
  const known = typeof error === 'object' && error !== null ? frameworkProblem(error) : undefined;
  return known ?? new Problem('Internal', [fault('http.internal')], { cause: error });
}
