/**
 * M4: a meeting that carries two languages has its minutes in both: the same document made twice and laid over each other,
 * headings and labels beside, sentences below each other; what people wrote stands once, as they wrote it.
 */
import type { Block, Fact, Item, Section } from './document.js';
import type { MinutesDocument } from './minutes.js';

const beside = (a: string, b: string): string => (a === b ? a : `${a} / ${b}`);
const below = (a: string, b: string): string => (a === b ? a : `${a}\n${b}`);
const maybe = (join: typeof beside, a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || b === undefined ? (a ?? b) : join(a, b);

/** Both in order, the second of each pair only where it says something else. */
const woven = (a: string[], b: string[]): string[] =>
  a.flatMap((text, i) => (b[i] === undefined || b[i] === text ? [text] : [text, b[i]]));

export function bilingual(a: MinutesDocument, b: MinutesDocument): MinutesDocument {
  return {
    ...a,
    title: beside(a.title, b.title),
    version: beside(a.version, b.version),
    status: beside(a.status, b.status),
    facts: facts(a.facts, b.facts),
    sections: a.sections.map((s, i) => section(s, b.sections[i] ?? s)),
    actions: {
      columns: a.actions.columns.map((c, i) => beside(c, b.actions.columns[i] ?? c)),
      rows: a.actions.rows.map((r, i) => ({
        ...r,
        texts: r.texts.map((text, j) => below(text, b.actions.rows[i]?.texts[j] ?? text)),
      })),
    },
  };
}

function facts(a: Fact[], b: Fact[]): Fact[] {
  return a.map((f, i) => ({
    ...f,
    label: beside(f.label, b[i]?.label ?? f.label),
    lines: woven(f.lines, b[i]?.lines ?? []),
  }));
}

function section(a: Section, b: Section): Section {
  return {
    ...a,
    heading: beside(a.heading, b.heading),
    blocks: a.blocks.map((block, i) => blockOf(block, b.blocks[i] ?? block)),
  };
}

function blockOf(a: Block, b: Block): Block {
  if (a.type === 'items' && b.type === 'items')
    return { ...a, items: a.items.map((item, i) => itemOf(item, b.items[i] ?? item)) };
  if (a.type === 'facts' && b.type === 'facts') return { ...a, facts: facts(a.facts, b.facts) };
  if (a.type === 'table' && b.type === 'table')
    return {
      ...a,
      columns: a.columns.map((c, i) => ({ ...c, label: beside(c.label, b.columns[i]?.label ?? c.label) })),
      rows: a.rows.map((row, i) => row.map((cell, j) => beside(cell, b.rows[i]?.[j] ?? cell))),
    };
  if ((a.type === 'text' && b.type === 'text') || (a.type === 'note' && b.type === 'note'))
    return { ...a, text: below(a.text, b.text) };
  return a;
}

function itemOf(a: Item, b: Item): Item {
  // E14: the sentence stays exact in each language; the second one stands right below it.
  const second = a.exact === true && a.title !== b.title ? [b.title] : [];
  return {
    ...a,
    title: a.exact === true ? a.title : below(a.title, b.title),
    aside: maybe(beside, a.aside, b.aside),
    body: maybe(below, a.body, b.body),
    notes: [...second, ...woven(a.notes ?? [], b.notes ?? [])],
  };
}
