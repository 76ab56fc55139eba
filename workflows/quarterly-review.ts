import { proxyActivities } from '@temporalio/workflow';
import type { Activities, MailSummary } from '../activities/index.js';
import type { Quarter } from '../domain/review/report.js';
import { reviewWorkflowId } from './contracts.js';
import { workflowNow } from './clock.js';
import { scheduledAt, startOnce } from './scheduled.js';

const { dueReview, makeReview } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '1s', maximumInterval: '5m' },
});

const { sendReview } = proxyActivities<Activities>({
  startToCloseTimeout: '30m',
  scheduleToCloseTimeout: '3 days',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '2s', maximumInterval: '5m' },
  summary: 'the review by mail',
});

/**
 * R1: what the schedule runs each morning of a quarter's first fifteen days. On its first working day it starts the review of
 * the quarter before, by the time that the run was scheduled for: a run that comes late, or is filled in, reviews the same.
 */
export async function reviewDay(): Promise<{ quarter?: Quarter }> {
  const { quarter } = await dueReview(scheduledAt());
  if (quarter === undefined) return {};
  await startOnce(quarterlyReview, {
    workflowId: reviewWorkflowId(quarter),
    args: [{ quarter }],
    staticSummary: quarter,
  });
  return { quarter };
}

/** R1: one quarter's review, kept once and mailed once, however often it is run. */
export async function quarterlyReview({ quarter }: { quarter: Quarter }): Promise<MailSummary> {
  await makeReview(quarter);
  return sendReview({ quarter, now: workflowNow() });
}
