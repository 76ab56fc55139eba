import { createHash } from 'node:crypto';
import type { Changes } from './changes.js';
import type { Driver } from './driver.js';
import { factsRow } from './facts.js';
import type { Burst, ViewPort } from './ports.js';
import { createViewReads, type ViewReads } from './view-read.js';
import { actionRows, meetingRow, taskRows, topicRows } from './view-rows.js';

/** What the lists show, and how they got there. */
export interface View extends ViewPort, ViewReads {
  /**
   * True as soon as the meeting's row has reached `minRevision` (`?min_revision=`); false when it has not after `timeoutMs`,
   * 2 s by default.
   */
  waitForRevision(meetingId: string, minRevision: number, timeoutMs?: number): Promise<boolean>;
}

const plainBurst = {
  name: 'write_burst',
  text: 'select view.write_burst($1, $2, $3::json, $4, $5, $6::jsonb) as written',
};
const toldBurst = {
  name: 'write_told_burst',
  text: 'select view.write_burst($1, $2, $3::json, $4, $5, $6::jsonb, $7, $8, $9) as written',
};

/** A change that another process made is heard by NOTIFY; should that be lost, it is seen after this. */
const pollMs = 250;

export function createView(driver: Driver, changes: Changes): View {
  const reads = createViewReads(driver.db);
  return {
    ...reads,
    async write(burst) {
      const { told } = burst;
      const [row] =
        told === undefined
          ? await driver.run(plainBurst, valuesOf(burst))
          : await driver.run(toldBurst, [...valuesOf(burst), told.at, told.run, told.after]);
      if (row?.['written'] === true) changes.announce({ meetingId: burst.state.id, revision: burst.state.revision });
    },
    async waitForRevision(meetingId, minRevision, timeoutMs = 2_000) {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const change = nextChange(changes, meetingId, minRevision);
        try {
          if (((await reads.revision(meetingId)) ?? -1) >= minRevision) return true;
          const leftMs = deadline - performance.now();
          if (leftMs <= 0) return false;
          if (await change.within(Math.min(leftMs, pollMs))) return true;
        } finally {
          change.stop();
        }
      }
    },
  };
}

/** Listens from now on, so that nothing is missed between looking and waiting. */
function nextChange(changes: Changes, meetingId: string, minRevision: number) {
  let reached = (): void => undefined;
  const heard = new Promise<true>((resolve) => (reached = () => resolve(true)));
  const stop = changes.on(meetingId, ({ revision }) => {
    if (revision >= minRevision) reached();
  });
  return {
    stop,
    within: async (ms: number): Promise<boolean> => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, ms, false)));
      return Promise.race([heard, late]).finally(() => clearTimeout(timer));
    },
  };
}

function valuesOf({ state, audit }: Burst): unknown[] {
  const parts = [topicRows(state), actionRows(state), taskRows(state), meetingRow(state), factsRow(state)];
  const rows = parts.map((part) => JSON.stringify(part));
  const hashes = rows.map((text) => createHash('sha1').update(text).digest('base64'));
  return [state.id, state.revision, JSON.stringify(state), hashes, rows, JSON.stringify(audit)];
}
