/** The one way from a route or a form to a meeting: an Update, in its meeting's line, answered in time or 503. */
import type { Client } from '@temporalio/client';
import type { ZoneData } from '../domain/calendar/index.js';
import { fault } from '../domain/errors.js';
import type { Actor, CommandInput, CommandName } from '../domain/meeting/commands.js';
import type { Phase } from '../domain/meeting/state.js';
import { isEnded } from '../domain/meeting/phases.js';
import { commandUpdate, meetingWorkflowId } from '../workflows/contracts.js';
import type { Answer, Envelope } from '../workflows/contracts.js';
import { fromEngine, isGone } from './engine-errors.js';
import { Problem, problem, toProblem, unavailable } from './errors.js';
import type { Idempotency } from './idempotency.js';
import { refuseOtherRequest } from './idempotency.js';
import { isMeetingId } from './ids.js';
import { patiently } from './patience.js';
import { CommandQueue } from './queue.js';

/** Waiting in line and for the worker together; "no worker running: 503 within 10 s". */
export const commandDeadlineMs = 8_000;

/** What the archive says of a meeting whose workflow is over. */
export type EndedPhase = (meetingId: string) => Promise<{ phase: Phase; zone?: ZoneData } | undefined>;

export interface CommandCall<N extends CommandName> {
  meetingId: string;
  actor: Actor;
  input: CommandInput<N>;
  /** Who keeps the key: `<command>:<principal>:<key>`. */
  principal: string;
  idempotency?: Idempotency | undefined;
}

export class Commands {
  readonly queue = new CommandQueue();
  /** Hears of every answer at once (the live feed). */
  onAnswer: (meetingId: string, revision: number) => void = () => undefined;

  constructor(
    private readonly client: Client,
    private readonly endedPhase: EndedPhase,
    private readonly deadlineMs = commandDeadlineMs,
  ) {}

  /** Runs a command. Throws `Problem`: the rule's refusal, 404 or 409 for a meeting that is not there or over, 503. */
  async run<N extends CommandName>(name: N, call: CommandCall<N>): Promise<Answer<N>> {
    if (!isMeetingId(call.meetingId)) problem('NotFound', 'meeting.unknown', '', { id: call.meetingId });
    const deadline = performance.now() + this.deadlineMs;
    try {
      const answer = await this.queue.run(call.meetingId, () => this.send(name, call, deadline));
      refuseOtherRequest(call.idempotency, answer.hash);
      this.onAnswer(call.meetingId, answer.revision);
      return answer;
    } catch (error) {
      throw await this.explained(name, call.meetingId, error);
    }
  }

  private async send<N extends CommandName>(name: N, call: CommandCall<N>, deadline: number): Promise<Answer<N>> {
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) throw unavailable('http.busy', 2);
    const { actor, input, principal, idempotency } = call;
    const key = idempotency && `${name}:${principal}:${idempotency.key}`;
    const envelope: Envelope<N> = {
      actor,
      input,
      ...(idempotency && key !== undefined ? { idempotency: { key, hash: idempotency.hash } } : {}),
    };
    const handle = this.client.workflow.getHandle(meetingWorkflowId(call.meetingId));
    const options = { args: [envelope] as [Envelope<N>], ...(key === undefined ? {} : { updateId: key }) };
    return patiently(this.client, leftMs, () => handle.executeUpdate(commandUpdate(name), options));
  }

  /** A workflow that is over is a conflict, one that never was is not found; the archive knows which. */
  private async explained(name: CommandName, meetingId: string, error: unknown): Promise<Problem> {
    if (!isGone(error)) return toProblem(fromEngine(error));
    const ended = await this.endedPhase(meetingId);
    if (ended === undefined) return new Problem('NotFound', [fault('meeting.unknown', '', { id: meetingId })]);
    const code = isEnded(ended.phase) ? 'phase.ended' : 'phase.gone';
    const params = { command: name, phase: ended.phase, possible: [] as string[] };
    return new Problem('Conflict', [fault(code, '', params)], { zone: ended.zone });
  }
}
