import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Client, Connection } from '@temporalio/client';
import { isAlive, signal } from '../../infra/embedded/child.js';
import { freePort } from '../../infra/embedded/ports.js';
import { resolveTemporalBinary } from '../../infra/embedded/temporal-binary.js';
import {
  type EmbeddedTemporal,
  type EmbeddedTemporalOptions,
  startTemporal,
} from '../../infra/embedded/temporal-server.js';
import { StartProblem } from '../../infra/problem.js';
import { ensureSearchAttributes } from '../../infra/temporal-admin.js';

const quiet = (): void => undefined;

describe('the embedded Temporal server', () => {
  let binary: string;
  let folder: string;
  let running: EmbeddedTemporal[];

  const options = (change: Partial<EmbeddedTemporalOptions> = {}): EmbeddedTemporalOptions => ({
    binary,
    folder,
    persist: true,
    port: 0,
    uiPort: 0,
    namespace: 'default',
    searchAttributes: { TestPhase: 'Keyword' },
    timeTravel: false,
    progress: quiet,
    ...change,
  });

  const start = async (change?: Partial<EmbeddedTemporalOptions>): Promise<EmbeddedTemporal> => {
    const server = await startTemporal(options(change));
    running.push(server);
    return server;
  };

  beforeAll(async () => {
    binary = await resolveTemporalBinary({ env: process.env, progress: quiet });
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'convoke-server-'));
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((server) => server.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  test('answers, has its UI, and keeps workflows and takes new search attributes over a restart', async () => {
    const first = await start();
    expect((await fetch(first.uiUrl)).status).toBe(200);
    const before = await Connection.connect({ address: first.address });
    await new Client({ connection: before }).workflow.start('any', { taskQueue: 'none', workflowId: 'kept' });
    await before.close();
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await start({ searchAttributes: { TestPhase: 'Keyword', TestOverdue: 'Int' } });
    const after = await Connection.connect({ address: second.address });
    const { customAttributes } = await after.operatorService.listSearchAttributes({ namespace: 'default' });
    expect(customAttributes).toMatchObject({ TestPhase: 2, TestOverdue: 3 });
    const kept = await new Client({ connection: after }).workflow.getHandle('kept').describe();
    expect(kept.status.name).toBe('RUNNING');
    await ensureSearchAttributes(after, 'default', { TestPhase: 'Keyword' });
    await expect(ensureSearchAttributes(after, 'default', { TestPhase: 'Int' })).rejects.toThrow(/TestPhase.*type/);
    await after.close();
  });

  test('a taken port gives one message that names the setting and the way out', async () => {
    const other: Server = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };

    const problem = await startTemporal(options({ port })).catch((error: unknown) => error);
    const uiProblem = await startTemporal(options({ uiPort: port })).catch((error: unknown) => error);
    other.close();

    expect(problem).toBeInstanceOf(StartProblem);
    expect(String(problem)).toMatch(new RegExp(`Port ${port} \\(TEMPORAL_PORT\\).*taken.*TEMPORAL_ADDRESS`));
    expect(String(uiProblem)).toMatch(new RegExp(`Port ${port} \\(TEMPORAL_UI_PORT\\)`));
  });

  test('a binary that ends right away is a start problem with what it said', async () => {
    const broken = path.join(folder, 'broken');
    await writeFile(broken, '#!/bin/sh\necho "no good today" >&2\nexit 3\n', { mode: 0o755 });
    const problem = await startTemporal(options({ binary: broken })).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(StartProblem);
    expect(String(problem)).toMatch(/did not start: it ended right away\nno good today/);
  });

  test('it ends when its owner is killed with SIGKILL', async () => {
    const owner = await ownerProcess();
    signal(owner.pid, 'SIGKILL');
    await until(() => !isAlive(owner.serverPid));
  });

  test('one that was left behind on the folder all the same is ended at the next start', async () => {
    const database = path.join(folder, 'temporal.db');
    const ports = ['--port', String(await freePort()), '--ui-port', String(await freePort())];
    const args = ['server', 'start-dev', '--ip', '127.0.0.1', ...ports, '--db-filename', database];
    const leftBehind = spawn(binary, args, { stdio: 'ignore' });
    await writeFile(path.join(folder, 'temporal.pid'), String(leftBehind.pid));

    const successor = await start();

    expect(leftBehind.exitCode ?? leftBehind.signalCode).not.toBeNull();
    expect(await readFile(path.join(folder, 'temporal.pid'), 'utf8')).toBe(String(successor.pid));
  });

  test('a process that only has the recorded number is left alone', async () => {
    await writeFile(path.join(folder, 'temporal.pid'), String(process.pid));
    await expect(start()).resolves.toMatchObject({ address: expect.stringContaining('127.0.0.1:') });
  });

  /** Another process of ours that starts the server on the same folder and then only waits. */
  async function ownerProcess(): Promise<{ pid: number; serverPid: number }> {
    const loader = fileURLToPath(new URL('../support/register-ts.js', import.meta.url));
    const module = new URL('../../infra/embedded/temporal-server.ts', import.meta.url).href;
    const script = `
      const { startTemporal } = await import(${JSON.stringify(module)});
      const server = await startTemporal({ ...${JSON.stringify(options())}, progress: () => {} });
      console.log(JSON.stringify({ serverPid: server.pid }));
      setInterval(() => {}, 1000);`;
    const args = ['--import', loader, '--input-type=module', '--eval', script];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8')));
      child.once('exit', () => reject(new Error('the owner ended early')));
    });
    const { serverPid } = JSON.parse(line) as { serverPid: number };
    return { pid: child.pid!, serverPid };
  }
});

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 15_000; !condition();) {
    if (Date.now() > end) throw new Error('waited 15 s in vain');
    await delay(50);
  }
}
