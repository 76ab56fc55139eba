/** Schedules of the engine, whatever they run. */
import { ScheduleAlreadyRunning, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { CalendarSpec, Client, ScheduleOptions } from '@temporalio/client';
import { fromEngine } from './engine-errors.js';
import { patiently } from './patience.js';

const engineMs = 9_000;

interface FirstWorkingDays {
  scheduleId: string;
  workflowType: string;
  workflowId: string;
  months: CalendarSpec['month'];
  comment: string;
}

/** 09:00 on each day on which a month's first working day can fall; the run itself knows the calendar of days off. */
export function firstWorkingDays(of: FirstWorkingDays, timeZone: string, taskQueue: string): ScheduleOptions {
  const { scheduleId, workflowType, workflowId, months, comment } = of;
  return {
    scheduleId,
    spec: {
      calendars: [{ month: months, dayOfMonth: { start: 1, end: 15 }, hour: 9, minute: 0, comment }],
      timezone: timeZone,
    },
    action: { type: 'startWorkflow', workflowType, workflowId, taskQueue, args: [] },
    policies: { overlap: 'ALLOW_ALL', catchupWindow: '60 days' },
  };
}

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

/**
 * By hand what a schedule would start: the same workflow, so that it is done once and mailed once. Nothing where it runs already.
 */
export function startByHand(
  client: Client,
  workflowType: string,
  run: { workflowId: string; taskQueue: string; args: unknown[]; staticSummary: string },
): Promise<void> {
  return askEngine(client, async () => {
    try {
      await client.workflow.start(workflowType, {
        ...run,
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  });
}
