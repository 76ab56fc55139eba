import { describe, expect, test } from 'vitest';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import readXlsxFile from 'read-excel-file/node';
import { harmless, textOf } from '../../render/table/cells.js';
import { byteOrderMark, csvLine } from '../../render/table/csv.js';
import { tableXlsx } from '../../render/table/xlsx.js';

const hostile = [
  '=1+1',
  '  =HYPERLINK("http://x")',
  "\t=cmd|' /C calc'!A0",
  '+1',
  '-1+2',
  '@SUM(A1)',
  '＝1+1',
  '"=1+1',
  '|x',
  '%0A=1',
  '\r\n=1',
  '\u202e=1',
  '\ufeff=1',
];

describe('data out: no cell that a spreadsheet runs as a formula', () => {
  test.each(hostile)('%j stays text', (text) => {
    const [[cell = ''] = []] = parse(csvLine([text]));
    expect(cell).toMatch(/^'/);
    expect(cell).not.toMatch(/^[\s"]*[=+\-@]/u);
  });

  test('whatever text: one cell, one row, comes back as it was, and never begins like a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 1, maxLength: 5 }), (texts) => {
        const rows = parse(byteOrderMark + csvLine(texts), {
          bom: true,
          skip_empty_lines: false,
        });
        expect(rows.length <= 1).toBe(true);
        expect(rows[0] ?? ['']).toEqual(texts.map(harmless));
        for (const cell of rows[0] ?? []) expect(cell).not.toMatch(/^\s*[=+\-@]/u);
      }),
    );
  });

  test('numbers stay numbers, dates are written as dates', () => {
    expect(csvLine([-3, undefined, { date: '2026-02-03' }, { moment: '2026-02-03 09:30' }, 'a"b'])).toBe(
      '-3,,"2026-02-03","2026-02-03 09:30","a""b"\r\n',
    );
    expect(textOf(undefined)).toBe('');
  });

  test('a workbook has text cells, real dates and numbers', async () => {
    const buffer = await tableXlsx(
      '會議: [x]',
      ['名稱', '日'],
      [...hostile.map((text) => [text, { date: '2026-02-03' }]), ['x', 7]],
    );
    const [{ data } = { data: [] }] = await readXlsxFile(buffer);
    expect(data[0]).toEqual(['名稱', '日']);
    expect(data[1]).toEqual(['=1+1', new Date('2026-02-03T00:00:00Z')]);
    expect(data.at(-1)).toEqual(['x', 7]);
    const raw = buffer.toString('latin1');
    expect(raw).not.toContain('<f>');
  });
});
