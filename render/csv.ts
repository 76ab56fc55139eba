/** RFC 4180 with a byte order mark, so that spreadsheets read Chinese; no cell that a spreadsheet runs as a formula. */
import { manyLines } from './text.js';

/** Also the wide forms, which some spreadsheets read as the plain ones. */
const runs = /^[\s\u00a0\u3000]*[=+\-@＝＋－＠−|]/u;
/** Our own numbers may begin with a sign. */
const number = /^-?\d+(\.\d+)?$/;

/** A text that would run gets an apostrophe before it, which spreadsheets do not show. */
export const harmless = (text: string): string => (runs.test(text) && !number.test(text) ? `'${text}` : text);

function cell(value: string | number | undefined): string {
  const text = harmless(manyLines(String(value ?? '')));
  return /[",\r\n;\t]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csv = (rows: (string | number | undefined)[][]): string =>
  `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
