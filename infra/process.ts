import closeWithGrace from 'close-with-grace';
import { assemble, type Convoke } from './assemble.js';
import type { Composition } from './parts.js';
import { loadConfig, type Role } from './config.js';
import { reasonOf, StartProblem } from './problem.js';
import { toStderr } from './progress.js';

/** Longer than the worker's own 20 s (telemetry.ts), so that draining ends by itself. */
const stopWithinMs = 30_000;
/** Ctrl-C under `npm start` arrives twice: from the terminal and from npm. The second within this time is the same one. */
const sameSignalMs = 2_000;

/**
 * Runs a process of this role until it is told to stop: SIGTERM and Ctrl-C drain and exit 0. What keeps it from starting is
 * one message and exit 1.
 */
export async function runProcess<A extends { close(): Promise<void> }>(
  role: Role,
  composition: Composition<A>,
): Promise<void> {
  let convoke: Convoke | undefined;
  let starting: Promise<Convoke> | undefined;
  let stopping = false;
  const grace = closeWithGrace({ delay: stopWithinMs, logger: false, skip: ['SIGINT', 'SIGTERM'] }, async ({ err }) => {
    stopping = true;
    if (err) say(convoke, err);
    await starting?.catch(() => undefined);
    await convoke?.stop();
  });
  onFirstSignal(grace.close);

  try {
    starting = assemble(loadConfig(process.env, role), composition, toStderr);
    convoke = await starting;
    if (stopping) return;
    process.stdout.write(readyLines(convoke));
    await convoke.failed;
  } catch (error) {
    if (stopping) return;
    say(convoke, error);
    await convoke?.stop();
    process.exit(1);
  }
}

/** A start problem is for the operator and stands alone; anything else is ours, and its stack goes to the log. */
function say(convoke: Convoke | undefined, error: unknown): void {
  if (error instanceof StartProblem) return toStderr(error.message);
  toStderr(`Convoke ${convoke === undefined ? 'could not start' : 'stops'}: ${reasonOf(error)}`);
  convoke?.log.error({ err: error }, 'fatal');
}

function onFirstSignal(close: () => void): void {
  let first: number | undefined;
  const onSignal = (): void => {
    if (first === undefined) {
      first = Date.now();
      close();
    } else if (Date.now() - first > sameSignalMs) {
      process.exit(1);
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

/** The first line is what scripts wait for; the others are where people look next. */
function readyLines({ url, inbox, temporalUiUrl, secrets, config }: Convoke): string {
  if (url === undefined) return 'Convoke worker is ready\n';
  const places: [string, string | undefined][] = [
    ['API docs', `${url}/docs`],
    ['Admin key', secrets.adminKeyFile ?? 'as set in CONVOKE_ADMIN_KEY'],
    ['Inbox', inbox?.webUrl],
    ['Temporal UI', temporalUiUrl],
    ['Time travel', config.timeTravel ? 'on' : undefined],
  ];
  const lines = places
    .filter(([, place]) => place !== undefined)
    .map(([name, place]) => `  ${name.padEnd(12)} ${place}`);
  return [`Convoke is ready: ${url}`, ...lines, ''].join('\n');
}
