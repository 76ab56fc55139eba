import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Worker } from '@temporalio/worker';
import { fastForward, virtualNow } from '../../infra/time-travel.js';
import { type TestTemporal, testTemporal } from '../support/temporal.js';
import type { brief, daily } from './time-travel.workflow.js';

const day = 86_400;

describe('fast-forward on the real server (design §3)', () => {
  let temporal: TestTemporal;
  let worker: Worker;
  let running: Promise<void>;

  beforeAll(async () => {
    temporal = await testTemporal();
    const workflowsPath = fileURLToPath(new URL('time-travel.workflow.ts', import.meta.url));
    worker = await Worker.create({ ...temporal.worker, taskQueue: 'travel', workflowsPath });
    running = worker.run();
  });

  afterAll(async () => {
    worker.shutdown();
    await running;
    await temporal.close();
  });

  const start = <W extends typeof daily | typeof brief>(type: string) =>
    temporal.client.workflow.start<W>(type, { taskQueue: 'travel', workflowId: randomUUID(), args: [] as never });

  test('21 days pass in seconds; every timer on the way fires at its own time', async () => {
    const handle = await start<typeof daily>('daily');
    const began = Date.now();

    const arrived = await fastForward(temporal.client, handle.workflowId, 21 * day + 60);

    expect(Date.now() - began).toBeLessThan(10_000);
    expect(Math.abs(arrived - (began + (21 * day + 60) * 1000))).toBeLessThan(10_000);
    const wakings = await handle.query<number[]>('wakings');
    expect(wakings).toHaveLength(22);
    for (const [index, waking] of wakings.entries()) {
      const late = waking - (wakings[0]! + index * day * 1000);
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThan(20_000);
    }
    await handle.terminate();
  });

  test('a second journey goes on from where the first arrived', async () => {
    const handle = await start<typeof daily>('daily');
    const first = await fastForward(temporal.client, handle.workflowId, 3 * day);
    const second = await fastForward(temporal.client, handle.workflowId, 4 * day);

    expect(Math.abs(second - first - 4 * day * 1000)).toBeLessThan(10_000);
    expect(Math.abs((await virtualNow(temporal.client, handle.workflowId)) - second)).toBeLessThan(10_000);
    await handle.terminate();
  });

  test('a timer at the very moment of arrival has fired when fastForward returns', async () => {
    const handle = await start<typeof daily>('daily');
    const { startTime } = await handle.describe();
    const untilFirst =
      (startTime.getTime() + day * 1000 - (await virtualNow(temporal.client, handle.workflowId))) / 1000;

    await fastForward(temporal.client, handle.workflowId, untilFirst + 1);

    expect(await handle.query<number[]>('wakings')).toHaveLength(2);
    await handle.terminate();
  });

  test('before any journey its time is the wall clock’s', async () => {
    const handle = await start<typeof daily>('daily');
    expect(Math.abs((await virtualNow(temporal.client, handle.workflowId)) - Date.now())).toBeLessThan(5_000);
    await handle.terminate();
  });

  test('a workflow that ends on the way is as far as the journey goes', async () => {
    const handle = await start<typeof brief>('brief');
    const began = Date.now();
    const arrived = await fastForward(temporal.client, handle.workflowId, 2 * day);
    const ended = await handle.result();
    expect(Math.abs(ended - began - 3_600_000)).toBeLessThan(20_000);
    expect(Math.abs(arrived - ended)).toBeLessThan(20_000);
  });

  test('where no worker takes it further, the journey is given up and says so', async () => {
    const stuck = { taskQueue: 'nobody', workflowId: randomUUID() };
    const handle = await temporal.client.workflow.start('daily', stuck);
    const journey = fastForward(temporal.client, handle.workflowId, day, { withinMs: 1_000 });
    await expect(journey).rejects.toThrow(/did not arrive within 1 s/);
    await handle.terminate();
  });

  test('an unknown workflow and a journey into the past are refused', async () => {
    await expect(fastForward(temporal.client, 'nobody', 60)).rejects.toThrow(/not found/i);
    await expect(fastForward(temporal.client, 'nobody', -1)).rejects.toThrow(RangeError);
  });
});
