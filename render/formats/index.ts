/** M4: the minutes as a file, each format from the one document. Writers are loaded when first wanted: they are large. */
import type { MinutesDocument } from '../minutes.js';
import { minutesMarkdown } from '../minutes.js';
import { minutesPage } from './page.js';

export const minutesFormats = ['html', 'pdf', 'docx', 'xlsx', 'md'] as const;
export type MinutesFormat = (typeof minutesFormats)[number];

const office = 'application/vnd.openxmlformats-officedocument';
export const mediaTypes: Record<MinutesFormat, string> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`,
  md: 'text/markdown; charset=utf-8',
};

export async function minutesFile(format: MinutesFormat, document: MinutesDocument): Promise<Buffer | string> {
  switch (format) {
    case 'html':
      return minutesPage(document);
    case 'pdf':
      return (await import('./pdf.js')).minutesPdf(document);
    case 'docx':
      return (await import('./docx.js')).minutesDocx(document);
    case 'xlsx':
      return (await import('./xlsx.js')).minutesXlsx(document);
    case 'md':
      return minutesMarkdown(document);
  }
}

/** RFC 6266: the meeting's name in any script, and a plain one for those that cannot read it. */
export function disposition(format: MinutesFormat, { title }: MinutesDocument): string {
  const where = format === 'html' || format === 'pdf' ? 'inline' : 'attachment';
  const name = `${title
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 80)}.${format}`;
  return `${where}; filename="minutes.${format}"; ${anyScript(name)}`;
}

/** RFC 8187: a file's name in any script, as a parameter of Content-Disposition. */
export function anyScript(name: string): string {
  const escaped = (c: string): string => `%${c.charCodeAt(0).toString(16).toUpperCase()}`;
  return `filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, escaped)}`;
}
