import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Locale } from '../../domain/meeting/state.js';
import { catalogues, hasText, locales, pickLocale, translator } from '../../locales/index.js';

/** `minutes_one` and `minutes_other` are one key; a language has the plural forms it needs. */
const bare = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '');
const placeholders = (text: string): string[] => [...new Set(text.match(/\{[^}]*\}/g) ?? [])].sort();

function entries(locale: Locale): Map<string, string> {
  return new Map(
    Object.entries(catalogues[locale]).flatMap(([topic, texts]) =>
      Object.entries(texts).map(([key, text]) => [`${topic}.${bare(key)}`, text] as const),
    ),
  );
}

const root = join(import.meta.dirname, '../..');

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile() && /\.tsx?$/.test(f.name))
    .map((f) => readFileSync(join(f.parentPath, f.name), 'utf8'));
}

/** Every text that looks like a fault's code, where faults are made: in a call of `fault`, `refuse`, or as `code:`. */
function codesInSource(): string[] {
  const call = /(?:\bfault|\brefuse|\bproblem|\bunavailable|\bunauthorized|\bissue|\bcode:|\bform)\b([^;]{0,300})/g;
  const code = /'([A-Z]\d{1,2}\.[a-z]\w+|(?:input|http|auth|phase|meeting|action|task|engine|link)\.[a-z]\w+)'/g;
  const texts = ['domain', 'workflows', 'api', 'activities'].flatMap(sources);
  const found = texts.flatMap((text) =>
    [...text.matchAll(call)].flatMap((c) => [...c[0].matchAll(code)].map((m) => m[1] ?? '')),
  );
  return [...new Set(found)].sort();
}

/** Every key that the code asks for by name. */
function keysInSource(): string[] {
  const call = /\b(?:say|translate|hasText|text|c\.say)\(\s*(?:locale,\s*)?'([a-z]+\.[A-Za-z][\w.-]*)'/g;
  const texts = ['render', 'web', 'api', 'activities', 'infra'].flatMap(sources);
  return [...new Set(texts.flatMap((text) => [...text.matchAll(call)].map((m) => m[1] ?? '')))].sort();
}

describe('one catalogue in three languages (design §5)', () => {
  test.each(['zh-CN', 'en'] as const)('%s has the keys of zh-TW, and the same placeholders', (locale) => {
    const base = entries('zh-TW');
    const other = entries(locale);
    expect([...other.keys()].sort()).toEqual([...base.keys()].sort());
    for (const [key, text] of base) {
      // A language may leave out what it does not need in dates; sentences may not.
      if (key.startsWith('words.') && !key.startsWith('words.actionText')) continue;
      expect([key, placeholders(other.get(key) ?? '')]).toEqual([key, placeholders(text)]);
    }
  });

  test.each(locales)('%s leaves no sentence empty', (locale) => {
    for (const [key, text] of entries(locale)) expect([key, text.trim() === '']).toEqual([key, false]);
  });

  test('the Chinese sentences are Chinese, and each in its own script', () => {
    // Characters that exist in one script only and that the catalogue uses often.
    const onlySimplified = /[议纪请复项门办从应这时间无发]/;
    const onlyTraditional = /[議紀請項門辦從應這時間無發]/;
    for (const [key, text] of entries('zh-TW')) expect([key, text.match(onlySimplified)?.[0] ?? '']).toEqual([key, '']);
    for (const [key, text] of entries('zh-CN'))
      expect([key, text.match(onlyTraditional)?.[0] ?? '']).toEqual([key, '']);
  });

  test('every code that a rule or the API gives has its sentence in all three', () => {
    const codes = codesInSource();
    expect(codes).toContain('N1.tooLate');
    expect(codes).toContain('P6.excess');
    const missing = codes.flatMap((code) =>
      locales.filter((l) => !hasText(l, `errors.${code}`)).map((l) => `${l} ${code}`),
    );
    expect(missing).toEqual([]);
  });
});

test('every key that the code asks for by name is there, in all three', () => {
  const keys = keysInSource().filter((key) => key.split('.')[0]! in catalogues.en);
  expect(keys.length).toBeGreaterThan(100);
  const exists = (l: Locale, key: string): boolean => hasText(l, key) || hasText(l, `${key}_other`);
  const missing = keys.flatMap((key) => locales.filter((l) => !exists(l, key)).map((l) => `${l} ${key}`));
  expect(missing).toEqual([]);
});

describe('translator', () => {
  test('values are data: nothing inside them is interpolated or nested, nothing is escaped', () => {
    const say = translator('en');
    const title = '{when} $t(subject.notice) <b>&</b>';
    expect(say('subject.cancellation', { title, when: 'now' })).toBe(`[Meeting cancelled] ${title} (was now)`);
  });

  test('a missing parameter stays visible, an unknown key comes back', () => {
    expect(translator('en')('subject.cancellation', { title: 'T' })).toBe('[Meeting cancelled] T (was {when})');
    expect(translator('zh-TW')('errors.no.such')).toBe('errors.no.such');
  });

  test('lists and known codes are written as words of the language', () => {
    const params = { phase: 'notice', command: 'open', possible: ['publish', 'cancel'] };
    expect(translator('zh-TW')('errors.phase.notNow', params)).toContain('「通知」階段');
    expect(translator('zh-TW')('errors.phase.notNow', params)).toContain('publish、cancel');
    expect(translator('en')('errors.phase.notNow', params)).toContain('publish, cancel');
  });

  test('P6 names the excess in minutes', () => {
    const params = { excess: 12, duration: 60, openDiscussion: 10, break: 0 };
    for (const l of locales) expect(translator(l)('errors.P6.excess', params)).toMatch(/12 (分鐘|分钟|minutes)/);
  });
});

describe('pickLocale', () => {
  test.each([
    ['zh-TW', ['zh-Hant-HK']],
    ['zh-TW', ['zh_TW']],
    ['zh-CN', ['zh']],
    ['zh-CN', ['zh-Hans-TW']],
    ['en', ['en-GB,en;q=0.9,zh-TW;q=0.8']],
    ['zh-CN', ['fr;q=1, zh-CN;q=0.4, en;q=0.3']],
    ['en', ['zh-TW;q=0, en;q=0.1']],
    ['zh-CN', [undefined, '', 'fr', 'zh-CN']],
    ['zh-TW', []],
    ['en', ['de', 'en', 'zh-TW']],
  ] as const)('%s from %j', (expected, candidates) => {
    expect(pickLocale(...candidates)).toBe(expected);
  });
});
