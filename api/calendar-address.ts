/** A person's calendar address: signed, so that guessing asks no database; with a nonce, so that it can be ended. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PersonId } from '../domain/meeting/state.js';

export const newNonce = (): string => randomBytes(16).toString('base64url');

/** Labelled, so that a secret used elsewhere signs no addresses. */
function signatureOf(secret: string, content: string): Buffer {
  const key = createHash('sha256').update(`convoke-calendar\n${secret}`).digest();
  return createHmac('sha256', key).update(content).digest();
}

/** What stands in the address. The newest secret signs. */
export function calendarToken([secret]: string[], person: PersonId, nonce: string): string {
  const content = `${person}.${nonce}`;
  return `${content}.${signatureOf(secret ?? '', content).toString('base64url')}`;
}

/** Whose it is, when one of our secrets has signed it; whether it still counts the archive knows. */
export function readCalendarToken(secrets: string[], token: string): { person: PersonId; nonce: string } | undefined {
  const [, content = '', person = '', nonce = '', given = ''] =
    /^((p[a-z2-7]{16})\.([\w-]{10,40}))\.([\w-]{43})$/.exec(token) ?? [];
  if (person === '') return undefined;
  const signature = Buffer.from(given, 'base64url');
  const signed = secrets.some((secret) => timingSafeEqual(signature, signatureOf(secret, content)));
  return signed ? { person, nonce } : undefined;
}
