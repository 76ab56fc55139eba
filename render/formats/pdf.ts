/** M4: the minutes as PDF, Chinese fonts embedded as subsets; name, version and page number on each page. */
import type { Content, ContentText, CustomTableLayout, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Block, Column, Fact, Item, Section } from '../document.js';
import { marked } from '../document.js';
import type { MinutesDocument } from '../minutes.js';
import { fontFor, headingsStay, heightOf, printer, together } from './printer.js';

const [ink, muted, line] = ['#1b1f24', '#57606a', '#d5dae0'];

export async function minutesPdf(document: MinutesDocument): Promise<Buffer> {
  return printer.createPdf(definition(document)).getBuffer();
}

function definition(document: MinutesDocument) {
  const { locale, title, meeting, version, draft, status, facts, sections } = document;
  const small = { fontSize: 8.5, color: muted };
  const made: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [51, 62, 51, 57],
    info: { title, subject: version },
    defaultStyle: { font: fontFor(locale, JSON.stringify(document)), fontSize: 10, lineHeight: 1.25, color: ink },
    header: () => ({
      columns: [
        { text: meeting, ...small },
        { text: version, ...small, alignment: 'right', width: 'auto' },
      ],
      columnGap: 16,
      margin: [51, 30, 51, 0],
    }),
    footer: (page, pages) => ({ text: `${page} / ${pages}`, ...small, alignment: 'right', margin: [51, 16, 51, 0] }),
    content: [
      ...(draft ? [{ text: status, bold: true, color: '#5f3f00', fillColor: '#fff3dc', margin: [0, 0, 0, 8] }] : []),
      { text: title, fontSize: 17, bold: true, margin: [0, 0, 0, 10] },
      factsTable(facts),
      ...sections.map(section),
    ] as Content[],
    pageBreakBefore: headingsStay,
  };
  return made;
}

/** The heading stays with the first of what it is about. */
function section({ heading, blocks: [first, ...others] }: Section): Content {
  const head = { text: heading, fontSize: 12.5, bold: true, margin: [0, 14, 0, 4] as [number, number, number, number] };
  if (first === undefined) return head;
  return [...opening(head, first), ...others.map(blockOf)];
}

/** Points of a heading with its margins, and of two lines. */
const [headRoom, twoLines] = [36, 28];

function opening(head: ContentText, first: Block): Content[] {
  if (first.type === 'items' && first.items.length > 0) {
    const [item, ...more] = first.items;
    if (isShort(item!)) return [together(head, itemOf(item!)), ...more.map(itemOf)];
  } else if (first.type === 'table') return [{ ...head, headlineLevel: headRoom + beginningOf(first) }, tableOf(first)];
  else if (JSON.stringify(first).length < 1_200) return [together(head, blockOf(first))];
  return [{ ...head, headlineLevel: headRoom + twoLines }, blockOf(first)];
}

function blockOf(block: Block): Content {
  switch (block.type) {
    case 'text':
      return { text: block.text, margin: [0, 0, 0, 4] };
    case 'note':
      return { text: block.text, color: muted, fontSize: 9, margin: [0, 0, 0, 4] };
    case 'difference':
      return { text: block.spans.map(marked).join(''), margin: [0, 0, 0, 4] };
    case 'facts':
      return factsTable(block.facts);
    case 'items':
      return block.items.map(itemOf);
    case 'table':
      return tableOf(block);
  }
}

/** Points of a table's column heads and first row. */
function beginningOf({ columns, rows }: Extract<Block, { type: 'table' }>): number {
  const widths = widthsOf(columns);
  const row = (texts: string[]): number => Math.max(...texts.map((t, i) => heightOf(t, 9, widths[i] ?? 1))) + 7;
  return row(columns.map(({ label }) => label)) + row(rows[0] ?? ['']);
}

const rules: CustomTableLayout = {
  hLineWidth: (i) => (i === 0 ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => line,
  paddingLeft: () => 0,
  paddingRight: () => 8,
  paddingTop: () => 3,
  paddingBottom: () => 3,
};

function factsTable(facts: Fact[]): Content {
  if (facts.length === 0) return { text: '' };
  const body = facts.map((f) => [{ text: f.label, color: muted }, { text: f.lines.join('\n') }]);
  const layout = { ...rules, hLineWidth: () => 0, paddingTop: () => 1, paddingBottom: () => 1 };
  return { table: { widths: [84, '*'], body, dontBreakRows: true }, layout };
}

function widthsOf(columns: Column[]): number[] {
  const shares = columns.map((c) => c.width ?? 1);
  const all = shares.reduce((a, b) => a + b, 0);
  // The padding of each column comes on top of its width.
  const room = 493 - 8 * columns.length;
  return shares.map((s) => (room * s) / all);
}

function tableOf({ columns, rows }: Extract<Block, { type: 'table' }>): Content {
  const align = (i: number) => (columns[i]?.end ? ('right' as const) : ('left' as const));
  const body = [
    columns.map((c, i) => ({ text: c.label, color: muted, fontSize: 9, alignment: align(i) })),
    ...rows.map((row) => columns.map((_, i) => ({ text: row[i] ?? '', fontSize: 9, alignment: align(i) }))),
  ];
  const widths = widthsOf(columns);
  return {
    table: { headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, widths, body },
    layout: rules,
    margin: [0, 4, 0, 4],
  };
}

/** A short item stays together; a long one may go over the page. */
const isShort = ({ body = '', notes = [] }: Item): boolean => body.length + notes.join('').length < 1200;

function itemOf(item: Item): Content {
  const { mark, title, aside, body, notes = [] } = item;
  const head: Content = {
    columns: [
      { text: mark === undefined ? title : `${mark} ${title}`, bold: true },
      ...(aside === undefined ? [] : [{ text: aside, color: muted, fontSize: 9, width: 'auto' as const }]),
    ],
    columnGap: 12,
  };
  const more: Content[] = [
    ...(body === undefined ? [] : [{ text: body }]),
    ...notes.map((text) => ({ text, color: muted, fontSize: 9 })),
  ];
  return { stack: [head, ...more], unbreakable: isShort(item), margin: [0, 2, 0, 5] };
}
