/** The plain text of a mail, of equal worth: the same words in the same order, every link written out. */
import type { Translate } from '../../locales/index.js';
import type { Block, Fact, Item, Link, MailDocument, Section } from '../document.js';
import { marked } from '../document.js';

const indented = (value: string, by: string): string => value.replaceAll('\n', `\n${by}`);
const linkLine = (say: Translate, { label, url }: Link): string =>
  label === url ? url : `${label}${say('words.colon')}${url}`;

function factText(say: Translate, { label, lines, href }: Fact): string {
  const value = lines.map((line) => indented(line, '  ')).join('\n  ');
  const address = href !== undefined && !lines.includes(href) ? ` <${href}>` : '';
  return `${label}${say('words.colon')}${value}${address}`;
}

function itemText(say: Translate, item: Item): string {
  const head = `${item.mark ?? '-'} ${indented(item.title, '  ')}`;
  const first = item.aside === undefined ? head : `${head} — ${item.aside}`;
  const more = [
    ...(item.body ? [item.body] : []),
    ...(item.notes ?? []),
    ...(item.link ? [linkLine(say, item.link)] : []),
  ];
  return [first, ...more.map((line) => `  ${indented(line, '  ')}`)].join('\n');
}

function blockText(say: Translate, block: Block): string {
  switch (block.type) {
    case 'text':
    case 'note':
      return block.text;
    case 'items':
      return block.items.map((item) => itemText(say, item)).join('\n');
    case 'facts':
      return factsText(block.facts, say);
    case 'difference':
      return block.spans.map(marked).join('');
    case 'table':
      return tableText(block);
  }
}

/** A row that leads somewhere has its address on a line of its own, where a reader of text can follow it. */
function tableText({ columns, rows, links }: Extract<Block, { type: 'table' }>): string {
  const line = (row: string[]): string => `- ${indented(row.filter((cell) => cell !== '').join(' | '), '  ')}`;
  const lines = rows.map((row, i) => {
    const url = links?.urls[i];
    return url === undefined ? line(row) : `${line(row)}\n  ${url}`;
  });
  return [line(columns.map((c) => c.label)), ...lines].join('\n');
}

/** Sections alone, for a calendar's description. */
export function sectionsText(sections: Section[], say: Translate): string {
  return sections.map((s) => [s.heading, ...s.blocks.map((b) => blockText(say, b))].join('\n')).join('\n\n');
}

export const factsText = (facts: Fact[], say: Translate): string => facts.map((f) => factText(say, f)).join('\n');

function sectionText(say: Translate, section: Section): string {
  return [`== ${section.heading} ==`, ...section.blocks.map((b) => blockText(say, b))].join('\n');
}

export function mailText(mail: MailDocument, say: Translate): string {
  const [first, ...others] = mail.wanted;
  const parts = [
    mail.banner ? `*** ${mail.banner.text} ***` : '',
    [mail.title, ...mail.when].join('\n'),
    [first ?? '', ...mail.buttons.map((link) => linkLine(say, link))].join('\n'),
    others.join('\n'),
    factsText(mail.facts, say),
    ...mail.sections.map((s) => sectionText(say, s)),
    ['-- ', ...mail.footer, ...(mail.footerLink ? [linkLine(say, mail.footerLink)] : [])].join('\n'),
  ];
  return `${parts.filter((part) => part.trim() !== '').join('\n\n')}\n`;
}
