import { proxyActivities, sleep } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { workflowNow } from './clock.js';

const { knowledgeRound } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '1s', maximumInterval: '5m' },
});

const { sendKnowledgeReviews } = proxyActivities<Activities>({
  startToCloseTimeout: '30m',
  scheduleToCloseTimeout: '3 days',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '2s', maximumInterval: '5m' },
  summary: 'entries of the knowledge base to look at',
});

/**
 * R5: the daily round of the knowledge base: keeps to the rules of keeping, and asks owners whether entries whose review date
 * has come still hold. Who lives by another clock is waited for, a day at most.
 */
export async function knowledgeCare(): Promise<{ deleted: number; sent: number }> {
  const { deleted, asks } = await knowledgeRound(workflowNow());
  let sent = 0;
  for (const { at, people } of asks) {
    const wait = at - workflowNow();
    if (wait > 0) await sleep(wait);
    sent += (await sendKnowledgeReviews({ people, now: workflowNow() })).sent;
  }
  return { deleted, sent };
}
