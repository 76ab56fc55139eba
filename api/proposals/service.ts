/** R2: answering a proposal on a series: its organisers, the PMO, administrators. */
import type { KeptProposal, ProposalState, SeriesParts } from '../../archive/proposals.js';
import type { SeriesRow } from '../../archive/series.js';
import { changedSeries, secondOfSplit } from '../../domain/review/series-change.js';
import { answerersOf } from '../../domain/review/answering.js';
import type { Proposal } from '../../domain/review/proposals.js';
import type { SeriesPlan } from '../../domain/series/plan.js';
import type { Principal } from '../auth.js';
import type { Api } from '../context.js';
import { problem, toProblem } from '../errors.js';
import { canonicalJson, derivedId } from '../ids.js';
import { actsAsPmo } from '../norms/service.js';
import { change, checked, rowOf, schedule } from '../series/service.js';
import { removeSchedule } from '../series/schedules.js';

export type Mine = { kept: KeptProposal; row: SeriesRow };

/** Whether somebody may answer what is proposed for a series; it names people, so only they read it. */
export async function mayAnswer(api: Api, principal: Principal, { data: { template } }: SeriesRow): Promise<boolean> {
  const { person, roles } = principal.actor;
  if (roles.includes('admin')) return true;
  // H10: what became confidential is its organisers'.
  const open = template.confidential !== true;
  if (roles.includes('service')) return open;
  if (person === undefined) return false;
  const { host, initiator } = template;
  const [department] = host === undefined ? await api.deps.archive.directory.departments([initiator.department]) : [];
  return answerersOf(template, department?.head).includes(person) || (open && actsAsPmo(api, principal));
}

/** What of these may be answered by somebody, by id. */
export async function answerable(api: Api, principal: Principal, proposals: Proposal[]): Promise<Set<string>> {
  const ids = [...new Set(proposals.map((p) => p.seriesId))];
  const rows = await Promise.all(ids.map((id) => api.deps.archive.series.get(id)));
  const may = await Promise.all(rows.map(async (row) => row !== null && (await mayAnswer(api, principal, row))));
  return new Set(proposals.filter((p) => may[ids.indexOf(p.seriesId)]).map((p) => p.id));
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
  const next = (await accepted(api, mine)) ?? problem('Conflict', 'R2.outdated');
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

/** The series as it would be; undefined: it is no longer what it was when this was proposed. */
export async function accepted(api: Api, { kept, row }: Mine): Promise<SeriesPlan | undefined> {
  return changedSeries(row.data, kept.proposal.change, await api.deps.norms(api.deps.clock()));
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

/** Why what was accepted cannot be undone any more. */
export async function undoFault(api: Api, { kept, row }: Mine): Promise<string | undefined> {
  const { became, decidedAt = 0 } = kept;
  if (became === undefined) return 'R2.notAccepted';
  const ids = [row.id, ...(became.second === undefined ? [] : [became.second])];
  const made = await Promise.all(ids.map((id) => api.deps.archive.proposals.madeSince(id, decidedAt)));
  if (made.includes(true)) return 'R2.tooLate';
  return same(partsLike(row.data, became), became) ? undefined : 'R2.outdated';
}

/** Until the series has made a meeting as it is now, and while nobody has changed those parts since. */
export async function undoProposal(api: Api, principal: Principal, mine: Mine): Promise<void> {
  const { kept, row } = mine;
  const { archive, client, clock } = api.deps;
  const { was, became } = kept;
  if (kept.state === 'undone') return;
  if (kept.state !== 'accepted' || was === undefined || became === undefined) problem('Conflict', 'R2.notAccepted');
  const no = await undoFault(api, mine);
  if (no !== undefined) problem('Conflict', no);
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
