import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Instant } from '../../domain/calendar/index.js';
import { fastForward, virtualNow } from '../time-travel.js';

const settlesWithinMs = 30_000;
const lookEveryMs = 15;

/** The meeting's own time: read as it is, and pushed forward. Nothing else of the story touches the engine. */
export class Clock {
  constructor(
    private readonly client: Client,
    private readonly workflowId: string,
  ) {}

  now(): Promise<Instant> {
    return virtualNow(this.client, this.workflowId);
  }

  /** Forward to a moment, and until all that fell due on the way is done; a moment that has passed is only waited out. */
  async goTo(at: Instant): Promise<void> {
    const ahead = at - (await this.now());
    if (ahead > 0) await fastForward(this.client, this.workflowId, (ahead + 1) / 1000);
    await this.settle();
  }

  /** Until nothing is under way: every mail that was due is in the inbox. */
  async settle(): Promise<void> {
    const { namespace } = this.client.options;
    const request = { namespace, execution: { workflowId: this.workflowId } };
    for (const until = Date.now() + settlesWithinMs; Date.now() < until; await delay(lookEveryMs)) {
      const { pendingActivities, pendingWorkflowTask } =
        await this.client.workflowService.describeWorkflowExecution(request);
      if (pendingActivities.length === 0 && !pendingWorkflowTask) return;
    }
    throw new Error(`the workflow ${this.workflowId} is still busy after ${settlesWithinMs / 1000} s`);
  }
}
