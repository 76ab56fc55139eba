import { reasonOf } from '../problem.js';
import { type EmbeddedTemporal, type EmbeddedTemporalOptions, startTemporal } from './temporal-server.js';

export interface LastingTemporal {
  address: string;
  uiUrl: string;
  /** Of the server that runs now. */
  pid(): number;
  stop(): Promise<void>;
}

const restartsInARow = 5;
const forgottenAfterMs = 60_000;

/**
 * The embedded server, started again at the same ports on the same file when it ends without being asked to: meetings and
 * their timers are in the file, and our connections find it again. Gives up, by `onEnd`, after five restarts in a minute.
 */
export async function startLastingTemporal(
  options: EmbeddedTemporalOptions,
  onEnd: (reason: string) => void,
): Promise<LastingTemporal> {
  let server = await startTemporal(options);
  let stopping = false;
  let restarting: Promise<void> | undefined;
  const restarts: number[] = [];
  const same = { ...options, port: portOf(`http://${server.address}`), uiPort: portOf(server.uiUrl) };

  const watch = (watched: EmbeddedTemporal): void => {
    void watched.exited.then(() => {
      if (!stopping) restarting = restart();
    });
  };
  const restart = async (): Promise<void> => {
    const now = Date.now();
    restarts.push(now);
    if (restarts.filter((at) => now - at < forgottenAfterMs).length > restartsInARow) {
      return onEnd(`the embedded Temporal server ends again and again; see ${options.folder}/temporal.log`);
    }
    options.progress('The embedded Temporal server ended unexpectedly; starting it again.');
    try {
      server = await startTemporal(same);
      watch(server);
    } catch (error) {
      onEnd(`the embedded Temporal server cannot be started again: ${reasonOf(error)}`);
    }
  };
  watch(server);
  return {
    address: server.address,
    uiUrl: server.uiUrl,
    pid: () => server.pid,
    stop: async () => {
      stopping = true;
      await restarting;
      await server.stop();
    },
  };
}

const portOf = (url: string): number => Number(new URL(url).port);
