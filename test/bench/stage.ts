import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { startTemporal } from '../../infra/embedded/temporal-server.js';
import { resolveTemporalBinary } from '../../infra/embedded/temporal-binary.js';
import { freePort } from '../../infra/embedded/ports.js';
import { searchAttributes } from '../../workflows/contracts.js';
import { startScript, type TestProcess } from '../support/processes.js';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const quiet = (): void => undefined;

/** The one server that everything in a run is measured on. */
export async function startStage(): Promise<Stage> {
  const folder = mkdtempSync(path.join(tmpdir(), 'convoke-bench-'));
  const server = await startTemporal({
    binary: await resolveTemporalBinary({ env: process.env, progress: quiet }),
    folder,
    persist: false,
    port: await freePort('127.0.0.1'),
    uiPort: await freePort('127.0.0.1'),
    namespace: 'default',
    searchAttributes,
    timeTravel: true,
    progress: quiet,
  });
  const connection = await Connection.connect({ address: server.address });
  return new Stage(folder, server.address, new Client({ connection }), async () => {
    await connection.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
}

/** A process beside the product, and where it answers. */
export interface Helper {
  child: ChildProcess;
  url: string;
}

export class Stage {
  private readonly stops: (() => Promise<unknown>)[] = [];

  constructor(
    readonly folder: string,
    readonly address: string,
    readonly client: Client,
    stopServer: () => Promise<void>,
  ) {
    this.stops.push(stopServer);
  }

  async bareWorker(taskQueue: string, kind: 'skeleton' | 'meeting'): Promise<ChildProcess> {
    const execArgv = ['--import', here('../support/register-ts.js'), '--expose-gc', '--no-warnings'];
    const child = fork(here('./bare-worker.ts'), [this.address, 'default', taskQueue, kind], { execArgv });
    await once(child, 'message');
    return child;
  }

  /** The product: API and worker as processes of their own on PostgreSQL, in one process on PGlite. */
  async product(databaseUrl: string | undefined): Promise<{ url: string; adminKey: string }> {
    const adminKey = 'bench-admin-key-0123456789';
    const env: Record<string, string> = {
      CONVOKE_DATA: path.join(this.folder, 'data'),
      CONVOKE_ADMIN_KEY: adminKey,
      CONVOKE_SECRET: 'bench-secret-0123456789-0123456789',
      TEMPORAL_ADDRESS: this.address,
      PORT: String(await freePort('127.0.0.1')),
      SMTP_PORT: '0',
      INBOX_PORT: '0',
      LOG_LEVEL: 'error',
    };
    if (databaseUrl === undefined) {
      await this.started('infra/start.ts', env, /Convoke is ready: (\S+)/);
    } else {
      const sink = await this.helper('./sink.ts');
      const shared = { ...env, DATABASE_URL: databaseUrl, SMTP_URL: sink.url };
      await this.started('infra/start-api.ts', shared, /Convoke is ready: (\S+)/);
      await this.started('infra/start-worker.ts', shared, /Convoke worker is ready/);
    }
    return { url: `http://127.0.0.1:${env['PORT']}`, adminKey };
  }

  /** A Fastify route with one statement on the same database. */
  bareRoute(databaseUrl: string): Promise<Helper> {
    return this.helper('./bare-route.ts', databaseUrl);
  }

  private async helper(file: string, ...args: string[]): Promise<Helper> {
    const child = fork(here(file), args, {
      execArgv: ['--import', here('../support/register-ts.js'), '--no-warnings'],
    });
    this.stops.push(() => Promise.resolve(child.kill('SIGTERM')));
    const [url] = (await once(child, 'message')) as [string];
    return { child, url };
  }

  private async started(file: string, env: Record<string, string>, ready: RegExp): Promise<TestProcess> {
    const started = startScript(file, env);
    this.stops.push(async () => {
      started.child.kill('SIGTERM');
      await started.exited;
    });
    await started.line(ready);
    return started;
  }

  async stop(): Promise<void> {
    for (const stop of this.stops.reverse()) await stop();
  }
}
