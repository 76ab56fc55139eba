/** File names as people send them are hostile until cleaned, and again until encoded. */

import { anyScript } from '../../render/formats/index.js';

/** Every kind of file that is taken, by its extension (P8). */
export const mediaTypes = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  png: 'image/png',
  jpg: 'image/jpeg',
  txt: 'text/plain',
  csv: 'text/csv',
  md: 'text/markdown',
} as const;
export type Extension = keyof typeof mediaTypes;
export const extensions = Object.keys(mediaTypes) as Extension[];

const longestName = 120;

export const extensionOf = (name: string): string => /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';

/** No folders, no characters that are not seen or that turn the text around, nothing that a shell or Windows minds; the right extension. */
export function cleanName(given: string, extension: Extension): string {
  const last = given.split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*%;]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const same = extensionOf(plain) === extension || (extension === 'jpg' && extensionOf(plain) === 'jpeg');
  const stem = same ? plain.replace(/\.[^.]*$/, '') : plain;
  const kept = [...stem].slice(0, longestName).join('').trim();
  return `${kept === '' ? 'file' : kept}.${extension}`;
}

/** RFC 6266, RFC 8187: always as an attachment; the name in ASCII for old readers, and as it is. */
export function contentDisposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  return `attachment; filename="${ascii}"; ${anyScript(name)}`;
}
