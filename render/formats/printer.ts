/** PDF with Chinese fonts embedded as subsets: one printer for minutes and reviews. */
import { createRequire } from 'node:module';
import pdfmake from 'pdfmake';
import type { Locale } from '../../domain/meeting/state.js';

const { resolve } = createRequire(import.meta.url);
const face = (script: 'tc' | 'sc', weight: '400Regular' | '700Bold'): string =>
  resolve(`@expo-google-fonts/noto-sans-${script}/${weight}/NotoSans${script.toUpperCase()}_${weight}.ttf`);
const family = (script: 'tc' | 'sc') => {
  const [normal, bold] = [face(script, '400Regular'), face(script, '700Bold')];
  // No italics for Chinese (look.md).
  return { normal, bold, italics: normal, bolditalics: bold };
};
export const fontOf: Record<Locale, string> = { 'zh-TW': 'TC', 'zh-CN': 'SC', en: 'TC' };

/** Nothing is fetched for a document, and no file read but the fonts. */
export const printer = pdfmake as typeof pdfmake & {
  setUrlAccessPolicy(may: (url: string) => boolean): void;
  setLocalAccessPolicy(may: (path: string) => boolean): void;
};
printer.setUrlAccessPolicy(() => false);
printer.setLocalAccessPolicy((path) => path.includes('@expo-google-fonts'));
printer.setFonts({ TC: family('tc'), SC: family('sc') });
