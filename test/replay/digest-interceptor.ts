/** Loaded into the replay's bundle only: hands the meeting's state out after every activation, replayed ones included. */
import { proxySinks } from '@temporalio/workflow';
import type { Sinks, WorkflowInterceptorsFactory } from '@temporalio/workflow';

export interface DigestSinks extends Sinks {
  digest: { state(json: string): void };
}

interface Activator {
  queryHandlers: Map<string, { handler: () => { state: unknown } }>;
}

export const interceptors: WorkflowInterceptorsFactory = () => ({
  internals: [
    {
      concludeActivation(input, next) {
        const activator = (globalThis as unknown as { __TEMPORAL_ACTIVATOR__?: Activator }).__TEMPORAL_ACTIVATOR__;
        const query = activator?.queryHandlers.get('meeting');
        if (query) proxySinks<DigestSinks>().digest.state(JSON.stringify(query.handler().state));
        return next(input);
      },
    },
  ],
});
