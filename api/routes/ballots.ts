/**
 * A ballot goes straight into its box (E8, design §3): no workflow message, no look-up but the key's, no line in any log.
 * Who may vote for whom is decided by the key alone; the box knows the electorate.
 */
import { z } from 'zod';
import { isPersonId } from '../../archive/ids.js';
import type { CastOutcome } from '../../archive/ports.js';
import { mayVoteFor } from '../../domain/meeting/authorize.js';
import { boxCompleteSignal, meetingIdOf, meetingWorkflowId } from '../../workflows/contracts.js';
import { personInPath } from '../mentions.js';
import type { ProblemKind } from '../errors.js';
import { problem } from '../errors.js';
import { answers, commandRefusals } from '../route.js';
import type { Routes } from '../route.js';
import { ballotBody } from '../schemas/commands.js';

const refused: Record<Exclude<CastOutcome, 'counted' | 'changed'>, [ProblemKind, string]> = {
  already: ['Conflict', 'E8.voted'],
  closed: ['Conflict', 'E8.voteClosed'],
  notElector: ['Forbidden', 'E8.notElector'],
  unknown: ['NotFound', 'E8.noSuchVote'],
};

export const ballotRoutes: Routes = (app, api) => {
  const { archive, client, log } = api.deps;

  app.put(
    '/v1/meetings/:id/votes/:voteId/ballots/:person',
    {
      config: { secretive: true },
      schema: {
        tags: ['execution'],
        summary: 'Vote (E8): oneself only, or a key with scope act-as; a secret ballot is final',
        params: z.object({ id: z.string(), voteId: z.string(), person: z.string().describe('Id, e-mail or name.') }),
        body: ballotBody,
        response: answers({ 200: z.object({ outcome: z.enum(['counted', 'changed']) }) }, ...commandRefusals),
      },
    },
    async (request) => {
      const { id, voteId } = request.params;
      const { actor, id: key } = request.principal;
      if (meetingIdOf(voteId) !== id) problem('NotFound', 'E8.noSuchVote', 'voteId', { voteId: voteId.slice(0, 60) });
      const named = request.params.person;
      const person = isPersonId(named) ? named : await personInPath(archive.directory, named);
      if (!mayVoteFor(actor, person)) problem('Forbidden', 'auth.notAllowed', '', { command: 'ballot', who: ['self'] });
      const enteredBy = actor.person === person ? undefined : key;
      const { outcome, complete } = await archive.ballots.cast(voteId, person, request.body.choice, enteredBy);
      if (outcome !== 'counted' && outcome !== 'changed') problem(...refused[outcome]);
      if (complete) void tellComplete(id, voteId);
      return { outcome };
    },
  );

  /** The ballot is in; the workflow learns in its own time that it was the last. A signal lost is no ballot lost. */
  async function tellComplete(id: string, box: string): Promise<void> {
    try {
      await client.workflow.getHandle(meetingWorkflowId(id)).signal(boxCompleteSignal, box);
    } catch {
      log.warn('the meeting could not be told that a box is complete');
    }
  }
};
