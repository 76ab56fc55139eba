/**
 * The engine's sandbox takes a stack trace of every promise, for its view of call stacks, and keeps it until the promise is
 * gone: more than half of what a workflow task costs, and much of what an idle meeting keeps. Two lines are the hook's own, so
 * that nothing is left to translate; an error of ours still names the line that threw it and the one that called it.
 */
const lines = 2;

// Where the modules are not shared (infra/bundle.ts), all that is global is frozen by now.
if (!Object.isFrozen(Error)) Error.stackTraceLimit = lines;
