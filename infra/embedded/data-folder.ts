import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { codeOf, reasonOf, StartProblem } from '../problem.js';
import { isAlive } from './child.js';
import { runCommand } from './command.js';
import { createWhole } from './whole-file.js';

/** Who has the folder. `birth` tells a process from a later one with the same number. */
interface Holder {
  pid: number;
  host: string;
  birth: string;
  since: string;
}

export interface DataFolderLock {
  /** Gives the folder back; does nothing the second time. */
  release(): void;
}

const lockName = 'convoke.lock';
const touchEveryMs = 5_000;
/** A lock from another machine (a shared volume), whose processes cannot be asked for, is stale after this. */
const foreignStaleMs = 30_000;

/**
 * Takes the data folder for this process alone. PGlite neither locks its folder nor refuses a second process, and then loses
 * rows silently. Throws a StartProblem that names the holder; the lock of a process that is gone is taken over.
 */
export async function lockDataFolder(folder: string): Promise<DataFolderLock> {
  const file = path.join(folder, lockName);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const own: Holder = {
      pid: process.pid,
      host: os.hostname(),
      birth: await birthOf(process.pid),
      since: new Date().toISOString(),
    };
    const content = JSON.stringify(own);
    while (!createWhole(file, content)) await removeIfStale(file, folder);
    return heldLock(file, content);
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    throw new StartProblem(
      `The data folder ${folder} cannot be used: ${reasonOf(error)}. Set CONVOKE_DATA to a writable folder.`,
    );
  }
}

function heldLock(file: string, content: string): DataFolderLock {
  const touch = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch {
      // The folder is gone; there is nothing left to guard.
    }
  }, touchEveryMs).unref();
  return {
    release: () => {
      clearInterval(touch);
      if (readOrNothing(file) === content) unlinkSync(file);
    },
  };
}

/** Returns once the lock is out of the way; throws when its holder lives. */
async function removeIfStale(file: string, folder: string): Promise<void> {
  const content = readOrNothing(file);
  if (content === undefined) return;
  const holder = parse(content);
  if (holder !== undefined && (await isHeld(holder, file))) throw new StartProblem(heldMessage(holder, folder));
  // Renamed, not removed: if another process was quicker and this is its new lock already, it goes back.
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const taken = readOrNothing(aside);
  if (taken !== undefined && taken !== content) createWhole(file, taken);
  unlinkSync(aside);
}

async function isHeld(holder: Holder, file: string): Promise<boolean> {
  if (holder.host !== os.hostname()) return Date.now() - statSync(file).mtimeMs < foreignStaleMs;
  return isAlive(holder.pid) && (await birthOf(holder.pid)) === holder.birth;
}

function heldMessage(holder: Holder, folder: string): string {
  return (
    `The data folder ${folder} is in use by another Convoke: process ${holder.pid} on ${holder.host}, since ${holder.since}. ` +
    'End that one first, or set CONVOKE_DATA (and PORT, TEMPORAL_PORT, TEMPORAL_UI_PORT, SMTP_PORT, INBOX_PORT) to run a second one beside it.'
  );
}

/** When a process began, in whatever words the system has for it; empty when it is gone or cannot be asked for. */
async function birthOf(pid: number): Promise<string> {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // Fields after the program's name, which may hold blanks and brackets itself; the 20th of them is the start time.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return `${boot} ${fields[19]}`;
  } catch {
    const { code, output } = await runCommand('ps', ['-o', 'lstart=', '-p', String(pid)], 5_000);
    return code === 0 ? output : '';
  }
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(content: string): Holder | undefined {
  try {
    return JSON.parse(content) as Holder;
  } catch {
    return undefined;
  }
}
