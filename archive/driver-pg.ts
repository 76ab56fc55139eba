import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Db, Driver, Log, Row, Session } from './driver.js';
import { codeOf } from './errors.js';
import { channel, PgListener } from './pg-listener.js';
import * as schema from './schema/index.js';

const connectTimeoutMs = 5_000;
const statementTimeoutMs = 10_000;

/** PostgreSQL 15 or newer, through a pool. A lost connection fails the calls that used it, never the process. */
export async function openPostgres(url: string, poolSize: number, log: Log): Promise<Driver> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: 3 * statementTimeoutMs,
    keepAlive: true,
    application_name: 'convoke',
  });
  const lost = (error: Error): void => log('warn', 'a database connection was lost', { code: codeOf(error) });
  pool.on('error', lost);
  // Also while it is lent out: an error event that nobody hears would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const listener = new PgListener(url, connectTimeoutMs, log);
  const db = drizzle({ client: pool, schema }) as unknown as Db;

  return {
    kind: 'postgres',
    db,
    async run(statement, values) {
      return (await pool.query<Row>({ ...statement, values })).rows;
    },
    session: (work) => withClient(pool, work),
    transaction: (work) =>
      withClient(pool, async (session) => {
        await session.script('begin isolation level repeatable read');
        const result = await work(session);
        await session.script('commit');
        return result;
      }),
    async announce(payloads) {
      const text = `select pg_notify('${channel}', p) from unnest($1::text[]) p`;
      await pool.query({ name: 'announce', text, values: [payloads] });
    },
    listen: (heard) => listener.start(heard),
    async close() {
      await listener.stop();
      await pool.end();
    },
  };
}

/** Without the statement timeout: a migration takes as long as it takes. */
async function withClient<T>(pool: pg.Pool, work: (session: Session) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    const result = await work({
      query: async (text, values) => (await client.query<Row>(text, values)).rows,
      script: async (text) => void (await client.query(text)),
    });
    await client.query('reset all');
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
