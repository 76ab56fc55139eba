/** R5: the schedule of the knowledge base's daily round: one for the organisation. */
import type { Client } from '@temporalio/client';
import { knowledgeScheduleId, knowledgeWorkflowType } from '../workflows/contracts.js';
import { putSchedule } from './schedules.js';

/**
 * Every morning, since rules of keeping know no days off; the round itself asks nobody on those. One round at a time: what is
 * still being sent is not sent by the next.
 */
export const upsertKnowledgeSchedule = (client: Client, timeZone: string, taskQueue: string): Promise<void> =>
  putSchedule(client, {
    scheduleId: knowledgeScheduleId,
    spec: {
      calendars: [{ hour: 8, minute: 40, comment: 'looks after the knowledge base' }],
      timezone: timeZone,
    },
    action: {
      type: 'startWorkflow',
      workflowType: knowledgeWorkflowType,
      workflowId: 'knowledge-care',
      taskQueue,
      args: [],
    },
    policies: { overlap: 'BUFFER_ONE', catchupWindow: '1 day' },
  });
