/** Y1: the schedule of the yearly look at the norms: one for the organisation; and the same by hand. */
import type { Client } from '@temporalio/client';
import {
  normsDayWorkflowType,
  normsScheduleId,
  normsWorkflowId,
  normsWorkflowType,
} from '../../workflows/contracts.js';
import { firstWorkingDays, putSchedule, startByHand } from '../schedules.js';

const days = {
  scheduleId: normsScheduleId,
  workflowType: normsDayWorkflowType,
  workflowId: 'norms-day',
  months: ['JANUARY' as const],
  comment: 'looks at the year before, on the first working day',
};

/** Makes it or brings it up to date. */
export const upsertNormsSchedule = (client: Client, timeZone: string, taskQueue: string): Promise<void> =>
  putSchedule(client, firstWorkingDays(days, timeZone, taskQueue));

export const startYearlyNorms = (client: Client, year: number, taskQueue: string): Promise<void> =>
  startByHand(client, normsWorkflowType, {
    workflowId: normsWorkflowId(year),
    taskQueue,
    args: [{ year }],
    staticSummary: String(year),
  });
