import pg from 'pg';
import type { Log } from './driver.js';
import { codeOf } from './errors.js';

/** Carries `<meetingId>:<revision>` and nothing else: a payload may have 8,000 bytes. */
export const channel = 'convoke';

const firstRetryMs = 200;
const lastRetryMs = 5_000;

/** A connection of its own that listens for as long as the process lives; what it misses while away, readers poll. */
export class PgListener {
  private client: pg.Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private waitMs = firstRetryMs;
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly connectTimeoutMs: number,
    private readonly log: Log,
  ) {}

  /** Resolves at the first connection, or at its first failure: then it goes on trying. */
  async start(heard: (payload: string) => void): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: this.connectTimeoutMs,
      keepAlive: true,
      application_name: 'convoke listener',
    });
    this.client = client;
    let ended = false;
    const again = (reason: string): void => {
      if (ended || this.stopped) return;
      ended = true;
      this.log('warn', 'not hearing of changes made elsewhere', { reason });
      client.end().catch(() => undefined);
      this.retry = setTimeout(() => void this.start(heard), this.waitMs);
      this.retry.unref();
      this.waitMs = Math.min(2 * this.waitMs, lastRetryMs);
    };
    client.on('error', (error) => again(codeOf(error)));
    client.on('end', () => again('ended'));
    client.on('notification', (message) => heard(message.payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      this.waitMs = firstRetryMs;
    } catch (error) {
      again(codeOf(error));
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    await this.client?.end().catch(() => undefined);
  }
}
