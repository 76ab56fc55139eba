import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'csv-parse/sync';
import type { Locale } from '../../domain/meeting/state.js';
import { figureKind, figureNames } from '../../domain/review/figures.js';
import type { ReviewReport } from '../../domain/review/report.js';
import { catalogues, locales, translator } from '../../locales/index.js';
import { reviewPdf } from '../../render/review/index.js';
import { reviewCsv } from '../../render/review/csv.js';
import { reviewMail } from '../../render/review/mail.js';
import { reviewHtml, reviewStyleHash } from '../../render/review/page.js';
import { visible } from './reading.js';
import { departments, emptyReport, noFigures, people, readerIn, richReport } from './review-fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'review-'));
const pdfText = (content: Buffer): string => {
  const path = join(folder, 'review.pdf');
  writeFileSync(path, content);
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
};
const squeezed = (text: string): string => text.replace(/\s+/g, '');
const digest = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
/** The style's rules and the charts' shapes are no text for readers. */
const keys = new RegExp(`\\b(${Object.keys(catalogues.en).join('|')})\\.[a-z][A-Za-z]+(\\.\\w+)*`, 'g');
const rowsOf = (content: string): Record<string, string>[] =>
  parse(content, { bom: true, columns: (header: string[]) => header.map((_, i) => columns[i] ?? '') });
const columns = 'kind scope id name figure label period quarter part whole value starts phase meetings'.split(' ');

const shown = (name: (typeof figureNames)[number], part: number, whole: number): string =>
  whole === 0 ? '–' : figureKind(name) === 'share' ? `${Math.round((100 * part) / whole)}%` : (part / whole).toFixed(1);

const everything = async (locale: Locale, report: ReviewReport = richReport()): Promise<Record<string, string>> => {
  const reader = readerIn(locale);
  const mail = reviewMail(report, 'organisation', reader);
  const part = reviewMail(report, ['d3', 'd10'], reader);
  return {
    html: reviewHtml(report, reader),
    pdf: digest(await reviewPdf(report, reader)),
    csv: reviewCsv(report, reader),
    mail: JSON.stringify(mail),
    part: JSON.stringify(part),
  };
};

describe('R3 the same report is the same to the byte', () => {
  test('page and sheet, made twice', () => {
    const report = richReport();
    const made = (): string[] => [reviewHtml(report, readerIn('zh-CN')), reviewCsv(report, readerIn('zh-CN'))];
    expect(made()).toEqual(made());
  }, 60_000);

  test('and PDF and mail, in another process, in another zone and language of the machine', async () => {
    const here = await everything('zh-TW');
    const script = `
      import { createHash } from 'node:crypto';
      const { reviewCsv, reviewHtml, reviewMail, reviewPdf } = await import('./render/review/index.ts');
      const made = (report, reader) => Promise.all([reviewHtml(report, reader), reviewPdf(report, reader), reviewCsv(report, reader), reviewMail(report, 'organisation', reader)]);
      const { readerIn, richReport } = await import('./test/render/review-fixture.ts');
      const reader = readerIn('zh-TW');
      // Not the first charts of their process: the library counts them.
      await reviewHtml(richReport(), readerIn('en'));
      const [html, pdf, csv, mail] = await made(richReport(), reader);
      const all = [html, pdf, csv, JSON.stringify(mail)];
      process.stdout.write(all.map((x) => createHash('sha256').update(x).digest('hex')).join(' '));`;
    const args = ['--import', './test/support/register-ts.js', '--input-type=module', '-e', script];
    const env = { ...process.env, TZ: 'America/St_Johns', LANG: 'de_DE.UTF-8', NODE_OPTIONS: '' };
    const cwd = fileURLToPath(new URL('../..', import.meta.url));
    const there = execFileSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
    expect(there.split(' ')).toEqual([digest(here['html']!), here['pdf'], digest(here['csv']!), digest(here['mail']!)]);
  }, 120_000);
});

