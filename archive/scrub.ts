import type { Driver, Log, Session } from './driver.js';
import { codeOf } from './errors.js';

/** How long a rewrite may wait for a table, since ballots wait behind it. */
const lockTimeoutMs = 250;
/** When somebody could still see old rows, the next try. */
const againMs = 30_000;

const tables = {
  ballots: ['record.open_ballot_boxes', 'record.open_ballot_seats'],
  surveys: [
    'record.open_survey_boxes',
    'record.open_survey_seats',
    'record.open_suggestions',
    'record.held_suggestions',
  ],
} as const;

export interface Scrub {
  ballots(): Promise<void>;
  surveys(): Promise<void>;
  stop(): void;
}

/**
 * Removes what deleted and overwritten rows leave in the open boxes: until then every older version of a counter still names,
 * by its `xmin`, the voter's row that was written with it (design §4, Anonymity). The tables hold only what is open now, so
 * that VACUUM FULL, which writes them anew and drops the old file, takes some milliseconds; where it cannot have the table
 * at once (a backup is reading it), plain VACUUM. Plain VACUUM alone would leave the old bytes in the gaps of a page that
 * other boxes still use. What a transaction that runs meanwhile could still see stays: then it is tried again until it has
 * ended, also at the next start. Never fails: the close has been committed.
 */
export function createScrub(driver: Driver, log: Log): Scrub {
  const timers = new Map<string, NodeJS.Timeout>();
  let stopped = false;
  const one = (kind: keyof typeof tables): (() => Promise<void>) => {
    const run = sharing(async () => {
      clearTimeout(timers.get(kind));
      const clean = await driver
        .session((session) => wipe(driver, session, tables[kind]))
        .catch((error: unknown) => {
          log('warn', 'closed boxes are not wiped yet', { code: codeOf(error) });
          return false;
        });
      if (!clean && !stopped) timers.set(kind, setTimeout(() => void run(), againMs).unref());
    });
    return run;
  };
  return {
    ballots: one('ballots'),
    surveys: one('surveys'),
    stop() {
      stopped = true;
      timers.forEach((timer) => clearTimeout(timer));
    },
  };
}

/** True when nobody was there to whom the old rows were still visible. */
async function wipe(driver: Driver, session: Session, names: readonly string[]): Promise<boolean> {
  const [started] = await session.query('select clock_timestamp()::text as at');
  await session.script(`set lock_timeout = ${lockTimeoutMs}`);
  let full = true;
  for (const name of names) {
    await session.script(`vacuum (full) ${name}`).catch(async () => {
      full = false;
      await session.script(`vacuum ${name}`);
    });
  }
  await session.script('reset lock_timeout');
  if (driver.kind === 'pglite') return full;
  const [others] = await session.query(
    `select exists (select 1 from pg_stat_activity where backend_xmin is not null and pid <> pg_backend_pid()
      and xact_start < $1::timestamptz) as there`,
    [started?.['at']],
  );
  return full && others?.['there'] === false;
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
