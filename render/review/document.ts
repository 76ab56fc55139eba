/**
 * What a review says before it becomes a page or a PDF: one structure, so that both have the same words, numbers and
 * links. All strings are plain text; the renderers escape.
 */
import type { Locale } from '../../domain/meeting/state.js';
import type { Verdict } from './numbers.js';

export interface Cell {
  text: string;
  href?: string;
  strong?: boolean;
  /** Small, below the text. */
  notes?: { text: string; verdict?: Verdict }[];
}

export interface ReviewColumn {
  label: string;
  /** Share of the width, 1 unless said. */
  width?: number;
  end?: boolean;
  /** On one line: dates. */
  keep?: boolean;
}

export interface ReviewTable {
  type: 'table';
  /** What a screen reader announces. */
  label: string;
  columns: ReviewColumn[];
  rows: Cell[][];
  /** Many columns: smaller on paper, and moved sideways on a phone. */
  dense?: boolean;
  /** On paper the small texts stand on the same line. */
  inline?: boolean;
}

/** A chart has a form for paper and desk, and a narrow one for a phone. */
export type ChartForm = 'wide' | 'narrow';
export interface Chart {
  /** Unique in the document: its SVG ids begin with it. */
  name: string;
  alt: string;
  draw(form: ChartForm, font: string): ChartDrawing;
}
export interface ChartDrawing {
  width: number;
  height: number;
  svg: string;
}

export interface Tile extends Cell {
  label: string;
  note: string;
  change?: { text: string; verdict: Verdict };
}

export interface ReviewItem {
  title: string;
  mark?: string;
  body: string;
  notes: string[];
  links: Cell[];
  /** Before the links that are evidence. */
  because?: string;
  action?: Cell;
}

export type ReviewBlock =
  | { type: 'text'; text: string; strong?: boolean }
  | { type: 'note'; text: string }
  | { type: 'heading'; text: string }
  | { type: 'tiles'; tiles: Tile[] }
  | { type: 'chart'; chart: Chart }
  /** A small chart with its table beside it. */
  | { type: 'pair'; chart: Chart; table: ReviewTable }
  | { type: 'items'; items: ReviewItem[] }
  | { type: 'terms'; terms: { term: string; text: string }[] }
  | ReviewTable;

export interface ReviewSection {
  id: string;
  heading: string;
  blocks: ReviewBlock[];
}

export interface ReviewDocument {
  locale: Locale;
  title: string;
  heading: string;
  period: string;
  made: string;
  madeAt: number;
  confidential: string;
  contents: string;
  page(page: number, pages: number): string;
  /** Where else to go, below the title: other forms of the same. */
  links?: Cell[] | undefined;
  sections: ReviewSection[];
}

export const text = (value: string, strong = false): ReviewBlock => ({
  type: 'text',
  text: value,
  ...(strong ? { strong } : {}),
});
export const note = (value: string): ReviewBlock => ({ type: 'note', text: value });
export const heading = (value: string): ReviewBlock => ({ type: 'heading', text: value });
