import { gramsOf } from '../domain/knowledge/similar.js';
import { questionOf, tokensOf, weighed } from '../domain/knowledge/words.js';

/** PostgreSQL's own notation, so that no parser of the server, and no locale of it, has a say in what a word is. */
const quoted = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
const plain = (words: Iterable<string>): string => [...new Set(words)].map(quoted).join(' ');

/** What an entry is found by; columns of record.knowledge. */
export function foundBy(title: string, text: string): { words: string; titleWords: string; grams: string } {
  const words = [...weighed(title, text)].map(
    ([word, places]) => `${quoted(word)}:${places.map(({ place, weight }) => `${place}${weight}`).join(',')}`,
  );
  return {
    words: words.join(' '),
    titleWords: plain(tokensOf(title).map((token) => token.word)),
    grams: plain(gramsOf(title)),
  };
}

/** All of the words, or any of them. Undefined: there is no word in it. */
export function questionFor(words: readonly string[], how: 'all' | 'any'): string | undefined {
  if (words.length === 0) return undefined;
  return words.map(quoted).join(how === 'all' ? ' & ' : ' | ');
}

/**
 * Titles that have all of these grams; half of them in a row; two neighbours: each fits more than the one before. Of what has one
 * or two grams, those that have all.
 */
export function likeQuestions(grams: readonly string[]): string[] {
  const sizes = [...new Set([grams.length, Math.ceil(grams.length / 2), 2])].filter((size) => size >= 2);
  if (grams.length === 1) sizes.push(1);
  return sizes.map((size) =>
    grams
      .slice(0, grams.length - size + 1)
      .map(
        (_, i) =>
          `(${grams
            .slice(i, i + size)
            .map(quoted)
            .join(' & ')})`,
      )
      .join(' | '),
  );
}

export { gramsOf, questionOf };
