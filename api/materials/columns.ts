/** P8: a spreadsheet for a topic in the common format has the template's columns, headed in any of the three languages. */
import { open } from 'node:fs/promises';
import { fold } from '../../archive/ids.js';
import { commonColumns } from '../../render/templates/columns.js';
import type { ColumnCode } from '../../render/templates/columns.js';
import { locales, translator } from '../../locales/index.js';

/** Bytes that a spreadsheet may have unpacked; more is no list of topics. */
const mostUnpacked = 64 * 1_048_576;
/** The headings stand in one of the first rows. */
const rowsLookedAt = 10;

/** Codes of the columns that are missing, or `unreadable`. */
export async function missingColumns(path: string): Promise<ColumnCode[] | 'unreadable'> {
  if ((await unpackedSize(path)) > mostUnpacked) return 'unreadable';
  const { readSheet } = await import('read-excel-file/node');
  const rows = await readSheet(path).catch(() => undefined);
  if (rows === undefined) return 'unreadable';
  const lists = rows
    .slice(0, rowsLookedAt)
    .map((row) => missingIn(row.map((cell) => (typeof cell === 'string' ? fold(cell) : ''))));
  return lists.sort((a, b) => a.length - b.length)[0] ?? [...commonColumns];
}

function missingIn(cells: string[]): ColumnCode[] {
  const headings = (code: ColumnCode): string[] => locales.map((l) => fold(translator(l)(`templates.column.${code}`)));
  return commonColumns.filter((code) => !headings(code).some((heading) => cells.includes(heading)));
}

/** What the ZIP's own directory says its parts are unpacked; endless when it has none. */
async function unpackedSize(path: string): Promise<number> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(Math.min(size, 65_557));
    await handle.read(tail, 0, tail.length, size - tail.length);
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
    if (end < 0 || end + 22 > tail.length) return Infinity;
    const directory = Buffer.alloc(Math.min(tail.readUInt32LE(end + 12), size));
    await handle.read(directory, 0, directory.length, tail.readUInt32LE(end + 16));
    return sumOf(directory);
  } finally {
    await handle.close();
  }
}

function sumOf(directory: Buffer): number {
  let sum = 0;
  for (let at = 0; at + 46 <= directory.length;) {
    if (directory.readUInt32LE(at) !== 0x02014b50) return Infinity;
    sum += directory.readUInt32LE(at + 24);
    at += 46 + directory.readUInt16LE(at + 28) + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return sum;
}
