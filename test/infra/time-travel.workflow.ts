import { condition, defineQuery, defineUpdate, setHandler, sleep } from '@temporalio/workflow';

export const wakingsQuery = defineQuery<number[]>('wakings');
export const finishUpdate = defineUpdate('finish');

/** Notes its own time at start, then once a day for 30 days, then waits to be told to finish. */
export async function daily(): Promise<number[]> {
  const wakings = [Date.now()];
  let finished = false;
  setHandler(wakingsQuery, () => wakings);
  setHandler(finishUpdate, () => {
    finished = true;
  });
  for (let day = 1; day <= 30; day++) {
    await sleep('1 day');
    wakings.push(Date.now());
  }
  await condition(() => finished);
  return wakings;
}

/** Ends after an hour of its own time. */
export async function brief(): Promise<number> {
  await sleep('1 hour');
  return Date.now();
}
