/** Y1: proposals for the norms from a year's data, and the answers of administrators and the PMO. */
import { toIso } from '../../domain/calendar/index.js';
import type { LocalDate } from '../../domain/calendar/index.js';
import type { Locale } from '../../domain/meeting/state.js';
import { becauseOf } from '../../domain/norms-proposals.js';
import { spanOfYear } from '../../domain/norms-year.js';
import { makeNorms } from '../../archive/norm-look.js';
import type { KeptNormProposal } from '../../archive/norm-proposals.js';
import { translator } from '../../locales/index.js';
import { effectText, proposalText } from '../../render/norms/text.js';
import type { Principal } from '../auth.js';
import type { Api } from '../context.js';
import { problem } from '../errors.js';
import { Names, present } from '../present/context.js';
import { zoneFor } from '../zones.js';
import { zoneOfQuarter } from '../../archive/review-input.js';
import { startYearlyNorms } from './schedule.js';
import { changeNorms } from './service.js';

/** Any number of times: what was found first stays, and is mailed once. Only for a year that is over. */
export async function makeNormProposals(api: Api, year: number): Promise<KeptNormProposal[]> {
  const { archive, client, clock, config, norms, taskQueue } = api.deps;
  const { to } = spanOfYear(year, zoneOfQuarter(config.timeZone, `${year}-Q4`));
  const now = clock();
  if (config.timeTravel !== true && now < to) problem('Conflict', 'Y1.notOver', 'year', { year });
  const { open } = await makeNorms(archive.normProposals, { norms, ...config }, { year, now });
  if (open > 0) await startYearlyNorms(client, year, taskQueue);
  return archive.normProposals.list(year);
}

async function kept(api: Api, id: string): Promise<KeptNormProposal> {
  const found = id.length > 60 ? null : await api.deps.archive.normProposals.find(id);
  return found ?? problem('NotFound', 'Y1.noProposal', '', { id });
}

/** Makes a version of the norms; the same answer again finishes what was begun. */
export async function acceptNorms(
  api: Api,
  principal: Principal,
  id: string,
  effectiveFrom: LocalDate | undefined,
): Promise<KeptNormProposal> {
  const found = await kept(api, id);
  if (found.state === 'accepted' && found.version !== undefined) return found;
  if (found.state === 'rejected') problem('Conflict', 'Y1.answered', '', { proposalState: found.state });
  const { archive, clock } = api.deps;
  const made = (await archive.norms.history()).find((c) => c.proposals.includes(id) && c.withdrawnAt === undefined);
  const { changes } = found.proposal;
  const because = becauseOf(found.proposal);
  const change = made ?? (await changeNorms(api, principal, { changes, effectiveFrom, because, proposals: [id] }));
  const { person, key } = principal.actor;
  const newest = change?.version ?? (await archive.norms.at(clock())).version;
  await archive.normProposals.decide(id, 'accepted', { at: clock(), person, key }, newest);
  return kept(api, id);
}

export async function rejectNorms(
  api: Api,
  { actor: { person, key } }: Principal,
  id: string,
  reason: string,
): Promise<KeptNormProposal> {
  const found = await kept(api, id);
  if (found.state === 'rejected') return found;
  const at = api.deps.clock();
  const done = await api.deps.archive.normProposals.decide(id, 'rejected', { at, person, key, reason });
  if (!done) problem('Conflict', 'Y1.answered', '', { proposalState: (await kept(api, id)).state });
  return kept(api, id);
}

export async function presentNormProposals(api: Api, list: KeptNormProposal[], locale: Locale) {
  const zone = zoneFor(api.deps.config.timeZone, api.deps.clock());
  const people = list.flatMap((k) => k.person ?? []);
  const names = await Names.load(api.deps.archive.directory, { people, departments: [] }, locale);
  const say = translator(locale);
  return list.map(({ proposal, state, madeAt, decidedAt, person, key, reason, version }) =>
    present({
      id: proposal.id,
      year: proposal.year,
      label: say(`norms.${proposal.kind}`),
      changes: proposal.changes as Record<string, number>,
      from: proposal.from,
      to: proposal.to,
      because: proposalText(say, proposal).because,
      params: proposal.params,
      effect: { ...proposal.effect, text: effectText(say, proposal.effect) },
      state,
      madeAt: toIso(zone, madeAt),
      decidedAt: decidedAt === undefined ? undefined : toIso(zone, decidedAt),
      by: decidedAt === undefined ? undefined : present({ person: names.maybePerson(person), key }),
      reason,
      version,
    }),
  );
}
