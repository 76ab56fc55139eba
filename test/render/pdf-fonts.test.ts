import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Locale } from '../../domain/meeting/state.js';
import { locales } from '../../locales/index.js';
import { minutesFile } from '../../render/formats/index.js';
import { coverage, fontFor } from '../../render/formats/printer.js';
import { has, lacking } from '../../render/formats/glyphs.js';
import { minutesDocument } from '../../render/minutes.js';
import { reviewPdf } from '../../render/review/index.js';
import { action, departments, done, people } from './fixture.js';
import * as review from './review-fixture.js';

/** What people write in a meeting of each language; the simplified ones are characters that Noto Sans TC lacks. */
const words: Record<Locale, { title: string; conclusion: string; task: string; name: string; department: string }> = {
  'zh-TW': {
    title: '專案 A 進度協調會議',
    conclusion: '交期延後至 3 月 20 日,里程碑由研發部更新。',
    task: '完成第二供應商評估報告',
    name: '黃麗華',
    department: '採購部',
  },
  'zh-CN': {
    title: '试产进度协调会议纪要',
    conclusion: '议定试产应在 3 月 20 日进行,说明书与采购报价由供应商报来。',
    task: '完成第二供应商评估报告',
    name: '郑丽华',
    department: '采购部',
  },
  en: {
    title: 'Pilot production',
    conclusion: 'The pilot starts on 20 March – as “agreed”.',
    task: 'Order parts',
    name: 'Zoë Øst',
    department: 'Purchasing',
  },
};

const folder = mkdtempSync(join(tmpdir(), 'pdf-fonts-'));
const saved = (pdf: Buffer | string): string => {
  const path = join(folder, 'made.pdf');
  writeFileSync(path, pdf);
  return path;
};

/** Glyph numbers that the pages really show; 0 is the empty box. */
function glyphs(pdf: Buffer): string[] {
  const starts = [...pdf.toString('latin1').matchAll(/stream\r?\n/g)].map((m) => m.index + m[0].length);
  const pages = starts.flatMap((at) => {
    try {
      return [inflateSync(pdf.subarray(at)).toString('latin1')];
    } catch {
      return [];
    }
  });
  const shown = pages.flatMap((page) => [...page.matchAll(/\[([^\]]*)\] TJ/g)].map((m) => m[1]!));
  return shown.flatMap((run) => [...run.matchAll(/<([0-9a-f]+)>/g)].flatMap((m) => m[1]!.match(/.{4}/g)!));
}

function expectWhole(pdf: Buffer): void {
  const shown = glyphs(pdf);
  expect(shown.length).toBeGreaterThan(100);
  expect(shown.filter((glyph) => glyph === '0000')).toEqual([]);
  const [, , ...fonts] = execFileSync('pdffonts', [saved(pdf)], { encoding: 'utf8' })
    .trim()
    .split('\n');
  expect(fonts.length).toBeGreaterThan(0);
  // emb and sub: embedded, and only what is needed of it.
  for (const font of fonts) expect(font).toMatch(/NotoSans[TS]C\S*\s+CID TrueType\s+Identity-H\s+yes yes yes/);
}

const pairs = locales.flatMap((reader) => locales.map((meeting) => [reader, meeting] as const));

describe.each(pairs)('M4 a %s reader of what was written in %s', (reader, meeting) => {
  const { title, conclusion, task, name, department } = words[meeting];

  test('gets minutes without an empty box, fonts embedded', async () => {
    const state = done({
      title,
      goal: conclusion,
      locale: meeting,
      agenda: done().agenda.map((t) => (t.conclusion === undefined ? t : { ...t, title, conclusion })),
      actions: [{ ...action, task }],
    });
    const document = minutesDocument({
      state,
      locale: reader,
      people: people.map((p) => (p.id === action.owner ? { ...p, name } : p)),
      departments: departments.map((d) => (d.id === 'd2' ? { ...d, name: department } : d)),
    });
    const text = JSON.stringify(document);
    for (const said of [title, conclusion, task, name, department]) expect(text).toContain(said);
    const missing = lacking(coverage(fontFor(reader, text)), text);
    expect(missing).toEqual([]);
    expectWhole((await minutesFile('pdf', document)) as Buffer);
  });

  test('gets a review without an empty box, fonts embedded', async () => {
    const { proposals, actions, speaking } = review.richReport();
    const named = {
      ...review.emptyReport(),
      proposals: proposals.map((p) => ({ ...p, title })),
      // Their charts hold words too.
      actions: actions.slice(0, 2),
      speaking: speaking.slice(0, 2),
    };
    const cards = {
      people: review.people.map((p) => ({ ...p, name })),
      departments: review.departments.map((d) => ({ ...d, name: department })),
    };
    expectWhole(await reviewPdf(named, review.readerIn(reader, cards)));
  });
});

describe('M4 minutes in two languages', () => {
  test.each(pairs.filter(([a, b]) => a !== b))('%s and %s: no empty box', async (locale, secondLocale) => {
    const state = done({ locale, secondLocale, title: words[secondLocale].title });
    const document = minutesDocument({ state, locale, people, departments });
    expectWhole((await minutesFile('pdf', document)) as Buffer);
  });
});

describe('M4 the font', () => {
  test('is the one whose shapes the reader is used to, as long as it has all characters', () => {
    expect(fontFor('zh-TW', words['zh-TW'].conclusion)).toBe('TC');
    expect(fontFor('zh-CN', words['zh-CN'].conclusion)).toBe('SC');
    expect(fontFor('zh-CN', words['zh-TW'].conclusion)).toBe('SC');
    for (const reader of ['zh-TW', 'en'] as const) expect(fontFor(reader, words['zh-CN'].conclusion)).toBe('SC');
  });

  test('is found for a character of Hong Kong that only the traditional one has', () => {
    expect(has(coverage('SC'), '𠝹'.codePointAt(0)!)).toBe(false);
    expect(fontFor('zh-CN', '𠝹紙')).toBe('TC');
  });

  test('what no font has changes nothing', () => {
    expect(fontFor('zh-TW', '進度 😀\u200d')).toBe('TC');
  });
});
