import { describe, expect, test } from 'vitest';
import { SignJWT } from 'jose';
import { createLinks } from '../../render/links.js';
import type { LinkClaims } from '../../render/links.js';

const now = Date.UTC(2026, 10, 23, 1, 0);
const publicUrl = 'https://convoke.example.com/';
const old = 'an old secret, long enough';
const fresh = 'a fresh secret, long enough';
const links = createLinks({ secrets: [fresh, old], publicUrl });
const claims: LinkClaims = {
  purpose: 'reply',
  person: 'paaaaaaaaaaaaaaaa',
  meeting: 'abcdefghijklmnop',
  exp: now + 1000 * 3600,
};

const tokenOf = (url: string): string => url.split('/').pop() ?? '';

describe('signed links (design §7)', () => {
  test('what was signed comes back', async () => {
    const withRef: LinkClaims = { ...claims, purpose: 'progress', ref: 'abcdefghijklmnop-a1' };
    expect(await links.verify(await links.sign(withRef), { now })).toEqual(withRef);
    expect(await links.verify(await links.sign(claims), { now, purpose: 'reply' })).toEqual(claims);
  });

  test('the same claims give the same token, so that a repeated mail is the same mail', async () => {
    expect(await links.sign(claims)).toBe(await links.sign({ ...claims }));
  });

  test('any changed character makes it void', async () => {
    const token = await links.sign(claims);
    for (let i = 0; i < token.length; i += 1) {
      if (token[i] === '.') continue;
      // The last character of a part can hold unused bits: change to a character that differs in the first bits.
      const other = token[i]! >= 'A' && token[i]! <= 'Z' ? '5' : 'B';
      const changed = token.slice(0, i) + other + token.slice(i + 1);
      expect(await links.verify(changed, { now })).toBeUndefined();
    }
  });

  test('another person in the payload needs another signature', async () => {
    const [head, payload, signature] = (await links.sign(claims)).split('.');
    const body = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as Record<string, unknown>;
    const forged = Buffer.from(JSON.stringify({ ...body, person: 'pbbbbbbbbbbbbbbbb' })).toString('base64url');
    expect(await links.verify(`${head}.${forged}.${signature}`, { now })).toBeUndefined();
  });

  test('a token for one purpose is none for another', async () => {
    const token = await links.sign(claims);
    expect(await links.verify(token, { now, purpose: 'survey' })).toBeUndefined();
    expect(await links.verify(token, { now, purpose: 'confirm' })).toBeUndefined();
  });

  test('an old secret still verifies, a stranger does not', async () => {
    const before = createLinks({ secrets: [old], publicUrl });
    const stranger = createLinks({ secrets: ['a stranger, long enough too'], publicUrl });
    expect(await links.verify(await before.sign(claims), { now })).toEqual(claims);
    expect(await before.verify(await links.sign(claims), { now })).toBeUndefined();
    expect(await links.verify(await stranger.sign(claims), { now })).toBeUndefined();
  });

  test('unsigned, other algorithms, foreign tokens and rubbish are void', async () => {
    const payload = Buffer.from(JSON.stringify({ ...claims, exp: 9e9 })).toString('base64url');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    // The raw secret is not the link key: a token that something else signed with it opens nothing.
    const elsewhere = await new SignJWT({ ...claims, exp: 9e9 })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(fresh.padEnd(32, ' ')));
    for (const text of [none, elsewhere, '', 'a', 'a.b.c', 'x'.repeat(5000)])
      expect(await links.verify(text, { now })).toBeUndefined();
  });

  test('claims of an unknown purpose are void even when signed', async () => {
    const token = await links.sign({ ...claims, purpose: 'admin' as LinkClaims['purpose'] });
    expect(await links.verify(token, { now })).toBeUndefined();
  });

  test('a link ends two years of workflow time after it was made', async () => {
    const token = tokenOf(await links.url({ purpose: 'reply', person: claims.person, meeting: claims.meeting }, now));
    const almost = now + 729 * 24 * 3_600_000;
    expect(await links.verify(token, { now: almost })).toBeDefined();
    expect(await links.verify(token, { now: now + 731 * 24 * 3_600_000 })).toBeUndefined();
  });

  test('surveys lead to /feedback, all others to /r', async () => {
    const { person, meeting } = claims;
    const token = '[A-Za-z0-9_.-]+$';
    expect(await links.url({ purpose: 'survey', person, meeting }, now)).toMatch(
      new RegExp(`^https://convoke\\.example\\.com/feedback/${token}`),
    );
    for (const purpose of ['reply', 'progress', 'decision', 'plan', 'talk', 'check', 'confirm', 'open'] as const)
      expect(await links.url({ purpose, person, meeting }, now)).toMatch(
        new RegExp(`^https://convoke\\.example\\.com/r/${token}`),
      );
  });

  test('no secret, or a short one, is refused at once', () => {
    expect(() => createLinks({ secrets: [], publicUrl })).toThrow(RangeError);
    expect(() => createLinks({ secrets: [fresh, 'short'], publicUrl })).toThrow(RangeError);
  });
});
