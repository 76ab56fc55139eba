import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { runCommand } from './command.js';

/**
 * Ends the program when our process is gone, even by SIGKILL: standard input closes with us, whatever happens. Says the
 * program's process id on descriptor 3. `cat` runs with the kept input because a shell gives background jobs none.
 */
const guard = `
exec 4<&0
"$@" </dev/null 3>&- 4<&- & program=$!
echo "$program" >&3
exec 3>&-
( cat <&4 >/dev/null; kill "$program" 2>/dev/null ) & watcher=$!
exec 4<&-
wait "$program"; code=$?
kill "$watcher" 2>/dev/null
exit "$code"`;

export interface GuardedChild {
  /** Of the program itself, not of its guard. */
  pid: number;
  /** Settles when the program has ended, for whatever reason. */
  exited: Promise<void>;
  /** SIGTERM, then SIGKILL after `graceMs`. Settles when it has ended. */
  stop(graceMs?: number): Promise<void>;
}

/**
 * Starts a program in a session of its own, so that Ctrl-C at our terminal does not reach it: it has to outlive our
 * workers. Its output goes to `logFile`. Windows has no such shell; there a SIGKILL leaves the program behind.
 */
export async function startGuarded(file: string, args: string[], logFile: string): Promise<GuardedChild> {
  const log = openSync(logFile, 'a');
  const plain = process.platform === 'win32';
  const child = plain
    ? spawn(file, args, { detached: true, windowsHide: true, stdio: ['ignore', log, log] })
    : spawn('/bin/sh', ['-c', guard, 'sh', file, ...args], { detached: true, stdio: ['pipe', log, log, 'pipe'] });
  closeSync(log);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const pid = plain ? (child.pid ?? 0) : await announcedPid(child);
  // The pipe to the guard must not keep our event loop alive, nor fail us when the guard goes first.
  child.stdin?.on('error', () => undefined);
  child.unref();
  return { pid, exited, stop: (graceMs = 10_000) => stopProcess(pid, exited, graceMs) };
}

function announcedPid(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error('the program did not start')));
    child.stdio[3]?.once('data', (chunk: Buffer) => resolve(Number(chunk.toString('utf8').trim())));
  });
}

async function stopProcess(pid: number, exited: Promise<void>, graceMs: number): Promise<void> {
  signal(pid, 'SIGTERM');
  const grace = new AbortController();
  const tooLong = delay(graceMs, 'late' as const, { signal: grace.signal }).catch(() => 'cancelled' as const);
  if ((await Promise.race([exited, tooLong])) === 'late') signal(pid, 'SIGKILL');
  grace.abort();
  await exited;
}

/** Sends a signal; a process that is gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    return;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The command line of a process, empty when it is gone or cannot be asked for: process ids are used again. */
export async function commandLineOf(pid: number): Promise<string> {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // Not Linux, or gone: ask the other way.
  }
  const { code, output } = await runCommand('ps', ['-ww', '-o', 'command=', '-p', String(pid)], 5_000);
  return code === 0 ? output : '';
}

/** Ends a process that is no child of ours; false when it is still there after `graceMs` and a SIGKILL. */
export async function endForeign(pid: number, graceMs: number): Promise<boolean> {
  signal(pid, 'SIGTERM');
  if (await goneWithin(pid, graceMs)) return true;
  signal(pid, 'SIGKILL');
  return goneWithin(pid, 2_000);
}

async function goneWithin(pid: number, limitMs: number): Promise<boolean> {
  for (const until = Date.now() + limitMs; Date.now() < until;) {
    if (!isAlive(pid)) return true;
    await delay(50);
  }
  return !isAlive(pid);
}
