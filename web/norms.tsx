/**
 * Y1: the pages behind the mail with a year's proposals for the norms: all of them, and one to accept or reject. GET shows, POST
 * acts by what the API does; whoever is neither administrator nor PMO any more is told so.
 */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Api } from '../api/context.js';
import { problem } from '../api/errors.js';
import { acceptNorms, rejectNorms } from '../api/norms/proposals.js';
import { requireNormKeeper, withdrawNorms } from '../api/norms/service.js';
import type { App } from '../api/route.js';
import { date } from '../api/schemas/base.js';
import { rejectBody } from '../api/schemas/proposals.js';
import { zoneFor } from '../api/zones.js';
import type { KeptNormProposal } from '../archive/norm-proposals.js';
import type { ZoneData } from '../domain/calendar/index.js';
import type { Locale } from '../domain/meeting/state.js';
import { pickLocale, translator } from '../locales/index.js';
import type { LinkClaims } from '../render/links.js';
import { whenFor } from '../render/when.js';
import { Framed } from './answer.js';
import { checked } from './form.js';
import type { Filled } from './parts.js';
import { NormOverview, OneNorm, type NormsView } from './norms-view.js';
import { chosenLocale, pathOf, personalReader } from './request.js';
import type { Reader } from './request.js';
import { tokenPage } from './token-page.js';
import type { Explain } from './token-page.js';

const answer = z.strictObject({ accepted: z.enum(['yes', 'no']), effectiveFrom: date().optional() });

interface Reading extends Reader {
  view: NormsView;
  locale: Locale;
  zone: ZoneData;
}

export function normPages(scope: App, api: Api, explain: Explain): void {
  tokenPage<Reading>(scope, explain, {
    path: '/n/:token',
    async read(request) {
      const reader = await keeperOf(api, request);
      const view = await viewOf(api, request, reader.claims);
      return { ...reader, view, locale: view.locale, zone: view.zone };
    },
    show: pageOf,
    act: (reading, fields) => act(api, reading, fields),
  });
}

async function act(api: Api, { principal, claims }: Reading, fields: Record<string, string>): Promise<string> {
  const { ref = '' } = claims;
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

/** Nobody who may not change the norms. */
async function keeperOf(api: Api, request: FastifyRequest): Promise<Reader> {
  const reader = await personalReader(api, request, 'norms');
  if (!/^\d{4}$/.test(reader.claims.meeting)) problem('NotFound', 'link.invalid');
  await requireNormKeeper(api, reader.principal);
  return reader;
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
  const locale = chosenLocale(request) ?? pickLocale(reader?.locale, request.headers['accept-language'], config.locale);
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

function pageOf({ claims, view }: Reading, filled: Filled, request: FastifyRequest): string {
  const { say, locale, list } = view;
  const kept: KeptNormProposal | undefined = list.find((k) => k.proposal.id === claims.ref);
  if (claims.ref !== undefined && kept === undefined) problem('NotFound', 'Y1.noProposal', '', { id: claims.ref });
  const title = say('norms.mail.title', { year: view.year });
  const safeBody =
    kept === undefined ? <NormOverview view={view} /> : <OneNorm view={view} kept={kept} filled={filled} />;
  return Framed({ request, locale, say, path: pathOf(request), title, filled, told: 'forms', safeBody });
}
