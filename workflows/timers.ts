import { CancellationScope, condition, isCancellation, sleep } from '@temporalio/workflow';
import { applyTimer } from '../domain/meeting/step.js';
import type { Timer, TimerKind } from '../domain/meeting/state.js';
import type { MeetingRun } from './meeting-run.js';
import { timerSummary } from './operator.js';
import { workflowNow } from './clock.js';

/**
 * One durable engine timer per thing that has deadlines (the meeting, its minutes, the survey, each action), for its next
 * rung, with a summary: the pending timers read like a to-do list, and a rung that is never reached costs no event.
 * It keeps no state of its own: a new run starts them again.
 */
export class Timers {
  private readonly running: Record<string, { key: string; at: number; scope: CancellationScope }> = {};

  constructor(private readonly run: MeetingRun) {}

  /** Follows the state until the run ends. */
  async work(): Promise<never> {
    for (;;) {
      await condition(() => this.run.timersDirty);
      this.run.timersDirty = false;
      this.follow(nextRungs(this.run.state.timers));
    }
  }

  private follow(rungs: Record<string, Timer>): void {
    for (const [thing, { key, at, scope }] of Object.entries(this.running)) {
      if (rungs[thing]?.key === key && rungs[thing].at === at) continue;
      delete this.running[thing];
      scope.cancel();
    }
    for (const [thing, timer] of Object.entries(rungs)) if (!this.running[thing]) this.start(thing, timer);
  }

  private start(thing: string, timer: Timer): void {
    const scope = new CancellationScope({ cancellable: true });
    this.running[thing] = { key: timer.key, at: timer.at, scope };
    const wait = Math.max(1, timer.at - workflowNow());
    const summary = timerSummary(this.run.state, timer);
    scope
      .run(() => sleep(wait, { summary }))
      .then(() => this.fire(thing, timer))
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
  }

  private fire(thing: string, timer: Timer): void {
    delete this.running[thing];
    this.run.timersDirty = true;
    const now = Math.max(workflowNow(), timer.at);
    this.run.apply(applyTimer(this.run.state, timer, now), timer.kind, { via: 'clock' }, timer.ref);
  }
}

/** What a timer without a ref is about. */
const things: Partial<Record<TimerKind, string>> = {
  minutesMorning: 'minutes',
  minutesLastHour: 'minutes',
  minutesLimit: 'minutes',
  objectionsEnd: 'objections',
  surveyReminder: 'survey',
  surveyEnd: 'survey',
};

/** The earliest timer of each thing. */
function nextRungs(timers: Timer[]): Record<string, Timer> {
  const rungs: Record<string, Timer> = {};
  for (const timer of timers) {
    const thing = timer.ref ?? things[timer.kind] ?? 'meeting';
    const before = rungs[thing];
    if (before === undefined || timer.at < before.at) rungs[thing] = timer;
  }
  return rungs;
}
