import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { StartProblem } from '../problem.js';
import { type Progress, withProgress } from '../progress.js';
import { ensureSearchAttributes, keepClosedFor, type SearchAttributes } from '../temporal-admin.js';
import { commandLineOf, endForeign, type GuardedChild, isAlive, startGuarded } from './child.js';
import { freePort, requireFree } from './ports.js';

export interface EmbeddedTemporalOptions {
  /** From resolveTemporalBinary. */
  binary: string;
  /** Gets `temporal.db`, `temporal.log` and `temporal.pid`. */
  folder: string;
  /** False: everything is forgotten when it stops (tests). */
  persist: boolean;
  /** 0 takes a free one. */
  port: number;
  /** 0 takes a free one. */
  uiPort: number;
  namespace: string;
  searchAttributes: SearchAttributes;
  /** The flags that let fastForward work (design §3). */
  timeTravel: boolean;
  progress: Progress;
}

export interface EmbeddedTemporal {
  address: string;
  uiUrl: string;
  pid: number;
  /** Settles when the server has ended, asked for or not. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

const ip = '127.0.0.1';
const answersWithinMs = 120_000;
const retentionDays = 90;
const timeTravelFlags = [
  'frontend.WorkflowTimeSkippingEnabled=true',
  'history.timerProcessorMaxTimeShift="1ms"',
  'history.timerProcessorMaxPollRPS=1000',
].flatMap((value) => ['--dynamic-config-value', value]);

/** Starts `temporal server start-dev` and returns once it answers and has the namespace and search attributes. */
export async function startTemporal(options: EmbeddedTemporalOptions): Promise<EmbeddedTemporal> {
  mkdirSync(options.folder, { recursive: true });
  await endStaleServer(options.folder);
  const port = await portFor(
    options.port,
    'TEMPORAL_PORT',
    'TEMPORAL_ADDRESS to use a Temporal server that already runs',
  );
  const uiPort = await portFor(options.uiPort, 'TEMPORAL_UI_PORT');
  const logFile = path.join(options.folder, 'temporal.log');
  writeFileSync(logFile, '');
  const child = await startGuarded(options.binary, serverArguments(options, port, uiPort), logFile);
  writeFileSync(pidFile(options.folder), String(child.pid));
  const address = `${ip}:${port}`;
  try {
    await withProgress('Waiting for the Temporal server', prepare(address, child, options), options.progress);
  } catch (error) {
    await child.stop();
    rmSync(pidFile(options.folder), { force: true });
    if (error instanceof StartProblem) throw error;
    throw new StartProblem(`The Temporal server did not start: ${(error as Error).message}\n${tailOf(logFile)}`.trim());
  }
  return {
    address,
    uiUrl: `http://${ip}:${uiPort}`,
    pid: child.pid,
    exited: child.exited,
    stop: async () => {
      await child.stop();
      rmSync(pidFile(options.folder), { force: true });
    },
  };
}

function serverArguments(options: EmbeddedTemporalOptions, port: number, uiPort: number): string[] {
  return [
    ...['server', 'start-dev', '--ip', ip, '--port', String(port), '--ui-port', String(uiPort)],
    ...['--log-level', 'error', '--ui-disable-news-fetch', '--namespace', options.namespace],
    ...(options.persist ? ['--db-filename', databaseFile(options.folder)] : []),
    ...(options.timeTravel ? timeTravelFlags : []),
  ];
}

const databaseFile = (folder: string): string => path.resolve(folder, 'temporal.db');
const pidFile = (folder: string): string => path.join(folder, 'temporal.pid');

/** Answers are asked for until they come; a server that ends meanwhile ends the waiting too. */
async function prepare(address: string, child: GuardedChild, options: EmbeddedTemporalOptions): Promise<void> {
  let ended = false;
  void child.exited.then(() => (ended = true));
  const connection = await untilAnswers(
    () => Connection.connect({ address, connectTimeout: 1_000 }),
    () => ended,
  );
  try {
    const { namespace } = options;
    await untilAnswers(
      () => connection.workflowService.describeNamespace({ namespace }),
      () => ended,
    );
    await keepClosedFor(connection, namespace, retentionDays);
    await ensureSearchAttributes(connection, namespace, options.searchAttributes);
  } finally {
    await connection.close();
  }
}

async function untilAnswers<T>(ask: () => Promise<T>, ended: () => boolean): Promise<T> {
  const until = Date.now() + answersWithinMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (ended()) throw new Error('it ended right away', { cause: error });
      if (Date.now() > until) throw new Error(`no answer within ${answersWithinMs / 1000} s`, { cause: error });
      await delay(50);
    }
  }
}

async function portFor(port: number, setting: string, otherwise?: string): Promise<number> {
  await requireFree({ port, host: ip, setting, ...(otherwise === undefined ? {} : { otherwise }) });
  return port === 0 ? freePort(ip) : port;
}

/**
 * A server that an earlier process of ours left behind (killed together with its guard) still has the database file open:
 * two servers on one file would spoil it. It is ended, if it really is one: process ids are used again.
 */
async function endStaleServer(folder: string): Promise<void> {
  const pid = recordedPid(folder);
  if (pid === undefined || !isAlive(pid)) return;
  const command = await commandLineOf(pid);
  if (!command.includes('start-dev') || !command.includes(databaseFile(folder))) return;
  if (await endForeign(pid, 10_000)) return;
  throw new StartProblem(
    `A Temporal server from an earlier run (process ${pid}) cannot be ended. End it, then start again.`,
  );
}

function recordedPid(folder: string): number | undefined {
  try {
    return Number(readFileSync(pidFile(folder), 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

/** What the server itself said, for the message about why it did not start. */
function tailOf(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-5).join('\n');
}
