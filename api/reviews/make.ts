/** R1: a review that is asked for by hand: the same workflow as the schedule's, so that it is made once and mailed once. */
import { zoneOfQuarter } from '../../archive/review-input.js';
import { toIso } from '../../domain/calendar/index.js';
import { spanOf } from '../../domain/review/quarter.js';
import type { Quarter, ReviewReport } from '../../domain/review/report.js';
import { reviewWorkflowId, reviewWorkflowType } from '../../workflows/contracts.js';
import type { Api } from '../context.js';
import { problem } from '../errors.js';
import { startByHand } from '../schedules.js';

/** How long a caller waits for the report; the mails take their own time. */
const waitMs = 15_000;
const lookMs = 100;

/** Undefined: it is under way and will be there. `made`: it was not there before. */
export async function askForReview(
  api: Api,
  quarter: Quarter,
): Promise<{ report: ReviewReport; made: boolean } | undefined> {
  const { archive, clock, config, client, taskQueue } = api.deps;
  const zone = zoneOfQuarter(config.timeZone, quarter);
  const { to } = spanOf(quarter, zone);
  if (config.timeTravel !== true && clock() < to)
    problem('Conflict', 'R1.notOver', 'quarter', { quarter, until: toIso(zone, to) });
  const before = await archive.reviews.find(quarter);
  await startByHand(client, reviewWorkflowType, {
    workflowId: reviewWorkflowId(quarter),
    taskQueue,
    args: [{ quarter }],
    staticSummary: quarter,
  });
  if (before !== null) return { report: before, made: false };
  for (const end = performance.now() + waitMs; performance.now() < end;) {
    const report = await archive.reviews.find(quarter);
    if (report !== null) return { report, made: true };
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  return undefined;
}
