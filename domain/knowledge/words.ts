/**
 * R5: what a text is found by, in Chinese and English. Chinese is kept as pairs of neighbouring characters, so that finding
 * does not depend on how a dictionary cuts a sentence; where words begin and end (Intl.Segmenter) says which pairs weigh more,
 * and what of a question belongs together. English words lose case, accents and the s of the plural.
 */
import { toSimplified } from './scripts.js';
import { isSmall } from './small-words.js';

/** A: of the title, B: across words of the title, C and D: the same of the text. */
export type Weight = 'A' | 'B' | 'C' | 'D';

export interface Token {
  word: string;
  /** Where it stands, UTF-16 units. */
  from: number;
  to: number;
  /** Lies within one word. */
  whole: boolean;
}

const cjk = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}`;
const runs = new RegExp(`[${cjk}]+|(?:(?![${cjk}])[\\p{L}\\p{N}\\p{M}])+`, 'gu');
const isCjk = new RegExp(`^[${cjk}]`, 'u');
/** Longer ones are cut: nobody looks for the rest. */
const longestWord = 60;

// eslint-disable-next-line no-restricted-syntax -- made when asked for, since it takes 24 ms; in no workflow, the same for all
let segmenter: Intl.Segmenter | undefined;
const cut = (text: string): Intl.Segments =>
  (segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' })).segment(text);

/** suppliers → supplier, companies → company; short words and those in -ss, -us stay. */
export function singular(word: string): string {
  if (word.length < 4 || !/[a-z]s$/.test(word) || /(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /(ch|sh|x|z|ss)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

/** Case, width and accents make no difference. */
const fold = (run: string): string => run.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

interface Run {
  text: string;
  from: number;
  chinese: boolean;
}

function runsOf(text: string): Run[] {
  return [...text.matchAll(runs)].map((m) => ({ text: m[0], from: m.index, chinese: isCjk.test(m[0]) }));
}

/** `segmented: false` is quicker, and leaves `whole` and words of one character out. */
export function tokensOf(text: string, segmented = true): Token[] {
  return runsOf(text).flatMap((run) => (run.chinese ? pairsOf(run, segmented) : [latin(run)]));
}

function latin({ text, from }: Run): Token {
  const word = singular(fold(text).slice(0, longestWord));
  return { word, from, to: from + text.length, whole: true };
}

function pairsOf({ text, from }: Run, segmented: boolean): Token[] {
  const characters = [...text];
  const folded = [...toSimplified(text)];
  const starts: number[] = [];
  let place = from;
  for (const character of characters) {
    starts.push(place);
    place += character.length;
  }
  starts.push(place);
  if (folded.length === 1) return [{ word: folded[0]!, from, to: place, whole: true }];
  const ends = segmented ? wordEnds(text, from) : undefined;
  const tokens: Token[] = [];
  folded.forEach((character, i) => {
    const [start, middle, end] = [starts[i]!, starts[i + 1]!, starts[i + 2]];
    if (ends?.get(start) === middle) tokens.push({ word: character, from: start, to: middle, whole: true });
    if (end === undefined) return;
    const whole = ends !== undefined && !new Set(ends.values()).has(middle);
    tokens.push({ word: character + folded[i + 1]!, from: start, to: end, whole });
  });
  return tokens;
}

/** Where each word of a run ends, by where it begins. */
function wordEnds(text: string, from: number): Map<number, number> {
  return new Map([...cut(text)].map(({ index, segment }) => [from + index, from + index + segment.length]));
}

/**
 * All that must be in a text for a question: pieces of words that belong together, each found by all of its words. What only
 * makes a sentence of it is left out, unless there is nothing else.
 */
export function questionOf(question: string): string[] {
  const pieces = runsOf(question).flatMap((run) => (run.chinese ? piecesOf(run.text) : [latin(run).word]));
  const telling = pieces.filter((piece) => !isSmall(toSimplified(piece)));
  const words = (telling.length > 0 ? telling : pieces).flatMap((piece) =>
    isCjk.test(piece) ? wordsOf(piece) : piece,
  );
  return [...new Set(words)].filter((word) => word !== '').slice(0, mostWords);
}

/** A question of more is none that somebody typed. */
const mostWords = 40;

/**
 * Words of one character that stand together are one name. One that stands alone ends the word before it (供應商, 第三季), or
 * begins the one behind it (碳盤查), unless it says nothing.
 */
function piecesOf(run: string): string[] {
  const small = (part: string): boolean => isSmall(toSimplified(part));
  const single = (part: string | undefined): boolean => part !== undefined && [...part].length === 1 && !small(part);
  const word = (part: string | undefined): boolean => part !== undefined && [...part].length > 1 && !small(part);
  const parts: string[] = [];
  let before = '';
  for (const { segment } of cut(run)) {
    if (single(segment) && single(before)) parts.push(`${parts.pop()!}${segment}`);
    else parts.push(segment);
    before = segment;
  }
  const pieces: string[] = [];
  parts.forEach((part, i) => {
    if (single(part) && word(parts[i - 1])) pieces.push(`${pieces.pop()!}${part}`);
    else if (single(part) && word(parts[i + 1])) parts[i + 1] = part + parts[i + 1]!;
    else pieces.push(part);
  });
  return pieces;
}

function wordsOf(piece: string): string[] {
  const folded = [...toSimplified(piece)];
  if (folded.length < 2) return folded;
  return folded.slice(0, -1).map((character, i) => character + folded[i + 1]!);
}

/** Positions of a word in title and text, with their weights. */
export function weighed(title: string, text: string): Map<string, { place: number; weight: Weight }[]> {
  const found = new Map<string, { place: number; weight: Weight }[]>();
  let place = 0;
  const add = (of: string, whole: Weight, across: Weight): void => {
    for (const token of tokensOf(of)) {
      if (token.word === '') continue;
      place++;
      const places = found.get(token.word) ?? [];
      if (places.length < mostPlaces)
        places.push({ place: Math.min(place, lastPlace), weight: token.whole ? whole : across });
      found.set(token.word, places);
    }
  };
  add(title, 'A', 'B');
  add(text, 'C', 'D');
  return found;
}

/** What PostgreSQL's tsvector holds. */
const lastPlace = 16_383;
const mostPlaces = 8;
