import { describe, expect, test } from 'vitest';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readXlsxFile from 'read-excel-file/node';
import type { Locale, MeetingState } from '../../domain/meeting/state.js';
import { actionText } from '../../render/action-text.js';
import { minutesFile } from '../../render/formats/index.js';
import { note, table } from '../../render/document.js';
import { minutesDocument } from '../../render/minutes.js';
import { minutesPdf } from '../../render/formats/pdf.js';
import { renderMail } from '../../render/mail/index.js';
import { action, departments, done, mailOf, people } from './fixture.js';

const document = (locale: Locale, state: MeetingState = done()) =>
  minutesDocument({ state, locale, people, departments });
const folder = mkdtempSync(join(tmpdir(), 'minutes-'));
const fileOf = (name: string, content: Buffer | string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const squeezed = (text: string): string => text.replace(/\s+/g, '');
const unzipped = (name: string, content: Buffer | string, part: string): string =>
  execFileSync('unzip', ['-p', fileOf(name, content), part], { encoding: 'utf8' });
const conclusions = done().agenda.flatMap((t) => (t.conclusion === undefined ? [] : [t.conclusion]));
const sentences = (locale: Locale): string[] =>
  done().actions.map((a) =>
    actionText(locale, { ...a, owner: people.find((p) => p.id === a.owner)!.name }, done().zone),
  );

describe.each(['zh-TW', 'zh-CN', 'en'] as const)('M4 in %s every conclusion and action is there', (locale) => {
  test('page', async () => {
    const html = squeezed(String(await minutesFile('html', document(locale))));
    for (const text of [...conclusions, ...sentences(locale)]) expect(html).toContain(squeezed(text));
  });

  test('PDF, with name and version on each page', async () => {
    const path = fileOf(`${locale}.pdf`, await minutesFile('pdf', document(locale)));
    const text = squeezed(execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }));
    for (const part of [...conclusions, ...sentences(locale)].map(squeezed)) expect(text).toContain(part.slice(0, 12));
    expect(text).toContain(squeezed(document(locale).version));
    expect(text).toMatch(/1\/[12]/);
  });

  test('docx', async () => {
    const xml = unzipped(`${locale}.docx`, await minutesFile('docx', document(locale)), 'word/document.xml');
    const text = squeezed(xml.replace(/<[^>]+>/g, ''));
    for (const part of [...conclusions, ...sentences(locale)]) expect(text).toContain(squeezed(part));
  });

  test('xlsx: the action list', async () => {
    const path = fileOf(`${locale}.xlsx`, await minutesFile('xlsx', document(locale)));
    const [sheet] = await readXlsxFile(path);
    const cells = JSON.stringify(sheet);
    for (const part of sentences(locale)) expect(cells).toContain(part);
  });
});

describe('M4 two languages', () => {
  test('headings and labels in both, people’s words once', async () => {
    const md = String(await minutesFile('md', document('zh-TW', done({ secondLocale: 'en' }))));
    expect(md).toContain('## 核心結論 / Core conclusions');
    expect(md).toContain('(負責人:Alice Wang');
    expect(md).toContain('Owner: Alice Wang');
    expect(md.split('採購部已取得第二供應商報價').length).toBe(2);
  });
});

/** Who reads, the meeting's two languages, the heading both have, the label of an owner in each. */
const twoLanguages = [
  ['zh-TW', 'zh-TW', 'en', '核心結論 / Core conclusions', '負責人', 'Owner'],
  ['en', 'zh-TW', 'en', 'Core conclusions / 核心結論', 'Owner', '負責人'],
  ['zh-CN', 'zh-CN', 'en', '核心结论 / Core conclusions', '负责人', 'Owner'],
  ['zh-TW', 'zh-TW', 'zh-CN', '核心結論 / 核心结论', '負責人', '负责人'],
] as const;

