import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type * as schema from './schema/index.js';

export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;
export type Row = Record<string, unknown>;

/** A statement that PostgreSQL parses once per connection; for the few that must be fast. */
export interface Statement {
  name: string;
  text: string;
}

/** One connection for a while: migrations, and VACUUM, which runs in no transaction. */
export interface Session {
  query(text: string, values?: unknown[]): Promise<Row[]>;
  /** Several statements in one text. */
  script(text: string): Promise<void>;
}

/** Whoever wants to know what goes wrong where nobody waits for an answer. */
export type Log = (level: 'info' | 'warn', message: string, detail?: Record<string, unknown>) => void;

/** The two databases behind one path. */
export interface Driver {
  kind: 'pglite' | 'postgres';
  db: Db;
  /** One statement, one transaction. */
  run(statement: Statement, values: unknown[]): Promise<Row[]>;
  session<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Several statements that see one state of the database, and all of whose writes are kept, or none. */
  transaction<T>(work: (session: Pick<Session, 'query'>) => Promise<T>): Promise<T>;
  /** Tells the other processes of this database; PGlite has none. */
  announce(payloads: string[]): Promise<void>;
  /** Hears them, and reconnects for as long as it is not stopped. Resolves when it listens. */
  listen(heard: (payload: string) => void): Promise<void>;
  close(): Promise<void>;
}
