import { afterAll, beforeAll } from 'vitest';
import type { SQL } from 'drizzle-orm';
import { randomBytes } from 'node:crypto';
import { openArchive, type Archive } from '../../archive/open.js';
import { describeEachDatabase, type TestDatabase } from '../support/postgres.js';
import { openEmptyArchive } from '../support/archive.js';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
/** Fresh in every test, so that none meets another's rows. */
export const fresh = (length = 16): string =>
  Array.from(randomBytes(length), (byte) => alphabet.charAt(byte & 31)).join('');
export const aPerson = (): string => `p${fresh()}`;
export const aDepartment = (): string => `d${fresh()}`;
export const aMeetingId = (): string => fresh();

export function openTestArchive(database: TestDatabase): Promise<Archive> {
  return database.kind === 'pglite' ? openEmptyArchive() : openArchive({ databaseUrl: database.url });
}

/** The same tests on an archive over PGlite and over PostgreSQL. */
export function describeEachArchive(name: string, tests: (archive: () => Archive) => void): void {
  describeEachDatabase(name, (database) => {
    let archive: Archive;
    beforeAll(async () => {
      archive = await openTestArchive(database());
    });
    afterAll(() => archive?.close());
    tests(() => archive);
  });
}

/** What a statement answers, on either driver. */
export async function rowsOf(archive: Archive, statement: SQL): Promise<Record<string, unknown>[]> {
  const result: unknown = await archive.db.execute(statement);
  return (result as { rows: Record<string, unknown>[] }).rows;
}
