/** P8: what a file is, by its content alone. */
import { fileTypeFromFile } from 'file-type';
import { extensionOf, extensions } from './names.js';
import type { Extension } from './names.js';

const texts: readonly string[] = ['txt', 'csv', 'md'];
const isTaken = (ext: string): ext is Extension => (extensions as string[]).includes(ext);

/**
 * The extension that the content has, or undefined when it is none that is taken. Text has no mark of its own: it is called
 * text and has no NUL.
 */
export async function sniff(path: string, name: string, hasNul: boolean): Promise<Extension | undefined> {
  const named = extensionOf(name);
  if (texts.includes(named)) return hasNul ? undefined : (named as Extension);
  const found = await fileTypeFromFile(path).catch(() => undefined);
  return found !== undefined && isTaken(found.ext) ? found.ext : undefined;
}
