/** What a meeting costs the bare engine: a workflow that takes commands and does nothing else. */
import { condition, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';

export const touch = defineUpdate<number, [number]>('touch');
export const finish = defineUpdate<void>('finish');

/** (a) updates only. */
export async function skeleton(): Promise<number> {
  let count = 0;
  let over = false;
  setHandler(touch, (by) => (count += by));
  setHandler(finish, () => void (over = true));
  await condition(() => over);
  return count;
}

const { note } = proxyActivities<{ note(count: number): Promise<void> }>({ startToCloseTimeout: '20s' });

/** (b) the same with one no-op archive activity per burst of commands. */
export async function archivedSkeleton(): Promise<number> {
  let count = 0;
  let noted = 0;
  let over = false;
  setHandler(touch, (by) => (count += by));
  setHandler(finish, () => void (over = true));
  while (!over) {
    await condition(() => over || noted < count);
    if (noted === count) break;
    const seen = count;
    await note(seen);
    noted = seen;
  }
  return count;
}
