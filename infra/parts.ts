import type { Registry } from 'prom-client';
import type { Config } from './config.js';
import type { Secrets } from './secrets.js';
import type { Logger } from './telemetry.js';
import type { SearchAttributes } from './temporal-admin.js';
import type { TemporalConnections } from './temporal-connection.js';

/** What every part of a process gets; made in assemble.ts. */
export interface Context {
  config: Config;
  secrets: Secrets;
  log: Logger;
  registry: Registry;
  /** Where people reach the API: PUBLIC_URL, else the address that it listens on. No slash at the end. */
  publicUrl: string;
  /** The configured mail server or the embedded inbox; undefined only in an API process. */
  smtpUrl: string | undefined;
  temporalUiUrl: string | undefined;
}

export interface Connected extends Context {
  temporal: TemporalConnections;
}

/** How the layers become processes. `A`: the opened archive. Everything started here is stopped by its own `stop`. */
export interface Composition<A extends { close(): Promise<void> }> {
  searchAttributes: SearchAttributes;
  /** Opens the database (PGlite in the data folder without DATABASE_URL) and migrates it, under a lock. */
  openArchive(context: Pick<Context, 'config' | 'log'>): Promise<A>;
  /** Listens on config.host and `port`. `stop` answers what is under way and takes nothing new. */
  startApi(context: Connected, archive: A, port: number): Promise<{ url: string; stop(): Promise<void> }>;
  /** `stop` drains; `ended` settles when the worker has stopped, and rejects when it failed. */
  startWorker(context: Connected, archive: A): Promise<{ ended: Promise<void>; stop(): Promise<void> }>;
}
