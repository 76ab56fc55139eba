import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import type { NativeConnection } from '@temporalio/worker';
import type { Activities } from '../activities/index.js';
import { buildWorkflowBundle } from './bundle.js';

const root = fileURLToPath(new URL('..', import.meta.url));

export interface WorkerParts {
  native: NativeConnection;
  namespace: string;
  taskQueue: string;
  activities: Activities;
}

/** A worker on the prebuilt bundle. `stop` lets what is under way end; a mail that is being sent gets 10 s. */
export async function startWorker(parts: WorkerParts): Promise<{ ended: Promise<void>; stop(): Promise<void> }> {
  const worker = await Worker.create({
    connection: parts.native,
    namespace: parts.namespace,
    taskQueue: parts.taskQueue,
    workflowBundle: { codePath: await bundlePath() },
    activities: { ...parts.activities },
    shutdownGraceTime: '10s',
    // An idle cached meeting is under 450 KB: a thousand of them stay well under 500 MB.
    maxCachedWorkflows: 1_000,
  });
  const ended = worker.run();
  return {
    ended,
    stop: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended.catch(() => undefined);
    },
  };
}

/** Beside the compiled code; in a checkout that was never built, made on the spot. */
async function bundlePath(): Promise<string> {
  const built = path.join(root, 'workflow-bundle.js');
  if (existsSync(built)) return built;
  const codePath = path.join(root, '.cache', 'workflow-bundle.js');
  return (await buildWorkflowBundle({ root, codePath })).codePath;
}
