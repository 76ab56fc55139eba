import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { mkdir } from 'node:fs/promises';
import type { Db, Driver, Row } from './driver.js';
import { lockFolder } from './folder-lock.js';
import * as schema from './schema/index.js';

const inMemory = 'memory://';

/**
 * PostgreSQL inside this process, over a folder that is ours alone; or in memory, for tests. `prepare` may fill the folder
 * before it is opened, when nobody else has it.
 */
export async function openPglite(
  dataDir: string,
  prepare: (dataDir: string) => void = () => undefined,
): Promise<Driver> {
  const unlock = dataDir.startsWith(inMemory) ? undefined : await lock(dataDir);
  if (unlock !== undefined) prepare(dataDir);
  const client = await PGlite.create(dataDir).catch(async (error: unknown) => {
    await unlock?.();
    throw error;
  });
  return {
    kind: 'pglite',
    db: drizzle({ client, schema }) as unknown as Db,
    run: async (statement, values) => (await client.query<Row>(statement.text, values)).rows,
    session: (work) =>
      work({
        query: async (text, values) => (await client.query<Row>(text, values)).rows,
        script: async (text) => void (await client.exec(text)),
      }),
    // Nobody else's statements come in between: there is one connection.
    transaction: (work) =>
      client.transaction((tx) => work({ query: async (text, values) => (await tx.query<Row>(text, values)).rows })),
    announce: async () => undefined,
    listen: async () => undefined,
    async close() {
      await client.close();
      await unlock?.();
    },
  };
}

async function lock(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true });
  return lockFolder(dataDir);
}
