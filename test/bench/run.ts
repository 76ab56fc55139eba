/** `npm run bench`: the product beside the bare engine, on the same server, in one run. Figures only; nothing passes or fails. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { meetingWorkflowId, meetingWorkflowType } from '../../workflows/contracts.js';
import { created } from '../support/creation.js';
import { figuresOfApi } from './api.js';
import { measure, row } from './figures.js';
import { memoryPer, startStage, type Stage } from './stage.js';

const starts = 300;
const commands = 1_000;
const meetings = 16;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function bare(
  stage: Stage,
  type: 'skeleton' | 'archivedSkeleton',
): Promise<{ starts: number; commands: number }> {
  const taskQueue = `bench-${type}`;
  const worker = await stage.bareWorker(taskQueue, 'skeleton');
  const started: WorkflowHandle[] = [];
  const start = async (): Promise<void> => {
    started.push(await stage.client.workflow.start(type, { taskQueue, workflowId: randomUUID() }));
  };
  const warm = await measure(50, 8, start);
  const startFigures = await measure(starts, 8, start);
  const targets = started.slice(0, meetings);
  const touch = (n: number): Promise<unknown> =>
    targets[n % meetings]!.executeUpdate<number, [number]>('touch', { args: [1] });
  await measure(100, meetings, touch);
  const commandFigures = await measure(commands, meetings, touch);
  const name = type === 'skeleton' ? '(a) bare' : '(b) bare with an archive activity per burst';
  say(row(`${name}: starts`, startFigures));
  say(row(`${name}: commands`, commandFigures));
  if (warm.failed > 0) say(`warm-up failed ${warm.failed} times`);
  worker.send('stop');
  await once(worker, 'exit');
  return { starts: startFigures.perSecond, commands: commandFigures.perSecond };
}

async function memory(stage: Stage): Promise<void> {
  const one = async (
    kind: 'skeleton' | 'meeting',
    start: (client: Client, taskQueue: string) => Promise<unknown>,
  ): Promise<number> => {
    const taskQueue = `memory-${kind}`;
    const worker = await stage.bareWorker(taskQueue, kind);
    const kb = await memoryPer(worker, 100, 300, () => start(stage.client, taskQueue));
    worker.send('stop');
    await once(worker, 'exit');
    return kb;
  };
  const bareKb = await one('skeleton', async (client, taskQueue) => {
    const handle = await client.workflow.start('skeleton', { taskQueue, workflowId: randomUUID() });
    await handle.executeUpdate<number, [number]>('touch', { args: [1] });
  });
  const meetingKb = await one('meeting', async (client, taskQueue) => {
    const { state } = created();
    const args = [{ state, outbox: [], ledger: [], audit: [] }];
    const handle = await client.workflow.start(meetingWorkflowType, {
      taskQueue,
      workflowId: meetingWorkflowId(state.id),
      args,
    });
    await handle.query('meeting');
  });
  say(
    `memory per cached idle workflow: bare ${bareKb.toFixed(0)} KB, meeting ${meetingKb.toFixed(0)} KB (target under 450 KB)`,
  );
}

const stage = await startStage();
try {
  const a = await bare(stage, 'skeleton');
  const b = await bare(stage, 'archivedSkeleton');
  const c = await figuresOfApi(stage, { starts, commands, meetings, say });
  say(`starts: ${(c.starts / a.starts).toFixed(2)} of (a), target 0.9`);
  say(`commands: ${(c.commands / b.commands).toFixed(2)} of (b), target 0.9`);
  await memory(stage);
} finally {
  await stage.stop();
}
process.exit(0);
