import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { ArchiveError } from './errors.js';

/** The holder touches the file this often; */
const beatMs = 2_000;
/** untouched for so long, its holder is gone, whatever its process id now belongs to. */
const staleMs = 15_000;
/** Two that take over a stale lock at once both look again after this; the last to write keeps it. */
const settleMs = 100;

interface Holder {
  pid: number;
  host: string;
  nonce: string;
}

/**
 * PGlite neither locks its folder nor refuses a second process, and then loses rows silently (measured; design §4). A file
 * beside the folder names the holder; a killed holder's lock is taken over at once on the same machine, else after 15 s.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = `${folder.replace(/[/\\]+$/, '')}.lock`;
  const me: Holder = { pid: process.pid, host: hostname(), nonce: randomUUID() };
  const text = JSON.stringify(me);
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    if (isHeld(file)) throw inUse(folder, holderOf(file));
    const mine = `${file}.${me.nonce}`;
    writeFileSync(mine, text);
    renameSync(mine, file);
    await pause(settleMs);
    if (holderOf(file)?.nonce !== me.nonce) throw inUse(folder, holderOf(file));
  }
  held.add(me.nonce);
  const beat = setInterval(() => touch(file), beatMs);
  beat.unref();
  return async () => {
    clearInterval(beat);
    held.delete(me.nonce);
    if (holderOf(file)?.nonce === me.nonce) await rm(file, { force: true });
  };
}

/** Locks of this process: after a restart in a container our process id is the dead holder's. */
const held = new Set<string>();

function isHeld(file: string): boolean {
  const holder = holderOf(file);
  if (holder === undefined || age(file) > staleMs) return age(file) <= beatMs && holder === undefined;
  if (holder.host !== hostname()) return true;
  if (holder.pid === process.pid) return held.has(holder.nonce);
  return isAlive(holder.pid);
}

/** Undefined when the file is gone or half written. */
function holderOf(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function age(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return Infinity;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Gone with its folder: nothing is left to guard.
  }
}

function inUse(folder: string, holder: Holder | undefined): ArchiveError {
  const who = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`;
  const way =
    'Stop it first, or give this one another data folder, or use PostgreSQL (DATABASE_URL) for several processes.';
  return new ArchiveError('archive.folderInUse', `The data folder ${folder} is in use by ${who}. ${way}`, false);
}
