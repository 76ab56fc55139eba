/** A table of values, for people's spreadsheets: what each cell is, the same for every format. */
import { manyLines } from '../text.js';

export type Cell =
  | string
  | number
  | undefined
  /** `YYYY-MM-DD`. */
  | { date: string }
  /** Wall clock of the place it is about, `YYYY-MM-DD HH:MM`. */
  | { moment: string };

/**
 * Spreadsheets run a text that begins like a formula, also behind blanks, and some its full-width twins; an apostrophe
 * before it keeps it text. Numbers of ours are no texts.
 */
const runs = /^[\s'"]*[=+\-@＝＋－＠|%]/u;

/** What somebody typed, as text that no program runs. */
export function harmless(text: string): string {
  const plain = manyLines(text);
  return runs.test(plain) ? `'${plain}` : plain;
}

/** As text; a date as it is written everywhere. */
export function textOf(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'string') return harmless(cell);
  return 'date' in cell ? cell.date : cell.moment;
}
