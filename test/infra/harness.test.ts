import { describe, expect, test } from 'vitest';
import { Client } from 'pg';
import { describeEachDatabase, describePostgres, type TestDatabase } from '../support/postgres.js';

const seen: TestDatabase[] = [];

describeEachDatabase('a suite on each database', (database) => {
  test('gets one of its own', () => {
    seen.push(database());
    expect(database().kind).toMatch(/^(pglite|postgres)$/);
  });
});

describe('afterwards', () => {
  test('PGlite always took part, PostgreSQL where there is one', () => {
    const expected = process.env['TEST_DATABASE_URL'] ? ['pglite', 'postgres'] : ['pglite'];
    expect(seen.map(({ kind }) => kind)).toEqual(expected);
  });
});

describePostgres('a PostgreSQL suite', (url) => {
  test('has an empty database, and the one of the suite before is gone', async () => {
    const client = new Client({ connectionString: url() });
    await client.connect();
    const tables = await client.query("SELECT 1 FROM information_schema.tables WHERE table_schema = 'public'");
    const earlier = seen.flatMap((database) =>
      database.kind === 'postgres' ? [new URL(database.url).pathname.slice(1)] : [],
    );
    const left = await client.query('SELECT 1 FROM pg_database WHERE datname = ANY($1)', [earlier]);
    await client.end();
    expect(earlier).toHaveLength(1);
    expect([tables.rowCount, left.rowCount]).toEqual([0, 0]);
  });
});
