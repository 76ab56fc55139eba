import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { WorkflowHandle } from '@temporalio/client';
import type { Stage } from './stage.js';

/** Somebody who is measured: makes meetings, and sends commands to a few of them. */
export interface Contestant {
  name: string;
  start(): Promise<unknown>;
  command(n: number): Promise<unknown>;
  stop(): Promise<void>;
}

/** (a) the SDK's client and a workflow that does nothing; (b) the same with one archive activity per burst of commands. */
export async function bareContestant(
  stage: Stage,
  type: 'skeleton' | 'archivedSkeleton',
  name: string,
  meetings: number,
): Promise<Contestant> {
  const taskQueue = `bench-${type}`;
  const worker = await stage.bareWorker(taskQueue, 'skeleton');
  const start = (): Promise<WorkflowHandle> =>
    stage.client.workflow.start(type, { taskQueue, workflowId: randomUUID() });
  const targets = await Promise.all(Array.from({ length: meetings }, start));
  return {
    name,
    start,
    command: (n) => targets[n % meetings]!.executeUpdate<number, [number]>('touch', { args: [1] }),
    stop: async () => {
      worker.send('stop');
      await once(worker, 'exit');
    },
  };
}
