import { describe, expect, test } from 'vitest';
import { renderMail } from '../../render/mail/index.js';
import { links, mailOf, publicUrl } from './fixture.js';
import { all, keyPattern, linksIn, visible, yearOf, zoneOf } from './reading.js';

describe.each(all)('%s in %s', (kind, locale) => {
  const rendered = renderMail(mailOf(kind, locale));

  test('leaves no key, placeholder or undefined', async () => {
    const { subject, text, html } = await rendered;
    for (const part of [subject, text, visible(html)]) {
      expect(part).not.toMatch(/undefined|\[object|NaN|null/);
      expect(part.match(/\{[a-zA-Z]+\}/)?.[0]).toBeUndefined();
      expect(part.match(keyPattern)?.[0]).toBeUndefined();
    }
  });

  test('says which meeting, when and in which zone, and has the link, in text and HTML alike', async () => {
    const { text, html } = await rendered;
    for (const part of [text, visible(html)]) {
      expect(part).toContain('專案 A 跨部門進度協調');
      expect(part).toMatch(yearOf[locale]);
      expect(part).toContain(zoneOf[locale]);
    }
    expect(linksIn(text).length).toBeGreaterThan(0);
    expect([...new Set(linksIn(html))].sort()).toEqual([...new Set(linksIn(text))].sort());
  });

  test('text and HTML say the same', async () => {
    const { text, html } = await rendered;
    const seen = visible(html);
    for (const line of text.split('\n')) {
      const words = line
        .replace(/https?:\S+/g, '')
        .replace(/^(\*\*\*|==|-- ?|- |・)+|(\*\*\*|==)$/g, '')
        .split(/[:：—]| \| /)
        .map((x) => x.trim())
        .filter((x) => x !== '');
      for (const word of words) expect(seen.replaceAll(' ', '')).toContain(word.replaceAll(' ', ''));
    }
  });

  test('every link is a token for the reader', async () => {
    const input = mailOf(kind, locale);
    for (const url of linksIn((await rendered).text)) {
      const token = /\/(?:r|feedback)\/([\w.-]+)/.exec(url)?.[1] ?? '';
      const claims = await links.verify(token, { now: input.now });
      expect(claims).toMatchObject({ person: input.reader.id, meeting: input.state.id });
      expect(url.startsWith(`${publicUrl}/feedback/`)).toBe(claims?.purpose === 'survey');
    }
  });

  test('carries its language, and no picture or script', async () => {
    const { html, headers } = await rendered;
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${locale}">`));
    expect(headers['Content-Language']).toBe(locale);
    expect(html).not.toMatch(/<img|<script|<link|url\(/i);
  });
});
