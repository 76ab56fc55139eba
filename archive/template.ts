/**
 * The first opening of a PGlite folder makes a database cluster and runs every migration: seconds of work whose result is
 * always the same. The build does it once and keeps the result; a first opening copies that. Without it, or when it belongs
 * to another version, the folder is made the ordinary way.
 */
import { createHash, randomUUID } from 'node:crypto';
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { openPglite } from './driver-pglite.js';
import { migrate } from './migrate.js';
import { migrations } from './migrations/index.js';

/** What a template is made from: another PGlite or other migrations, and it is not used. */
function templateKey(): string {
  const hash = createHash('sha256').update(pgliteVersion());
  for (const { number, name, sql } of migrations) hash.update(`\0${number}\0${name}\0${sql}`);
  return hash.digest('hex').slice(0, 32);
}

/** Its package.json is not among what it exports. */
function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const file = path.join(path.dirname(entry), '..', 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Makes the template of this version in `folder`, unless it is there; those of other versions go. */
export async function makeTemplate(folder: string): Promise<string> {
  const place = path.join(folder, templateKey());
  if (existsSync(place)) return place;
  const beside = path.join(folder, `.${randomUUID()}`);
  try {
    const driver = await openPglite(beside);
    await migrate(driver).finally(() => driver.close());
    for (const older of readdirSync(folder).filter((name) => !name.startsWith('.')))
      rmSync(path.join(folder, older), { recursive: true, force: true });
    renameSync(beside, place);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  return place;
}

/**
 * Fills `dataDir`, which is missing or empty and locked by us, from the template in `folder`. It gets its name when it is
 * whole: a process that dies meanwhile leaves nothing that looks like a database. False: there is nothing to copy.
 */
export function copyTemplate(folder: string, dataDir: string): boolean {
  const beside = `${dataDir.replace(/[/\\]+$/, '')}.new`;
  try {
    const place = path.join(folder, templateKey());
    if (!existsSync(place) || (existsSync(dataDir) && readdirSync(dataDir).length > 0)) return false;
    rmSync(beside, { recursive: true, force: true });
    copyFolder(place, beside);
    rmSync(dataDir, { recursive: true, force: true });
    renameSync(beside, dataDir);
    return true;
  } catch {
    rmSync(beside, { recursive: true, force: true });
    return false;
  }
}

/** A thousand small files: a tenth of the time that fs.cp takes, which asks much of each. */
function copyFolder(from: string, to: string): void {
  mkdirSync(to, { mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) copyFolder(source, target);
    else copyFileSync(source, target, constants.COPYFILE_FICLONE);
  }
}
