/** F5: an answer goes straight into its box; who answered what is nowhere. Used by route and form. */
import type { AnswerOutcome } from '../archive/ports.js';
import { boxCompleteSignal, meetingWorkflowId } from '../workflows/contracts.js';
import type { LinkClaims } from '../render/links.js';
import type { Api } from './context.js';
import { problem } from './errors.js';
import type { ProblemKind } from './errors.js';

const refused: Record<Exclude<AnswerOutcome, 'counted'>, [ProblemKind, string]> = {
  already: ['Conflict', 'F5.answered'],
  closed: ['Conflict', 'F5.closed'],
  notEligible: ['Forbidden', 'F5.notEligible'],
  unknown: ['NotFound', 'F5.unknownSurvey'],
};

/** The claims of a survey link, or 404: a wrong token says nothing about what there is. */
export async function surveyClaims(api: Api, token: string): Promise<LinkClaims> {
  const claims = await api.deps.links.verify(token, { purpose: 'survey' });
  return claims ?? problem('NotFound', 'link.invalid');
}

export async function answerSurvey(api: Api, claims: LinkClaims, score: number, suggestion?: string): Promise<void> {
  const { archive, client, log } = api.deps;
  const { outcome, complete } = await archive.surveys.answer(claims.meeting, claims.person, score, suggestion);
  if (complete) {
    const handle = client.workflow.getHandle(meetingWorkflowId(claims.meeting));
    handle.signal(boxCompleteSignal, 'survey').catch(() => {
      log.warn('the meeting could not be told that a box is complete');
    });
  }
  if (outcome !== 'counted') problem(...refused[outcome]);
}
