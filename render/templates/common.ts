/** P8: the common format as an empty spreadsheet and as an empty document, in the reader's language. */
import {
  AlignmentType,
  Document,
  HeadingLevel,
  Packer,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import writeExcelFile from 'write-excel-file/node';
import type { Locale } from '../../domain/meeting/state.js';
import { translator } from '../../locales/index.js';
import { commonColumns } from './columns.js';
import type { ColumnCode } from './columns.js';

/** Characters; what is long gets room. */
const widths: Record<ColumnCode, number> = {
  topic: 24,
  goal: 28,
  progress: 28,
  problem: 28,
  proposal: 28,
  support: 24,
  owner: 14,
  date: 14,
};
const emptyRows = 6;
const fonts: Record<Locale, string> = { 'zh-TW': 'Microsoft JhengHei', 'zh-CN': 'Microsoft YaHei', en: 'Calibri' };

export async function commonXlsx(locale: Locale): Promise<Buffer> {
  const say = translator(locale);
  const head = commonColumns.map((code) => ({
    value: say(`templates.column.${code}`),
    fontWeight: 'bold' as const,
    wrap: true,
    alignVertical: 'center' as const,
    backgroundColor: '#e8f1f4',
    borderStyle: 'thin' as const,
    borderColor: '#767d7a',
  }));
  const cell = {
    value: '',
    type: String,
    wrap: true,
    alignVertical: 'top' as const,
    borderStyle: 'thin' as const,
    borderColor: '#c9cdc9',
  };
  const rows = Array.from({ length: emptyRows }, () => commonColumns.map(() => cell));
  return writeExcelFile(
    [head, ...rows],
    {
      columns: commonColumns.map((code) => ({ width: widths[code] })),
      sheet: say('templates.common.sheet'),
      stickyRowsCount: 1,
      orientation: 'landscape',
    },
    { fontFamily: fonts[locale], fontSize: 11 },
  ).toBuffer();
}

export async function commonDocx(locale: Locale): Promise<Buffer> {
  const say = translator(locale);
  const all = commonColumns.reduce((sum, code) => sum + widths[code], 0);
  const cell = (code: ColumnCode, text: string): TableCell =>
    new TableCell({
      width: { size: Math.round((widths[code] / all) * 100), type: WidthType.PERCENTAGE },
      ...(text === '' ? {} : { shading: { fill: 'E8F1F4' } }),
      margins: { top: 60, bottom: 60, left: 80, right: 80 },
      children: [
        new Paragraph({ alignment: AlignmentType.LEFT, children: [new TextRun({ text, bold: text !== '' })] }),
      ],
    });
  const head = new TableRow({
    tableHeader: true,
    children: commonColumns.map((code) => cell(code, say(`templates.column.${code}`))),
  });
  const row = (): TableRow =>
    new TableRow({ height: { value: 700, rule: 'atLeast' }, children: commonColumns.map((code) => cell(code, '')) });
  const document = new Document({
    creator: 'Convoke',
    title: say('templates.common.title'),
    styles: { default: { document: { run: { font: fonts[locale], size: 20 } } } },
    sections: [
      {
        properties: {
          page: {
            size: { orientation: PageOrientation.LANDSCAPE, width: 11_906, height: 16_838 },
            margin: { top: 900, bottom: 900, left: 900, right: 900 },
          },
        },
        children: [
          new Paragraph({
            heading: HeadingLevel.HEADING_1,
            children: [new TextRun({ text: say('templates.common.title'), font: fonts[locale] })],
          }),
          new Paragraph({ spacing: { after: 200 }, children: [new TextRun(say('templates.common.help'))] }),
          new Table({
            width: { size: 100, type: WidthType.PERCENTAGE },
            rows: [head, ...Array.from({ length: emptyRows }, row)],
          }),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}
