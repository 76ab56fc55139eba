/** R1: the schedule of the quarterly review: one for the organisation. */
import type { Client } from '@temporalio/client';
import { reviewDayWorkflowType, reviewScheduleId } from '../../workflows/contracts.js';
import { firstWorkingDays, putSchedule } from '../schedules.js';

const days = {
  scheduleId: reviewScheduleId,
  workflowType: reviewDayWorkflowType,
  workflowId: 'review-day',
  months: ['JANUARY' as const, 'APRIL' as const, 'JULY' as const, 'OCTOBER' as const],
  comment: 'reviews the quarter before, on the first working day',
};

/** Makes it or brings it up to date. */
export const upsertReviewSchedule = (client: Client, timeZone: string, taskQueue: string): Promise<void> =>
  putSchedule(client, firstWorkingDays(days, timeZone, taskQueue));
