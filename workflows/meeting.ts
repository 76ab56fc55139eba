import { allHandlersFinished, condition, makeContinueAsNewFunc } from '@temporalio/workflow';
import type { MeetingInput } from './contracts.js';
import { Archivist } from './archivist.js';
import { registerHandlers } from './handlers.js';
import { MeetingRun } from './meeting-run.js';
import { Outbox } from './outbox.js';
import { Timers } from './timers.js';

/** What the workflow's result says in the Temporal UI. */
export interface MeetingEnd {
  phase: string;
  effectiveness: number | null;
}

/**
 * One coordination meeting: preparation → notice → execution → minutes → follow-up, weeks to months. The rules are in
 * domain/meeting; here commands come in, timers run and effects go out. Only this function waits.
 */
export async function meeting(input: MeetingInput): Promise<MeetingEnd> {
  const run = new MeetingRun(input);
  const archivist = new Archivist(run);
  const outbox = new Outbox(run);
  const timers = new Timers(run);
  registerHandlers(run);

  const work = [archivist.work(), outbox.work(), timers.work()];
  await Promise.race([untilRest(run, archivist, outbox), ...work]);

  if (!run.isOver) await makeContinueAsNewFunc<typeof meeting>()(run.carryOver());
  return { phase: run.state.phase, effectiveness: run.state.effectiveness ?? null };
}

/** Until everything is written and sent, and the meeting is over or its history long enough to go on in a new run. */
async function untilRest(run: MeetingRun, archivist: Archivist, outbox: Outbox): Promise<void> {
  await condition(
    () =>
      (run.isOver || run.historyIsLong) && archivist.isIdle && outbox.isIdle && run.isSettled && allHandlersFinished(),
  );
}
