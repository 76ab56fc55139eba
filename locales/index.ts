/**
 * Every word that a person reads, one catalogue in three languages (design §5, words). Keys are `<topic>.<key>`, flat:
 * `subject.notice`, `mail.label.when`, `errors.P6.excess`. Placeholders are `{name}`.
 */
import i18next from 'i18next';
import type { Locale } from '../domain/meeting/state.js';
import { catalogue as en } from './en/index.js';
import { catalogue as zhCN } from './zh-CN/index.js';
import { catalogue as zhTW } from './zh-TW/index.js';

/** Lists are written with the language's comma; codes that `params` knows, as words. */
export type Params = Record<string, string | number | boolean | readonly string[]>;
/** A sentence in one language. A key that does not exist comes back as it is, a missing parameter stays `{name}`. */
export type Translate = (key: string, params?: Params) => string;

export const locales = ['zh-TW', 'zh-CN', 'en'] as const satisfies readonly Locale[];

export const catalogues: Record<Locale, Record<string, Record<string, string>>> = { 'zh-TW': zhTW, 'zh-CN': zhCN, en };

function flat(catalogue: Record<string, Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(catalogue).flatMap(([topic, texts]) =>
      Object.entries(texts).map(([key, text]) => [`${topic}.${key}`, text] as const),
    ),
  );
}

const instance = i18next.createInstance();
void instance.init({
  initAsync: false,
  resources: Object.fromEntries(locales.map((l) => [l, { translation: flat(catalogues[l]) }])),
  lng: 'zh-TW',
  fallbackLng: false,
  supportedLngs: [...locales],
  load: 'currentOnly',
  keySeparator: false,
  nsSeparator: false,
  contextSeparator: '\u0000',
  interpolation: {
    prefix: '{',
    suffix: '}',
    // Values are data and stay data: nothing is escaped here (each renderer does), nothing inside them is interpolated.
    escapeValue: false,
    skipOnVariables: true,
  },
  missingInterpolationHandler: (_text: string, match: RegExpExecArray) => match[0],
});

/** The sentences of one language. */
export function translator(locale: Locale): Translate {
  const t = instance.getFixedT(locale);
  const word = (name: string, code: string): string => {
    const key = `params.${name}.${code}`;
    return hasText(locale, key) ? t(key) : code;
  };
  const shown = (name: string, value: Params[string]): string | number | boolean => {
    if (typeof value === 'string') return word(name, value);
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    return value.map((code) => word(name, code)).join(catalogues[locale].words?.comma ?? ', ');
  };
  return (key, params = {}) => {
    const values = Object.entries(params).map(([name, value]) => [name, shown(name, value)] as const);
    return t(key, { ...Object.fromEntries(values), nest: false });
  };
}

/** Whether the catalogue has a sentence for this key. */
export function hasText(locale: Locale, key: string): boolean {
  return instance.exists(key, { lng: locale });
}

/** A language tag → one of ours. Traditional script goes by script or place; other Chinese is Simplified. */
function known(tag: string): Locale | undefined {
  const [language, ...rest] = tag.toLowerCase().split(/[-_]/);
  if (language === 'en') return 'en';
  if (language !== 'zh') return undefined;
  if (rest.includes('hans')) return 'zh-CN';
  return rest.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part)) ? 'zh-TW' : 'zh-CN';
}

/** Accept-Language → tags, the most wanted first; those with q=0 are not wanted. */
function tagsOf(header: string): string[] {
  return header
    .slice(0, 500)
    .split(',')
    .map((part, order) => {
      const [tag = '', ...attributes] = part.trim().split(';');
      const q = attributes.map((a) => /^\s*q\s*=\s*([0-9.]+)\s*$/.exec(a)?.[1]).find((x) => x !== undefined);
      return { tag: tag.trim(), order, q: q === undefined ? 1 : Number(q) };
    })
    .filter((x) => x.tag !== '' && x.q > 0)
    .sort((a, b) => b.q - a.q || a.order - b.order)
    .map((x) => x.tag);
}

/**
 * The first of our languages that the candidates name, in their order; each is a tag (`zh-Hant`, a stored locale) or a
 * whole Accept-Language header. None → zh-TW; give the organisation's own language as the last candidate.
 */
export function pickLocale(...candidates: (string | undefined)[]): Locale {
  for (const candidate of candidates) {
    const found = tagsOf(candidate ?? '')
      .map(known)
      .find((l) => l !== undefined);
    if (found) return found;
  }
  return 'zh-TW';
}
