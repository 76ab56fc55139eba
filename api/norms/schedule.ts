/** Y1: the schedule of the yearly look at the norms: one for the organisation; and the same by hand. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Client, ScheduleOptions } from '@temporalio/client';
import {
  normsDayWorkflowType,
  normsScheduleId,
  normsWorkflowId,
  normsWorkflowType,
} from '../../workflows/contracts.js';
import { askEngine, putSchedule } from '../schedules.js';

/** Each day on which a year's first working day can fall; the run itself knows the calendar of days off. */
function optionsOf(timeZone: string, taskQueue: string): ScheduleOptions {
  return {
    scheduleId: normsScheduleId,
    spec: {
      calendars: [
        {
          month: ['JANUARY'],
          dayOfMonth: { start: 1, end: 15 },
          hour: 9,
          minute: 0,
          comment: 'looks at the year before, on the first working day',
        },
      ],
      timezone: timeZone,
    },
    action: {
      type: 'startWorkflow',
      workflowType: normsDayWorkflowType,
      workflowId: 'norms-day',
      taskQueue,
      args: [],
    },
    policies: { overlap: 'ALLOW_ALL', catchupWindow: '60 days' },
  };
}

/** Makes it or brings it up to date. */
export const upsertNormsSchedule = (client: Client, timeZone: string, taskQueue: string): Promise<void> =>
  putSchedule(client, optionsOf(timeZone, taskQueue));

/** The same workflow as the schedule's, so that a year is mailed once. */
export function startYearlyNorms(client: Client, year: number, taskQueue: string): Promise<void> {
  return askEngine(client, async () => {
    try {
      await client.workflow.start(normsWorkflowType, {
        workflowId: normsWorkflowId(year),
        taskQueue,
        args: [{ year }],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: String(year),
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  });
}
