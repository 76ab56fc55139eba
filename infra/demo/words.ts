import type { Locale } from '../../domain/meeting/state.js';
import * as en from '../../locales/en/demo.js';
import * as zhCN from '../../locales/zh-CN/demo.js';
import * as zhTW from '../../locales/zh-TW/demo.js';

export type DemoKey = keyof typeof zhTW.demo;
export type TaleKey = keyof typeof zhTW.tale;
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

const books = { 'zh-TW': zhTW, 'zh-CN': zhCN, en } satisfies Record<Locale, unknown>;

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

/** `own`: a meeting of the user's, whose people speak in general terms. */
export function wordsFor(locale: Locale, own: boolean): Words {
  const { demo, tale, ownTale } = books[locale];
  const lines = own ? ownTale : tale;
  return {
    say: (key, params = {}) => filled(demo[key], params),
    line: (key, params = {}) => filled(lines[key], params),
    list: (items) => items.join(demo['comma']),
  };
}
