/** The product as it is started, in one process, with a real mail server before it and a real Temporal server behind. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../infra/embedded/ports.js';
import { searchAttributes } from '../../workflows/contracts.js';
import { Caller } from '../faults/caller.js';
import type { TestDatabase } from '../support/postgres.js';
import { startBuilt } from '../support/processes.js';
import type { TestProcess } from '../support/processes.js';
import { testTemporal } from '../support/temporal.js';
import type { TestTemporal } from '../support/temporal.js';
import { Mailroom } from './mailroom.js';

export const adminKey = 'e2e-admin-key-0123456789';

export class Product {
  private constructor(
    readonly url: string,
    readonly api: Caller,
    readonly temporal: TestTemporal,
    readonly mailroom: Mailroom,
    readonly process: TestProcess,
    readonly folder: string,
  ) {}

  /** `env` adds settings. The working calendar is weekends only, so that a test's days do not depend on the year. */
  static async start(database: TestDatabase, env: Record<string, string> = {}): Promise<Product> {
    const [temporal, mailroom, folder, port] = await Promise.all([
      testTemporal(searchAttributes),
      Mailroom.open(),
      mkdtemp(path.join(tmpdir(), 'convoke-e2e-')),
      freePort('127.0.0.1'),
    ]);
    const process = await startBuilt('infra/start.js', {
      PORT: String(port),
      CONVOKE_DATA: path.join(folder, 'data'),
      CONVOKE_ADMIN_KEY: adminKey,
      CONVOKE_CALENDAR: 'none',
      CONVOKE_LOCALE: 'zh-TW',
      SMTP_URL: mailroom.url,
      MAIL_FROM: 'Convoke <convoke@example.org>',
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      ...(database.kind === 'postgres' ? { DATABASE_URL: database.url } : {}),
      ...env,
    });
    await process.line(/^Convoke is ready/m);
    const url = `http://127.0.0.1:${port}`;
    return new Product(url, new Caller(url, adminKey), temporal, mailroom, process, folder);
  }

  /** Lets what is under way end; the database's files are whole afterwards. */
  async halt(): Promise<void> {
    this.process.child.kill('SIGTERM');
    await this.process.exited;
  }

  async stop(): Promise<void> {
    await this.halt();
    await Promise.all([this.mailroom.close(), this.temporal.close()]);
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
