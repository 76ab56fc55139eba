/**
 * R3: one quarter's report as a page, a PDF, a sheet and a mail; pure data in, the same bytes out. Charts and fonts are
 * large and wanted a few times a quarter, so they are loaded then.
 */
import type { ReviewReport } from '../../domain/review/report.js';
import type { RenderedMail } from '../mail/index.js';
import type { MailScope } from './mail.js';
import type { ReviewReader } from './reader.js';
import type { RowLine, RowsList } from './rows.js';

export type { MailScope } from './mail.js';
export type { ReviewReader, ReviewScope, RowsOf } from './reader.js';
export type { RowsList } from './rows.js';
export { rowsUrl } from './addresses.js';

/** One HTML file that needs nothing else: style and charts inside, no script. */
export const reviewHtml = async (report: ReviewReport, reader: ReviewReader): Promise<string> =>
  (await import('./page.js')).reviewHtml(report, reader);

/** For `style-src` where the page is served: its own style and no other; it needs nothing besides. */
export const reviewStyleHash = async (report: ReviewReport, reader: ReviewReader): Promise<string> =>
  (await import('./page.js')).reviewStyleHash(report, reader);

/** The rows behind a number of it, in the same form. */
export const rowsHtml = async (report: ReviewReport, reader: ReviewReader, list: RowsList): Promise<string> =>
  (await import('./page.js')).rowsHtml(report, reader, list);
export const rowsStyleHash = async (report: ReviewReport, reader: ReviewReader, list: RowsList): Promise<string> =>
  (await import('./page.js')).rowsStyleHash(report, reader, list);
export const rowsCsv = async (report: ReviewReport, reader: ReviewReader, rows: RowLine[]): Promise<string> =>
  (await import('./rows.js')).rowsCsv(report, reader, rows);

/** A4, fonts embedded. */
export const reviewPdf = async (report: ReviewReport, reader: ReviewReader): Promise<Buffer> =>
  (await import('./pdf.js')).reviewPdf(report, reader);

/** Every figure of every scope and period, and the meetings, with a byte order mark. */
export const reviewCsv = async (report: ReviewReport, reader: ReviewReader): Promise<string> =>
  (await import('./csv.js')).reviewCsv(report, reader);

/** `scope`: the whole organisation, or the departments that are the reader's. */
export const reviewMail = async (
  report: ReviewReport,
  scope: MailScope,
  reader: ReviewReader,
): Promise<Omit<RenderedMail, 'invitation'>> => (await import('./mail.js')).reviewMail(report, scope, reader);

export { changeSentence, reason } from './parts/proposals.js';
export { quarterName } from './numbers.js';
