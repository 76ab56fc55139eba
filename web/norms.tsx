/**
 * Y1: the pages behind the mail with a year's proposals for the norms: all of them, and one to accept or reject. GET shows, POST
 * acts by what the API does; whoever is neither administrator nor PMO any more is told so.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { linkPrincipal } from '../api/auth.js';
import type { Principal } from '../api/auth.js';
import type { Api } from '../api/context.js';
import { bodyPath } from '../api/meeting-input.js';
import { problem, toProblem } from '../api/errors.js';
import type { Problem } from '../api/errors.js';
import { acceptNorms, rejectNorms } from '../api/norms/proposals.js';
import { requireNormKeeper, withdrawNorms } from '../api/norms/service.js';
import { shownFault } from '../api/problem-json.js';
import type { App } from '../api/route.js';
import { date } from '../api/schemas/base.js';
import { rejectBody } from '../api/schemas/proposals.js';
import { zoneFor } from '../api/zones.js';
import type { KeptNormProposal } from '../archive/norm-proposals.js';
import { hasText, locales, pickLocale, translator } from '../locales/index.js';
import type { LinkClaims } from '../render/links.js';
import { whenFor } from '../render/when.js';
import { checked } from './form.js';
import { Page } from './page.js';
import { ErrorSummary, filledWith, Note } from './parts.js';
import type { Filled } from './parts.js';
import { NormOverview, OneNorm, type NormsView } from './norms-view.js';

type Explain = (request: FastifyRequest, reply: FastifyReply, refused: Problem) => Promise<FastifyReply>;

const answer = z.strictObject({ accepted: z.enum(['yes', 'no']), effectiveFrom: date().optional() });

export function normPages(scope: App, api: Api, headers: Record<string, string>, page: Explain): void {
  const config = { open: true, rateLimit: {}, page };
  const path = '/n/:token';
  const send = (reply: FastifyReply, shown: string, status = 200) =>
    reply.code(status).headers(headers).type('text/html; charset=utf-8').send(shown);

  scope.get(path, { config, schema: { hide: true } }, async (request, reply) => {
    const { claims } = await readerOf(api, request);
    return send(reply, await pageOf(api, request, claims, filledWith()));
  });

  scope.post(path, { config, schema: { hide: true } }, async (request, reply) => {
    const { claims, principal } = await readerOf(api, request);
    const fields = textsIn(request.body);
    try {
      const done = await act(api, principal, claims, fields);
      const lang = chosen(request);
      const query = new URLSearchParams({ done, ...(lang === undefined ? {} : { lang }) });
      return await reply.headers(headers).redirect(`${pathOf(request)}?${query.toString()}`, 303);
    } catch (error) {
      const refused = toProblem(error);
      if (refused.kind === 'Internal') throw error;
      const { locale, zone } = await viewOf(api, request, claims);
      const faults = refused.faults.map((f) => shownFault({ ...f, path: bodyPath(f.path) }, locale, zone));
      return send(reply, await pageOf(api, request, claims, filledWith(fields, faults)), refused.status);
    }
  });
}

async function act(
  api: Api,
  principal: Principal,
  { ref = '' }: LinkClaims,
  fields: Record<string, string>,
): Promise<string> {
  if (fields['withdraw'] !== undefined) {
    const kept = await api.deps.archive.normProposals.find(ref);
    if (kept?.version === undefined) return problem('NotFound', 'Y1.noProposal', '', { id: ref });
    await withdrawNorms(api, principal, kept.version);
    api.auth.forget();
    return 'normsWithdrawn';
  }
  const { accepted, effectiveFrom } = checked(answer, {
    accepted: fields['accepted'],
    effectiveFrom: fields['accepted'] === 'yes' ? fields['effectiveFrom'] : undefined,
  });
  if (accepted === 'yes') {
    await acceptNorms(api, principal, ref, effectiveFrom);
    api.auth.forget();
    return 'normsAccepted';
  }
  const { reason } = checked(rejectBody, { reason: fields['reason'] });
  await rejectNorms(api, principal, ref, reason);
  return 'normsRejected';
}

/** Nobody's assistant (H6), and nobody who may not change the norms. */
async function readerOf(api: Api, request: FastifyRequest): Promise<{ claims: LinkClaims; principal: Principal }> {
  const { token } = request.params as { token: string };
  const claims = await api.deps.links.verify(token, { purpose: 'norms' });
  if (claims === undefined || !/^\d{4}$/.test(claims.meeting)) problem('NotFound', 'link.invalid');
  if (claims.by !== undefined) problem('Forbidden', 'H6.personal');
  const principal = linkPrincipal(await api.linkActor(claims));
  await requireNormKeeper(api, principal);
  return { claims, principal };
}

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';
const queryOf = (request: FastifyRequest) => textsIn(request.query);
const chosen = (request: FastifyRequest) => locales.find((l) => l === queryOf(request)['lang']);

function textsIn(sent: unknown): Record<string, string> {
  const entries = Object.entries((sent ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.filter((e): e is [string, string] => typeof e[1] === 'string'));
}

async function viewOf(api: Api, request: FastifyRequest, claims: LinkClaims): Promise<NormsView> {
  const { archive, clock, config, links } = api.deps;
  const year = Number(claims.meeting);
  const [[reader], looked, list, history] = await Promise.all([
    archive.directory.people([claims.person]),
    archive.normProposals.year(year),
    archive.normProposals.list(year),
    archive.norms.history(),
  ]);
  const locale = chosen(request) ?? pickLocale(reader?.locale, request.headers['accept-language'], config.locale);
  const now = clock();
  const zone = zoneFor(config.timeZone, now);
  const people = await archive.directory.people(list.flatMap((k) => k.person ?? []));
  const names = new Map(people.map((p) => [p.id, p.name]));
  const url = (ref?: string) => links.sign({ ...claims, ref }).then((token) => `/n/${token}`);
  const urls = await Promise.all(
    list.map(async (k): Promise<[string, string]> => [k.proposal.id, await url(k.proposal.id)]),
  );
  return {
    year,
    looked,
    list,
    history,
    names,
    ...{ locale, zone, now, say: translator(locale), when: whenFor(locale, zone) },
    hrefs: new Map(urls),
    overview: await url(),
  };
}

async function pageOf(api: Api, request: FastifyRequest, claims: LinkClaims, filled: Filled): Promise<string> {
  const view = await viewOf(api, request, claims);
  const { say, locale, list } = view;
  const kept: KeptNormProposal | undefined = list.find((k) => k.proposal.id === claims.ref);
  if (claims.ref !== undefined && kept === undefined) problem('NotFound', 'Y1.noProposal', '', { id: claims.ref });
  const title = say('norms.mail.title', { year: view.year });
  const done = queryOf(request)['done'] ?? '';
  const body = kept === undefined ? <NormOverview view={view} /> : <OneNorm view={view} kept={kept} filled={filled} />;
  return (
    <Page frame={{ locale, say, path: pathOf(request) }} title={title} refused={filled.faults.length > 0}>
      <ErrorSummary filled={filled} say={say} />
      {request.method === 'GET' && hasText(locale, `forms.done.${done}`) ? (
        <Note good text={say(`forms.done.${done}`)} />
      ) : (
        ''
      )}
      {body}
    </Page>
  );
}
