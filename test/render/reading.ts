/** How a reader reads a mail. */
import type { Locale } from '../../domain/meeting/state.js';
import { catalogues, locales } from '../../locales/index.js';
import { kinds } from './fixture.js';

/** Every mail in every language. */
export const all = kinds.flatMap((kind) => locales.map((locale) => [kind, locale] as const));
export const linkPattern = /https:\/\/convoke\.example\.com\/(?:r|feedback)\/([\w.-]+)(\?reply=\w+)?/g;
export const linksIn = (text: string): string[] => [...text.matchAll(linkPattern)].map((m) => m[0]);
/** What a reader of the HTML reads. */
export const visible = (html: string): string =>
  html
    .replace(/<(style|title)>.*?<\/\1>/gs, '')
    .replace(/<!--.*?-->/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

export const keyPattern = new RegExp(`(^|\\s)(${Object.keys(catalogues.en).join('|')})\\.[a-z][\\w.]+`);
export const whenOf: Record<Locale, string> = {
  'zh-TW': '2/2(一) 09:30',
  'zh-CN': '2月2日(周一)09:30',
  en: 'Mon 2 Feb 09:30',
};
export const yearOf: Record<Locale, RegExp> = {
  'zh-TW': /2026\/2\/2\(一\)/,
  'zh-CN': /2026年2月2日/,
  en: /Mon 2 Feb 2026/,
};
export const zoneOf: Record<Locale, string> = {
  'zh-TW': '台北時間，UTC+8',
  'zh-CN': '台北时间，UTC+8',
  en: 'Taipei, UTC+8',
};
