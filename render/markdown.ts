/** Sections as Markdown (M4); whatever somebody typed stays text: no heading, link, HTML or emphasis can come out of it. */
import type { Block, Column, Fact, Item, Section } from './document.js';
import { marked } from './document.js';
import { oneLine } from './text.js';

/** Backslashes before everything that CommonMark could read as markup, and before what starts a block at a line's head. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&')
    .replace(/^(\s*)([-+=])/gm, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])/gm, '$1\\$2')
    .replace(/(https?):\/\//gi, '$1:\\//');
}

/** A code span shows its text exactly; the fence is longer than any run of backticks inside. */
function exactly(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((m) => m[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

const broken = (text: string, indent: string): string => escapeMarkdown(text).replaceAll('\n', `  \n${indent}`);

function itemMarkdown(item: Item): string {
  const title = item.exact === true ? exactly(item.title) : broken(item.title, '   ');
  const aside = item.aside === undefined ? '' : ` — ${escapeMarkdown(item.aside)}`;
  const notes = [...(item.body ? [item.body] : []), ...(item.notes ?? [])].map(
    (line) => `   - ${broken(line, '     ')}`,
  );
  const link = item.link ? [`   - <${item.link.url.replaceAll(/[<>\s]/g, encodeURIComponent)}>`] : [];
  return [`${item.mark ?? '-'} ${title}${aside}`, ...notes, ...link].join('\n');
}

const factMarkdown = ({ label, lines }: Fact): string =>
  `- **${escapeMarkdown(label)}**: ${lines.map((line) => broken(line, '  ')).join('  \n  ')}`;

function blockMarkdown(block: Block): string {
  switch (block.type) {
    case 'text':
    case 'note':
      return broken(block.text, '');
    case 'items':
      return block.items.map(itemMarkdown).join('\n');
    case 'facts':
      return block.facts.map(factMarkdown).join('\n');
    case 'difference':
      return broken(block.spans.map(marked).join(''), '');
    case 'table':
      return tableMarkdown(block.columns, block.rows);
  }
}

/** A cell is one line; its bars are escaped with the rest. */
function tableMarkdown(columns: Column[], rows: string[][]): string {
  const row = (cells: string[]): string => `| ${cells.map((c) => escapeMarkdown(oneLine(c))).join(' | ')} |`;
  const rule = `|${columns.map((c) => (c.end ? ' ---: |' : ' --- |')).join('')}`;
  return [row(columns.map((c) => c.label)), rule, ...rows.map(row)].join('\n');
}

export function sectionsMarkdown(title: string, facts: Fact[], sections: Section[]): string {
  const parts = [
    `# ${escapeMarkdown(title)}`,
    facts.map(factMarkdown).join('\n'),
    ...sections.flatMap((s) => [`## ${escapeMarkdown(s.heading)}`, ...s.blocks.map(blockMarkdown)]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
