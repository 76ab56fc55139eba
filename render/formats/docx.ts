/** M4: the minutes as a Word document; name, version and page number on each page. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Locale } from '../../domain/meeting/state.js';
import type { Block, Fact, Item, Section } from '../document.js';
import { marked } from '../document.js';
import type { MinutesDocument } from '../minutes.js';

type Part = Paragraph | Table;
const muted = '57606A';
const eastAsia: Record<Locale, string> = { 'zh-TW': 'Microsoft JhengHei', 'zh-CN': 'Microsoft YaHei', en: 'Arial' };

/** Lines of a text as runs with breaks between them. */
function runs(text: string, style: { bold?: boolean; color?: string; size?: number } = {}): TextRun[] {
  return text.split('\n').map((part, i) => new TextRun({ text: part, ...style, ...(i > 0 ? { break: 1 } : {}) }));
}

export async function minutesDocx(document: MinutesDocument): Promise<Buffer> {
  const { locale, title, meeting, version, draft, status, facts, sections } = document;
  const small = { color: muted, size: 17 };
  const children: Part[] = [
    ...(draft ? [new Paragraph({ children: runs(status, { bold: true, color: '5F3F00' }) })] : []),
    new Paragraph({ heading: HeadingLevel.TITLE, children: runs(title, { bold: true, size: 34, color: '1B1F24' }) }),
    ...factsTable(facts),
    ...sections.flatMap(section),
  ];
  const font = { ascii: 'Arial', hAnsi: 'Arial', eastAsia: eastAsia[locale] };
  const made = new Document({
    title,
    creator: 'Convoke',
    styles: { default: { document: { run: { font, size: 21, language: { value: 'en-US', eastAsia: locale } } } } },
    sections: [
      {
        properties: {
          page: { size: { width: 11906, height: 16838 }, margin: { top: 1250, bottom: 1130, left: 1020, right: 1020 } },
        },
        headers: {
          default: new Header({ children: [new Paragraph({ children: runs(`${meeting} · ${version}`, small) })] }),
        },
        footers: { default: new Footer({ children: [pageNumber(small)] }) },
        children,
      },
    ],
  });
  return Packer.toBuffer(made);
}

function pageNumber(small: { color: string; size: number }): Paragraph {
  const text = { children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], ...small };
  return new Paragraph({ alignment: AlignmentType.RIGHT, children: [new TextRun(text)] });
}

function section({ heading, blocks }: Section): Part[] {
  const head = new Paragraph({
    heading: HeadingLevel.HEADING_2,
    keepNext: true,
    spacing: { before: 280, after: 80 },
    children: runs(heading, { bold: true, size: 26, color: '1B1F24' }),
  });
  return [head, ...blocks.flatMap(blockOf)];
}

function blockOf(block: Block): Part[] {
  const paragraph = (text: string, style = {}) => [
    new Paragraph({ spacing: { after: 80 }, children: runs(text, style) }),
  ];
  switch (block.type) {
    case 'text':
      return paragraph(block.text);
    case 'note':
      return paragraph(block.text, { color: muted, size: 19 });
    case 'difference':
      return paragraph(block.spans.map(marked).join(''));
    case 'facts':
      return factsTable(block.facts);
    case 'items':
      return block.items.flatMap(itemOf);
    case 'table':
      return [tableOf(block)];
  }
}

function itemOf({ mark, title, aside, body, notes = [] }: Item): Part[] {
  const end = aside === undefined ? [] : [new TextRun({ text: `\u3000${aside}`, color: muted, size: 19 })];
  const more = [
    ...(body === undefined ? [] : [{ text: body, style: {} }]),
    ...notes.map((text) => ({ text, style: { color: muted, size: 19 } })),
  ];
  const head = new Paragraph({
    keepNext: more.length > 0,
    spacing: { before: 60 },
    children: [...runs(mark === undefined ? title : `${mark} ${title}`, { bold: true }), ...end],
  });
  return [
    head,
    ...more.map(
      (m, i) => new Paragraph({ keepNext: i < more.length - 1, keepLines: true, children: runs(m.text, m.style) }),
    ),
  ];
}

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const thin = { style: BorderStyle.SINGLE, size: 4, color: 'D5DAE0' };
const width = 9866;

function cell(
  text: string,
  share: number,
  style: { color?: string; size?: number },
  rule: boolean,
  end = false,
): TableCell {
  return new TableCell({
    width: { size: Math.round(share), type: WidthType.DXA },
    borders: { top: none, left: none, right: none, bottom: rule ? thin : none },
    children: [
      new Paragraph({ alignment: end ? AlignmentType.RIGHT : AlignmentType.LEFT, children: runs(text, style) }),
    ],
  });
}

const frame = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };

function factsTable(facts: Fact[]): Table[] {
  if (facts.length === 0) return [];
  const rows = facts.map(
    (f) =>
      new TableRow({
        cantSplit: true,
        children: [cell(f.label, 1800, { color: muted }, false), cell(f.lines.join('\n'), width - 1800, {}, false)],
      }),
  );
  return [
    new Table({
      rows,
      borders: frame,
      columnWidths: [1800, width - 1800],
      width: { size: width, type: WidthType.DXA },
    }),
  ];
}

function tableOf({ columns, rows }: Extract<Block, { type: 'table' }>): Table {
  const all = columns.reduce((sum, c) => sum + (c.width ?? 1), 0);
  const shares = columns.map((c) => (width * (c.width ?? 1)) / all);
  const row = (texts: string[], style: { color?: string; size?: number }, tableHeader: boolean) =>
    new TableRow({
      tableHeader,
      cantSplit: true,
      children: columns.map((c, i) => cell(texts[i] ?? '', shares[i] ?? 0, style, true, c.end)),
    });
  return new Table({
    rows: [
      row(
        columns.map((c) => c.label),
        { color: muted, size: 19 },
        true,
      ),
      ...rows.map((r) => row(r, { size: 19 }, false)),
    ],
    borders: frame,
    columnWidths: shares.map(Math.round),
    width: { size: width, type: WidthType.DXA },
  });
}
