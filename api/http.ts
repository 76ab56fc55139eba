/** What holds for every route: how bodies are read, how refusals are written, which methods a path has. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fault } from '../domain/errors.js';
import type { Locale } from '../domain/meeting/state.js';
import { Problem, toProblem } from './errors.js';
import { pickLocale } from '../locales/index.js';
import { problemBody } from './problem-json.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** No login: the signed token in the path, or nothing, is enough. */
    open?: boolean;
    /** What is said here is nobody's business: no line in the log with a time, no words of an error (design §4). */
    secretive?: boolean;
    /** Takes `?token=` of a personal link instead of a key. */
    linkToken?: boolean;
    /** Takes files: its body may be large and slow. */
    upload?: boolean;
    /** Lasts as long as the reader does: no duration worth measuring. */
    stream?: boolean;
    /** Writes its own refusals, as a page. */
    page?: (request: FastifyRequest, reply: FastifyReply, problem: Problem) => Promise<FastifyReply> | FastifyReply;
  }
}

/** An empty JSON body is no body: `curl -X POST -H 'content-type: application/json'` opens a meeting too. */
export function readBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    return parse(request, body.toString(), done);
  });
}

/** Milliseconds in which a body has to come, unless it is an upload. */
const bodyMs = 30_000;

/** A body that comes a byte at a time holds a connection; only uploads may take long. */
export function hurryBodies(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { raw } = request;
    if (request.routeOptions.config.upload !== true && !raw.complete && hasBody(request)) {
      const timer = setTimeout(() => raw.complete || raw.destroy(), bodyMs);
      raw.once('close', () => clearTimeout(timer));
      raw.once('end', () => clearTimeout(timer));
    }
    done();
  });
}

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Answers a refusal as RFC 9457 in the reader's language. */
export function sendProblem(reply: FastifyReply, refused: Problem, locale: Locale): FastifyReply {
  const body = problemBody(refused, locale);
  return reply
    .code(refused.status)
    .headers(refused.options.headers ?? {})
    .header('content-language', locale)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body));
}

/** What went wrong behind us, for the log; of secretive routes only its kind, since database errors quote what was said. */
function logInternal(request: FastifyRequest, refused: Problem): void {
  const { cause } = refused.options;
  const route = request.routeOptions.url;
  if (request.routeOptions.config.secretive === true) {
    const code: unknown = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
    request.log.error({ route, kind: cause instanceof Error ? cause.name : typeof cause, code }, 'request failed');
  } else request.log.error({ err: cause, route, method: request.method }, 'request failed');
}

export function answerErrors(app: FastifyInstance, defaultLocale: Locale): void {
  app.setErrorHandler((error, request, reply) => {
    const refused = toProblem(error);
    if (refused.kind === 'Internal') logInternal(request, refused);
    const { page } = request.routeOptions.config;
    if (page !== undefined) return page(request, reply, refused);
    const locale = pickLocale(request.headers['accept-language'], defaultLocale);
    try {
      return sendProblem(reply, refused, locale);
    } catch (cause) {
      const broken = toProblem(cause);
      logInternal(request, broken);
      return sendProblem(reply, new Problem('Internal', [fault('http.internal')]), locale);
    }
  });
  app.setNotFoundHandler((request, reply) => {
    const locale = pickLocale(request.headers['accept-language'], defaultLocale);
    const known = methods.includes(request.method);
    const refused = known
      ? new Problem('NotFound', [fault('http.noSuchPath')])
      : new Problem('MethodNotAllowed', [methodFault(methods)], { headers: { allow: methods.join(', ') } });
    return sendProblem(reply, refused, locale);
  });
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const methodFault = (allowed: string[]) => fault('http.method', '', { allowed });

/** Collects each path's methods while routes are registered; call what it returns when all are there. */
export function answerOtherMethods(app: FastifyInstance): () => void {
  const paths = new Map<string, Set<string>>();
  app.addHook('onRoute', (route) => {
    const known = paths.get(route.url) ?? new Set<string>();
    for (const method of [route.method].flat()) known.add(method);
    paths.set(route.url, known);
  });
  return () => {
    for (const [url, known] of [...paths]) {
      const rest = methods.filter((m) => !known.has(m));
      const allowed = methods.filter((m) => known.has(m) || m === 'OPTIONS');
      if (rest.length > 0) addOtherMethods(app, url, rest, allowed);
    }
  };
}

function addOtherMethods(app: FastifyInstance, url: string, rest: string[], allowed: string[]): void {
  app.route({
    url,
    method: rest,
    config: { open: true },
    schema: { hide: true },
    handler: (request, reply) => {
      if (request.method === 'OPTIONS') return reply.code(204).header('allow', allowed.join(', ')).send();
      throw new Problem('MethodNotAllowed', [methodFault(allowed)], { headers: { allow: allowed.join(', ') } });
    },
  });
}
