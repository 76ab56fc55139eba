import { randomUUID } from 'node:crypto';
import { type Client, isGrpcCancelledError, isGrpcDeadlineError } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import proto, { type temporal } from '@temporalio/proto';

const { FastForwardPollingResult } = proto.temporal.api.enums.v1;

/**
 * The time that the workflow lives in, in epoch milliseconds: the wall clock's until it was first fast-forwarded; after that
 * it stays ahead. Throws a NOT_FOUND ServiceError when there is no such workflow.
 */
export async function virtualNow(client: Client, workflowId: string): Promise<number> {
  const description = await describe(client, workflowId);
  const current = description.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
  return current ? tsToMs(current) : Date.now();
}

/**
 * Moves a workflow's own time forward, on a server with the time-travel flags (design §3), and returns its time when it has
 * arrived. Its timers fire on the way, each at its own time, and what they set off is done before the next one.
 * A workflow that ends on the way is as far as it gets: then the time of its end comes back. Throws when the server refuses,
 * above all when it runs without those flags, and when `withinMs` of real time were not enough: no worker, or an activity that
 * does not come back, holds the workflow where it is.
 */
export async function fastForward(
  client: Client,
  workflowId: string,
  seconds: number,
  { withinMs = 120_000 }: { withinMs?: number } = {},
): Promise<number> {
  if (!(seconds > 0)) throw new RangeError(`fastForward needs a number of seconds above 0, got ${seconds}`);
  const id = randomUUID();
  const until = Date.now() + withinMs;
  const { namespace } = client.options;
  await client.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: {
      timeSkippingConfig: { enabled: true, fastForwardConfig: { id, duration: msToTs(seconds * 1000) } },
    },
    updateMask: { paths: ['time_skipping_config'] },
  });
  for (;;) {
    const answer = await client
      .withDeadline(until, () => poll(client, workflowId, id))
      .catch((error: unknown) => {
        // The server may notice the deadline first, and then says cancelled.
        if (!isGrpcDeadlineError(error) && !isGrpcCancelledError(error)) throw error;
        throw new Error(`The workflow ${workflowId} did not arrive within ${withinMs / 1000} s`, { cause: error });
      });
    switch (answer.fastForwardPollingResult) {
      case FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED:
        return virtualNow(client, workflowId);
      case FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED:
        return endOf(client, workflowId, answer.failedReason);
      default:
        break; // The long poll's time was up; ask again.
    }
  }
}

function poll(
  client: Client,
  workflowId: string,
  fastForwardId: string,
): Promise<temporal.api.workflowservice.v1.PollWorkflowExecutionTimeSkippingResponse> {
  const { namespace } = client.options;
  return client.workflowService.pollWorkflowExecutionTimeSkipping({
    namespace,
    workflowExecution: { workflowId },
    fastForwardId,
  });
}

/** When the workflow ended; if it has not, the journey failed for another reason, above all a newer journey. */
async function endOf(client: Client, workflowId: string, reason: string): Promise<number> {
  const closed = (await describe(client, workflowId)).workflowExecutionInfo?.closeTime;
  if (closed) return tsToMs(closed);
  throw new Error(`The workflow ${workflowId} cannot be fast-forwarded: ${reason}`);
}

function describe(
  client: Client,
  workflowId: string,
): Promise<temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse> {
  const { namespace } = client.options;
  return client.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } });
}
