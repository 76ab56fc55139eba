/**
 * A reason not to start that the person at the terminal can do something about. Entry points print the message alone,
 * without a stack, and exit with 1; anything else that is thrown is our own fault and keeps its stack.
 */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

/** What went wrong in words, whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** `error.code` of Node's system errors (`EADDRINUSE`, `ENOENT`, …); undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
