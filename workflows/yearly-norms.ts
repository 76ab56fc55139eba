import { proxyActivities, sleep } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { workflowNow } from './clock.js';
import { normsWorkflowId } from './contracts.js';
import { scheduledAt, startOnce } from './scheduled.js';

const { dueNorms, makeNorms } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '1s', maximumInterval: '5m' },
});

const { sendNorms } = proxyActivities<Activities>({
  startToCloseTimeout: '10m',
  scheduleToCloseTimeout: '3 days',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '2s', maximumInterval: '5m' },
  summary: 'proposals for the norms by mail',
});

/**
 * Y1: what the schedule runs each morning of a year's first fifteen days. On the first working day it starts the look at the year
 * before, by the time that the run was scheduled for: a run that comes late, or is filled in, looks at the same year.
 */
export async function normsDay(): Promise<{ year?: number }> {
  const { year } = await dueNorms(scheduledAt());
  if (year === undefined) return {};
  await startOnce(yearlyNorms, { workflowId: normsWorkflowId(year), args: [{ year }], staticSummary: String(year) });
  return { year };
}

/** Y1: a year's proposals for the norms, made once and mailed once, and who has not answered reminded; however often it is run. */
export async function yearlyNorms({ year }: { year: number }): Promise<{ open: number }> {
  const { remindAt, ...made } = await makeNorms({ year, now: workflowNow() });
  if (made.open === 0) return made;
  let { open } = await sendNorms({ year, round: 0, now: workflowNow() });
  for (const [i, at] of remindAt.entries()) {
    const ahead = at - workflowNow();
    // What is over when it is run again by hand is skipped.
    if (open === 0 || ahead <= 0) continue;
    await sleep(ahead, { summary: 'waits for the answers' });
    ({ open } = await sendNorms({ year, round: i + 1, now: workflowNow() }));
  }
  return { open };
}
