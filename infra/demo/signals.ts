/** Ctrl-C under npm arrives twice, from the terminal and from npm; the second within this time is the same one. */
const sameSignalMs = 2_000;

export type StopSignal = 'SIGINT' | 'SIGTERM';

/** What a shell sees of a program that a signal ended. */
export const exitCodeOf = (signal: StopSignal): number => (signal === 'SIGINT' ? 130 : 143);

/** The first signal to stop; one more, when stopping takes too long for somebody, ends the process at once. */
export function firstSignal(): Promise<StopSignal> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const take = (signal: StopSignal): void => {
      if (first !== undefined && Date.now() - first > sameSignalMs) process.exit(exitCodeOf(signal));
      first ??= Date.now();
      resolve(signal);
    };
    process.on('SIGINT', () => take('SIGINT'));
    process.on('SIGTERM', () => take('SIGTERM'));
  });
}
