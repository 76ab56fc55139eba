/** Reads the documents and the code's own lists, so that a page and the code cannot drift apart unseen. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const root = path.resolve(import.meta.dirname, '..', '..');

export const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Every Markdown file of the repository's own, as paths from its root. */
export function markdownFiles(): string[] {
  const own = readdirSync(root, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || ['node_modules', 'dist', 'coverage'].includes(entry.name)) return [];
    return entry.isDirectory() ? filesUnder(entry.name) : [entry.name];
  });
  return own.filter((file) => file.endsWith('.md')).sort();
}

export function filesUnder(folder: string): string[] {
  const names = readdirSync(path.join(root, folder), { recursive: true }) as string[];
  return names.map((name) => path.join(folder, name)).filter((file) => statSync(path.join(root, file)).isFile());
}

/** The members of `export type <name> = 'a' | 'b' …` in one of our files. */
export function unionOf(file: string, name: string): string[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const members: string[] = [];
  source.forEachChild((node) => {
    if (!ts.isTypeAliasDeclaration(node) || node.name.text !== name || !ts.isUnionTypeNode(node.type)) return;
    for (const member of node.type.types)
      if (ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal)) members.push(member.literal.text);
  });
  if (members.length === 0) throw new Error(`${file} has no union of strings ${name}`);
  return members;
}

/** What stands in backticks. */
export function codes(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
}

/** The tables of a page: a record per row, by the words of the head line. */
export function tables(text: string): Record<string, string>[][] {
  const found: Record<string, string>[][] = [];
  const lines = text.split('\n');
  lines.forEach((line, i) => {
    if (!/^\|( *:?-+:? *\|)+$/.test(line)) return;
    const head = cells(lines[i - 1] ?? '');
    const rows: Record<string, string>[] = [];
    for (let j = i + 1; lines[j]?.startsWith('|'); j++) {
      const row = cells(lines[j] ?? '');
      rows.push(Object.fromEntries(head.map((name, k) => [name, row[k] ?? ''])));
    }
    found.push(rows);
  });
  return found;
}

const cells = (line: string): string[] =>
  line
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

/** The only table of a page with this column. */
export function tableWith(text: string, column: string): Record<string, string>[] {
  const [table] = tables(text).filter((rows) => rows[0] !== undefined && column in rows[0]);
  if (table === undefined) throw new Error(`no table has the column ${column}`);
  return table;
}
