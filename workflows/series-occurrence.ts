import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, proxyActivities, startChild } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { meetingWorkflowId } from './contracts.js';
import type { MeetingInput } from './contracts.js';
import { workflowNow } from './clock.js';
import { detailsOf, summaryOf } from './labels.js';
import type { meeting } from './meeting.js';
import { searchAttributesOf } from './operator.js';

const { planSeries } = proxyActivities<Activities>({
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '20h',
  retry: { initialInterval: '1s', maximumInterval: '5m' },
  summary: 'which meetings are due',
});

/** What a run did, for the Temporal UI. */
export interface SeriesRunResult {
  started: string[];
  /** Dates that the rules refuse as the series describes its meetings. */
  refused: { key: string; codes: string[] }[];
}

/**
 * S1: makes the meetings of a series that lie within its lead. A meeting's id follows from series and date, and a used id is
 * refused for good, so that any number of runs start each meeting once. It lives on by itself.
 */
export async function seriesOccurrence({ seriesId }: { seriesId: string }): Promise<SeriesRunResult> {
  const { meetings, refused } = await planSeries(seriesId, workflowNow());
  const started: string[] = [];
  for (const { state, effects } of meetings) {
    const { id: meetingId, revision, createdAt: at } = state;
    const audit = [{ meetingId, revision, at, event: 'create', via: 'engine' as const }];
    const input: MeetingInput = { state, outbox: effects, ledger: [], audit };
    try {
      await startChild<typeof meeting>('meeting', {
        workflowId: meetingWorkflowId(meetingId),
        args: [input],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        parentClosePolicy: ParentClosePolicy.ABANDON,
        typedSearchAttributes: searchAttributesOf(state),
        staticSummary: summaryOf(state),
        staticDetails: detailsOf(state),
      });
      started.push(meetingId);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }
  return { started, refused };
}
