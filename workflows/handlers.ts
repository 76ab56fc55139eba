import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import { Refusal } from '../domain/errors.js';
import type { Actor, CommandName, CommandResult } from '../domain/meeting/commands.js';
import { applyBoxComplete, applyCommand, forWhom } from '../domain/meeting/step.js';
import { boxCompleteSignal, commandNames, commandUpdate, meetingQuery } from './contracts.js';
import type { Answer, Envelope } from './contracts.js';
import type { MeetingRun } from './meeting-run.js';
import { OneAtATime } from './one-at-a-time.js';
import { workflowNow } from './clock.js';

/** Every command is an Update with a synchronous validator, so that a refusal leaves no trace in the history. */
export function registerHandlers(run: MeetingRun): void {
  const votes = new VoteHandlers(run);
  for (const name of commandNames) {
    const validator = (envelope: Envelope<CommandName>): void => check(run, name, envelope);
    if (name === 'openVote' || name === 'closeVote') {
      const handle = name === 'openVote' ? votes.open : votes.close;
      setHandler(commandUpdate<CommandName>(name), (envelope) => once(run, envelope, () => handle(envelope as never)), {
        validator,
      });
    } else {
      setHandler(
        commandUpdate<CommandName>(name),
        (envelope) => once(run, envelope, () => execute(run, name, envelope)),
        { validator },
      );
    }
  }
  setHandler(meetingQuery, () => ({ state: run.state, now: workflowNow() }));
  setHandler(boxCompleteSignal, (box) => {
    run.apply(applyBoxComplete(run.state, box, workflowNow()), 'boxComplete', { via: 'engine' }, box);
  });
}

/** Dry run: the rule itself says no, before anything is recorded. A command answered before passes, to be answered again. */
function check(run: MeetingRun, name: CommandName, envelope: Envelope<CommandName>): void {
  const { idempotency } = envelope;
  const before = idempotency && run.answered(idempotency.key);
  if (before) {
    if (before.hash !== idempotency.hash)
      throw failure(new Refusal('BadInput', [{ code: 'input.keyReused', path: '', params: {} }]));
    return;
  }
  refusing(() => applyCommand(run.state, name, envelope.input, { now: workflowNow(), actor: envelope.actor }));
}

/** Idempotency: the first answer is kept, a repeat gets it again. */
async function once<N extends CommandName>(
  run: MeetingRun,
  { idempotency }: Envelope<N>,
  handle: () => Answer<N> | Promise<Answer<N>>,
): Promise<Answer<N>> {
  const before = idempotency && run.answered(idempotency.key);
  if (before) return before.answer as Answer<N>;
  const answer = await handle();
  if (!idempotency) return answer;
  const kept = { ...answer, hash: idempotency.hash };
  run.remember(idempotency.key, idempotency.hash, kept);
  return kept;
}

/** Applies a command at once and answers with what changed. */
function execute<N extends CommandName>(run: MeetingRun, name: N, { input, actor }: Envelope<N>): Answer<N> {
  const now = workflowNow();
  const hintsBefore = run.state.warnings;
  const principal = forWhom(run.state, name, input, actor, now);
  const change = refusing(() => applyCommand(run.state, name, input, { now, actor }));
  const result = run.apply<CommandResult<N>>(
    change,
    name,
    { ...actor },
    refOf(input, change.result),
    principal ?? spokenFor(actor, input),
  );
  const warnings = run.state.warnings === hintsBefore ? undefined : run.state.warnings;
  return { result, revision: run.state.revision, now, ...(warnings ? { warnings } : {}) };
}

/** E8: one vote opens or closes at a time, each with its box; without the archive the state stays as it was (503). */
class VoteHandlers {
  private readonly queue = new OneAtATime();
  constructor(private readonly run: MeetingRun) {}

  readonly open = (envelope: Envelope<'openVote'>): Promise<Answer<'openVote'>> =>
    this.queue.run(async () => {
      const { state } = this.run;
      const plan = refusing(() =>
        applyCommand(state, 'openVote', envelope.input, { now: workflowNow(), actor: envelope.actor }),
      );
      const vote = plan.state.votes.at(-1);
      const electorate = vote?.electorate ?? [];
      const box = {
        voteId: plan.result.id,
        meetingId: state.id,
        secret: vote?.secret ?? false,
        electorate,
        at: workflowNow(),
      };
      await available(this.run.records.writeSoon((a) => a.openBallotBox(box)));
      return execute(this.run, 'openVote', { ...envelope, input: { ...envelope.input, electorate } });
    });

  readonly close = (envelope: Envelope<'closeVote'>): Promise<Answer<'closeVote'>> =>
    this.queue.run(async () => {
      const { input, actor } = envelope;
      refusing(() => applyCommand(this.run.state, 'closeVote', input, { now: workflowNow(), actor }));
      const tally = await available(this.run.records.writeSoon((a) => a.closeBallotBox(input.voteId)));
      return execute(this.run, 'closeVote', { ...envelope, input: { ...input, tally } });
    });
}

/** What an input or a result is about, for the audit. */
function refOf(input: object, result: unknown): string | undefined {
  const named = { ...(input as Record<string, unknown>), ...(result as Record<string, unknown> | undefined) };
  const ref = named['id'] ?? named['voteId'] ?? named['topicId'];
  return typeof ref === 'string' ? ref : undefined;
}

/** H8 and act-as: for whom, when not for oneself. */
function spokenFor(actor: Actor, input: object): string | undefined {
  const { person } = input as { person?: string };
  return person !== undefined && person !== actor.person ? person : undefined;
}

/** A domain refusal as the engine's failure; anything else is ours to mend, but must never loop the task. */
function refusing<T>(rule: () => T): T {
  try {
    return rule();
  } catch (error) {
    throw failure(error);
  }
}

function failure(error: unknown): ApplicationFailure {
  if (error instanceof Refusal)
    return ApplicationFailure.create({
      type: error.type,
      message: error.message,
      details: [error.faults],
      nonRetryable: true,
    });
  const message = error instanceof Error ? error.message : 'unknown';
  return ApplicationFailure.create({ type: 'Internal', message, nonRetryable: true });
}

async function available<T>(activity: Promise<T>): Promise<T> {
  try {
    return await activity;
  } catch {
    const faults = [{ code: 'engine.archiveAway', path: '', params: {} }];
    throw ApplicationFailure.create({
      type: 'Unavailable',
      message: 'the archive did not answer',
      details: [faults],
      nonRetryable: true,
    });
  }
}
