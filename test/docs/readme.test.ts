import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { settingsSchema } from '../../infra/settings.js';
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
