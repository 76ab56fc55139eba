import path from 'node:path';
import type { Composition, Connected, Context } from './parts.js';
import { type Config, readyUrl } from './config.js';
import { lockDataFolder } from './embedded/data-folder.js';
import type { Inbox } from './embedded/inbox.js';
import { type LastingTemporal, startLastingTemporal } from './embedded/lasting-temporal.js';
import { freePort, requireFree } from './embedded/ports.js';
import { resolveTemporalBinary } from './embedded/temporal-binary.js';
import { reasonOf } from './problem.js';
import { type Progress, withProgress } from './progress.js';
import { loadSecrets } from './secrets.js';
import { createLogger, createRegistry, installTemporalRuntime } from './telemetry.js';
import { connectTemporal } from './temporal-connection.js';

export interface Convoke extends Connected {
  /** Undefined in a worker process. */
  url: string | undefined;
  /** The embedded parts; undefined where an address was configured. */
  inbox: Inbox | undefined;
  server: LastingTemporal | undefined;
  /** Rejects when a part fails that the process cannot go on without; otherwise never settles. */
  failed: Promise<never>;
  /** Takes nothing new, lets what is under way end, then stops everything in the reverse order of its start. */
  stop(): Promise<void>;
}

/**
 * Starts everything that a process of this role consists of; returns when all answers. When a part does not start, the parts
 * that did are stopped again.
 */
export async function assemble<A extends { close(): Promise<void> }>(
  config: Config,
  composition: Composition<A>,
  progress: Progress,
): Promise<Convoke> {
  const house = new House();
  try {
    return await start(config, composition, progress, house);
  } catch (error) {
    await house.stop();
    throw error;
  }
}

/** What has been started, and how one part's failure reaches everybody. */
class House {
  readonly #stops: (() => Promise<void> | void)[] = [];
  fail!: (error: Error) => void;
  readonly failed = new Promise<never>((_resolve, reject) => {
    this.fail = reject;
  });

  constructor() {
    // Somebody may be waiting for it or nobody: no unhandled rejection either way.
    this.failed.catch(() => undefined);
  }

  onStop(stop: () => Promise<void> | void): void {
    this.#stops.push(stop);
  }

  /** Also when called twice, each part is stopped once; one that cannot be stopped does not keep the others running. */
  async stop(): Promise<void> {
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) {
      try {
        await stop();
      } catch (error) {
        process.stderr.write(`While stopping: ${reasonOf(error)}\n`);
      }
    }
  }
}

async function start<A extends { close(): Promise<void> }>(
  config: Config,
  composition: Composition<A>,
  progress: Progress,
  house: House,
): Promise<Convoke> {
  const { role } = config;
  const alone = role === 'all';
  if (alone && isEmbedding(config)) {
    const lock = await lockDataFolder(config.dataFolder);
    house.onStop(() => lock.release());
  }
  const port = role === 'worker' ? config.port : await apiPort(config);
  const log = createLogger(config.logLevel);
  installTemporalRuntime(log, config.metricsAddress);
  const secrets = loadSecrets(config);
  if (!alone && secrets.madeHere.includes('CONVOKE_SECRET')) progress(sharedSecretLine(config));
  const publicUrl = config.publicUrl ?? readyUrl(config.host, port);
  if (role === 'worker' && config.publicUrl === undefined)
    progress(`PUBLIC_URL is not set: links in mails lead to ${publicUrl}`);

  const [inbox, server, archive] = await together(
    alone && config.mail.smtpUrl === undefined ? embeddedInbox(config, house) : undefined,
    alone && config.temporal.address === undefined ? embeddedServer(config, composition, progress, house) : undefined,
    opened(composition.openArchive({ config, log }), progress, house),
  );
  const context: Context = {
    config,
    secrets,
    log,
    registry: createRegistry(),
    publicUrl,
    smtpUrl: config.mail.smtpUrl ?? inbox?.smtpUrl,
    temporalUiUrl: config.temporal.uiUrl ?? server?.uiUrl,
  };

  const { searchAttributes } = composition;
  const temporal = await connectTemporal({ config, embeddedAddress: server?.address, searchAttributes, progress });
  house.onStop(() => temporal.close());
  const connected: Connected = { ...context, temporal };

  if (role !== 'api') {
    const worker = await composition.startWorker(connected, archive);
    worker.ended.catch(house.fail);
    house.onStop(() => worker.stop());
  }
  const api = role === 'worker' ? undefined : await composition.startApi(connected, archive, port);
  if (api !== undefined) house.onStop(() => api.stop());

  return { ...connected, url: api?.url, inbox, server, failed: house.failed, stop: () => house.stop() };
}

/** Whether anything of ours keeps its data in the folder. */
const isEmbedding = ({ databaseUrl, temporal, mail }: Config): boolean =>
  databaseUrl === undefined || temporal.address === undefined || mail.smtpUrl === undefined;

const sharedSecretLine = ({ dataFolder }: Config): string =>
  `CONVOKE_SECRET is not set: this process signs with the secret in ${dataFolder}; API and workers elsewhere need the same one.`;

/** Promise.all that waits for every part even when one fails, so that none is still starting while the others are stopped. */
async function together<const P extends readonly unknown[]>(
  ...parts: P
): Promise<{ -readonly [K in keyof P]: Awaited<P[K]> }> {
  const settled = await Promise.allSettled(parts);
  const failed = settled.find((part) => part.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return Promise.all(parts);
}

async function opened<A extends { close(): Promise<void> }>(
  opening: Promise<A>,
  progress: Progress,
  house: House,
): Promise<A> {
  const archive = await withProgress('Opening the database', opening, progress);
  house.onStop(() => archive.close());
  return archive;
}

/** Known before anything listens, since the worker's mails carry links to it; a taken port is said before the slow parts start. */
async function apiPort({ port, host }: Config): Promise<number> {
  await requireFree({ port, host, setting: 'PORT' });
  return port === 0 ? freePort(host) : port;
}

async function embeddedInbox(config: Config, house: House): Promise<Inbox> {
  const { smtp: smtpPort, inbox: webPort } = config.ports;
  // Loading it takes longer than all the rest; who has a mail server does without.
  const { startInbox } = await import('./embedded/inbox.js');
  const inbox = await startInbox({ folder: path.join(config.dataFolder, 'inbox'), smtpPort, webPort });
  house.onStop(() => inbox.stop());
  return inbox;
}

async function embeddedServer(
  config: Config,
  { searchAttributes }: Pick<Composition<never>, 'searchAttributes'>,
  progress: Progress,
  house: House,
): Promise<LastingTemporal> {
  const options = {
    binary: await resolveTemporalBinary({ env: config.env, progress }),
    folder: path.join(config.dataFolder, 'temporal'),
    persist: true,
    port: config.ports.temporal,
    uiPort: config.ports.temporalUi,
    namespace: config.temporal.namespace,
    searchAttributes,
    timeTravel: config.timeTravel,
    progress,
  };
  const server = await startLastingTemporal(options, (reason) => house.fail(new Error(reason)));
  house.onStop(() => server.stop());
  return server;
}
