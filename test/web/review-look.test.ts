import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromium, type Browser, type Page } from 'playwright-core';
import { locales } from '../../locales/index.js';
import { reviewHtml, reviewMail } from '../../render/review/index.js';
import { emptyReport, readerIn, richReport } from '../render/review-fixture.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const withBrowser = executablePath === undefined ? describe.skip : describe;
const forms = ['report', 'empty', 'mail'] as const;

withBrowser('R3 the report, looked at by a browser', () => {
  let browser: Browser;
  let axe: string;
  const files: Record<string, string> = {};

  beforeAll(async () => {
    // The checker looks at each of the page's cells: a few rows of every kind will do.
    const rich = richReport();
    const cut = { departments: 3, actions: 6, meetings: 4, speaking: 12 } as const;
    const report = {
      ...rich,
      ...Object.fromEntries(Object.entries(cut).map(([key, n]) => [key, rich[key as keyof typeof cut].slice(0, n)])),
    };
    const folder = await mkdtemp(join(tmpdir(), 'review-look-'));
    for (const locale of locales) {
      const reader = readerIn(locale);
      const pages = {
        report: await reviewHtml(report, reader),
        empty: await reviewHtml(emptyReport(), reader),
        mail: (await reviewMail(richReport(), 'organisation', reader)).html,
      };
      for (const form of forms) {
        const path = join(folder, `${form}.${locale}.html`);
        await writeFile(path, pages[form]);
        files[`${form} ${locale}`] = pathToFileURL(path).href;
      }
    }
    const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];
    browser = await chromium.launch({ executablePath, args });
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  }, 120_000);
  afterAll(() => browser?.close());

  async function open(name: string, width: number): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.goto(files[name]!);
    return page;
  }

  test.each(forms.flatMap((form) => locales.map((locale) => [`${form} ${locale}`] as const)))(
    '%s: nothing to complain of for a screen reader; fits a phone and a desk',
    async (name) => {
      for (const width of [360, 1200]) {
        const page = await open(name, width);
        await page.addScriptTag({ content: axe });
        const found = await page.evaluate(async (inMail) => {
          // A mail stands in the page of a mail program.
          const rules = inMail ? { region: { enabled: false }, 'landmark-one-main': { enabled: false } } : {};
          const result = await (globalThis as unknown as { axe: Axe }).axe.run({ rules });
          const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
          return {
            wide,
            violations: result.violations.map((v) =>
              `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`.slice(0, 500),
            ),
          };
        }, name.startsWith('mail'));
        expect({ width, ...found }).toEqual({ width, wide: 0, violations: [] });
        await page.close();
      }
    },
    60_000,
  );

  test('R3 one form of each chart is shown, on a phone, on a desk and on paper', async () => {
    const shown = async (page: Page) =>
      page.evaluate(() =>
        [...document.querySelectorAll('figure')].map((f) =>
          [...f.children]
            .filter((c) => c.clientHeight > 50)
            .map((c) => c.className)
            .join(),
        ),
      );
    for (const [width, form] of [
      [360, 'narrow'],
      [1200, 'wide'],
    ] as const) {
      const page = await open('report en', width);
      expect(new Set(await shown(page))).toEqual(new Set([form]));
      await page.emulateMedia({ media: 'print' });
      expect(new Set(await shown(page))).toEqual(new Set(['wide']));
      await page.close();
    }
  });
});

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}
interface Box {
  scrollWidth: number;
  clientWidth: number;
  clientHeight: number;
  className: string;
  children: Iterable<Box>;
}
declare const document: { documentElement: Box; querySelectorAll(selector: string): Iterable<Box> };
