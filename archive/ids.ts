import { randomBytes } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** A letter and 16 random base32 characters (80 bits): opaque, and says nothing about order. */
export function mintId(letter: 'p' | 'd' | 'k' | 's' | 'n'): string {
  return letter + base32(randomBytes(16));
}

/** A character of base32 for each byte. */
export const base32 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => alphabet.charAt(byte & 31)).join('');

export const isPersonId = (ref: string): boolean => /^p[a-z2-7]{16}$/.test(ref);
export const isDepartmentId = (ref: string): boolean => /^d[a-z2-7]{16}$/.test(ref);

/** A name as people compare it: full-width and half-width, case and spaces make no difference. */
export function fold(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

/** E-mail addresses are kept in lower case: nobody means two people by `Li@x` and `li@x`. */
export function foldEmail(email: string): string {
  return email.trim().toLowerCase();
}
