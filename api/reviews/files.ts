/** R3: a review as a file: one page, PDF or sheet, in the reader's language. */
import type { FastifyReply } from 'fastify';
import type { Locale, PersonId } from '../../domain/meeting/state.js';
import { departmentsIn, peopleIn } from '../../domain/review/names.js';
import type { Quarter, ReviewReport } from '../../domain/review/report.js';
import { namesIn } from '../../render/names.js';
import { reviewCsv, reviewHtml, reviewPdf, reviewStyleHash } from '../../render/review/index.js';
import type { ReviewReader, RowsOf } from '../../render/review/index.js';
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
  /** R2: the addresses of the proposals that are the reader's to answer. */
  decide: Map<string, string>;
}

/** R2: links to what this person may answer. */
export async function decideLinks(
  { deps: { links, clock } }: Api,
  quarter: Quarter,
  person: PersonId | undefined,
  answerable: Iterable<string>,
): Promise<Map<string, string>> {
  if (person === undefined) return new Map();
  const claims = [...answerable].map((ref) => ({ purpose: 'proposal' as const, person, meeting: quarter, ref }));
  return new Map(await Promise.all(claims.map(async (c) => [c.ref, await links.url(c, clock())] as const)));
}

/** Nothing in it is fetched or run. */
export async function sendReviewFile(
  api: Api,
  reply: FastifyReply,
  format: ReviewFormat,
  report: ReviewReport,
  asking: Asking,
): Promise<FastifyReply> {
  const reader = await readerOf(api, report, asking);
  const style = format === 'html' ? `style-src ${await reviewStyleHash(report, reader)}; ` : '';
  const name = `review-${report.quarter}.${format}`;
  return reply
    .type(types[format])
    .headers({
      'content-language': asking.locale,
      'content-disposition': `${format === 'html' ? 'inline' : 'attachment'}; filename="${name}"`,
      'content-security-policy': `default-src 'none'; img-src data:; ${style}base-uri 'none'; frame-ancestors 'none'`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .send(await makers[format](report, reader));
}

async function readerOf(api: Api, report: ReviewReport, { locale, token, decide }: Asking): Promise<ReviewReader> {
  const { archive, config } = api.deps;
  const [people, departments] = await Promise.all([
    archive.directory.people([...new Set(peopleIn(report))]),
    archive.directory.departments(departmentsIn(report)),
  ]);
  const base = `${config.publicUrl}/v1/reviews/${report.quarter}`;
  return {
    locale,
    names: namesIn(locale, people, departments),
    links: (rows) => (rows.of === 'proposal' ? decide.get(rows.proposalId) : linkOf(base, rows, token)),
    reviewUrl: `${base}.html${token === undefined ? '' : `?token=${token}`}`,
  };
}

/** The list behind a number; where there is none for it, none. */
function linkOf(base: string, rows: RowsOf, token?: string): string | undefined {
  const list = (figure: string, scope?: { kind: string; id?: string }): string => {
    const asked = new URLSearchParams({
      figure,
      ...(scope?.id === undefined ? {} : { scope: scope.kind, id: scope.id }),
    });
    if (token !== undefined) asked.set('token', token);
    return `${base}/rows?${asked.toString()}`;
  };
  switch (rows.of) {
    case 'figure':
      return list(rows.figure, rows.scope);
    case 'meetings':
      return list('held', rows.scope);
    case 'topic':
      return list('repeatedTopics');
    case 'outcome':
      return list('held');
    case 'speaking':
      return list('speakingBalance');
    default:
      return undefined;
  }
}
