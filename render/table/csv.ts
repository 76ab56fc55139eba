/** RFC 4180 in UTF-8, with the mark by which spreadsheets know that. */
import { type Cell, textOf } from './cells.js';

export const byteOrderMark = '\ufeff';

/** One line with its end. Every text stands in quotes: a semicolon or a tab parts it nowhere. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (typeof cell === 'number' ? String(cell) : quoted(textOf(cell)))).join(',')}\r\n`;
}

const quoted = (text: string): string => (text === '' ? '' : `"${text.replaceAll('"', '""')}"`);
