import { manyLines } from './text.js';

/**
 * What a mail or a page of minutes says, before it becomes HTML, plain text or Markdown: one structure, so that the text
 * is of equal worth and the words are the same everywhere (look.md, Mail). All strings are plain text; the renderers escape.
 */
export interface Link {
  label: string;
  url: string;
}

/** `Label: value`; several lines when a value has several. A link shows its own address or its text. */
export interface Fact {
  label: string;
  lines: string[];
  href?: string | undefined;
}

/** A line of a list: title, something short at its end (minutes, a mark), below it what it says and small notes. */
export interface Item {
  title: string;
  body?: string | undefined;
  /** Before the title, for example its number on the agenda. */
  mark?: string;
  aside?: string | undefined;
  notes?: string[];
  link?: Link | undefined;
  /** The title is copied exactly as it stands (E14), so that Markdown must not read its brackets as a link. */
  exact?: boolean;
}

export type Block =
  | { type: 'text'; text: string }
  | { type: 'note'; text: string }
  | { type: 'items'; items: Item[] }
  | { type: 'facts'; facts: Fact[] }
  /** Two versions in one text: what was removed and added, marked (M3). */
  | { type: 'difference'; spans: { kind: 'same' | 'added' | 'removed'; text: string }[] }
  | { type: 'table'; columns: Column[]; rows: string[][]; links?: CellLinks | undefined };

/** Where the cells of one column lead; in plain text below the row. */
export interface CellLinks {
  column: number;
  urls: (string | undefined)[];
}

/** A column of a table: its heading, its share of the width (1 unless said), numbers at the right. */
export interface Column {
  label: string;
  width?: number;
  end?: boolean;
}

export interface Section {
  /** Which part it is, whatever the language. */
  name?: string;
  heading: string;
  blocks: Block[];
}

export type Tone = 'urgent' | 'caution' | 'ended';

export interface MailDocument {
  subject: string;
  banner?: { tone: Tone; text: string } | undefined;
  /** Which meeting or task. */
  title: string;
  /** When it is. */
  when: string[];
  /** What is wanted and by when; the first is the sentence that matters. */
  wanted: string[];
  /** The one button first; others beside it. */
  buttons: Link[];
  facts: Fact[];
  sections: Section[];
  footer: string[];
  /** H2: the way to fewer mails. */
  footerLink?: Link;
}

/** `[−old]` and `[+new]`: a sign beside the colour, the same in every format. */
export const marked = ({ kind, text: value }: { kind: string; text: string }): string =>
  kind === 'same' ? value : kind === 'added' ? `[+${value}]` : `[−${value}]`;

export const text = (value: string): Block => ({ type: 'text', text: value });
export const note = (value: string): Block => ({ type: 'note', text: value });
export const table = (columns: Column[], rows: string[][], links?: CellLinks): Block => ({
  type: 'table',
  columns,
  rows,
  links,
});
export const items = (list: Item[]): Block => ({ type: 'items', items: list });

/** A fact, unless there is nothing to say; what somebody typed becomes clean text here at the latest. */
export function fact(label: string, value: string | string[] | undefined, href?: string): Fact[] {
  const lines = (Array.isArray(value) ? value : [value ?? '']).map(manyLines).filter((line) => line !== '');
  return lines.length === 0 ? [] : [{ label, lines, ...(href === undefined ? {} : { href }) }];
}
