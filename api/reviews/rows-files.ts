/** R1: the rows behind a number as a page or a sheet, in the reader's language. */
import type { FastifyReply } from 'fastify';
import type { ReviewRow } from '../../archive/reviews.js';
import type { Locale } from '../../domain/meeting/state.js';
import { isOutcome, type Figure } from '../../domain/review/figures.js';
import type { ReviewReport } from '../../domain/review/report.js';
import { translator } from '../../locales/index.js';
import { rowsCsv, rowsHtml, rowsStyleHash, type ReviewReader, type RowsList } from '../../render/review/index.js';
import type { Api } from '../context.js';
import { fileHeaders, readerOf } from './files.js';
import { findRows, type Reading, type RowsAsked } from './read.js';

/** More than any figure of a quarter has. */
const most = 20_000;

type Asked = RowsAsked & { locale: Locale; token?: string | undefined };

export async function sendRows(
  api: Api,
  reply: FastifyReply,
  format: 'html' | 'csv',
  { report, who }: Reading,
  asked: Asked,
): Promise<FastifyReply> {
  const { items } = await findRows(api, report.quarter, who, asked, { limit: most });
  const reader = await readerOf(
    api,
    report,
    asked,
    items.map((r) => r.department),
  );
  const name = `review-${report.quarter}-${asked.figure}.${format}`;
  if (format === 'csv')
    return reply
      .type('text/csv; charset=utf-8')
      .headers(fileHeaders(asked.locale, name))
      .send(await rowsCsv(report, reader, items));
  const list = listOf(report, reader, asked, items, who.departments !== 'all');
  const style = await rowsStyleHash(report, reader, list);
  return reply
    .type('text/html; charset=utf-8')
    .headers(fileHeaders(asked.locale, name, style))
    .send(await rowsHtml(report, reader, list));
}

function listOf(
  report: ReviewReport,
  reader: ReviewReader,
  asked: Asked,
  rows: ReviewRow[],
  isPart: boolean,
): RowsList {
  const say = translator(asked.locale);
  const { figure: list, scope: kind, id = '' } = asked;
  const scope = {
    organisation: () => say('review.organisation'),
    department: () => reader.names.department(id),
    series: () => report.series.find((s) => s.id === id)?.title ?? say('review.column.series'),
    host: () => reader.names.person(id),
  }[kind]();
  const csv = new URL(reader.reviewUrl);
  csv.pathname = csv.pathname.replace(/\.html$/, '/rows.csv');
  for (const [key, value] of Object.entries({
    figure: list,
    scope: kind,
    ...(id === '' ? {} : { id }),
    lang: asked.locale,
  }))
    csv.searchParams.set(key, value);
  return {
    ...{ list, scope, isPart, rows, told: toldOf(report, asked) },
    links: [
      { text: say('review.rows.report'), href: reader.reviewUrl },
      { text: say('review.rows.csv'), href: csv.href },
    ],
  };
}

function toldOf(report: ReviewReport, { figure, scope, id }: Asked): Figure | undefined {
  if (isOutcome(figure)) {
    const part = report.outcomes[figure];
    return scope === 'organisation' ? { part, whole: part } : undefined;
  }
  const lists = { department: report.departments, series: report.series, host: report.hosts };
  const found = scope === 'organisation' ? report.organisation : lists[scope].find((s) => s.id === id);
  return found?.now[figure];
}