describe.each(locales)('R1 in %s', (locale) => {
  const report = richReport();
  const reader = readerIn(locale);
  const say = translator(locale);
  let pdf: string;
  beforeAll(async () => {
    pdf = pdfText(await reviewPdf(report, reader));
  }, 60_000);

  test('every word is there, in every form', async () => {
    for (const form of [report, emptyReport()]) {
      const mail = reviewMail(form, 'organisation', reader);
      const texts = [
        visible(reviewHtml(form, reader)),
        reviewCsv(form, reader),
        mail.subject,
        mail.text,
        visible(mail.html),
      ];
      for (const text of [...texts, pdfText(await reviewPdf(form, reader))]) {
        expect(text.match(keys) ?? []).toEqual([]);
        expect(text).not.toMatch(/undefined|NaN|\[object|\{\w+\}/);
      }
    }
  }, 60_000);

  test('the page shows the report’s numbers, each with its definition and a way to the rows behind it', () => {
    const html = reviewHtml(report, reader);
    const table = /<h2 id="figures".*?<\/section>/s.exec(html)![0];
    const rows = [...table.matchAll(/<tr>(?:(?!<\/tr>).)*<\/tr>/gs)].slice(1).map((m) => m[0]);
    expect(rows).toHaveLength(figureNames.length);
    figureNames.forEach((name, i) => {
      const cells = [...rows[i]!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map((m) => m[1]!);
      const { now, before, yearBefore } = report.organisation;
      expect(visible(cells[0]!)).toContain(say(`review.figure.${name}`));
      [now, before!, yearBefore!].forEach((figures, at) => {
        const { part, whole } = figures[name];
        expect([name, at, visible(cells[at + 1]!)]).toEqual([
          name,
          at,
          expect.stringContaining(shown(name, part, whole)),
        ]);
        expect(cells[at + 1]).toContain(`/rows/figure?figure=${name}&`);
      });
      expect(html).toContain(say(`review.definition.${name}`));
    });
  });

  test('PDF: every figure and department, the page’s number on each page', () => {
    const text = pdf;
    const flat = squeezed(text);
    for (const { name } of departments) expect(flat).toContain(squeezed(name).slice(0, 6));
    for (const name of figureNames) expect(flat).toContain(squeezed(say(`review.definition.${name}`)).slice(0, 12));
    const pages = text.split('\f').length - 1;
    for (let page = 1; page <= pages; page++)
      expect(flat).toContain(squeezed(say('review.page', { page: String(page), pages: String(pages) })));
  });

  test('CSV: a row per figure, scope and period, with the ids of the meetings behind it', () => {
    const rows = rowsOf(reviewCsv(report, reader));
    const own = (scope: string, id: string, period: string) =>
      rows.filter((r) => r['kind'] === 'figure' && r['scope'] === scope && r['id'] === id && r['period'] === period);
    for (const scope of [report.organisation, ...report.departments, ...report.series])
      for (const period of ['now', 'before', 'yearBefore'] as const) {
        const kind = scope.id === undefined ? 'organisation' : scope.id.startsWith('d') ? 'department' : 'series';
        const list = own(kind, scope.id ?? '', period);
        expect(list.map((r) => r['figure'])).toEqual(scope[period] === undefined ? [] : [...figureNames]);
        for (const row of list) {
          const { part, whole } = scope[period]![row['figure'] as (typeof figureNames)[number]];
          expect(Number(row['part'])).toBeCloseTo(part, 3);
          expect(Number(row['whole'])).toBe(whole);
          if (period === 'now') expect(row['meetings']).toBe(scope.meetings.join(' '));
        }
      }
    expect(new Set(rows.filter((r) => r['kind'] === 'meeting').map((r) => r['id'])).size).toBe(report.meetings.length);
  });

  test('mail: the button first, the figures of the part, proposals that concern it, no picture', () => {
    const whole = reviewMail(report, 'organisation', reader);
    const part = reviewMail(report, ['d3', 'd10'], reader);
    expect(whole.html.match(/href="([^"]*)"/)![1]).toBe(reader.reviewUrl);
    expect(whole.text).toContain(reader.reviewUrl);
    expect(whole.html).not.toContain('<img');
    for (const name of figureNames) expect(whole.text).toContain(say(`review.figure.${name}`));
    const own = report.departments.find((d) => d.id === 'd3')!;
    expect(part.text).toContain(
      shown('actionCompletion', own.now.actionCompletion.part, own.now.actionCompletion.whole),
    );
    expect(part.subject).toContain('製造二部');
    expect(part.subject).not.toContain('研發部');
  });

  test('mail: the text leads to the same rows as the page, each below its own line', () => {
    for (const { html, text } of [
      reviewMail(report, 'organisation', reader),
      reviewMail(report, ['d3'], reader),
      reviewMail(report, ['d3', 'd10'], reader),
    ]) {
      const urls = [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url!.replaceAll('&amp;', '&'));
      for (const url of urls) expect(text).toContain(url);
      const lines = text.split('\n');
      const held = lines.findIndex((line) => line.startsWith(`- ${say('review.figure.held')} | `));
      expect(lines[held + 1]).toMatch(/^ {2}https:\S+figure=held/);
    }
  });
});

test('R3 PDF of a first quarter with one meeting: no page is empty, no line has one point', async () => {
  const rich = richReport();
  const { now, meetings } = rich.organisation;
  const cut = { departments: 4, actions: 3, meetings: 1 } as const;
  const few = Object.fromEntries(
    Object.entries(cut).map(([key, n]) => [key, rich[key as keyof typeof cut].slice(0, n)]),
  );
  const none = { series: [], proposals: [], results: [], repeated: [], speaking: [] };
  const trend = rich.trend.map((t, i) => (i === 7 ? t : { ...t, figures: noFigures }));
  const report = { ...rich, ...few, ...none, trend, organisation: { now, meetings } };
  const text = pdfText(await reviewPdf(report, readerIn('zh-TW')));
  const pages = text
    .split('\f')
    .slice(0, -1)
    .map((page) => squeezed(page).length);
  expect(Math.min(...pages)).toBeGreaterThan(120);
  expect(squeezed(text)).toContain(squeezed(translator('zh-TW')('review.empty.trend')));
}, 30_000);

test('R4 what is a host’s own is in no form of the report', () => {
  const report = richReport();
  const reader = readerIn('en');
  const without = { ...report, hosts: [] };
  expect(reviewHtml(report, reader)).toBe(reviewHtml(without, reader));
  expect(reviewCsv(report, reader)).toBe(reviewCsv(without, reader));
});

describe('R3 nothing to show', () => {
  test.each(locales)('%s: a quarter without meetings says so and what to do', (locale) => {
    const say = translator(locale);
    const html = visible(reviewHtml(emptyReport(), readerIn(locale)));
    expect(html).toContain(say('review.summary.none'));
    expect(html).toContain(say('review.summary.noneFirst'));
    expect(html).not.toMatch(/0%|NaN/);
    expect(reviewMail(emptyReport(), 'organisation', readerIn(locale)).text).toContain(say('review.summary.none'));
  });

  test('a whole of 0 is a dash with why; no year before is said once', () => {
    const report = richReport();
    const { yearBefore: _, ...organisation } = report.organisation;
    organisation.now = { ...organisation.now, survey: { part: 0, whole: 0 } };
    const html = visible(reviewHtml({ ...report, organisation }, readerIn('en')));
    expect(html).toContain('Survey score – no survey could be published');
    expect(html.split('There are no figures for last year')).toHaveLength(2);
  });
});

describe('R3 hostile text stays text', () => {
  const evil =
    '=HYPERLINK("http://evil.example")</style></title><script>alert(1)</script>"onload=\'x\' &amp;\u202e\u0000]]>';
  const wound = <T>(value: T): T =>
    JSON.parse(
      JSON.stringify(value, (key, v: unknown) => (['title', 'task'].includes(key) ? `${evil}${String(v)}` : v)),
    ) as T;
  const report = wound(richReport());
  const reader = readerIn('en', {
    people: people.map((p) => ({ ...p, name: `@${evil}${p.name}` })),
    departments: departments.map((d) => ({ ...d, name: `+${evil}${d.name}` })),
  });

  test('page and charts', () => {
    const html = reviewHtml(report, reader);
    expect(html).not.toMatch(/<script|\u202e|<[^>]*\sonload=/);
    expect(html.includes('\u0000')).toBe(false);
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html.match(/<\/title>/g)).toHaveLength(1);
    expect(html).not.toMatch(/\sstyle="/);
    // What the page's policy lets in is this style alone.
    const style = /<style>(.*?)<\/style>/s.exec(html)![1]!;
    expect(reviewStyleHash(report, reader)).toBe(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  });

  test('CSV: no cell runs as a formula', () => {
    const cells = parse(reviewCsv(report, reader), { bom: true }).flat();
    expect(cells.filter((cell) => /^\s*[=+\-@|\t\r]/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => cell.startsWith("'")).length).toBeGreaterThan(100);
  });

  test('PDF and mail', async () => {
    expect(pdfText(await reviewPdf(report, reader))).toContain('<script>alert(1)');
    const { subject, html } = reviewMail(report, ['d3'], reader);
    expect(subject).not.toMatch(/[\r\n\u202e]/);
    expect(html).not.toMatch(/<script|\u202e/);
  });

  test('only http and https become links', () => {
    const elsewhere = { ...readerIn('en'), links: () => 'javascript:alert(1)' };
    expect(reviewHtml(richReport(), elsewhere)).not.toContain('javascript:');
  });
});

test('R2 evidence from before the quarter has its day, not an id', () => {
  const rich = richReport();
  const [first] = rich.proposals;
  const earlier = { ...first!, because: ['m-of-before'], becauseAt: [rich.from - 20 * 86_400_000] };
  for (const locale of locales) {
    const shown = visible(reviewHtml({ ...rich, proposals: [earlier] }, readerIn(locale)));
    expect(shown).not.toContain('m-of-before');
    expect(shown).toContain({ 'zh-TW': '9/11(五)', 'zh-CN': '9月11日(周五)', en: 'Fri 11 Sep' }[locale]);
  }
});
