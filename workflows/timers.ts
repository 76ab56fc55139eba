import { CancellationScope, condition, isCancellation, sleep } from '@temporalio/workflow';
import { applyTimer } from '../domain/meeting/step.js';
import type { Timer } from '../domain/meeting/state.js';
import type { MeetingRun } from './meeting-run.js';
import { timerSummary } from './operator.js';

/**
 * One durable engine timer per entry of `state.timers`, with a summary, so that the pending timers read like a to-do list.
 * It keeps no state of its own: a new run starts them again.
 */
export class Timers {
  private readonly running: Record<string, { at: number; scope: CancellationScope }> = {};

  constructor(private readonly run: MeetingRun) {}

  /** Follows the state until the run ends. */
  async work(): Promise<never> {
    for (;;) {
      await condition(() => this.run.timersDirty);
      this.run.timersDirty = false;
      this.stopOutdated();
      for (const timer of this.run.state.timers) if (!this.running[timer.key]) this.start(timer);
    }
  }

  private stopOutdated(): void {
    for (const [key, { at, scope }] of Object.entries(this.running)) {
      if (this.run.state.timers.some((t) => t.key === key && t.at === at)) continue;
      delete this.running[key];
      scope.cancel();
    }
  }

  private start(timer: Timer): void {
    const scope = new CancellationScope({ cancellable: true });
    this.running[timer.key] = { at: timer.at, scope };
    const wait = Math.max(1, timer.at - Date.now());
    const summary = timerSummary(this.run.state, timer);
    scope
      .run(() => sleep(wait, { summary }))
      .then(() => this.fire(timer))
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
  }

  private fire(timer: Timer): void {
    delete this.running[timer.key];
    const now = Math.max(Date.now(), timer.at);
    this.run.apply(applyTimer(this.run.state, timer, now), timer.kind, { via: 'clock' }, timer.ref);
  }
}
