import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromium, type Browser, type Page } from 'playwright-core';
import { linkPages } from '../../web/links.js';
import { startApi, type TestApi } from '../api/support.js';
import { Stage } from './pages.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const withBrowser = executablePath === undefined ? describe.skip : describe;

const names = [
  'reply',
  'replied',
  'meeting',
  'open',
  'heldReply',
  'progress',
  'overdue',
  'readOnly',
  'reported',
  'check',
  'talk',
  'decision',
  'plan',
  'confirm',
  'survey',
  'material',
  'handedIn',
  'frozen',
  'surveyOver',
  'suggested',
  'block',
  'blockAgain',
  'waiting',
  'topic',
  'take',
  'invalid',
];

withBrowser('every form, looked at by a browser without JavaScript', () => {
  let api: TestApi;
  let browser: Browser;
  let pages: Record<string, string>;
  let axe: string;

  beforeAll(async () => {
    api = await startApi({}, [linkPages]);
    pages = await (await Stage.open(api)).everyPage();
    const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];
    browser = await chromium.launch({ executablePath, args });
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  test('the list here has every page', () => expect([...names].sort()).toEqual(Object.keys(pages).sort()));

  const windows = new Map<string, Page>();
  /** One window per size and colour, used again. The page's own policy lets no script in; the checker comes past it. */
  async function windowOf(width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const key = `${width} ${colorScheme}`;
    const known = windows.get(key);
    if (known !== undefined) return known;
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    windows.set(key, page);
    return page;
  }
  const inLanguage = (name: string, lang: string): string =>
    `${pages[name]!}${pages[name]!.includes('?') ? '&' : '?'}lang=${lang}`;

  test.each(names)('%s: nothing to complain of for a screen reader, in light and dark', async (name) => {
    for (const colours of ['light', 'dark'] as const) {
      const page = await windowOf(360, colours);
      await page.goto(inLanguage(name, 'zh-TW'));
      await page.addScriptTag({ content: axe });
      const found = await page.evaluate(async () => {
        const result = await (globalThis as unknown as { axe: Axe }).axe.run();
        return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
      });
      expect({ colours, found }).toEqual({ colours, found: [] });
    }
  });

  test.each(names)('%s: fits a window of 320 px and a wide one, and is styled', async (name) => {
    for (const [width, lang] of [
      [320, 'zh-TW'],
      [320, 'en'],
      [1200, 'zh-CN'],
    ] as const) {
      const page = await windowOf(width);
      await page.goto(inLanguage(name, lang));
      const measured = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        styled: getComputedStyle(document.body).margin,
        small: [...document.querySelectorAll('button, select, input:not([type=radio]):not([type=hidden])')].filter(
          (e) => e.getBoundingClientRect().height < 44 && e.getBoundingClientRect().height > 0,
        ).length,
      }));
      expect({ lang, width, ...measured }).toEqual({ lang, width, wide: 0, styled: '0px', small: 0 });
    }
  });

  test('F3: only the fields of the chosen decision are asked for', async () => {
    const page = await windowOf(360);
    await page.goto(pages['decision']!);
    const shown = async (): Promise<string[]> => {
      const fields = ['owner', 'task', 'dueDate', 'reason'];
      const visible = await Promise.all(fields.map((f) => page.isVisible(`[name=${f}]`)));
      return fields.filter((_, i) => visible[i]);
    };
    expect(await shown()).toEqual(['reason']);
    for (const [choice, fields] of [
      ['reassign', ['owner', 'dueDate', 'reason']],
      ['simplify', ['task', 'dueDate', 'reason']],
      ['extend', ['dueDate', 'reason']],
      ['cancel', ['reason']],
    ] as const) {
      await page.check(`[value=${choice}]`);
      expect({ choice, fields: await shown() }).toEqual({ choice, fields });
    }
  });

  test('a reply can be given by keyboard alone, with the page’s own policy', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    await page.goto(`${pages['reply']!.split('?')[0]!}?lang=zh-TW`);
    await page.focus('[value=accepted]');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('準時到');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/done=reply/);
    expect(await page.textContent('main')).toMatch(/已收到您的回覆.*會出席/);
    expect(refused).toEqual([]);
    await context.close();
  });
});

test('what is shown as HTML is escaped: the checker of the JSX finds nothing', async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const scan = spawn(process.execPath, ['node_modules/@kitajs/ts-html-plugin/dist/cli.js'], { cwd: root });
  let output = '';
  scan.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  scan.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => scan.once('close', resolve));
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/No XSS vulnerabilities found/) });
}, 180_000);

interface Axe {
  run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}
declare const document: { documentElement: Box; body: Box; querySelectorAll(selector: string): Iterable<Box> };
declare const getComputedStyle: (element: Box) => { margin: string };
interface Box {
  scrollWidth: number;
  clientWidth: number;
  getBoundingClientRect(): { height: number };
}
