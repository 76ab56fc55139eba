/** R2: who may answer what a review proposes for a series: those who organise its meetings; beside them the PMO. */
import type { PersonId } from '../meeting/words.js';
import type { MeetingTemplate } from '../series/plan.js';

/** `head`: of the department that calls the meetings, who hosts them where nobody else is named (E2). */
export function answerersOf(
  {
    host,
    deputyHost,
    coordinator,
    initiator,
  }: Pick<MeetingTemplate, 'host' | 'deputyHost' | 'coordinator' | 'initiator'>,
  head?: PersonId,
): PersonId[] {
  return [...new Set([host ?? head, deputyHost, coordinator, initiator.person].filter((p) => p !== undefined))];
}
