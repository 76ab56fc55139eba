/** Schedules of the engine, whatever they run. */
import { ScheduleAlreadyRunning } from '@temporalio/client';
import type { Client, ScheduleOptions } from '@temporalio/client';
import { fromEngine } from './engine-errors.js';
import { patiently } from './patience.js';

const engineMs = 9_000;

/** Makes the schedule or brings it up to date. Any number of processes may do so; an operator's pause and note stay. */
export async function putSchedule(client: Client, options: ScheduleOptions): Promise<void> {
  await askEngine(client, async () => {
    try {
      await client.schedule.create(options);
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      const { spec, action, policies } = options;
      const handle = client.schedule.getHandle(options.scheduleId);
      await handle.update((before) => ({ ...before, spec, action, policies }));
    }
  });
}

/** Work on a schedule with a time limit; what goes wrong is told as the API tells it. */
export async function askEngine(client: Client, work: () => Promise<void>): Promise<void> {
  try {
    await patiently(client, engineMs, work);
  } catch (error) {
    throw fromEngine(error);
  }
}
