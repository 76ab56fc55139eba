/**
 * A reason not to start that the person at the terminal can do something about. Entry points print the message alone,
 * without a stack, and exit with 1; anything else that is thrown is our own fault and keeps its stack.
 */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

/** What went wrong in words, whatever was thrown. Looks at the shape, since errors of another realm are no `Error` of ours. */
export function reasonOf(error: unknown): string {
  return textAt(error, 'message') ?? String(error);
}

/** `error.code` of Node's system errors (`EADDRINUSE`, `ENOENT`, …); undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  return textAt(error, 'code');
}

function textAt(value: unknown, key: 'message' | 'code'): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const text = (value as Record<string, unknown>)[key];
  return typeof text === 'string' ? text : undefined;
}
