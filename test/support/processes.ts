import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedBuild } from './shared.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const loader = path.join(root, 'test/support/register-ts.js');

export interface TestProcess {
  child: ChildProcess;
  /** Everything it has written so far, standard output and error together. */
  output(): string;
  /** Waits for a line; rejects with the whole output when the process ends first. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Exit code, null after a signal. */
  exited: Promise<number | null>;
}

/** Starts a file of tests as a process of its own, with the product's sources. `env` replaces the whole environment but PATH and HOME. */
export function startScript(file: string, env: Record<string, string>, args: string[] = []): TestProcess {
  return watch(
    spawn(process.execPath, ['--import', loader, '--enable-source-maps', path.join(root, file), ...args], how(env)),
  );
}

/** Starts a file of infra/ as its npm script does: compiled, the workflow bundle made. `env` as above. */
export async function startBuilt(file: string, env: Record<string, string>, args: string[] = []): Promise<TestProcess> {
  const { folder } = await sharedBuild();
  return watch(spawn(process.execPath, ['--enable-source-maps', path.join(folder, file), ...args], how(env)));
}

function how(env: Record<string, string>): SpawnOptions {
  const { PATH = '', HOME = '', TEMPORAL_CLI } = process.env;
  const whole = { PATH, HOME, ...(TEMPORAL_CLI ? { TEMPORAL_CLI } : {}), ...env };
  return { cwd: root, env: whole, stdio: ['ignore', 'pipe', 'pipe'] };
}

function watch(child: ChildProcess): TestProcess {
  let output = '';
  const listeners = new Set<() => void>();
  const take = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
    for (const listener of listeners) listener();
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const line = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(output);
        if (found !== null) resolve(found);
      };
      listeners.add(look);
      look();
      void exited.then((code) => reject(new Error(`ended with ${code} before ${String(pattern)}:\n${output}`)));
    });
  return { child, output: () => output, line, exited };
}
