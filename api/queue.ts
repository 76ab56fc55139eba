/**
 * The commands of one meeting go to the engine four at a time and in order (design §3: 60 at once were 12/s and a quarter
 * failed, 8 at once 321/s). The rest wait here, in a line that ends somewhere.
 */
import pLimit from 'p-limit';
import type { LimitFunction } from 'p-limit';
import { unavailable } from './errors.js';

export const inFlight = 4;
/** At some 300 commands a second a longer line could not be served before the deadline. */
export const longestLine = 1_000;

export class CommandQueue {
  private readonly lines = new Map<string, LimitFunction>();

  /** Runs `work` when its turn has come; a full line is refused at once. */
  async run<T>(meetingId: string, work: () => Promise<T>): Promise<T> {
    const line = this.lines.get(meetingId) ?? pLimit(inFlight);
    if (line.pendingCount >= longestLine) throw unavailable('http.busy', 2);
    this.lines.set(meetingId, line);
    try {
      return await line(work);
    } finally {
      if (line.activeCount === 0 && line.pendingCount === 0) this.lines.delete(meetingId);
    }
  }

  /** Meetings with commands under way, for the metrics and tests. */
  get size(): number {
    return this.lines.size;
  }
}
