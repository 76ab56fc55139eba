/** A worker of its own process for the bare engine: (a), (b), and the memory of idle workflows. Spoken to by messages. */
import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import { sharedModules } from '../../infra/bundle.js';
import { RecordingActivities } from '../support/engine.js';
import { installRuntime } from '../support/runtime.js';

const [address = '', namespace = '', taskQueue = '', kind = 'skeleton'] = process.argv.slice(2);
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
/** The meeting as the product's worker loads it. */
const workflows =
  kind === 'meeting'
    ? { workflowsPath: here('../../workflows/index.ts'), bundlerOptions: sharedModules(here('../..')) }
    : { workflowsPath: here('./skeleton.workflow.ts') };

installRuntime();
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  namespace,
  taskQueue,
  ...workflows,
  activities: { ...new RecordingActivities().all(), note: () => Promise.resolve() },
  maxCachedWorkflows: 2_000,
  // Workflows in this thread, so that its heap is theirs.
  debugMode: ['skeleton', 'meeting'].includes(taskQueue.replace('memory-', '')),
});
const running = worker.run();
process.on('message', (message) => {
  if (message === 'memory') {
    globalThis.gc?.();
    globalThis.gc?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    process.send?.({ heap: heapUsed + external, rss });
  } else {
    worker.shutdown();
  }
});
process.send?.('ready');
await running;
process.exit(0);
