/** Idempotency-Key (design §3): the same key and the same request get the same answer; another request under it 422. */
import type { FastifyRequest } from 'fastify';
import { canonicalJson, sha256 } from './ids.js';
import { problem } from './errors.js';

export interface Idempotency {
  /** As the caller sent it. */
  key: string;
  /** Of method, path and body. */
  hash: string;
}

/** The header's key with the request's hash; undefined when none was sent. */
export function idempotencyOf(request: FastifyRequest): Idempotency | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key))
    problem('BadInput', 'input.idempotencyKey', 'Idempotency-Key');
  const { pathname } = new URL(request.url, 'http://local');
  return { key, hash: sha256(canonicalJson([request.method, pathname, request.body ?? {}])) };
}

/** Refuses a key that was used for another request. */
export function refuseOtherRequest(mine: Idempotency | undefined, firstHash: string | undefined): void {
  if (mine !== undefined && firstHash !== undefined && firstHash !== mine.hash)
    problem('BadInput', 'input.keyReused', 'Idempotency-Key');
}
