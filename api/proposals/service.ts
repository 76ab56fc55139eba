/** R2: answering a proposal on a series: its organisers, the PMO, administrators. */
import type { KeptProposal, ProposalState, SeriesParts } from '../../archive/proposals.js';
import type { SeriesRow } from '../../archive/series.js';
import { changedSeries, secondOfSplit } from '../../domain/review/series-change.js';
import type { SeriesPlan } from '../../domain/series/plan.js';
import type { Principal } from '../auth.js';
import type { Api } from '../context.js';
import { Problem, problem, toProblem } from '../errors.js';
import { canonicalJson, derivedId } from '../ids.js';
import { actsAsPmo } from '../norms/service.js';
import { change, checked, requireOrganiser, rowOf, schedule, seesSeries } from '../series/service.js';
import { removeSchedule } from '../series/schedules.js';

type Mine = { kept: KeptProposal; row: SeriesRow };

/** Whether somebody may answer what is proposed for a series; it names people, so only they read it. */
export async function mayAnswer(api: Api, principal: Principal, row: SeriesRow): Promise<boolean> {
  try {
    if (!seesSeries(principal, row)) return await actsAsPmo(api, principal);
    const { template } = row.data;
    const { person } = principal.actor;
    // E2: who hosts where nobody else was named.
    const [department] =
      template.host === undefined ? await api.deps.archive.directory.departments([template.initiator.department]) : [];
    if (person !== undefined && department?.head === person) return true;
    requireOrganiser(principal, row);
    return true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return actsAsPmo(api, principal);
  }
}

export async function proposalFor(api: Api, principal: Principal, id: string): Promise<Mine> {
  const { proposals, series } = api.deps.archive;
  const kept = id.length > 80 ? null : await proposals.find(id);
  const row = kept === null ? null : await series.get(kept.proposal.seriesId);
  if (kept === null || row === null || !(await mayAnswer(api, principal, row)))
    return problem('NotFound', 'R2.unknown', '', { id });
  return { kept, row };
}

const decidedBy = (api: Api, { actor }: Principal, reason?: string) => ({
  at: api.deps.clock(),
  person: actor.person,
  key: actor.key,
  reason,
});

async function move(api: Api, { kept }: Mine, to: ProposalState, principal: Principal, reason?: string): Promise<void> {
  const { proposals } = api.deps.archive;
  if (await proposals.decide(kept.id, kept.state, to, decidedBy(api, principal, reason))) return;
  const state = (await proposals.find(kept.id))?.state ?? kept.state;
  problem('Conflict', 'R2.decided', '', { proposalState: state });
}

const secondId = (api: Api, { id }: KeptProposal): string =>
  `s${derivedId(api.deps.config.secrets[0] ?? '', 'split series', id)}`;

/** From the next meeting that is made on. The same answer again finishes what was begun. */
export async function acceptProposal(api: Api, principal: Principal, mine: Mine): Promise<void> {
  const { kept, row } = mine;
  const { proposals } = api.deps.archive;
  if (kept.state === 'accepted' && kept.became !== undefined) return finish(api, row, kept.was, kept.became);
  if (kept.state === 'rejected' || kept.state === 'undone')
    problem('Conflict', 'R2.decided', '', { proposalState: kept.state });
  if (row.endedAt !== undefined) problem('Conflict', 'S1.ended', '', { id: row.id });
  const norms = await api.deps.norms(api.deps.clock());
  const next = changedSeries(row.data, kept.proposal.change, norms);
  if (next === undefined) problem('Conflict', 'R2.outdated');
  const parts = partsOf(row.data, next);
  const second =
    kept.proposal.change.kind === 'split'
      ? secondOfSplit(row.data, kept.proposal.change, secondId(api, kept))
      : undefined;
  await valid(api, next);
  if (second !== undefined) await valid(api, second);
  await move(api, mine, 'accepted', principal);
  const became = { ...parts.became, ...(second === undefined ? {} : { second: second.id }) };
  await proposals.applied(kept.id, parts.was, became);
  if (second !== undefined) {
    await api.deps.archive.series.create(rowOf(second));
    await schedule(api, second);
  }
  await change(api, row.id, ({ data }) => put(data, parts.became));
}

/** What died between the answer and the change; a series that somebody has changed since stays as it is. */
async function finish(
  api: Api,
  row: SeriesRow,
  was: SeriesParts = { template: {} },
  became: SeriesParts,
): Promise<void> {
  const untouched = same(partsLike(row.data, was), was) && !same(partsLike(row.data, became), became);
  if (untouched) await change(api, row.id, ({ data }) => put(data, became));
}

/** The rules of a series say no before anything is written. */
async function valid(api: Api, plan: SeriesPlan): Promise<void> {
  try {
    await checked(api, plan);
  } catch (error) {
    throw toProblem(error);
  }
}

export const rejectProposal = async (api: Api, principal: Principal, mine: Mine, reason: string): Promise<void> => {
  if (mine.kept.state === 'rejected') return;
  if (mine.kept.state !== 'open') problem('Conflict', 'R2.decided', '', { proposalState: mine.kept.state });
  await move(api, mine, 'rejected', principal, reason);
};

/** Until the series has made a meeting as it is now, and while nobody has changed those parts since. */
export async function undoProposal(api: Api, principal: Principal, mine: Mine): Promise<void> {
  const { kept, row } = mine;
  const { archive, client, clock } = api.deps;
  const { was, became, decidedAt = 0 } = kept;
  if (kept.state === 'undone') return;
  if (kept.state !== 'accepted' || was === undefined || became === undefined) problem('Conflict', 'R2.notAccepted');
  const ids = [row.id, ...(became.second === undefined ? [] : [became.second])];
  for (const id of ids) if (await archive.proposals.madeSince(id, decidedAt)) problem('Conflict', 'R2.tooLate');
  if (!same(partsLike(row.data, became), became)) problem('Conflict', 'R2.outdated');
  await valid(api, put(row.data, was));
  await move(api, mine, 'undone', principal);
  await change(api, row.id, ({ data }) => put(data, was));
  if (became.second === undefined) return;
  await archive.series.end(became.second, clock());
  await removeSchedule(client, became.second);
}

/** What of a series is another thing afterwards. */
function partsOf(before: SeriesPlan, after: SeriesPlan): { was: SeriesParts; became: SeriesParts } {
  const names = Object.keys({ ...before.template, ...after.template }) as (keyof SeriesPlan['template'])[];
  const changed = names.filter((n) => !same(before.template[n], after.template[n]));
  const pick = (plan: SeriesPlan): SeriesParts => ({
    template: Object.fromEntries(changed.map((n) => [n, plan.template[n]])),
    ...(same(before.rule, after.rule) ? {} : { rule: plan.rule }),
  });
  return { was: pick(before), became: pick(after) };
}

const put = (plan: SeriesPlan, parts: SeriesParts): SeriesPlan => ({
  ...plan,
  template: { ...plan.template, ...parts.template },
  ...(parts.rule === undefined ? {} : { rule: parts.rule }),
});

const partsLike = (plan: SeriesPlan, like: SeriesParts): SeriesParts => ({
  template: Object.fromEntries(
    Object.keys(like.template).map((n) => [n, plan.template[n as keyof SeriesPlan['template']]]),
  ),
  ...(like.rule === undefined ? {} : { rule: plan.rule }),
  ...(like.second === undefined ? {} : { second: like.second }),
});

/** Whatever the order of their keys: the database keeps none. */
const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);
