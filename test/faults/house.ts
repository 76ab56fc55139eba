import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../infra/embedded/ports.js';
import { startBuilt, type TestProcess } from '../support/processes.js';
import { Caller } from './caller.js';
import { until } from './until.js';

const adminKey = 'faults-admin-key-0123456789';

export interface Plot {
  /** Undefined: an embedded one, in the one process. */
  temporal?: { address: string; namespace: string };
  /** Of the embedded one. */
  temporalPort?: number;
  smtpUrl: string;
  /** Undefined: PGlite, and everything in one process. */
  databaseUrl?: string;
}

/**
 * The product as processes: all in one on PGlite, or API and worker apart on PostgreSQL, the API as many times as wanted. A
 * process that was killed starts again at its old port.
 */
export class House {
  private readonly running = new Map<string, TestProcess>();
  /** What all processes wrote, those that are gone included. */
  private readonly all: TestProcess[] = [];

  private constructor(
    private readonly plot: Plot,
    readonly folder: string,
    private readonly ports: number[],
  ) {}

  /** Nothing runs yet. */
  static async plan(plot: Plot, apis = 1): Promise<House> {
    const folder = await mkdtemp(path.join(tmpdir(), 'convoke-faults-'));
    const ports = await Promise.all(Array.from({ length: apis }, () => freePort('127.0.0.1')));
    return new House(plot, folder, ports);
  }

  /** Of the n-th API process. */
  caller(n = 0): Caller {
    return new Caller(`http://127.0.0.1:${this.ports[n]!}`, adminKey);
  }

  private get apart(): boolean {
    return this.plot.databaseUrl !== undefined;
  }

  async start(): Promise<void> {
    if (!this.apart) return this.startApi();
    await Promise.all([...this.ports.map((_, n) => this.startApi(n)), this.startWorker()]);
  }

  startApi(n = 0): Promise<void> {
    const file = this.apart ? 'infra/start-api.js' : 'infra/start.js';
    return this.run(`api ${n}`, file, { PORT: String(this.ports[n]!) }, /^Convoke is ready/m);
  }

  startWorker(): Promise<void> {
    if (!this.apart) return this.startApi();
    return this.run('worker', 'infra/start-worker.js', {}, /^Convoke worker is ready/m);
  }

  killApi(n = 0): Promise<void> {
    return this.kill(`api ${n}`);
  }

  /** In the one process API and archive go with it. */
  killWorker(): Promise<void> {
    return this.kill(this.apart ? 'worker' : 'api 0');
  }

  /** Whether everything that was started still runs: a process that gives up by itself has failed. */
  get stands(): boolean {
    return [...this.running.values()].every(({ child }) => child.exitCode === null && child.signalCode === null);
  }

  /** Everything that was ever written, for the message of a test that failed. */
  get output(): string {
    return this.all.map((process) => process.output()).join('\n');
  }

  async isReady(): Promise<boolean> {
    return (await this.caller().get('/readyz')).status === 200;
  }

  async untilReady(): Promise<void> {
    await until('the API finds all parts ready', () => this.isReady());
  }

  /** Every process by its own id; SIGTERM first, so that the embedded parts end in order. */
  async stop(): Promise<void> {
    await Promise.all(
      [...this.running.values()].map(async ({ child, exited }) => {
        child.kill('SIGTERM');
        const tooLong = setTimeout(() => child.kill('SIGKILL'), 35_000);
        await exited;
        clearTimeout(tooLong);
      }),
    );
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  private async run(name: string, file: string, env: Record<string, string>, ready: RegExp): Promise<void> {
    const started = await startBuilt(file, { ...this.env(), ...env });
    this.running.set(name, started);
    this.all.push(started);
    await started.line(ready);
  }

  private async kill(name: string): Promise<void> {
    const process = this.running.get(name);
    if (!process) throw new Error(`no ${name} runs`);
    this.running.delete(name);
    process.child.kill('SIGKILL');
    await process.exited;
  }

  private env(): Record<string, string> {
    const { temporal, temporalPort = 0, smtpUrl, databaseUrl } = this.plot;
    return {
      CONVOKE_DATA: path.join(this.folder, 'data'),
      CONVOKE_ADMIN_KEY: adminKey,
      CONVOKE_SECRET: 'faults-secret-0123456789-0123456789',
      CONVOKE_TIME_TRAVEL: '1',
      CONVOKE_LOCALE: 'en',
      PUBLIC_URL: `http://127.0.0.1:${this.ports[0]!}`,
      SMTP_URL: smtpUrl,
      TEMPORAL_PORT: String(temporalPort),
      TEMPORAL_UI_PORT: '0',
      ...(temporal === undefined ? {} : { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: temporal.namespace }),
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    };
  }
}
