import { spawn } from 'node:child_process';

export interface CommandResult {
  /** Null when it could not be started, was ended by a signal or ran out of time. */
  code: number | null;
  output: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Runs a program to its end, at most `timeoutMs`; never throws, since a missing program is one of the expected answers. */
export function runCommand(
  file: string,
  args: string[],
  timeoutMs: number,
  env: Environment = process.env,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    // Not spawn's own `timeout`: its timer stays for a program that could not be started at all.
    const limit = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    let output = '';
    const take = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-8_000);
    };
    const end = (result: CommandResult): void => {
      clearTimeout(limit);
      resolve(result);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => end({ code: null, output: error.message }));
    child.once('close', (code) => end({ code, output: output.trim() }));
  });
}
