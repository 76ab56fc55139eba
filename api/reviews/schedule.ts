/** R1: the schedule of the quarterly review: one for the organisation. */
import { ScheduleAlreadyRunning } from '@temporalio/client';
import type { Client, ScheduleOptions } from '@temporalio/client';
import { reviewDayWorkflowType, reviewScheduleId } from '../../workflows/contracts.js';
import { fromEngine } from '../engine-errors.js';
import { patiently } from '../patience.js';

const engineMs = 9_000;

/** Each day on which a quarter's first working day can fall; the run itself knows the calendar of days off. */
function optionsOf(timeZone: string, taskQueue: string): ScheduleOptions {
  return {
    scheduleId: reviewScheduleId,
    spec: {
      calendars: [
        {
          month: ['JANUARY', 'APRIL', 'JULY', 'OCTOBER'],
          dayOfMonth: { start: 1, end: 15 },
          hour: 9,
          minute: 0,
          comment: 'reviews the quarter before, on the first working day',
        },
      ],
      timezone: timeZone,
    },
    action: {
      type: 'startWorkflow',
      workflowType: reviewDayWorkflowType,
      workflowId: 'review-day',
      taskQueue,
      args: [],
    },
    policies: { overlap: 'ALLOW_ALL', catchupWindow: '60 days' },
  };
}

/** Makes it or brings it up to date. Any number of processes may do so; an operator's pause and note stay. */
export async function upsertReviewSchedule(client: Client, timeZone: string, taskQueue: string): Promise<void> {
  const options = optionsOf(timeZone, taskQueue);
  try {
    await patiently(client, engineMs, async () => {
      try {
        await client.schedule.create(options);
      } catch (error) {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
        const { spec, action, policies } = options;
        await client.schedule.getHandle(options.scheduleId).update((before) => ({ ...before, spec, action, policies }));
      }
    });
  } catch (error) {
    throw fromEngine(error);
  }
}
