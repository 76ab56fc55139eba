/** For operators: alive, ready. */
import { z } from 'zod';
import { patiently } from '../patience.js';
import type { Routes } from '../route.js';

const partShape = z.object({ ok: z.boolean(), detail: z.string().optional() });
const readyShape = z.object({ ready: z.boolean(), archive: partShape, temporal: partShape, worker: partShape });
/** Milliseconds; a probe should have its answer soon. */
const patience = 2_000;

/** protobuf `TaskQueueType.WORKFLOW`. */
const workflowTasks = 1;

export const serviceRoutes: Routes = (app, api) => {
  const { archive, client, taskQueue } = api.deps;

  app.get(
    '/healthz',
    { config: { open: true }, schema: { tags: ['service'], security: [], summary: 'This process is alive' } },
    (_request, reply) => reply.type('text/plain; charset=utf-8').send('ok\n'),
  );

  app.get(
    '/readyz',
    {
      config: { open: true },
      schema: {
        tags: ['service'],
        security: [],
        summary: 'Database, engine and a worker answer; else 503 saying which does not',
        response: { 200: readyShape, 503: readyShape },
      },
    },
    async (_request, reply) => {
      const [database, engine] = await Promise.all([tried(() => archive.ping()), tried(pollers)]);
      const { value, ...temporal } = engine;
      const worker = { ok: (value ?? 0) > 0 };
      const ready = database.ok && temporal.ok && worker.ok;
      const { value: _, ...archived } = database;
      return reply.code(ready ? 200 : 503).send({ ready, archive: archived, temporal, worker });
    },
  );

  /** How many workers wait for this task queue's work. */
  async function pollers(): Promise<number> {
    const { namespace } = client.options;
    const described = await patiently(client, patience, () =>
      client.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: workflowTasks,
      }),
    );
    return described.pollers?.length ?? 0;
  }
};

/** Whether it answers in time; the reason for people, without addresses or values. */
async function tried<T>(ask: () => Promise<T>): Promise<{ ok: boolean; detail?: string; value?: T }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), patience);
  });
  try {
    return { ok: true, value: await Promise.race([ask(), late]) };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.name : 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
