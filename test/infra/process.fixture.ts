/** A process like `npm start`, with an API and a worker that do nothing, so that only starting and stopping is tested. */
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Composition } from '../../infra/parts.js';
import { runProcess } from '../../infra/process.js';

const stopped = (part: string): void => void process.stdout.write(`stopped ${part}\n`);

const composition: Composition<{ close(): Promise<void> }> = {
  searchAttributes: { TestPhase: 'Keyword' },
  openArchive: async () => ({ close: async () => stopped('archive') }),
  startApi: async ({ publicUrl, temporalUiUrl }, _archive, port) => {
    const server = createServer((_request, response) => response.end(JSON.stringify({ publicUrl, temporalUiUrl })));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const stop = async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      stopped('api');
    };
    return { url: `http://127.0.0.1:${port}`, stop };
  },
  startWorker: async ({ temporal }) => {
    const ended = process.env['TEST_WORKER_FAILS']
      ? Promise.reject(new Error('the worker broke'))
      : new Promise<void>(() => undefined);
    const stop = async (): Promise<void> => {
      // The server has to be there for as long as the worker drains.
      await delay(200);
      await temporal.client.workflowService.getSystemInfo({});
      stopped('worker');
    };
    return { ended, stop };
  },
};

await runProcess('all', composition);
