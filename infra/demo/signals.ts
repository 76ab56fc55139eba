/** Ctrl-C under npm arrives twice, from the terminal and from npm; the second within this time is the same one. */
const sameSignalMs = 2_000;

/** What a shell sees of a program that was ended so: 128 and the signal's number. SIGPIPE: nobody reads us any more. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGPIPE: 141, SIGTERM: 143 } as const;
export type StopSignal = keyof typeof exitCodes;

export const exitCodeOf = (signal: StopSignal): number => exitCodes[signal];

/** The first signal to stop; one more, when stopping takes too long for somebody, ends the process at once. */
export function firstSignal(): Promise<StopSignal> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const take = (signal: StopSignal): void => {
      if (first !== undefined && Date.now() - first > sameSignalMs) process.exit(exitCodeOf(signal));
      first ??= Date.now();
      resolve(signal);
    };
    for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => take(signal));
    // Node reports a closed pipe as an error of the stream. What is said while stopping goes nowhere, too.
    process.stdout.on('error', () => resolve('SIGPIPE'));
    process.stderr.on('error', () => resolve('SIGPIPE'));
  });
}
