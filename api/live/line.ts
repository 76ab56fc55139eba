/** One reader's line: text as it comes, a heartbeat while nothing does; whoever does not read is cut off. */
import type { Writable } from 'node:stream';
import type { Out } from './channel.js';
import { heartbeat } from './text.js';

/** Heartbeats during which nothing was read. */
export const mostUnread = 2;
/** Bytes that wait for a reader. */
export const mostWaiting = 4 * 1_048_576;

export function lineOf(raw: Writable): Out {
  let unread = 0;
  return {
    write(text) {
      if (raw.destroyed || raw.writableEnded) return;
      if (raw.writableLength > mostWaiting) raw.destroy();
      else raw.write(text);
    },
    beat() {
      unread = raw.writableNeedDrain ? unread + 1 : 0;
      if (unread > mostUnread) raw.destroy();
      else if (unread === 0) raw.write(heartbeat);
    },
    fail: () => raw.end(),
  };
}
