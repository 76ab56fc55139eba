import type { Locale } from '../../domain/meeting/state.js';
import * as en from '../../locales/en/demo.js';
import * as enSeries from '../../locales/en/demo-series.js';
import * as zhCN from '../../locales/zh-CN/demo.js';
import * as zhCNSeries from '../../locales/zh-CN/demo-series.js';
import * as zhTW from '../../locales/zh-TW/demo.js';
import * as zhTWSeries from '../../locales/zh-TW/demo-series.js';

export type DemoKey = keyof typeof zhTW.demo | keyof typeof zhTWSeries.series;
export type TaleKey = keyof typeof zhTW.tale | keyof typeof zhTWSeries.seriesTale;
type Params = Readonly<Record<string, string | number>>;

/** The demo's words are no part of the service's catalogue: nobody else says them. */
export interface Words {
  /** The teller's voice. */
  say: (key: DemoKey, params?: Params) => string;
  /** What the people of the meeting say. */
  line: (key: TaleKey, params?: Params) => string;
  /** Names in a row. */
  list: (items: string[]) => string;
}

const books = {
  'zh-TW': { ...zhTW, ...zhTWSeries },
  'zh-CN': { ...zhCN, ...zhCNSeries },
  en: { ...en, ...enSeries },
} satisfies Record<Locale, unknown>;

const han = /\p{Script=Han}/u;
const latin = /[A-Za-z0-9]/;

/** A space where a Latin word meets a Chinese one, as in `Emily 出席`. */
const seam = (left = '', right = ''): string =>
  (han.test(left) && latin.test(right)) || (latin.test(left) && han.test(right)) ? ' ' : '';

/** `{name}`, or `{count|person|people}` for a number with its noun. */
const filled = (text: string, params: Params): string =>
  text.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g,
    (whole, name: string, one: string | undefined, many: string, at: number) => {
      const given = String(params[name] ?? whole);
      const value = one === undefined ? given : `${given} ${given === '1' ? one : many}`;
      return seam(text[at - 1], value[0]) + value + seam(value.at(-1), text[at + whole.length]);
    },
  );

/** Whose story: one meeting of the sample, the series, or a meeting of the user's, whose people speak in general terms. */
export type Kind = 'sample' | 'series' | 'own';

type Lines = Partial<Record<TaleKey, string>>;
const linesOf: Record<Kind, (book: { ownTale: Lines; seriesTale: Lines }) => Lines> = {
  sample: () => ({}),
  series: ({ seriesTale }) => seriesTale,
  own: ({ ownTale }) => ownTale,
};

export function wordsFor(locale: Locale, kind: Kind): Words {
  const { demo, tale, ownTale, series, instead, seriesTale } = books[locale];
  const told: Record<DemoKey, string> = { ...demo, ...series, ...(kind === 'series' ? instead : {}) };
  const lines: Record<TaleKey, string> = { ...seriesTale, ...tale, ...linesOf[kind]({ ownTale, seriesTale }) };
  return {
    say: (key, params = {}) => filled(told[key], params),
    line: (key, params = {}) => filled(lines[key], params),
    list: (items) => items.join(demo['comma']),
  };
}
