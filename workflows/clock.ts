/** Workflow time, epoch milliseconds: in here the engine's own clock, the same again on every replay. The one place that reads it. */
export const workflowNow = (): number => Date.now();
