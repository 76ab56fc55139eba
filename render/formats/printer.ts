/** PDF with Chinese fonts embedded as subsets: one printer for minutes and reviews. */
import { createRequire } from 'node:module';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Locale } from '../../domain/meeting/state.js';
import type { Coverage } from './glyphs.js';
import { coverageOf, lacking } from './glyphs.js';

const { resolve } = createRequire(import.meta.url);
const face = (script: 'tc' | 'sc', weight: '400Regular' | '700Bold'): string =>
  resolve(`@expo-google-fonts/noto-sans-${script}/${weight}/NotoSans${script.toUpperCase()}_${weight}.ttf`);
const family = (script: 'tc' | 'sc') => {
  const [normal, bold] = [face(script, '400Regular'), face(script, '700Bold')];
  // No italics for Chinese (look.md).
  return { normal, bold, italics: normal, bolditalics: bold };
};

export type Font = 'TC' | 'SC';
/** The shapes that a reader is used to; each font lacks characters that the other one has. */
const preferred: Record<Locale, [Font, Font]> = { 'zh-TW': ['TC', 'SC'], 'zh-CN': ['SC', 'TC'], en: ['TC', 'SC'] };
const coverages: Partial<Record<Font, Coverage>> = {};
export const coverage = (font: Font): Coverage =>
  (coverages[font] ??= coverageOf(face(font === 'TC' ? 'tc' : 'sc', '400Regular')));

/** M4: the font that has every character of the text, in whatever language people wrote it; else the one that lacks fewer. */
export function fontFor(locale: Locale, text: string): Font {
  const [first, second] = preferred[locale];
  const missing = lacking(coverage(first), text);
  if (missing.length === 0) return first;
  return lacking(coverage(second), missing.join('')).length < missing.length ? second : first;
}

/** Nothing is fetched for a document, and no file read but the fonts. */
export const printer = pdfmake as typeof pdfmake & {
  setUrlAccessPolicy(may: (url: string) => boolean): void;
  setLocalAccessPolicy(may: (path: string) => boolean): void;
};
printer.setUrlAccessPolicy(() => false);
printer.setLocalAccessPolicy((path) => path.includes('@expo-google-fonts'));
printer.setFonts({ TC: family('tc'), SC: family('sc') });

/**
 * No heading alone at the foot of a page: `headlineLevel` is the room in points that it needs below its top edge, itself and
 * the first of what it is about. The printer knows where a heading stands, but of what stays together only where it was
 * before it went to the next page, so a heading asks for room, or is one piece with what follows (`together`).
 */
export const headingsStay: NonNullable<TDocumentDefinitions['pageBreakBefore']> = ({
  headlineLevel,
  startPosition,
}) => {
  if (headlineLevel === undefined || startPosition === undefined) return false;
  const { verticalRatio, pageInnerHeight } = startPosition;
  return (1 - verticalRatio) * pageInnerHeight < headlineLevel;
};

/** One piece; what is in there has no break of its own. */
export const together = (...pieces: Content[]): Content => ({ stack: pieces, unbreakable: true });

/** Points that a text takes in a column of this width, Chinese characters as wide as they are high. */
export function heightOf(text: string, fontSize: number, width: number): number {
  const widthOf = (line: string): number =>
    [...line].reduce((sum, c) => sum + fontSize * (c.codePointAt(0)! > 0x2000 ? 1 : 0.58), 0);
  const lines = text.split('\n').map((line) => Math.max(1, Math.ceil(widthOf(line) / Math.max(width, fontSize))));
  return lines.reduce((sum, n) => sum + n, 0) * fontSize * 1.25;
}
