/** R3: a review as a file: one page, PDF or sheet, in the reader's language. */
import type { FastifyReply } from 'fastify';
import type { DepartmentId, Locale } from '../../domain/meeting/state.js';
import { quarterBefore, sameQuarterLastYear } from '../../domain/review/quarter.js';
import { departmentsIn, peopleIn } from '../../domain/review/names.js';
import type { Quarter, ReviewReport } from '../../domain/review/report.js';
import { namesIn } from '../../render/names.js';
import { reviewCsv, reviewHtml, reviewPdf, reviewStyleHash, rowsUrl } from '../../render/review/index.js';
import type { ReviewReader } from '../../render/review/index.js';
import type { Api } from '../context.js';

export type ReviewFormat = 'html' | 'pdf' | 'csv';

const types: Record<ReviewFormat, string> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
};
const makers: Record<ReviewFormat, (report: ReviewReport, reader: ReviewReader) => Promise<string | Buffer>> = {
  html: reviewHtml,
  pdf: reviewPdf,
  csv: reviewCsv,
};

export interface Asking {
  locale: Locale;
  /** Who came by the link of a mail follows the links in the file by the same. */
  token?: string | undefined;
  /** R2: ids of the proposals that are the reader's to answer. */
  mine?: Set<string>;
}

/** Nothing in it is fetched or run. */
export async function sendReviewFile(
  api: Api,
  reply: FastifyReply,
  format: ReviewFormat,
  report: ReviewReport,
  asking: Asking,
): Promise<FastifyReply> {
  const { mine, ...others } = asking;
  // A file is handed on more easily than a page: there nobody decides by it.
  const reader = await readerOf(api, report, format === 'html' ? asking : others);
  const style = format === 'html' ? await reviewStyleHash(report, reader) : undefined;
  return reply
    .type(types[format])
    .headers(fileHeaders(asking.locale, `review-${report.quarter}.${format}`, style))
    .send(await makers[format](report, reader));
}

/** `style`: of a page, shown in place; anything else is saved. */
export const fileHeaders = (locale: Locale, name: string, style?: string) => ({
  'content-language': locale,
  'content-disposition': `${style === undefined ? 'attachment' : 'inline'}; filename="${name}"`,
  'content-security-policy': `default-src 'none'; img-src data:; ${style === undefined ? '' : `style-src ${style}; `}base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});

/** `departments`: named in what is shown beside the report. */
export async function readerOf(
  api: Api,
  report: ReviewReport,
  { locale, token, mine = new Set() }: Asking,
  departments: DepartmentId[] = [],
): Promise<ReviewReader> {
  const { directory } = api.deps.archive;
  const [people, named, urls] = await Promise.all([
    directory.people([...new Set(peopleIn(report))]),
    directory.departments([...new Set([...departmentsIn(report), ...departments])]),
    linksOf(api, report.quarter, token, mine),
  ]);
  const reviewUrl = urls.report(report.quarter) ?? '';
  const file = (format: string): string => reviewUrl.replace('.html?', `.${format}?`);
  return {
    locale,
    names: namesIn(locale, people, named),
    links: (rows) =>
      rows.of === 'proposal' ? urls.decide.get(rows.proposalId) : rowsUrl(rows, report.quarter, urls.report),
    reviewUrl,
    files: token === undefined ? undefined : { pdf: file('pdf'), csv: file('csv') },
  };
}

interface Urls {
  /** Of a quarter that was reviewed; by a link of the same reader, if they came by one. */
  report(quarter: Quarter): string | undefined;
  /** R2: of the proposals that the reader may answer, who came by the mail. */
  decide: Map<string, string>;
}

async function linksOf(api: Api, quarter: Quarter, token: string | undefined, mine: Set<string>): Promise<Urls> {
  const { archive, config, links } = api.deps;
  const there = (await archive.reviews.list()).map((r) => r.quarter);
  const known = [quarterBefore(quarter), sameQuarterLastYear(quarter)].filter((q) => there.includes(q));
  const at = (q: Quarter): string => `${config.publicUrl}/v1/reviews/${q}.html`;
  const claims = token === undefined ? undefined : await links.verify(token);
  if (token === undefined || claims === undefined)
    return { report: (q) => (q === quarter || known.includes(q) ? at(q) : undefined), decide: new Map() };
  const others = await Promise.all(
    known.map(async (q) => [q, `${at(q)}?token=${await links.sign({ ...claims, meeting: q })}`] as const),
  );
  const reports = new Map<Quarter, string>([[quarter, `${at(quarter)}?token=${token}`], ...others]);
  const { by, ...own } = claims;
  // H6: what somebody is to decide is not handed on.
  const decided = by === undefined ? [...mine] : [];
  const decide = decided.map(
    async (ref) => [ref, `${config.publicUrl}/p/${await links.sign({ ...own, purpose: 'proposal', ref })}`] as const,
  );
  return { report: (q) => reports.get(q), decide: new Map(await Promise.all(decide)) };
}
