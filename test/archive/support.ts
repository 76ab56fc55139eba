import { afterAll, beforeAll, describe } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openArchive, type Archive, type ArchiveOptions } from '../../archive/open.js';

/** Characters of ids in meetings and people: fresh ones in every test, so that none meets another's rows. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
export const fresh = (length = 16): string =>
  Array.from(randomBytes(length), (byte) => alphabet.charAt(byte & 31)).join('');
export const aPerson = (): string => `p${fresh()}`;
export const aMeetingId = (): string => fresh();

/** A database of its own on the server of TEST_DATABASE_URL, gone at the end. */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = process.env['TEST_DATABASE_URL'];
  if (server === undefined) throw new Error('TEST_DATABASE_URL is not set');
  const name = `archive_${fresh(12)}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `drop database if exists ${name} with (force)`) };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** The same tests on PGlite and, where TEST_DATABASE_URL is set, on PostgreSQL; else those are counted as skipped. */
export function describeEachDatabase(
  name: string,
  tests: (archive: () => Archive) => void,
  options: ArchiveOptions = {},
): void {
  describe(`${name} (PGlite)`, () => {
    let archive: Archive;
    beforeAll(async () => {
      archive = await openArchive({ ...options, dataDir: 'memory://' });
    });
    afterAll(() => archive?.close());
    tests(() => archive);
  });

  const describeOrSkip = process.env['TEST_DATABASE_URL'] === undefined ? describe.skip : describe;
  describeOrSkip(`${name} (PostgreSQL)`, () => {
    let archive: Archive;
    let drop: () => Promise<void>;
    beforeAll(async () => {
      const database = await freshDatabase();
      drop = database.drop;
      archive = await openArchive({ ...options, databaseUrl: database.url });
    });
    afterAll(async () => {
      await archive?.close();
      await drop?.();
    });
    tests(() => archive);
  });
}
