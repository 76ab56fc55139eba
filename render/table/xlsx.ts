/** A workbook of one sheet. Every text is a text cell: nothing that somebody typed becomes a formula. */
import writeXlsxFile from 'write-excel-file/node';
import { manyLines, shortened } from '../text.js';
import type { Cell } from './cells.js';

/** The longest text that a cell takes. */
const longest = 32_767;

export function tableXlsx(title: string, head: readonly string[], rows: readonly (readonly Cell[])[]): Promise<Buffer> {
  const sheet = title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31);
  const bold = head.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  const body = rows.map((row) => row.map(cellOf));
  return writeXlsxFile([bold, ...body] as never, {
    sheet,
    columns: head.map((_, i) => ({ width: widthOf(rows, i, head[i]!) })),
    stickyRowsCount: 1,
  }).toBuffer();
}

function cellOf(cell: Cell) {
  if (cell === undefined || cell === '') return null;
  if (typeof cell === 'number') return { value: cell, type: Number };
  if (typeof cell === 'string') return { value: shortened(manyLines(cell), longest), type: String };
  // Without a zone: the sheet shows the clock of the place wherever it is opened.
  if ('date' in cell) return { value: new Date(`${cell.date}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
  return { value: new Date(`${cell.moment.replace(' ', 'T')}:00Z`), type: Date, format: 'yyyy-mm-dd hh:mm' };
}

/** By the first rows, within what can be read. */
function widthOf(rows: readonly (readonly Cell[])[], column: number, head: string): number {
  const lengths = rows.slice(0, 50).map((row) => {
    const cell = row[column];
    return typeof cell === 'string' ? wide(cell) : 16;
  });
  return Math.min(48, Math.max(8, wide(head) + 2, ...lengths));
}

/** Chinese characters are twice as wide. */
const wide = (text: string): number => [...text.slice(0, 60)].reduce((sum, c) => sum + (c > '\u2e7f' ? 2 : 1), 0);
