import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { isAlive } from '../../infra/embedded/child.js';
import { freePort } from '../../infra/embedded/ports.js';
import { resolveTemporalBinary } from '../../infra/embedded/temporal-binary.js';
import { type EmbeddedTemporalOptions, startTemporal } from '../../infra/embedded/temporal-server.js';
import { searchAttributes } from '../../workflows/contracts.js';
import { until } from './until.js';

/** A real Temporal server with its SQLite file, that the test kills. */
export interface Engine {
  address: string;
  /** The test's own; finds the server again by itself. */
  client(): Promise<Client>;
  /** SIGKILL; returns when it is gone. */
  kill(): Promise<void>;
  /** At the same address, on the same file. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Beside the product, as an operator would run it: nobody but the test starts it again. */
export async function engineApart(): Promise<Engine> {
  const folder = await mkdtemp(path.join(tmpdir(), 'convoke-engine-'));
  const quiet = (): void => undefined;
  const options: EmbeddedTemporalOptions = {
    binary: await resolveTemporalBinary({ env: process.env, progress: quiet }),
    folder,
    persist: true,
    port: await freePort('127.0.0.1'),
    uiPort: await freePort('127.0.0.1'),
    namespace: 'default',
    searchAttributes,
    timeTravel: true,
    progress: quiet,
  };
  let server = await startTemporal(options);
  const visits = new Visits(server.address);
  return {
    address: server.address,
    client: () => visits.client(),
    async kill() {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
    },
    async start() {
      server = await startTemporal(options);
    },
    async stop() {
      await visits.end();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The one that a process of ours keeps in its data folder, and starts again by itself. */
export function engineInside(dataFolder: string, port: number): Engine {
  const address = `127.0.0.1:${port}`;
  const visits = new Visits(address);
  const pid = async (): Promise<number> =>
    Number(await readFile(path.join(dataFolder, 'temporal', 'temporal.pid'), 'utf8'));
  let killed = 0;
  return {
    address,
    client: () => visits.client(),
    async kill() {
      killed = await pid();
      process.kill(killed, 'SIGKILL');
      await until('the server is gone', () => !isAlive(killed));
    },
    async start() {
      await until('the product starts its server again', async () => (await pid()) !== killed);
    },
    stop: () => visits.end(),
  };
}

class Visits {
  private connection: Connection | undefined;
  constructor(private readonly address: string) {}

  async client(): Promise<Client> {
    this.connection ??= await Connection.connect({ address: this.address });
    return new Client({ connection: this.connection, namespace: 'default' });
  }

  async end(): Promise<void> {
    await this.connection?.close();
  }
}
