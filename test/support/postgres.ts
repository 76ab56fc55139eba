import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { Client } from 'pg';

export type TestDatabase = { kind: 'pglite' } | { kind: 'postgres'; url: string };

/**
 * Runs a suite twice: on PGlite, and on a PostgreSQL database of its own that is dropped afterwards. Without
 * TEST_DATABASE_URL the second run is skipped, and counted as skipped. `fn` is called while tests are collected; it asks for
 * the database inside its own beforeAll.
 */
export function describeEachDatabase(name: string, fn: (database: () => TestDatabase) => void): void {
  describe(`${name} (PGlite)`, () => fn(() => ({ kind: 'pglite' })));
  describePostgres(`${name} (PostgreSQL)`, (url) => fn(() => ({ kind: 'postgres', url: url() })));
}

/**
 * For the long stories: on PostgreSQL where there is one, else on PGlite. What the two could do differently, the suites that
 * run on both have shown.
 */
export function describeOneDatabase(name: string, fn: (database: () => TestDatabase) => void): void {
  if (process.env['TEST_DATABASE_URL']) describePostgres(name, (url) => fn(() => ({ kind: 'postgres', url: url() })));
  else describe(name, () => fn(() => ({ kind: 'pglite' })));
}

/** For what only PostgreSQL can do: several processes. Skipped and counted as such without TEST_DATABASE_URL. */
export function describePostgres(name: string, fn: (url: () => string) => void): void {
  const server = process.env['TEST_DATABASE_URL'];
  const run = server === undefined || server === '' ? describe.skip : describe;
  run(name, () => {
    let database: PostgresDatabase;
    beforeAll(async () => {
      database = await createDatabase(server!);
    });
    fn(() => database.url);
    // After fn's own afterAll hooks: those close their connections first.
    afterAll(() => database?.drop());
  });
}

interface PostgresDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A new empty database on the server that the URL leads to. */
async function createDatabase(server: string): Promise<PostgresDatabase> {
  const name = `convoke_test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function asAdmin(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
