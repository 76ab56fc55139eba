/** What the workflows of the organisation's schedules share: they run on days on which something may be due, and start it once. */
import { defineSearchAttributeKey, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild, workflowInfo } from '@temporalio/workflow';
import type { Workflow } from '@temporalio/workflow';
import type { Instant } from '../domain/calendar/index.js';

const scheduledStart = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/** The time that the run was scheduled for: one that comes late, or is filled in, does the same. */
export function scheduledAt(): Instant {
  const { typedSearchAttributes, startTime } = workflowInfo();
  return (typedSearchAttributes.get(scheduledStart) ?? startTime).getTime();
}

/** Nothing where it was started by hand before, or by an earlier run, and did not fail. It outlives whoever started it. */
export async function startOnce<W extends Workflow>(
  workflow: W,
  what: { workflowId: string; args: Parameters<W>; staticSummary: string },
): Promise<void> {
  try {
    await startChild<Workflow>(workflow, {
      ...what,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
