/** Ids and hashes that the API makes. */
import { createHash, createHmac, randomBytes } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** 16 characters of base32, lower case: 80 bits. */
export function base32of(bytes: Uint8Array): string {
  let [out, bits, value] = ['', 0, 0];
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5 && out.length < 16) {
      bits -= 5;
      out += alphabet[(value >>> bits) & 31];
    }
  }
  return out;
}

export const randomId = (): string => base32of(randomBytes(10));

/** The meeting that this caller's key always means (design §3, Idempotency). */
export function derivedId(secret: string, principal: string, key: string): string {
  const mac = createHmac('sha256', secret).update(JSON.stringify(['meeting', principal, key]));
  return base32of(mac.digest().subarray(0, 10));
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** The same for the same JSON, whatever the order of its fields. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`;
}

/** Shapes of ids; whatever else a caller writes in their place is not known. */
export const isMeetingId = (id: string): boolean => /^[a-z2-7]{16}$/.test(id);
export const isPersonId = (id: string): boolean => /^p[a-z2-7]{16}$/.test(id);
export const isDepartmentId = (id: string): boolean => /^d[a-z2-7]{16}$/.test(id);
