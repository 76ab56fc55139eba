import { setTimeout as delay } from 'node:timers/promises';

const lookEveryMs = 50;

/**
 * Waits until `look` finds something (neither undefined nor false) and returns it. An error counts as "not yet". After
 * `withinMs` it rejects, naming what was waited for and what was seen last: long enough for a busy machine.
 */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 60_000,
): Promise<T> {
  for (const end = Date.now() + withinMs; ;) {
    const seen = await seenBy(look);
    if ('found' in seen) return seen.found;
    if (Date.now() > end) throw new Error(`${what}: not within ${withinMs / 1000} s; last seen: ${seen.instead}`);
    await delay(lookEveryMs);
  }
}

async function seenBy<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<{ found: T } | { instead: string }> {
  try {
    const found = await look();
    return found === undefined || found === false ? { instead: String(found) } : { found };
  } catch (error) {
    return { instead: error instanceof Error ? error.message : String(error) };
  }
}
