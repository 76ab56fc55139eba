import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';

/** Writes of a few milliseconds: as local activities they cost one event instead of six (design §4, measured). */
const quick = proxyLocalActivities<Activities>({
  startToCloseTimeout: '2s',
  scheduleToCloseTimeout: '2s',
  retry: { maximumAttempts: 1 },
});

/** While the database is away: waits for it, for as long as it takes. */
const patient = proxyActivities<Activities>({
  startToCloseTimeout: '20s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** For a caller who waits: gives up after six seconds more. */
const brief = proxyActivities<Activities>({
  scheduleToCloseTimeout: '6s',
  startToCloseTimeout: '3s',
  retry: { initialInterval: '200ms', maximumInterval: '1s' },
});

/**
 * Calls the archive, first as a local activity, then, when it is away, as a regular one that waits for it. Every such
 * activity may run twice (ports.ts), since a local one that timed out may still have written.
 */
export async function recorded<T>(call: (activities: Pick<Activities, RecordName>) => Promise<T>): Promise<T> {
  try {
    return await call(quick);
  } catch {
    return call(patient);
  }
}

/** The same for a caller who waits (E8): rejects within 8 s. */
export async function recordedSoon<T>(call: (activities: Pick<Activities, RecordName>) => Promise<T>): Promise<T> {
  try {
    return await call(quick);
  } catch {
    return call(brief);
  }
}

type RecordName = Exclude<keyof Activities, 'sendMails'>;
