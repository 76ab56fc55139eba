/** The live feed's lines (design §4): heartbeats, and cutting off who does not read. Time is moved, not waited for. */
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Feed } from '../../api/live/feed.js';
import { lineOf, mostUnread, mostWaiting } from '../../api/live/line.js';
import { heartbeat } from '../../api/live/text.js';

/** A reader that takes what comes, or nothing at all. */
class Line extends Writable {
  readonly got: string[] = [];
  constructor(private readonly reads: boolean) {
    super({ highWaterMark: 16, decodeStrings: false });
    this.on('error', () => undefined);
  }
  override _write(chunk: string, _encoding: BufferEncoding, done: () => void): void {
    if (!this.reads) return;
    this.got.push(chunk);
    done();
  }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

function listening(...lines: Line[]): Feed {
  const reads = { since: () => Promise.resolve(null), revisions: () => Promise.resolve([]) };
  const feed = new Feed({ reads: reads, changes: () => () => undefined, warn: () => undefined });
  for (const line of lines) {
    const snapshot = () => Promise.resolve({ revision: 1, meeting: {} });
    const stop = feed.listen('m', { out: lineOf(line), sent: 1, audience: 'a', tells: 'all', snapshot }, String);
    line.on('close', stop);
  }
  return feed;
}

const closed = (line: Line) => new Promise<void>((done) => line.once('close', done));

describe('a line', () => {
  test('has a heartbeat every 15 s as long as it is read, and none after the process stops', () => {
    const line = new Line(true);
    const feed = listening(line);
    vi.advanceTimersByTime(14_999);
    expect(line.got).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(line.got).toEqual([heartbeat]);
    vi.advanceTimersByTime(600_000);
    expect(line.got).toHaveLength(41);
    expect([line.destroyed, feed.size]).toEqual([false, 1]);
    feed.close();
    vi.advanceTimersByTime(60_000);
    expect(line.got).toHaveLength(41);
    expect(line.writableEnded).toBe(true);
  });

  test('that nobody reads gets no heartbeat on top, is cut off with the third one, and makes room; others stay', async () => {
    const [deaf, reading] = [new Line(false), new Line(true)];
    const feed = listening(deaf, reading);
    deaf.write('event: change\n'.repeat(4));
    const waiting = deaf.writableLength;
    vi.advanceTimersByTime(15_000 * mostUnread);
    expect([deaf.destroyed, deaf.writableLength]).toEqual([false, waiting]);
    const gone = closed(deaf);
    vi.advanceTimersByTime(15_000);
    expect(deaf.destroyed).toBe(true);
    await gone;
    expect([reading.destroyed, feed.size]).toEqual([false, 1]);
    feed.close();
  });

  test('that reads again in time stays', () => {
    const line = new Line(false);
    const out = lineOf(line);
    line.write('x'.repeat(64));
    for (let i = 0; i < mostUnread; i++) out.beat();
    const drained = vi.spyOn(line, 'writableNeedDrain', 'get').mockReturnValue(false);
    out.beat();
    drained.mockReturnValue(true);
    for (let i = 0; i < mostUnread; i++) out.beat();
    expect(line.destroyed).toBe(false);
    out.beat();
    expect(line.destroyed).toBe(true);
  });

  test('is cut off at once when too much waits, and what comes after is dropped', () => {
    const line = new Line(false);
    const out = lineOf(line);
    out.write('x'.repeat(mostWaiting + 1));
    expect(line.destroyed).toBe(false);
    out.write('one more');
    expect(line.destroyed).toBe(true);
    expect(() => out.write('nobody hears it')).not.toThrow();
  });
});
