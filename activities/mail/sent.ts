import type { MailClaims, MailKey } from '../ports.js';
import type { MailDeps } from './deps.js';
import { reasonOf } from './reasons.js';

/** "Sent" is written however long that takes, and never makes the mail go twice. Ends only with the worker. */
export async function sentForSure(
  {
    ports,
    log,
    heartbeat,
    sleep,
  }: Pick<MailDeps, 'log' | 'heartbeat' | 'sleep'> & {
    ports: { claims: Pick<MailClaims, 'markSent'> };
  },
  key: MailKey,
  now: number,
): Promise<void> {
  for (let wait = 200; ; wait = Math.min(wait * 2, 10_000)) {
    try {
      return await ports.claims.markSent(key, now);
    } catch (error) {
      log.warn({ mail: key.kind, reason: reasonOf(error) }, 'a mail was sent, its record waits');
      heartbeat(-1);
      await sleep(wait);
    }
  }
}
