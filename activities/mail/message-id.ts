import { createHash } from 'node:crypto';
import type { MailKey } from '../ports.js';

/** The same mail has the same Message-ID, however often it is tried; it holds no name, only a hash of the claim's key. */
export function messageIdOf(key: Omit<MailKey, 'kind'> & { kind: string }, domain: string): string {
  const { meetingId, kind, person, occasion } = key;
  const digest = createHash('sha256').update([meetingId, kind, person, occasion].join('\n')).digest('hex');
  return `<${digest.slice(0, 32)}@${domain}>`;
}
