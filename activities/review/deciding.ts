/** R2: whose it is to answer what a review proposes; they get a link to it, whether or not they read reviews otherwise. */
import { answerersOf } from '../../domain/review/answering.js';
import type { PersonId } from '../../domain/meeting/state.js';
import type { Proposal } from '../../domain/review/proposals.js';
import type { Ports } from '../ports.js';

/** By proposal; without the PMO, whose all of them are. A series that has ended since has nobody. */
export async function answerersIn(
  { series, directory }: Pick<Ports, 'series' | 'directory'>,
  proposals: Proposal[],
): Promise<Map<string, PersonId[]>> {
  const ids = [...new Set(proposals.map((p) => p.seriesId))];
  const plans = await Promise.all(ids.map((id) => series.active(id)));
  const calling = plans.flatMap((plan) => plan?.template.initiator.department ?? []);
  const departments = await directory.departments([...new Set(calling)]);
  const of = (seriesId: string): PersonId[] => {
    const template = plans[ids.indexOf(seriesId)]?.template;
    if (template === undefined) return [];
    return answerersOf(template, departments.find((d) => d.id === template.initiator.department)?.head);
  };
  return new Map(proposals.map((p) => [p.id, of(p.seriesId)]));
}
