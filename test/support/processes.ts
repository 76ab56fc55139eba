import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

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

/** Starts one of our TypeScript files as a process of its own. `env` replaces the whole environment but PATH and HOME. */
export function startScript(file: string, env: Record<string, string>, args: string[] = []): TestProcess {
  const { PATH = '', HOME = '', TEMPORAL_CLI } = process.env;
  const child = spawn(process.execPath, ['--import', loader, '--enable-source-maps', path.join(root, file), ...args], {
    cwd: root,
    env: { PATH, HOME, ...(TEMPORAL_CLI ? { TEMPORAL_CLI } : {}), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return watch(child);
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
