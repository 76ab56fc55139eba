/** The schedules that make the meetings of series: one per series, a run each morning in its zone. */
import { ScheduleNotFoundError } from '@temporalio/client';
import type { Client, ScheduleOptions } from '@temporalio/client';
import type { SeriesArchive } from '../../archive/series.js';
import type { SeriesPlan } from '../../domain/series/plan.js';
import { seriesScheduleId, seriesWorkflowType } from '../../workflows/contracts.js';
import { askEngine, putSchedule } from '../schedules.js';

/** 05:20: no zone changes its clocks at that hour. */
const runsAt = { hour: 5, minute: 20 };

function optionsOf(plan: SeriesPlan, taskQueue: string): ScheduleOptions {
  const scheduleId = seriesScheduleId(plan.id);
  return {
    scheduleId,
    spec: { calendars: [{ ...runsAt, comment: 'makes the meetings within the lead' }], timezone: plan.timeZone },
    action: {
      type: 'startWorkflow',
      workflowType: seriesWorkflowType,
      workflowId: `${scheduleId}-occurrence`,
      taskQueue,
      args: [{ seriesId: plan.id }],
    },
    policies: { overlap: 'SKIP', catchupWindow: '7 days' },
  };
}

/** Makes the schedule or brings it up to date. */
export const upsertSchedule = (client: Client, plan: SeriesPlan, taskQueue: string): Promise<void> =>
  putSchedule(client, optionsOf(plan, taskQueue));

/** Runs it now, unless an operator has paused it. */
export async function triggerSchedule(client: Client, seriesId: string): Promise<void> {
  await askEngine(client, async () => {
    const handle = client.schedule.getHandle(seriesScheduleId(seriesId));
    if (!(await handle.describe()).state.paused) await handle.trigger('ALLOW_ALL');
  });
}

export async function removeSchedule(client: Client, seriesId: string): Promise<void> {
  await askEngine(client, async () => {
    try {
      await client.schedule.getHandle(seriesScheduleId(seriesId)).delete();
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    }
  });
}

/** At a start: a series whose schedule could not be made, or was lost with the engine's data, gets it. */
export async function upsertSchedules(
  client: Client,
  archive: { series: SeriesArchive },
  taskQueue: string,
): Promise<number> {
  const rows = await archive.series.list({});
  for (const row of rows) await upsertSchedule(client, row.data, taskQueue);
  return rows.length;
}
