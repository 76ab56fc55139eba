/** R1: the schedule of the quarterly review: one for the organisation. */
import type { Client, ScheduleOptions } from '@temporalio/client';
import { reviewDayWorkflowType, reviewScheduleId } from '../../workflows/contracts.js';
import { putSchedule } from '../schedules.js';

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

/** Makes it or brings it up to date. */
export const upsertReviewSchedule = (client: Client, timeZone: string, taskQueue: string): Promise<void> =>
  putSchedule(client, optionsOf(timeZone, taskQueue));
