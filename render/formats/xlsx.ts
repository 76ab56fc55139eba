/** M4: the action list as a sheet. Every text is a text cell, so that nothing that somebody typed becomes a formula. */
import writeXlsxFile from 'write-excel-file/node';
import type { MinutesDocument } from '../minutes.js';

export async function minutesXlsx({ actions, version }: MinutesDocument): Promise<Buffer> {
  const { columns, rows } = actions;
  const head = columns.map((label) => ({ value: label, type: String, fontWeight: 'bold' as const }));
  const body = rows.map(({ texts, due, percent }) => [
    ...texts.map((value) => ({ value, type: String, wrap: true, alignVertical: 'top' as const })),
    // A date without a zone: noon keeps the day wherever the sheet is opened.
    { value: new Date(`${due}T12:00:00Z`), type: Date, format: 'yyyy-mm-dd', alignVertical: 'top' as const },
    { value: percent / 100, type: Number, format: '0%', alignVertical: 'top' as const },
  ]);
  const widths = [44, 16, 20, 24, 18, 60, 12, 8];
  return writeXlsxFile([head, ...body] as never, {
    sheet: version.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31),
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer();
}
