import type { Driver, Log, Session } from './driver.js';
import { codeOf } from './errors.js';

/** How long a rewrite may wait for a table, since ballots wait behind it. */
const lockTimeoutMs = 250;
/** How long a close waits for transactions that could still see the old rows; most last some milliseconds. */
const snapshotWaitMs = 3_000;
const snapshotPollMs = 10;
/** Not for one that runs for so long already: that is a backup or somebody's open console. */
const lastingMs = 5_000;
/** The next try when one of them lasted longer or a table was not to be had; twice as long each time, up to `againMs`. */
const soonMs = 500;
const againMs = 30_000;
/** Once more after that in any case: not everyone who can see old rows is visible to us (another role, a standby). */
const laterMs = 600_000;

const tables = {
  ballots: ['record.open_ballot_boxes', 'record.open_ballot_seats'],
  surveys: [
    'record.open_survey_boxes',
    'record.open_survey_seats',
    'record.open_suggestions',
    'record.held_suggestions',
  ],
} as const;

export type Boxes = keyof typeof tables;

export interface Scrub {
  /** Wipes; resolves when it is done or has been put off. */
  now(boxes: Boxes): Promise<void>;
  /** Where there is nothing to hide, only room to give back. */
  later(boxes: Boxes): void;
  stop(): void;
}

/**
 * Removes what deleted and overwritten rows leave in the open boxes: until then every older version of a counter still names,
 * by its `xmin`, the voter's row that was written with it (design §4, Anonymity). The tables hold only what is open now, so
 * that VACUUM FULL, which writes them anew and drops the old file, takes some milliseconds; plain VACUUM would leave the old
 * bytes in the gaps of a page that other boxes still use, and stands in only where the table cannot be had at once (a backup
 * is reading it). What a running transaction could still see is kept by either: so it waits for those, and tries again when
 * they last. Never fails: the close has been committed.
 */
export function createScrub(driver: Driver, log: Log): Scrub {
  const timers = new Map<Boxes, NodeJS.Timeout>();
  const waits: Record<Boxes, number> = { ballots: soonMs, surveys: soonMs };
  let stopped = false;
  const schedule = (boxes: Boxes, ms: number): void => {
    clearTimeout(timers.get(boxes));
    if (!stopped) timers.set(boxes, setTimeout(() => void runs[boxes](), ms).unref());
  };
  const run = async (boxes: Boxes): Promise<void> => {
    const clean = await driver
      .session((session) => wipe(driver, session, tables[boxes]))
      .catch((error: unknown) => {
        log('warn', 'closed boxes are not wiped yet', { boxes, code: codeOf(error) });
        return false;
      });
    schedule(boxes, clean ? laterMs : waits[boxes]);
    waits[boxes] = clean ? soonMs : Math.min(2 * waits[boxes], againMs);
  };
  const runs = { ballots: sharing(() => run('ballots')), surveys: sharing(() => run('surveys')) };
  return {
    now: (boxes) => runs[boxes](),
    later(boxes) {
      if (!timers.has(boxes)) schedule(boxes, againMs);
    },
    stop() {
      stopped = true;
      timers.forEach((timer) => clearTimeout(timer));
    },
  };
}

/** True when all is gone. */
async function wipe(driver: Driver, session: Session, names: readonly string[]): Promise<boolean> {
  const unseen = driver.kind === 'pglite' || (await untilUnseen(session));
  let full = true;
  await session.script(`set lock_timeout = ${lockTimeoutMs}`);
  for (const name of names) {
    await session.script(`vacuum (full) ${name}`).catch(async () => {
      full = false;
      await session.script(`vacuum ${name}`);
    });
  }
  await session.script('reset lock_timeout');
  return full && unseen;
}

/**
 * Waits for transactions that began before this moment and could still see old rows: who reads in this database, and who
 * writes in any of the server, since the rewrite's own view of what is running begins with the oldest of those. False when
 * one of them lasts.
 */
async function untilUnseen(session: Session): Promise<boolean> {
  const [now] = await session.query('select pg_current_xact_id()::text as xid');
  const oldest = `select pg_snapshot_xmin(pg_current_snapshot()) <= $1::xid8 as writing, max(ms) as ms from (
    select extract(epoch from clock_timestamp() - xact_start) * 1000 as ms from pg_stat_activity
    where pid <> pg_backend_pid() and (age(backend_xid) >= age(($1::xid8)::xid)
      or datname = current_database() and age(backend_xmin) >= age(($1::xid8)::xid))) seen`;
  const deadline = performance.now() + snapshotWaitMs;
  for (;;) {
    const [row] = await session.query(oldest, [now?.['xid']]);
    const { writing, ms } = row ?? {};
    if (writing !== true && ms === null) return true;
    if (Number(ms) > lastingMs || performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, snapshotPollMs));
  }
}

/** A call during a run waits for a run that starts after it; all that wait share one. */
function sharing(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = (): Promise<void> => {
    running = work().finally(() => (running = undefined));
    return running;
  };
  return () => {
    if (running === undefined) return start();
    next ??= running.then(() => {
      next = undefined;
      return start();
    });
    return next;
  };
}
