/** R3: the report on A4, fonts embedded, title and page number on each page; the same report gives the same bytes. */
import type {
  Content,
  ContentTable,
  ContentText,
  CustomTableLayout,
  TDocumentDefinitions,
} from 'pdfmake/interfaces.js';
import type { ReviewReport } from '../../domain/review/report.js';
import type { Font } from '../formats/printer.js';
import { fontFor, headingsStay, printer, together } from '../formats/printer.js';
import { reviewDocument } from './content.js';
import type {
  Cell,
  Chart,
  ReviewBlock,
  ReviewDocument,
  ReviewItem,
  ReviewSection,
  ReviewTable,
  Tile,
} from './document.js';
import type { Verdict } from './numbers.js';
import type { ReviewReader } from './reader.js';

const [ink, muted, line, accent] = ['#1b1f24', '#57606a', '#d5dae0', '#0b57a4'];
const tones: Record<Verdict, { color: string; bold?: boolean }> = {
  better: { color: '#14532d' },
  worse: { color: '#7a4a00', bold: true },
  plain: { color: muted },
};
const margin = 45;
const room = 595.28 - 2 * margin;

export async function reviewPdf(report: ReviewReport, reader: ReviewReader): Promise<Buffer> {
  const document = reviewDocument(report, reader);
  const font = fontFor(document.locale, '');
  const made = definition(document, font);
  // Charts hold words too, so what counts is what was made.
  const needed = fontFor(document.locale, JSON.stringify(made));
  return printer.createPdf(needed === font ? made : definition(document, needed)).getBuffer();
}

function definition(document: ReviewDocument, font: Font): TDocumentDefinitions {
  const { locale, title, period, made, madeAt } = document;
  const small = { fontSize: 8, color: muted };
  // Quotation marks of Chinese fonts are as wide as a character; English wants narrow ones.
  const latin = locale === 'en' ? { fontFeatures: ['pwid' as const] } : {};
  // Of the report and not of the moment in which it is printed.
  const date = new Date(madeAt);
  return {
    pageSize: 'A4',
    pageMargins: [margin, 54, margin, 48],
    info: { title, subject: period, creator: 'Convoke', producer: 'Convoke', creationDate: date, modDate: date },
    defaultStyle: { font, fontSize: 9.5, lineHeight: 1.2, color: ink, ...latin },
    header: () => ({
      columns: [
        { text: title, ...small },
        { text: period, ...small, alignment: 'right', width: 'auto' },
      ],
      columnGap: 16,
      margin: [margin, 26, margin, 0],
    }),
    footer: (page, pages) => ({
      text: document.page(page, pages),
      ...small,
      alignment: 'right',
      margin: [margin, 14, margin, 0],
    }),
    content: [
      { text: title, fontSize: 20, bold: true },
      { text: `${document.heading} · ${period} · ${made}`, color: muted, fontSize: 9, margin: [0, 0, 0, 4] },
      ...document.sections.map((s) => section(s, font)),
    ],
    pageBreakBefore: headingsStay,
  };
}

function section({ heading, blocks }: ReviewSection, font: string): Content {
  const rule: Content = { canvas: [{ type: 'line', x1: 0, y1: 0, x2: room, y2: 0, lineWidth: 1, lineColor: ink }] };
  const title: ContentText = { text: heading, fontSize: 13, bold: true, margin: [0, 14, 0, 2] };
  return withHeads([title, { ...rule, margin: [0, 0, 0, 6] }], blocks.flatMap(apart), font);
}

/** Points that a heading and the beginning of a table below it take. */
const tableRoom = 100;

/** A heading stays with the first of what it is about, and a section's with its first heading. */
function withHeads(heads: Content[], [first, ...others]: ReviewBlock[], font: string): Content[] {
  if (first === undefined) return heads;
  if (first.type === 'heading') return withHeads([...heads, blockOf(first, font)], others, font);
  return [...withHead(heads, first, font), ...withHeads([], others, font)];
}

function withHead(heads: Content[], first: ReviewBlock, font: string): Content[] {
  const [head, ...below] = heads;
  if (head === undefined) return [blockOf(first, font)];
  if (first.type === 'table')
    return [{ ...(head as ContentText), headlineLevel: tableRoom }, ...below, blockOf(first, font)];
  if (first.type !== 'items') return [together(...heads, blockOf(first, font))];
  const [item, ...more] = first.items.map(itemOf);
  return item === undefined ? heads : [together(...heads, item), ...more];
}

/** A long table goes below its chart, not beside it. */
const apart = (block: ReviewBlock): ReviewBlock[] =>
  block.type === 'pair' && block.table.rows.length > 12
    ? [{ type: 'chart', chart: block.chart }, block.table]
    : [block];

