/** R5: where a text answers a question: places, never marked-up text, so that whatever stands in it stays harmless. */
import { tokensOf } from './words.js';

/** From and to, UTF-16 units. */
export type Mark = [from: number, to: number];

export interface Excerpt {
  text: string;
  marks: Mark[];
  /** Whether the text goes on before and after. */
  before: boolean;
  after: boolean;
}

/** Apart and in order. */
export function marksOf(text: string, words: readonly string[]): Mark[] {
  const wanted = new Set(words);
  const marks: Mark[] = [];
  const mark = (from: number, to: number): void => {
    const last = marks.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else marks.push([from, to]);
  };
  for (const { word, from, to } of tokensOf(text, false)) {
    if (wanted.has(word)) {
      mark(from, to);
      continue;
    }
    // A question of one character is found inside pairs.
    const [first, second, more] = word;
    if (second === undefined || more !== undefined || to - from > 4 || !isPair(word)) continue;
    const middle = to - second.length;
    if (wanted.has(first!)) mark(from, middle);
    if (wanted.has(second)) mark(middle, to);
  }
  return marks;
}

const isPair = (word: string): boolean => /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]{2}$/u.test(word);

const excerptLength = 160;
/** Before the first mark. */
const lead = 40;
/** Further down nobody looks: the whole text is one call away. */
const searched = 6_000;

/** The place with the most marks, else the beginning. */
export function excerptOf(text: string, words: readonly string[], length = excerptLength): Excerpt {
  const marks = marksOf(text.slice(0, searched), words);
  const inside = (from: number): Mark[] => marks.filter(([a, b]) => a >= from && b <= from + length);
  const starts = marks.map(([a]) => Math.max(0, a - lead));
  const best = starts.reduce((a, b) => (inside(b).length > inside(a).length ? b : a), starts[0] ?? 0);
  const from = whole(text, best);
  const to = whole(text, Math.min(text.length, from + length));
  return {
    text: text.slice(from, to),
    marks: marks.filter(([a, b]) => a >= from && b <= to).map(([a, b]) => [a - from, b - from]),
    before: from > 0,
    after: to < text.length,
  };
}

/** Never between the two halves of a character. */
function whole(text: string, place: number): number {
  const unit = text.charCodeAt(place);
  return place > 0 && unit >= 0xdc00 && unit <= 0xdfff ? place - 1 : place;
}
