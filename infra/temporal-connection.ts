import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { GrpcRetryOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import type { Config } from './config.js';
import { reasonOf, StartProblem } from './problem.js';
import { type Progress, withProgress } from './progress.js';
import { ensureSearchAttributes, type SearchAttributes } from './temporal-admin.js';

export interface TemporalConnections {
  client: Client;
  /** For Worker.create. */
  native: NativeConnection;
  close(): Promise<void>;
}

export interface ConnectOptions {
  config: Pick<Config, 'env' | 'temporal'>;
  /** Of the embedded server; undefined: the configured one, with its TLS and key settings. */
  embeddedAddress: string | undefined;
  searchAttributes: SearchAttributes;
  progress: Progress;
}

const answersWithinMs = 30_000;

/**
 * Connects, waiting up to 30 s for a server that is just starting, and makes sure of the search attributes. Throws one
 * StartProblem for a server that does not answer and for a namespace that is missing.
 */
export async function connectTemporal(options: ConnectOptions): Promise<TemporalConnections> {
  const { namespace } = options.config.temporal;
  const connectOptions = connectOptionsOf(options);
  const address = String(connectOptions.address);
  const connection = await withProgress(
    `Waiting for Temporal at ${address}`,
    reach(address, () =>
      Connection.connect({ ...connectOptions, interceptors: [makeGrpcRetryInterceptor(retrying())] }),
    ),
    options.progress,
  );
  try {
    await requireNamespace(connection, namespace, address);
    await ensureSearchAttributes(connection, namespace, options.searchAttributes).catch((error: unknown) => {
      throw new StartProblem(
        `The search attributes cannot be made in the Temporal namespace ${namespace}: ${reasonOf(error)}`,
      );
    });
    const native = await NativeConnection.connect(connectOptions);
    return {
      client: new Client({ connection, namespace }),
      native,
      close: async () => {
        await native.close();
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/**
 * A server that restarts is waited for some three seconds, then the caller is told. It keeps one waiting query per workflow
 * and turns a second away: that one is asked again soon, not after the seconds that are meant for an overloaded server.
 */
function retrying(): GrpcRetryOptions {
  const usual = defaultGrpcRetryOptions({ maxAttempts: 6 });
  const turnedAway = ({ details }: Parameters<typeof usual.retryableDecider>[1]): boolean =>
    /query buffer/i.test(details);
  return {
    retryableDecider: (attempt, status) =>
      turnedAway(status) ? attempt < 100 : usual.retryableDecider(attempt, status),
    delayFunction: (attempt, status) => (turnedAway(status) ? 100 : usual.delayFunction(attempt, status)),
  };
}

/** TEMPORAL_TLS_…, TEMPORAL_API_KEY and a TEMPORAL_CONFIG_FILE are read by Temporal's own library, as its CLI does. */
function connectOptionsOf({ config, embeddedAddress }: ConnectOptions): { address?: string } {
  if (embeddedAddress !== undefined) return { address: embeddedAddress };
  const set = Object.entries(config.env).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const overrideEnvVars = Object.fromEntries(set);
  const disableFile = !config.env['TEMPORAL_CONFIG_FILE'];
  return loadClientConnectConfig({ overrideEnvVars, disableFile }).connectionOptions;
}

async function reach(address: string, connect: () => Promise<Connection>): Promise<Connection> {
  for (const until = Date.now() + answersWithinMs; ;) {
    try {
      return await connect();
    } catch (error) {
      if (Date.now() < until) {
        await delay(500);
        continue;
      }
      throw new StartProblem(
        `No Temporal server answers at ${address} (TEMPORAL_ADDRESS): ${reasonOf(error)}. ` +
          'Start it or correct the address; without TEMPORAL_ADDRESS, `npm start` brings a server of its own.',
      );
    }
  }
}

async function requireNamespace(connection: Connection, namespace: string, address: string): Promise<void> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
  } catch (error) {
    throw new StartProblem(
      `The Temporal server at ${address} does not give us the namespace ${namespace} (TEMPORAL_NAMESPACE): ${reasonOf(error)}. ` +
        `If it is missing: temporal operator namespace create ${namespace} --address ${address}`,
    );
  }
}
