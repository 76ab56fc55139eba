import type { Client } from '@temporalio/client';
import { unavailable } from './errors.js';

/**
 * Asks the engine and waits no longer than `ms`, then 503. The client's own bounds are not enough: its retries do not hear of
 * an abort signal, and pause for seconds past a deadline (42 s instead of 8, found by test/faults). The deadline ends what
 * goes on behind the answer.
 */
export async function patiently<T>(client: Client, ms: number, ask: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable('http.noWorker', 5)), ms);
  });
  try {
    return await Promise.race([client.withDeadline(Date.now() + ms, ask), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * One question at a time about each thing; who asks meanwhile shares the next one, which begins after they asked and so
 * shows what they did. The engine keeps one waiting query per workflow and turns a second away (its client then pauses for
 * seconds).
 */
export class Shared<T> {
  private readonly asked = new Map<string, { now: Promise<T>; next?: Promise<T> }>();

  ask(about: string, question: () => Promise<T>): Promise<T> {
    const running = this.asked.get(about);
    if (running === undefined) return this.start(about, question);
    running.next ??= running.now.then(
      () => this.start(about, question),
      () => this.start(about, question),
    );
    return running.next;
  }

  private start(about: string, question: () => Promise<T>): Promise<T> {
    const now = question().finally(() => {
      if (this.asked.get(about)?.now === now && this.asked.get(about)?.next === undefined) this.asked.delete(about);
    });
    this.asked.set(about, { now });
    return now;
  }
}
