/** Rates and percentiles, without any judgement: targets are compared by whoever reads them. */
export interface Figures {
  perSecond: number;
  p50: number;
  p99: number;
  failed: number;
  seconds: number;
  latencies: number[];
}

/** Runs `total` calls, `inFlight` at a time; latencies in milliseconds. */
export async function measure(
  total: number,
  inFlight: number,
  call: (n: number) => Promise<unknown>,
): Promise<Figures> {
  const latencies: number[] = [];
  let next = 0;
  let failed = 0;
  const began = performance.now();
  const line = async (): Promise<void> => {
    for (let n = next++; n < total; n = next++) {
      const start = performance.now();
      try {
        await call(n);
        latencies.push(performance.now() - start);
      } catch {
        failed++;
      }
    }
  };
  await Promise.all(Array.from({ length: inFlight }, line));
  return figuresOf(latencies, (performance.now() - began) / 1000, failed);
}

function figuresOf(latencies: number[], seconds: number, failed: number): Figures {
  const sorted = [...latencies].sort((a, b) => a - b);
  const at = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
  return { perSecond: sorted.length / seconds, p50: at(0.5), p99: at(0.99), failed, seconds, latencies };
}

/** Several rounds as one. */
export function sum(rounds: Figures[]): Figures {
  const total = (pick: (f: Figures) => number): number => rounds.reduce((all, f) => all + pick(f), 0);
  return figuresOf(
    rounds.flatMap((f) => f.latencies),
    total((f) => f.seconds),
    total((f) => f.failed),
  );
}

export function row(name: string, { perSecond, p50, p99, failed }: Figures): string {
  const cells = [`${perSecond.toFixed(0)}/s`, `p50 ${p50.toFixed(1)} ms`, `p99 ${p99.toFixed(1)} ms`];
  return `${name.padEnd(52)} ${cells.map((c) => c.padStart(14)).join(' ')}${failed > 0 ? `  ${failed} failed` : ''}`;
}
