/**
 * Hostile text (design §7): what people typed goes into headers, HTML, calendars and plain text. Escaping belongs to each
 * format; here is taken out what no format can carry safely.
 */

/** Marks that turn the reading direction, with which a name can look like another. */
const bidi = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Control characters but TAB, LF and CR; line and paragraph separators are line breaks. */
const controls = /[^\P{Cc}\t\n\r]|[\ufeff\ufff9-\ufffb]/gu;
const loneSurrogates = /\p{Cs}/gu;

function plain(text: string): string {
  return text.replace(bidi, '').replace(controls, '').replace(loneSurrogates, '\ufffd');
}

/** One line: for headers, subjects, titles, names. */
export function oneLine(text: string): string {
  return plain(text.replace(/[\t\r\n\v\f\u0085\u2028\u2029]+/gu, ' '))
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Several lines, ended by LF. */
export function manyLines(text: string): string {
  return plain(text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/gu, '\n').replace(/\t/g, ' '))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Shortened to `max` characters (whole code points), with an ellipsis. */
export function shortened(text: string, max: number): string {
  const characters = [...text];
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}

/** The address when it is an http or https link, else undefined: no other scheme gets a link in a mail. */
export function webLink(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const clean = oneLine(text);
  if (!/^https?:\/\//i.test(clean) || !URL.canParse(clean)) return undefined;
  return new URL(clean).href;
}
