/** One meeting's listeners in this process, and how they get every revision once and in order. */
import type { FeedEntry, FeedReads, Standing } from '../../archive/feed.js';
import type { Phase } from '../../domain/meeting/state.js';
import { changeText, snapshotText } from './text.js';
import type { Snapshot, Tells } from './text.js';

/** Where the text goes. */
export interface Out {
  write(text: string): void;
  /** Every now and then; whoever has not read for a while is cut off. */
  beat(): void;
  /** Something failed that only this listener needs: the stream ends, and the reader connects again. */
  fail(): void;
}

export interface Listener {
  out: Out;
  /** The last revision that was sent; undefined: needs a snapshot first, or what it missed since `resumeAfter`. */
  sent?: number | undefined;
  resumeAfter?: number | undefined;
  /** Listeners of one audience get the same snapshot, made once. */
  audience: string;
  /** H7, H10: how much of a change is theirs to know. */
  tells: Tells;
  snapshot(): Promise<Snapshot>;
}

export interface ChannelSource extends Pick<FeedReads, 'since'> {
  iso(at: number): string;
  warn(error: unknown): void;
}

/** Who was away for longer gets the whole meeting instead. */
export const mostReplayed = 200;
/** Milliseconds. An answer came, yet the archive has not written it: the workflow is asked instead. */
const archiveMs = 500;

type Published = FeedEntry & { phase: Phase };

export class Channel {
  private readonly listeners = new Set<Listener>();
  /** What the archive was last seen at, and the entry that led there. */
  private seen: { revision: number; at: number; entry?: FeedEntry | undefined } | undefined;
  private wanted: { revision: number; since: number } | undefined;
  private running = false;
  private again = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly meetingId: string,
    private readonly source: ChannelSource,
  ) {}

  get size(): number {
    return this.listeners.size;
  }

  get revision(): number {
    return this.seen?.revision ?? 0;
  }

  all(): Iterable<Listener> {
    return this.listeners;
  }

  add(listener: Listener): void {
    this.listeners.add(listener);
    this.look();
  }

  remove(listener: Listener): void {
    this.listeners.delete(listener);
    if (this.listeners.size === 0) clearTimeout(this.timer);
  }

  /** This process got an answer of that revision. The archive has it too, as a rule; should it not, nobody waits for it. */
  answered(revision: number): void {
    if (revision <= this.revision || (this.wanted?.revision ?? 0) >= revision) return;
    this.wanted = { revision, since: performance.now() };
    this.timer = setTimeout(() => this.look(), archiveMs);
    this.timer.unref();
    this.look();
  }

  /** Something may have changed. One load at a time, whatever comes meanwhile is the next one's. */
  look(): void {
    this.again = true;
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.again && this.listeners.size > 0) {
      this.again = false;
      try {
        await this.catchUp();
        await this.welcome();
      } catch (error) {
        // The archive is away; the feed's poll looks again.
        this.source.warn(error);
      }
    }
    this.running = false;
  }

  private async catchUp(): Promise<void> {
    const before = this.seen;
    const standing = await this.source.since(this.meetingId, before?.revision ?? 0, before ? mostReplayed : 0);
    if (standing !== null) this.take(before, standing);
    this.stopWaiting();
  }

  private take(before: typeof this.seen, standing: Standing): void {
    const { revision, at, entries } = standing;
    if (before === undefined) {
      this.seen = { revision, at };
      return;
    }
    // A reset counts anew; a burst that is merely older than what was seen says nothing.
    if (revision < before.revision && at <= before.at) return;
    const news = contiguous(before, standing);
    const last = news?.at(-1);
    this.seen = { revision, at: Math.max(at, last?.at ?? 0), entry: last ?? before.entry };
    if (news === undefined || revision < before.revision) {
      const known = entries.filter((e) => e.revision === revision).at(-1);
      this.seen = { revision, at, entry: known };
      for (const listener of this.listeners) listener.sent = undefined;
      return;
    }
    for (const listener of this.listeners) this.send(listener, news);
  }

  /** An answer that the archive still has not got: everybody is told by a snapshot, which the workflow gives. */
  private stopWaiting(): void {
    const { wanted } = this;
    if (wanted === undefined) return;
    const waited = performance.now() - wanted.since >= archiveMs;
    if (wanted.revision > this.revision && !waited) return;
    this.wanted = undefined;
    clearTimeout(this.timer);
    if (wanted.revision <= this.revision) return;
    for (const listener of this.listeners) if ((listener.sent ?? 0) < wanted.revision) listener.sent = undefined;
  }

  private send(listener: Listener, news: Published[]): void {
    for (const entry of news) {
      if (listener.sent === undefined) return;
      if (entry.revision <= listener.sent) continue;
      if (entry.revision !== listener.sent + 1) {
        listener.sent = undefined;
        return;
      }
      listener.sent = entry.revision;
      listener.out.write(changeText(entry, entry.phase, this.source.iso, listener.tells));
    }
  }

  /** Whoever has just come, or has a gap. */
  private async welcome(): Promise<void> {
    const snapshots = new Map<string, Promise<Snapshot>>();
    const waiting = [...this.listeners].filter((l) => l.sent === undefined);
    await Promise.all(waiting.map((listener) => this.start(listener, snapshots)));
  }

  private async start(listener: Listener, snapshots: Map<string, Promise<Snapshot>>): Promise<void> {
    const { resumeAfter } = listener;
    listener.resumeAfter = undefined;
    try {
      if (resumeAfter !== undefined && (await this.resume(listener, resumeAfter))) return;
      const made = snapshots.get(listener.audience) ?? listener.snapshot();
      snapshots.set(listener.audience, made);
      const snapshot = await made;
      listener.out.write(snapshotText(snapshot));
      listener.sent = snapshot.revision;
      // Older than what the others have: should the rest not be there, the next revision finds the gap.
      if (snapshot.revision < this.revision) await this.resume(listener, snapshot.revision);
    } catch (error) {
      this.source.warn(error);
      this.listeners.delete(listener);
      listener.out.fail();
    }
  }

  /** Last-Event-ID: only what was missed, when all of it is there. */
  private async resume(listener: Listener, after: number): Promise<boolean> {
    const standing = await this.source.since(this.meetingId, after, mostReplayed);
    if (standing === null || standing.revision < after || standing.revision - after > mostReplayed) return false;
    const news = contiguous({ revision: after }, standing);
    if (news === undefined) return false;
    listener.sent = after;
    this.send(listener, news);
    return true;
  }
}

/** What lies between, each revision once; undefined when one is missing or history is another one than was told. */
function contiguous(
  before: { revision: number; entry?: FeedEntry | undefined },
  { revision, phase, entries }: Standing,
): Published[] | undefined {
  const { entry } = before;
  const same = (e: FeedEntry): boolean => e.event === entry?.event && e.at === entry.at;
  if (entry !== undefined && !entries.some((e) => e.revision === before.revision && same(e))) return undefined;
  const newest = new Map(entries.filter((e) => e.revision > before.revision).map((e) => [e.revision, e]));
  const news: Published[] = [];
  for (let r = before.revision + 1; r <= revision; r++) {
    const found = newest.get(r);
    if (found === undefined) return undefined;
    news.push({ ...found, phase });
  }
  return news;
}
