/** What a page is asked for: its path, the language chosen on it, what its form sent. */
import type { FastifyRequest } from 'fastify';
import { linkPrincipal } from '../api/auth.js';
import type { Principal } from '../api/auth.js';
import type { Api } from '../api/context.js';
import { problem } from '../api/errors.js';
import type { Locale } from '../domain/meeting/state.js';
import { locales } from '../locales/index.js';
import type { LinkClaims, LinkPurpose } from '../render/links.js';

/** The page's own path; what follows the token is ours. */
export const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';
export const tokenOf = (request: FastifyRequest): string => (request.params as { token: string }).token;
export const queryOf = (request: FastifyRequest): Record<string, string> => textsIn(request.query);

/** What a form sent; only texts, and of a repeated field the last. */
export const fieldsOf = (request: FastifyRequest): Record<string, string> => textsIn(request.body);

/** The language chosen on the page itself, else undefined. */
export const chosenLocale = (request: FastifyRequest): Locale | undefined =>
  locales.find((l) => l === queryOf(request)['lang']);

function textsIn(sent: unknown): Record<string, string> {
  const all = typeof sent === 'object' && sent !== null ? Object.entries(sent) : [];
  const last = all.map(([k, v]: [string, unknown]) => [k, Array.isArray(v) ? (v.at(-1) as unknown) : v]);
  return Object.fromEntries(last.filter((e): e is [string, string] => typeof e[1] === 'string'));
}

export interface Reader {
  claims: LinkClaims;
  principal: Principal;
}

/**
 * Who reads by a link that belongs to no meeting's form.
 * @throws Problem 404 where it leads nowhere, 403 for an assistant: what is nobody's to hand on is not done by the link in an
 * assistant's mailbox (H6).
 */
export async function personalReader(api: Api, request: FastifyRequest, purpose: LinkPurpose): Promise<Reader> {
  const claims = await api.deps.links.verify(tokenOf(request), { purpose });
  if (claims === undefined) problem('NotFound', 'link.invalid');
  if (claims.by !== undefined) problem('Forbidden', 'H6.personal');
  return { claims, principal: linkPrincipal(await api.linkActor(claims)) };
}
