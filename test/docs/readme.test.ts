import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { settingsSchema } from '../../infra/settings.js';
import { startScript } from '../support/processes.js';
import type { TestProcess } from '../support/processes.js';
import { codes, filesUnder, markdownFiles, read, root, tableWith } from './support.js';

const files = markdownFiles();
const readme = read('README.md');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Without what stands in code, where brackets mean something else. */
const prose = (text: string): string => withoutBlocks(text).replace(/`[^`\n]*`/g, '');

/** How a heading is linked to. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replace(/ /g, '-');

const anchorsOf = (file: string): string[] =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map((match) => anchor((match[1] ?? '').replace(/`/g, '')));

describe('what the documents name exists', () => {
  test('there are documents', () => {
    expect(files).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md']));
  });

  test.each(files)('%s: every link leads somewhere', (file) => {
    const links = [...prose(read(file)).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
    const broken = links.filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [target = '', fragment] = link.split('#');
      const there = target === '' ? file : path.normalize(path.join(path.dirname(file), target));
      if (!existsSync(path.join(root, there))) return true;
      return fragment !== undefined && !anchorsOf(there).includes(fragment);
    });
    expect(broken).toEqual([]);
  });

  test.each(files)('%s: every path and every npm script in it', (file) => {
    const text = read(file);
    const tops = 'domain|workflows|activities|render|archive|locales|api|web|infra|test|docs';
    const paths = codes(withoutBlocks(text)).filter((code) => new RegExp(`^(${tops})/[\\w./-]*$`).test(code));
    const near = (name: string): string[] => [name, path.join(path.dirname(file), name)];
    expect(paths.filter((name) => !near(name).some((place) => existsSync(path.join(root, place))))).toEqual([]);
    const run = [...text.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
    const short = [...text.matchAll(/npm (test|start)\b(?!:)/g)].map((match) => match[1] ?? '');
    expect([...run, ...short].filter((name) => !(name in scripts))).toEqual([]);
  });
});

/** Without fenced blocks; code in lines stays. */
function withoutBlocks(text: string): string {
  return text.replace(/^```[^]*?^```/gm, '');
}

describe('the settings', () => {
  const rows = tableWith(readme, 'Default');
  const said = rows.map((row) => codes(row['Setting'] ?? '')[0] ?? '');

  test('the table has every setting that there is, and no other', () => {
    expect([...said].sort()).toEqual(Object.keys(settingsSchema.shape).sort());
  });

  test('each with its default', () => {
    const preset: Record<string, unknown> = settingsSchema.parse({});
    const wrong = rows.filter((row) => {
      const value = preset[codes(row['Setting'] ?? '')[0] ?? ''];
      const [shown] = codes(row['Default'] ?? '');
      return shown !== (value === undefined ? undefined : asSetting(value));
    });
    expect(wrong).toEqual([]);
  });
});

test('the messages of the troubleshooting table are those that the code gives', () => {
  const sources = [...filesUnder('infra'), ...filesUnder('archive')]
    .filter((file) => /\.(ts|cjs)$/.test(file))
    .map(read)
    .join('\n');
  const rows = tableWith(readme, 'It says').map((row) => row['It says'] ?? '');
  // What stands between numbers, names of settings and things left out.
  const fragments = rows.map((text) => text.split(/[_\d….()]+|\bPORT\b/).filter((part) => part.trim().length > 6));
  expect(fragments.filter((parts) => parts.length === 0)).toEqual([]);
  expect(fragments.flat().filter((part) => !sources.includes(part.trim()))).toEqual([]);
});

const asSetting = (value: unknown): string =>
  typeof value === 'boolean' ? String(Number(value)) : JSON.stringify(value).replace(/^"|"$/g, '');

/** A section of the README, by its heading, without what comes after it. */
const section = (heading: string): string => readme.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\w*)\n([^]*?)^```/gm)].flatMap((match) => (match[1] === language ? [match[2] ?? ''] : []));

describe('a whole meeting by curl, as the README has it', () => {
  let folder: string;
  let product: TestProcess;
  const answer = (pattern: RegExp): string => pattern.exec(product.output())?.[1]?.trim() ?? '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'convoke-readme-'));
    const free = Object.fromEntries(
      ['PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'SMTP_PORT', 'INBOX_PORT'].map((name) => [name, '0']),
    );
    product = startScript('infra/start.ts', {
      ...free,
      CONVOKE_DATA: path.join(folder, 'data'),
      CONVOKE_TIME_TRAVEL: '1',
    });
    await product.line(/Time travel/);
  }, 120_000);
  afterAll(async () => {
    product.child.kill('SIGTERM');
    await product.exited;
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  test('npm start prints what the README shows', () => {
    const shown = blocks(section('Start it'), '')[0] ?? '';
    const labels = (text: string): string[] => [...text.matchAll(/^ {2}(\w+ ?\w*) {2,}\S/gm)].map((m) => m[1] ?? '');
    expect(shown.split('\n')[0]).toBe('Convoke is ready: http://127.0.0.1:3000');
    expect(labels(product.output()).filter((label) => label !== 'Time travel')).toEqual(labels(shown));
    expect(labels(shown).length).toBeGreaterThan(3);
  });

  test('the commands run a meeting from draft to closed', async () => {
    const convoke = answer(/Convoke is ready: (\S+)/);
    const env = {
      PATH: process.env['PATH'] ?? '',
      CONVOKE: convoke,
      UI: answer(/Temporal UI +(\S+)/),
      KEY: readFileSync(answer(/Admin key +(.+)/), 'utf8').trim(),
    };
    const script = path.join(folder, 'readme.sh');
    await writeFile(script, ['set -euo pipefail', ...blocks(section('A whole meeting by curl'), 'sh')].join('\n'));
    const { stdout } = await promisify(execFile)('bash', [script], { env, cwd: folder, timeout: 100_000 });

    const answers = stdout.split('\n').filter((line) => line.startsWith('{'));
    const whole = JSON.parse(answers.at(-1) ?? '{}') as Record<string, unknown>;
    expect(whole).toMatchObject({ phase: 'closed', title: 'Pilot run of the new product', effectiveness: 5 });
    expect(whole['votes']).toMatchObject([
      { agree: 2, against: 0, neutral: 1, electorate: 3, required: 2, passed: true },
    ]);
    expect(whole['actions']).toMatchObject([{ status: 'done', missed: 0 }]);
    expect(answers.some((line) => line.includes('[Accept the mould](Owner: Wang Bo, due: '))).toBe(true);

    const { items } = (await (
      await fetch(`${convoke}/v1/meetings/${String(whole['id'])}/deliveries`, {
        headers: { authorization: `Bearer ${env.KEY}` },
      })
    ).json()) as { items: { mail: string; status: string }[] };
    const kinds = new Set(items.filter(({ status }) => status === 'sent').map(({ mail }) => mail));
    expect([...kinds].sort()).toEqual(expect.arrayContaining(['confirmMinutes', 'minutes', 'notice', 'survey']));
  }, 120_000);
});
