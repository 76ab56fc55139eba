import type { Driver, Log } from './driver.js';
import { codeOf } from './errors.js';

/** How long a rewrite may wait for a table, since ballots wait behind it. */
const lockTimeoutMs = 250;

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
}

/**
 * Removes what deleted and overwritten rows leave in the open boxes: until then every older version of a counter still names,
 * by its `xmin`, the voter's row that was written with it (design §4, Anonymity). The tables hold only what is open now, so
 * that VACUUM FULL, which writes them anew and drops the old file, takes some milliseconds; where it cannot have the table
 * at once (a backup is reading it), plain VACUUM. Rows that a running backup could still see stay until the next close, the
 * next start or autovacuum. Never fails: the close has been committed.
 */
export function createScrub(driver: Driver, log: Log): Scrub {
  const one = (names: readonly string[]): (() => Promise<void>) =>
    sharing(async () => {
      try {
        await driver.session(async (session) => {
          await session.script(`set lock_timeout = ${lockTimeoutMs}`);
          for (const name of names) {
            await session.script(`vacuum (full) ${name}`).catch(() => session.script(`vacuum (truncate) ${name}`));
          }
          await session.script('reset lock_timeout');
        });
      } catch (error) {
        log('warn', 'closed boxes were not wiped yet; the next close does it', { code: codeOf(error) });
      }
    });
  return { ballots: one(tables.ballots), surveys: one(tables.surveys) };
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
