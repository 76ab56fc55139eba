import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { OneAtATime } from './one-at-a-time.js';

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

type RecordName = Exclude<keyof Activities, 'sendMails' | 'sendChats' | 'sendDigests'>;
type Call<T> = (activities: Pick<Activities, RecordName>) => Promise<T>;

/**
 * The way to the archive: first as a local activity, then, when it is away, as a regular one. Every such activity may run
 * twice (ports.ts), since a local one that timed out may still have written. One local activity at a time: on replay
 * several are answered in the order of their start, not of their end, and what follows from them would change places
 * (found by the replay fixtures).
 */
export class Records {
  private readonly queue = new OneAtATime();

  /** Waits for the archive as long as it takes. */
  readonly write = <T>(call: Call<T>): Promise<T> => this.quickOr(patient, call);

  /**
   * As a regular activity from the start: it runs only when the engine has the task that asked for it, so that what it
   * writes has happened for good.
   */
  readonly surely = <T>(call: Call<T>): Promise<T> => call(patient);

  /** For a caller who waits (E8): rejects within 8 s. */
  readonly writeSoon = <T>(call: Call<T>): Promise<T> => this.quickOr(brief, call);

  private async quickOr<T>(otherwise: Parameters<Call<T>>[0], call: Call<T>): Promise<T> {
    try {
      return await this.queue.run(() => call(quick));
    } catch {
      return call(otherwise);
    }
  }
}
