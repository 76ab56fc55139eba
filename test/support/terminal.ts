import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Terminals are made by Python's standard library, on anything that is like Unix. */
export const hasTerminals =
  process.platform !== 'win32' && spawnSync('python3', ['-c', 'import pty, termios']).status === 0;

/** A program on a terminal, as somebody who sits there has it. */
export class Terminal {
  /** All that was shown so far, colours and line ends as terminals have them. */
  shown = '';
  private readonly child: ChildProcess;
  private readonly listeners = new Set<() => void>();
  readonly ended: Promise<number | null>;

  constructor(command: string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
    const script = fileURLToPath(new URL('terminal.py', import.meta.url));
    const child = spawn('python3', [script, ...command], { ...options, stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.shown += text;
      for (const look of this.listeners) look();
    });
    this.child = child;
    this.ended = new Promise((resolve) => child.once('close', resolve));
  }

  type(keys: string): void {
    this.child.stdin?.write(keys);
  }

  async until(text: string): Promise<void> {
    const shown = new Promise<void>((resolve) => {
      const look = (): void => (this.shown.includes(text) ? resolve() : undefined);
      this.listeners.add(look);
      look();
    });
    const gone = this.ended.then((code) => {
      throw new Error(`ended with ${code} before it said "${text}":\n${this.shown}`);
    });
    await Promise.race([shown, gone]);
  }

  /** All processes that run below it now, whatever session they are in. */
  family(): number[] {
    const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
    const pairs = stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
    const below = (parent: number): number[] =>
      pairs.filter(([, of]) => of === parent).flatMap(([pid]) => [pid, ...below(pid)]);
    return below(this.child.pid!);
  }

  /** Hangs up, should it still run. */
  close(): void {
    this.child.stdin?.end();
  }
}