function blockOf(block: ReviewBlock, font: string): Content {
  switch (block.type) {
    case 'text':
      return { text: block.text, bold: block.strong ?? false, margin: [0, 0, 0, 3] };
    case 'note':
      return { text: block.text, color: muted, fontSize: 8.5, margin: [0, 2, 0, 4] };
    case 'heading':
      return { text: block.text, bold: true, fontSize: 10.5, margin: [0, 10, 0, 2] };
    case 'tiles':
      return tilesOf(block.tiles);
    case 'chart':
      return chartOf(block.chart, font, room);
    case 'pair':
      return {
        columns: [
          { width: 270, stack: [chartOf(block.chart, font, 270)] },
          { width: '*', stack: [tableOf(block.table, room - 270 - 22)] },
        ],
        columnGap: 22,
      };
    case 'table':
      return tableOf(block, room);
    case 'items':
      return block.items.map(itemOf);
    case 'terms':
      return {
        table: {
          widths: [120, '*'],
          dontBreakRows: true,
          body: block.terms.map(({ term, text }) => [
            { text: term, bold: true, fontSize: 9 },
            { text, fontSize: 9 },
          ]),
        },
        layout: rules,
      };
  }
}

const chartOf = (chart: Chart, font: string, width: number): Content => {
  const { svg, ...size } = chart.draw('wide', font);
  const shown = Math.min(width, size.width * 0.7);
  return { svg, width: shown, height: (size.height * shown) / size.width, margin: [0, 2, 0, 4] };
};

const rules: CustomTableLayout = {
  hLineWidth: (i) => (i === 0 ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: (i) => (i === 1 ? muted : line),
  paddingLeft: () => 0,
  paddingRight: () => 8,
  paddingTop: () => 2.5,
  paddingBottom: () => 2.5,
};

function tilesOf(tiles: Tile[]): Content {
  const rows = Array.from({ length: Math.ceil(tiles.length / 3) }, (_, i) => tiles.slice(i * 3, i * 3 + 3));
  const cell = (tile: Tile): Content => ({
    stack: [
      { text: tile.label, fontSize: 8.5, color: muted },
      {
        text: [
          { text: tile.text, fontSize: 18, bold: true, ...linkOf(tile) },
          { text: `   ${tile.note}`, fontSize: 8.5, color: muted },
        ],
      },
      { text: tile.change?.text ?? ' ', fontSize: 8, ...tones[tile.change?.verdict ?? 'plain'] },
    ],
  });
  const layout: CustomTableLayout = {
    ...rules,
    hLineWidth: () => 0.5,
    vLineWidth: () => 0.5,
    hLineColor: () => line,
    vLineColor: () => line,
    paddingLeft: () => 8,
    paddingTop: () => 5,
    paddingBottom: () => 3,
  };
  return {
    table: { widths: ['*', '*', '*'], body: rows.map((row) => row.map(cell)), dontBreakRows: true },
    layout,
    margin: [0, 6, 0, 4],
  };
}

/** A small mark of the accent tells on screen what leads somewhere; on paper it does not disturb. */
const linkOf = ({ href }: Pick<Cell, 'href'>) => (href === undefined ? {} : { link: href, color: accent });

function tableOf({ columns, rows, dense, inline }: ReviewTable, width: number): ContentTable {
  const shares = columns.map((c) => c.width ?? 1);
  const all = shares.reduce((a, b) => a + b, 0);
  // The padding of each column comes on top of its width.
  const free = width - 8 * columns.length;
  const fontSize = dense ? 8.5 : 9;
  const align = (i: number) => (columns[i]?.end ? ('right' as const) : ('left' as const));
  const cell = (c: Cell, i: number): Content => {
    const main = { text: c.text, fontSize, bold: c.strong ?? false, ...linkOf(c) };
    const small = (c.notes ?? []).map((n) => ({ text: n.text, fontSize: 7.5, ...tones[n.verdict ?? 'plain'] }));
    return inline
      ? { text: [main, ...small.flatMap((n) => ['   ', n])], alignment: align(i) }
      : { stack: [main, ...small], alignment: align(i) };
  };
  const head = columns.map((c, i) => ({ text: c.label, color: muted, fontSize: 8.5, alignment: align(i) }));
  const body = [head, ...rows.map((row) => columns.map((_, i) => cell(row[i] ?? { text: '' }, i)))];
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: shares.map((s) => (free * s) / all),
      body,
    },
    layout: inline ? { ...rules, paddingTop: () => 1.8, paddingBottom: () => 1.8 } : rules,
    margin: [0, 2, 0, 4],
  };
}

function itemOf({ mark, title, body, notes, because, links, action }: ReviewItem): Content {
  const evidence: Content[] =
    because === undefined
      ? []
      : [
          {
            text: [`${because} `, ...links.flatMap((l) => [{ text: l.text, ...linkOf(l) }, '   '])],
            color: muted,
            fontSize: 8.5,
          },
        ];
  return {
    stack: [
      { text: [{ text: `${mark ?? ''}  `, color: muted, fontSize: 8.5 }, title] },
      { text: body, bold: true },
      ...notes.map((text) => ({ text, color: muted, fontSize: 8.5 })),
      ...evidence,
      ...(action === undefined ? [] : [{ text: action.text, fontSize: 8.5, ...linkOf(action) }]),
    ],
    unbreakable: true,
    margin: [0, 3, 0, 6],
  };
}
