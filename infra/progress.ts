/** Where a line about slow work goes; standard error by default, so that standard output stays readable by programs. */
export type Progress = (line: string) => void;

export const toStderr: Progress = (line) => process.stderr.write(`${line}\n`);

const firstAfterMs = 2_000;
const againAfterMs = 10_000;

/** Waits for `work`; says `line` once it has taken over 2 s, and again every 10 s, so that nobody believes that it hangs. */
export async function withProgress<T>(line: string, work: Promise<T>, progress: Progress): Promise<T> {
  const began = Date.now();
  const again = (): void => progress(`${line} (${Math.round((Date.now() - began) / 1000)} s)`);
  let repeat: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    progress(`${line} …`);
    repeat = setInterval(again, againAfterMs);
  }, firstAfterMs);
  try {
    return await work;
  } finally {
    clearTimeout(first);
    clearInterval(repeat);
  }
}
