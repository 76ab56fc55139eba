import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { meetingWorkflowId, meetingWorkflowType } from '../../workflows/contracts.js';
import { created } from '../support/creation.js';
import type { Stage } from './stage.js';

interface Kilobytes {
  heap: number;
  rss: number;
}

/** Workflows per step, and steps: the slope of a line through all steps, so that neither fixed costs nor one odd reading count. */
const perStep = 100;
const steps = 6;

/** KB per cached idle workflow after collecting: on the heap, and of the process as a whole, which is noisier. */
export async function memory(stage: Stage, say: (line: string) => void): Promise<void> {
  const bare = await perWorkflow(stage, 'skeleton', async (client, taskQueue) => {
    const handle = await client.workflow.start('skeleton', { taskQueue, workflowId: randomUUID() });
    await handle.executeUpdate<number, [number]>('touch', { args: [1] });
  });
  const meeting = await perWorkflow(stage, 'meeting', async (client, taskQueue) => {
    const { state } = created();
    const args = [{ state, outbox: [], ledger: [], audit: [] }];
    const workflowId = meetingWorkflowId(state.id);
    const handle = await client.workflow.start(meetingWorkflowType, { taskQueue, workflowId, args });
    await handle.query('meeting');
  });
  const told = ({ heap, rss }: Kilobytes): string => `${heap.toFixed(0)} KB heap, ${rss.toFixed(0)} KB resident`;
  say(`memory per cached idle workflow: bare ${told(bare)}; meeting ${told(meeting)}; target under 450 KB`);
}

async function perWorkflow(
  stage: Stage,
  kind: 'skeleton' | 'meeting',
  start: (client: Client, taskQueue: string) => Promise<unknown>,
): Promise<Kilobytes> {
  const taskQueue = `memory-${kind}`;
  const worker = await stage.bareWorker(taskQueue, kind);
  const readings: Kilobytes[] = [];
  for (let step = 0; step < steps; step++) {
    for (let n = 0; n < perStep; n++) await start(stage.client, taskQueue);
    worker.send('memory');
    const [{ heap, rss }] = (await once(worker, 'message')) as [Kilobytes];
    readings.push({ heap: heap / 1024, rss: rss / 1024 });
  }
  worker.send('stop');
  await once(worker, 'exit');
  const per = (pick: (k: Kilobytes) => number): number => slope(readings.slice(1).map(pick)) / perStep;
  return { heap: per((k) => k.heap), rss: per((k) => k.rss) };
}

/** Least squares over 0, 1, 2 … */
function slope(values: number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const over = values.reduce((total, value, i) => total + (i - middle) * (value - mean), 0);
  return over / values.reduce((total, _, i) => total + (i - middle) ** 2, 0);
}
