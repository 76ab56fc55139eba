import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { codes, read, root, tables, unionOf } from './support.js';

/** All rules of the groups that are built. */
const groups: Record<string, number> = { P: 9, N: 4, E: 15, M: 4, F: 7, X: 1, C: 1, S: 1, H: 11 };
/** Of the group R those that are built so far. */
const review = ['R1', 'R2', 'R3', 'R4', 'R5'];
const rules = Object.entries(groups)
  .flatMap(([letter, n]) => [
    ...(letter === 'H' ? review : []),
    ...Array.from({ length: n }, (_, i) => `${letter}${i + 1}`),
  ])
  .concat('Y1');

const page = read('docs/standard.md');
const rows = tables(page).flat();
const mails = unionOf('domain/meeting/effects.ts', 'MailKind');
/** The API's own list, which another test holds against the document. */
const calls = [...read('test/api/openapi.test.ts').matchAll(/((?:GET|POST|PUT|PATCH|DELETE) \/[^\s'`]+)/g)].map(
  (m) => m[1],
);
const cell = (row: Record<string, string>, column: string): string[] => codes(row[column] ?? '');
/** Titles of a test file, of tests and of what they stand in. */
const titles = (file: string): string =>
  [...read(file).matchAll(/\b(?:test|it|describe\w*)(?:\.each\([^)]*\))?\(\s*(['"`])(.*?)\1/g)]
    .map((m) => m[2])
    .join('\n');

describe('docs/standard.md says where each rule is', () => {
  test('every rule has its row, once', () => {
    expect(rows.map((row) => row['Rule'])).toEqual(rules);
  });

  test('every file is there and exports what is named', () => {
    const missing = rows.flatMap((row) =>
      cell(row, 'Where it lives').filter((where) => {
        const [file = '', name = ''] = where.split('#');
        if (!existsSync(path.join(root, file))) return true;
        const source = read(file);
        const own = new RegExp(`export (?:async )?(?:function|const|class|interface|type) ${name}\\b`);
        const passedOn = new RegExp(`export \\{[^}]*\\b${name}\\b[^}]*\\} from`);
        return !own.test(source) && !passedOn.test(source);
      }),
    );
    expect(missing).toEqual([]);
    expect(rows.filter((row) => cell(row, 'Where it lives').length === 0)).toEqual([]);
  });

  test('every phase is a page', () => {
    const links = rows.map((row) => /\]\(([^)]+)\)/.exec(row['Phase'] ?? '')?.[1] ?? '?');
    expect(links.filter((link) => !existsSync(path.join(root, 'docs', link)))).toEqual([]);
  });

  test('every call is one of the API’s, every mail one of the list', () => {
    expect(rows.flatMap((row) => cell(row, 'Call')).filter((call) => !calls.includes(call))).toEqual([]);
    expect(rows.flatMap((row) => cell(row, 'Mail')).filter((mail) => !mails.includes(mail))).toEqual([]);
    // Every mail that there is belongs to a rule.
    const told = new Set(rows.flatMap((row) => cell(row, 'Mail')));
    expect(mails.filter((mail) => !told.has(mail))).toEqual([]);
  });

  test('every rule is borne by the title of a test in each file named', () => {
    const wrong = rows.flatMap((row) => {
      const rule = row['Rule'] ?? '?';
      const files = cell(row, 'Test');
      const bears = (file: string): boolean =>
        existsSync(path.join(root, file)) && new RegExp(`\\b${rule}\\b`).test(titles(file));
      return files.length === 0 ? [rule] : files.filter((file) => !bears(file)).map((file) => `${rule} ${file}`);
    });
    expect(wrong).toEqual([]);
  });
});
