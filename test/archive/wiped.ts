import { expect, vi } from 'vitest';
import type { Archive } from '../../archive/open.js';
import { dump, type Dump } from './attacker.js';
import type { Told } from './told.js';

/** What the tables of open boxes still hold of these. */
export function left({ files }: Dump, told: Told[]): string[] {
  const texts = told.flatMap(({ box, people: who, tokens }) => [
    box,
    ...who,
    ...tokens.filter((token) => token.startsWith('words')),
  ]);
  return files
    .filter(({ table }) => table.startsWith('record.open_'))
    .flatMap(({ table, bytes }) => texts.filter((text) => bytes.includes(text)).map((text) => `${table}: ${text}`));
}

/**
 * The database once closed boxes are wiped: a close does not wait for who can still see a row, as the
 * server's own ANALYZE, or a test beside this one that writes for long.
 */
export async function dumpWiped(archive: Archive, told: Told[]): Promise<Dump> {
  let dumped = await dump(archive);
  const wiped = async () => {
    dumped = await dump(archive);
    expect(left(dumped, told)).toEqual([]);
  };
  await vi.waitFor(wiped, { timeout: 45_000, interval: 500 });
  return dumped;
}
