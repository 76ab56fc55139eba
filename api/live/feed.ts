/**
 * The live feed of one process (design §4): whoever listens to a meeting gets each of its revisions once and in order. It
 * hears of them by the answers that this process got, by the archive's announcements, and should those be lost, by asking
 * once in a while. One load per revision serves all listeners of a meeting.
 */
import type { Changed, Heard } from '../../archive/changes.js';
import type { FeedReads } from '../../archive/feed.js';
import { unavailable } from '../errors.js';
import { Channel } from './channel.js';
import type { Listener } from './channel.js';

export interface FeedDeps {
  reads: FeedReads;
  /** All meetings; call the answer to stop. */
  changes: (heard: Heard) => () => void;
  warn(error: unknown): void;
}

const heartbeatMs = 15_000;
const pollMs = 1_000;
/** Streams of one process. */
export const mostListeners = 1_000;

export class Feed {
  private readonly channels = new Map<string, Channel>();
  private readonly stops: (() => void)[];
  private count = 0;
  private closed = false;
  private polling = false;

  constructor(
    private readonly deps: FeedDeps,
    private readonly most = mostListeners,
  ) {
    const beat = setInterval(() => this.beat(), heartbeatMs);
    const poll = setInterval(() => void this.poll(), pollMs);
    beat.unref();
    poll.unref();
    const heard = (change: Changed): void => this.channels.get(change.meetingId)?.look();
    this.stops = [deps.changes(heard), () => clearInterval(beat), () => clearInterval(poll)];
  }

  get size(): number {
    return this.count;
  }

  /** Throws 503 when there are too many, or when this process is on its way out. */
  refuseTooMany(): void {
    if (this.closed || this.count >= this.most) throw unavailable('http.manyListeners', 30);
  }

  /** Call the answer when the reader is gone. */
  listen(meetingId: string, listener: Listener, iso: (at: number) => string): () => void {
    const { reads, warn } = this.deps;
    const source = { since: reads.since.bind(reads), iso, warn };
    const channel = this.channels.get(meetingId) ?? new Channel(meetingId, source);
    this.channels.set(meetingId, channel);
    this.count++;
    channel.add(listener);
    let there = true;
    return () => {
      if (!there) return;
      there = false;
      this.count--;
      channel.remove(listener);
      if (channel.size === 0 && this.channels.get(meetingId) === channel) this.channels.delete(meetingId);
    };
  }

  /** A command was answered here. */
  answered(meetingId: string, revision: number): void {
    this.channels.get(meetingId)?.answered(revision);
  }

  /** Ends every stream; readers connect again, to another process. */
  close(): void {
    this.closed = true;
    for (const stop of this.stops) stop();
    for (const channel of this.channels.values()) for (const listener of [...channel.all()]) listener.out.fail();
    this.channels.clear();
  }

  private beat(): void {
    for (const channel of this.channels.values()) for (const { out } of channel.all()) out.beat();
  }

  private async poll(): Promise<void> {
    if (this.polling || this.channels.size === 0) return;
    this.polling = true;
    try {
      for (const { meetingId, revision } of await this.deps.reads.revisions([...this.channels.keys()])) {
        const channel = this.channels.get(meetingId);
        if (channel && channel.revision !== revision) channel.look();
      }
    } catch (error) {
      this.deps.warn(error);
    } finally {
      this.polling = false;
    }
  }
}
