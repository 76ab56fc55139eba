import type { ChatMessage } from '../../render/chat.js';
import { shortened } from '../../render/text.js';

export const bytesOf = (value: string): number => Buffer.byteLength(value, 'utf8');

const shortTitle = 40;

/** Shorter until `size` is within the vendor's limit: from the end of the text first, since links are what people need. */
export function fitted(message: ChatMessage, size: (message: ChatMessage) => number, most: number): ChatMessage {
  let shown = message;
  while (size(shown) > most) {
    const last = shown.lines.at(-1);
    if (last !== undefined) {
      const half = Math.floor([...last].length / 2);
      const kept = half > 20 ? [shortened(last, half)] : [];
      shown = { ...shown, lines: [...shown.lines.slice(0, -1), ...kept] };
    } else if ([...shown.title].length > shortTitle) shown = { ...shown, title: shortened(shown.title, shortTitle) };
    else if (shown.links.length > 1) shown = { ...shown, links: shown.links.slice(0, -1) };
    else return shown;
  }
  return shown;
}
