/** What the pure rules keep, the engine keeps: random lives of meetings, clock and commands as they come, on the real server. */
import { ApplicationFailure, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import pLimit from 'p-limit';
import type { CommandName } from '../../domain/meeting/commands.js';
import { isEnded } from '../../domain/meeting/phases.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { fastForward, virtualNow } from '../../infra/time-travel.js';
import { checkState } from '../domain/meeting/invariants.js';
import { opened } from '../domain/meeting/preludes.js';
import { actorOf, commandOf, inputOf, moves, timeOf, type Move } from '../domain/meeting/moves.js';
import { created } from '../support/creation.js';
import { EngineMeeting } from '../support/engine.js';
import { admin } from '../support/meeting.js';
import { useEngine } from '../support/use-engine.js';

const lives = Number(process.env.RANDOM_MEETINGS ?? 50);
/** As many as that at the same time; a life is up to so many moves long, half of them once the meeting is open. */
const [atOnce, longest] = [6, 24];
const refusals = ['BadInput', 'Conflict', 'Forbidden', 'NotFound'];

describe('random meetings on the real server', () => {
  const engine = useEngine();

  async function command(
    meeting: EngineMeeting,
    state: MeetingState,
    move: Move,
    now: number,
  ): Promise<CommandName | undefined> {
    const name = commandOf(move, state);
    if (name === undefined) return undefined;
    try {
      await meeting.send(name, inputOf(name, move, state, now), actorOf(move));
      return name;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
      if (!(cause instanceof ApplicationFailure) || !refusals.includes(cause.type ?? '')) throw error;
      return undefined;
    }
  }

  /** Commands that went through. */
  async function live(all: Move[]): Promise<CommandName[]> {
    const { client } = engine.temporal();
    const { state: draft } = created();
    const meeting = await EngineMeeting.start(client, { state: draft });
    await meeting.send('publish', {}, admin);
    const done: CommandName[] = [];
    for (const move of all) {
      const state = await meeting.state();
      checkState(state);
      if (isEnded(state.phase)) break;
      const now = await virtualNow(client, meeting.handle.workflowId);
      const then = Math.min(timeOf(move, state, now), now + 40 * 86_400_000);
      if (then > now) await fastForward(client, meeting.handle.workflowId, Math.ceil((then - now) / 1000));
      else {
        const name = await command(meeting, state, move, now);
        if (name) done.push(name);
      }
    }
    checkState(await meeting.state());
    const { events } = await meeting.handle.fetchHistory();
    const failed = (events ?? []).filter((e) => e.workflowTaskFailedEventAttributes);
    expect(failed.map((e) => e.workflowTaskFailedEventAttributes?.failure?.message)).toEqual([]);
    await meeting.handle.terminate().catch(() => undefined);
    return done;
  }

  test(`E8 E9 F3 H3 N4: ${lives} of them reach no state that the standard forbids, and tell everybody once`, async () => {
    const drawn = fc.sample(moves, { numRuns: lives, seed: 20_260_318 });
    const limit = pLimit(atOnce);
    const done = (
      await Promise.all(drawn.map((all, i) => limit(() => live([...(i % 2 ? opened : []), ...all.slice(0, longest)]))))
    ).flat();
    const told = engine.activities.mails.flatMap(({ effect, state }) =>
      effect.to.map((person) => `${state.id} ${effect.mail} ${effect.occasion} ${person}`),
    );
    expect(told.length).toBe(new Set(told).size);
    expect(told.length).toBeGreaterThan(lives * 3);
    // Lives in which everything is refused would prove nothing.
    expect(done.length).toBeGreaterThan(lives * 2);
    expect(new Set(done).size).toBeGreaterThan(12);
  }, 600_000);
});