describe.each(twoLanguages)('M4 %s of a meeting in %s and %s', (reader, locale, secondLocale, heading, own, other) => {
  const both = () => document(reader, done({ locale, secondLocale }));
  const said = squeezed('採購部已取得第二供應商報價。');
  /** Headings and actions in both, the reader's first; what people wrote once. */
  const expectBoth = (text: string): void => {
    const all = squeezed(text);
    expect(all).toContain(squeezed(heading));
    const [a, b] = [`(${own}:`, `(${other}:`].map((part) => all.indexOf(part)) as [number, number];
    expect(a).toBeGreaterThanOrEqual(0);
    expect(b).toBeGreaterThan(a);
    expect(all.split(said)).toHaveLength(2);
  };

  test('Markdown and page', async () => {
    expectBoth(String(await minutesFile('md', both())));
    expectBoth(String(await minutesFile('html', both())).replace(/<[^>]+>/g, ''));
  });

  test('PDF', async () => {
    const path = fileOf(`both-${reader}-${secondLocale}.pdf`, await minutesFile('pdf', both()));
    expectBoth(execFileSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8' }));
  });

  test('docx', async () => {
    const file = await minutesFile('docx', both());
    expectBoth(unzipped(`both-${reader}-${secondLocale}.docx`, file, 'word/document.xml').replace(/<[^>]+>/g, ''));
  });

  test('xlsx: columns and sentences in both', async () => {
    const path = fileOf(`both-${reader}-${secondLocale}.xlsx`, await minutesFile('xlsx', both()));
    const [sheet] = await readXlsxFile(path);
    const cells = JSON.stringify(sheet);
    expect(cells).toContain(`${own} / ${other}`);
    for (const label of [own, other]) expect(cells).toContain(`(${label}:`);
  });

  test('mail', async () => {
    const person = people.find((p) => p.id === 'p1')!;
    const input = mailOf('minutes', reader, { state: done({ locale, secondLocale }), reader: person });
    const { text, html } = await renderMail(input);
    expectBoth(text);
    expectBoth(html.replace(/<[^>]+>/g, ''));
  });
});

describe('hostile text stays text', () => {
  const evil = '=HYPERLINK("http://evil.example","x")\u0001\u000b<script>alert(1)</script>]]>&amp;</w:t>';
  const state = done({ title: `${evil}"}*{display:none}`, goal: evil, actions: [{ ...action, task: evil }] });

  test('xlsx has no formula', async () => {
    const content = await minutesFile('xlsx', document('en', state));
    const xml = unzipped('evil.xlsx', content, 'xl/worksheets/sheet1.xml');
    expect(xml).not.toMatch(/<f[ >]/);
  });

  test('docx is well-formed XML', async () => {
    const xml = unzipped('evil.docx', await minutesFile('docx', document('en', state)), 'word/document.xml');
    expect(xml).not.toMatch(/[^\P{Cc}\t\n\r]|<script/u);
  });

  test('the page runs nothing and its style stays ours', async () => {
    const html = String(await minutesFile('html', document('en', state)));
    expect(html).not.toMatch(/<script|"\}\*\{/);
  });

  test('PDF is made', async () => {
    expect((await minutesFile('pdf', document('en', state))).slice(0, 4).toString()).toBe('%PDF');
  });
});

test('M4 no heading stands at the foot of a page without the first of what it is about', async () => {
  const printed = document('zh-TW');
  const headings = printed.sections.map(({ heading }) => heading);
  const [first, ...others] = printed.sections;
  const blocks = [...first!.blocks];
  const item = { mark: '1', title: '一行標題', body: '第一行\n第二行\n第三行' };
  const columns = [{ label: '項目' }, { label: '說明' }];
  const more = [
    { heading: '清單之首', blocks: [{ type: 'items' as const, items: [item, item] }] },
    {
      heading: '表格之首',
      blocks: [
        table(columns, [
          ['甲', '一\n二\n三'],
          ['乙', '四'],
        ]),
      ],
    },
  ];
  for (let lines = 0; lines < 16; lines++) {
    const filler = Array.from({ length: lines * 3 }, () => note('占一行'));
    const sections = [{ ...first!, blocks: [...blocks, ...filler] }, ...more, ...others];
    const path = fileOf('foot.pdf', await minutesPdf({ ...printed, sections }));
    const pages = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).split('\f');
    const feet = pages.map((page) =>
      page
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
        .at(-2),
    );
    for (const foot of feet)
      expect([...headings, '清單之首', '表格之首', '項目 說明']).not.toContain(foot?.replace(/\s+/g, ' '));
  }
});
