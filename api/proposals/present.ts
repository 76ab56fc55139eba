import type { z } from 'zod';
import type { KeptProposal } from '../../archive/proposals.js';
import { toIso } from '../../domain/calendar/index.js';
import type { Locale } from '../../domain/meeting/state.js';
import type { Api } from '../context.js';
import { Names, present } from '../present/context.js';
import type { proposalShape } from '../schemas/proposals.js';
import { zoneFor } from '../zones.js';

export async function presentProposals(
  api: Api,
  kept: KeptProposal[],
  locale: Locale,
): Promise<z.output<typeof proposalShape>[]> {
  const zone = zoneFor(api.deps.config.timeZone, api.deps.clock());
  const people = kept.flatMap(({ proposal: { change }, person }) => [
    ...(change.kind === 'dropPeople' ? change.people : []),
    ...(person === undefined ? [] : [person]),
  ]);
  const names = await Names.load(api.deps.archive.directory, { people, departments: [] }, locale);
  return kept.map(({ proposal, quarter, state, madeAt, decidedAt, person, key, reason, became }) => {
    const { change, becauseAt } = proposal;
    return present({
      ...proposal,
      becauseAt: becauseAt?.map((at) => toIso(zone, at)),
      change: change.kind === 'dropPeople' ? { ...change, people: change.people.map((p) => names.person(p)) } : change,
      quarter,
      state,
      madeAt: toIso(zone, madeAt),
      decidedAt: decidedAt === undefined ? undefined : toIso(zone, decidedAt),
      by: decidedAt === undefined ? undefined : present({ person: names.maybePerson(person), key }),
      reason,
      secondSeriesId: became?.second,
    });
  });
}
