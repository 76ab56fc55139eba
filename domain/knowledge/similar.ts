/** R2, R5: how much alike two titles are: by neighbouring characters in Chinese, by threes of letters in English. */
import { tokensOf } from './words.js';

/** In order, each once. */
export function gramsOf(title: string): string[] {
  const grams = tokensOf(title, false).flatMap(({ word }) => (/^[\p{L}\p{N}]+$/u.test(word) ? threes(word) : []));
  return [...new Set(grams)].slice(0, mostGrams);
}

/** Of a title; more says nothing new. */
const mostGrams = 120;

/** Chinese pairs stay; of `plan` these are `␣pl`, `pla`, `lan`, `an␣`. */
function threes(word: string): string[] {
  if (!/^[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{N}]/u.test(word)) return [word];
  const padded = `_${word}_`;
  if (padded.length === 3) return [padded];
  return Array.from({ length: padded.length - 2 }, (_, i) => padded.slice(i, i + 3));
}

/** 0: nothing in common; 1: the same grams (Dice). */
export function likeness(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const others = new Set(b);
  const shared = a.filter((gram) => others.has(gram)).length;
  return (2 * shared) / (a.length + b.length);
}

/** From here on somebody is asked whether two topics are one. */
export const likelyTheSame = 0.6;
/** From here on a past conclusion is worth a look. */
export const worthALook = 0.25;
