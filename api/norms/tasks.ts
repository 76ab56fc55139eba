/** Y1: a year's proposals for the norms as a task of those who answer them, until all are answered. */
import type { FastifyRequest } from 'fastify';
import { toIso, toLocal } from '../../domain/calendar/index.js';
import { normKeepers } from '../../domain/norms-year.js';
import { translator } from '../../locales/index.js';
import type { KeptNormProposal, NormYear } from '../../archive/norm-proposals.js';
import type { Api } from '../context.js';
import { present } from '../present/context.js';
import { zoneFor } from '../zones.js';
import { keepsNorms } from './service.js';

export interface NormTask {
  id: string;
  kind: 'norms';
  /** The year. */
  about: string;
  status: 'open' | 'done';
  dueAt: string;
  createdAt: string;
  endedAt?: string | undefined;
  title: string;
}

/** Of every year that proposed something, the newest first; nothing for whoever does not answer them. */
export async function normTasks(
  api: Api,
  request: FastifyRequest,
  { status, person }: { status?: string | undefined; person?: string | undefined },
): Promise<NormTask[]> {
  if (!(await keepsNorms(api, request.principal))) return [];
  if (person !== undefined && !(await keepers(api)).includes(person)) return [];
  const { normProposals } = api.deps.archive;
  const [years, proposals] = await Promise.all([normProposals.years(), normProposals.list()]);
  return years
    .flatMap((looked) => {
      const own = proposals.filter((p) => p.proposal.year === looked.year);
      return own.length === 0 ? [] : taskOf(api, request, looked, own);
    })
    .filter((task) => status === undefined || task.status === status);
}

function taskOf(api: Api, request: FastifyRequest, looked: NormYear, own: KeptNormProposal[]): NormTask {
  const { config, clock } = api.deps;
  const zone = zoneFor(config.timeZone, clock());
  const open = own.filter((p) => p.state === 'open').length;
  const ended = open > 0 ? undefined : Math.max(...own.map((p) => p.decidedAt ?? looked.madeAt));
  return present({
    id: `norms-${looked.year}`,
    kind: 'norms' as const,
    about: String(looked.year),
    status: open > 0 ? ('open' as const) : ('done' as const),
    dueAt: toIso(zone, looked.dueAt),
    createdAt: toIso(zone, looked.madeAt),
    endedAt: ended === undefined ? undefined : toIso(zone, ended),
    title: translator(api.locale(request))('norms.task', { year: looked.year, open }),
  });
}

async function keepers({ deps: { archive, clock, config, norms } }: Api): Promise<string[]> {
  const now = clock();
  const today = toLocal(zoneFor(config.timeZone, now), now).date;
  const [{ pmo }, leaders, administrators] = await Promise.all([
    norms(now),
    archive.reviews.leaders(today),
    archive.keys.administrators(),
  ]);
  return normKeepers(pmo, leaders, administrators);
}
