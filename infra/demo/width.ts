/** Text on a terminal: a Chinese character takes two columns, a Latin one takes one. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const none = /[\p{Mn}\p{Me}\p{Cf}]/u;
/** Must not begin a line. */
const closing = /[，。、；：！？）】」』》〉’”,.;:!?)\]}]/u;
/** Must not end a line. */
const opening = /[（【「『《〈‘“([{]/u;

/** Word joiner: no line may break here. Taken out before anything is shown. */
const joiner = '\u2060';

/** Keeps a text, like a date, on one line. */
export const glued = (text: string): string => [...text].join(joiner);

export function widthOf(text: string): number {
  return [...text].reduce((sum, c) => sum + (none.test(c) ? 0 : wide.test(c) ? 2 : 1), 0);
}

/** Fills up with spaces to `width` columns; what is wider stays as it is. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Where a line may break: between words, and around a wide character but for punctuation; a number keeps its unit. */
function pieces(text: string): string[] {
  const parts: string[] = [];
  let before = '';
  for (const c of text) {
    const last = parts.at(-1) ?? '';
    const kept = before === joiner || c === joiner || (wide.test(c) && /\d $/.test(last));
    const breaks =
      last === '' ||
      (!kept &&
        ((before === ' ' && c !== ' ') ||
          ((wide.test(c) || wide.test(before)) && !closing.test(c) && c !== ' ' && !opening.test(before))));
    if (breaks) parts.push(c);
    else parts[parts.length - 1] = last + c;
    before = c;
  }
  return parts;
}

/** Breaks a text into lines of at most `width` columns; only a word that is wider itself sticks out. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text)) {
    if (line !== '' && widthOf(line) + widthOf(piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return [...lines, line.trimEnd()].map((shown) => shown.replaceAll(joiner, ''));
}
