/** An uploaded table, whatever it is: CSV in the encodings that offices use, or xlsx → rows of texts. Everything is hostile. */
import { parse } from 'csv-parse/sync';
import { problem } from '../errors.js';

/** Bytes of an upload; rows of a table with its headings; columns; characters of a cell. */
export const bounds = { bytes: 5_242_880, rows: 5_001, columns: 40, cell: 2_000 } as const;
/** Bytes that an xlsx may unfold to. */
const unfolded = 60_000_000;

/** `known`: whether a text is a heading that we know; tells one old encoding from the other. */
export async function readTable(bytes: Buffer, known: (heading: string) => boolean): Promise<string[][]> {
  if (bytes.length === 0) problem('BadInput', 'import.empty');
  if (bytes.length > bounds.bytes) problem('TooLarge', 'import.tooLarge', '', { mb: 5 });
  const rows = isZip(bytes) ? await readWorkbook(bytes) : readCsv(bytes, known);
  const filled = rows.map((row) => row.map(cleaned)).map(trimmed);
  while (filled.at(-1)?.length === 0) filled.pop();
  if (filled.length > bounds.rows) problem('BadInput', 'import.tooManyRows', '', { max: bounds.rows - 1 });
  return filled;
}

/** What nobody typed: marks of order and byte order, no-break spaces at the ends. */
const cleaned = (cell: string): string => cell.replace(/[\u200b-\u200f\ufeff]/gu, '').trim();

function trimmed(row: string[]): string[] {
  const last = row.findLastIndex((cell) => cell !== '');
  return row.slice(0, Math.min(last + 1, bounds.columns));
}

const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1'));
const isOldExcel = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));

function readCsv(bytes: Buffer, known: (heading: string) => boolean): string[][] {
  if (isOldExcel(bytes)) problem('BadInput', 'import.oldExcel');
  const readings = decoded(bytes).flatMap((text) => parsed(text) ?? []);
  if (readings.length === 0) problem('BadInput', 'import.unreadable');
  const score = (rows: string[][]): number => (rows[0] ?? []).filter((cell) => known(cleaned(cell))).length;
  return readings.reduce((best, rows) => (score(rows) > score(best) ? rows : best));
}

/** UTF-16 with its mark, UTF-8 if it is, else what Taiwan's and the mainland's older programs write; all that fit. */
function decoded(bytes: Buffer): string[] {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return texts(bytes, 'utf-16le');
  if (mark === 'feff') return texts(bytes, 'utf-16be');
  const utf8 = texts(bytes, 'utf-8');
  return utf8.length > 0 ? utf8 : [...texts(bytes, 'big5'), ...texts(bytes, 'gb18030')];
}

function texts(bytes: Buffer, encoding: string): string[] {
  try {
    return [new TextDecoder(encoding, { fatal: true }).decode(bytes)];
  } catch {
    return [];
  }
}

/** Undefined: it is no table. */
function parsed(text: string): [string[][]] | undefined {
  try {
    const options = {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: 200_000,
      to: bounds.rows + 1,
    };
    return [parse(text, options)];
  } catch {
    return undefined;
  }
}

/** The one that the first line has most of. */
function delimiterOf(text: string): string {
  const [first = ''] = text.slice(0, 10_000).split(/\r?\n/);
  const count = (mark: string): number => first.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

async function readWorkbook(bytes: Buffer): Promise<string[][]> {
  if (unfoldedSize(bytes) > unfolded) problem('BadInput', 'import.unreadable');
  try {
    const { readSheet } = await import('read-excel-file/node');
    const rows = await readSheet(bytes);
    return rows.slice(0, bounds.rows + 1).map((row) => row.slice(0, bounds.columns).map(cellText));
  } catch {
    return problem('BadInput', 'import.unreadable');
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  if (typeof cell === 'string') return cell;
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}

/** As the archive's own directory says; a part that unfolds to more than it says is refused by who unfolds it. */
function unfoldedSize(bytes: Buffer): number {
  let total = 0;
  const mark = Buffer.from('PK\u0001\u0002', 'latin1');
  for (let at = bytes.indexOf(mark); at >= 0 && at + 46 <= bytes.length; at = bytes.indexOf(mark, at + 46))
    total += bytes.readUInt32LE(at + 24);
  return total;
}
