/**
 * Every list as a file. What is written are the answers of the list itself, page after page, as this caller gets them: who
 * sees what is decided in one place, and no list is held in memory.
 */
import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { type Cell, harmless } from '../../render/table/cells.js';
import { byteOrderMark, csvLine } from '../../render/table/csv.js';
import { listNames, lists, tableOf, type List, type ListName } from '../lists/columns.js';
import { problem } from '../errors.js';
import { answers } from '../route.js';
import type { App, Routes } from '../route.js';

const formats = ['csv', 'xlsx'] as const;
const files = listNames.flatMap((name) => formats.map((format) => `${name}.${format}` as const));
const media = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
/** A workbook is made in memory. */
const mostRows = 20_000;

interface Page {
  items: Record<string, unknown>[];
  next?: string;
}

export const listRoutes: Routes = (app, api) => {
  app.get(
    '/v1/lists/:file',
    {
      schema: {
        tags: ['service'],
        summary: 'A list as a file, with the filters of the list itself: what the caller may see, for spreadsheets',
        params: z.object({ file: z.enum(files) }),
        querystring: z.looseObject({}).describe('As of the list, without cursor and limit.'),
        response: answers({}, 404, 422),
      },
    },
    async (request, reply) => {
      const [name, format] = request.params.file.split('.') as [ListName, (typeof formats)[number]];
      const locale = api.locale(request);
      const table = tableOf(name, locale);
      const pages = pagesOf(app, request, lists[name]);
      const begun = await pages.next();
      const first = begun.done === true ? undefined : begun.value;
      if (first !== undefined && 'status' in first) return reply.code(first.status).type(first.type).send(first.body);
      reply.type(media[format]).headers({
        'content-language': locale,
        'content-disposition': `attachment; filename="${name}.${format}"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      const rows = rowsOf(first, pages, table.row);
      if (format === 'csv') return reply.send(Readable.from(csvOf(table.head, rows)));
      const { tableXlsx } = await import('../../render/table/xlsx.js');
      const all: Cell[][] = [];
      for await (const row of rows) {
        if (all.length === mostRows) problem('BadInput', 'list.tooMany', 'file', { max: mostRows });
        all.push(row);
      }
      return reply.send(await tableXlsx(table.title, table.head, all));
    },
  );
};

interface Refused {
  status: number;
  type: string;
  body: string;
}

/** The list's own answers; the first may be a refusal, a later one ends the file where it is. */
async function* pagesOf(
  app: App,
  request: FastifyRequest,
  { path, paged }: List,
): AsyncGenerator<Page | Refused, void> {
  const query = new URLSearchParams(request.url.split('?', 2)[1] ?? '');
  for (const own of ['cursor', 'limit']) query.delete(own);
  if (paged) query.set('limit', '200');
  for (let first = true; ; first = false) {
    const { authorization, 'accept-language': language } = request.headers;
    const { statusCode, headers, body } = await app.inject({
      url: `${path}?${query}`,
      remoteAddress: request.ip,
      headers: { authorization, ...(language === undefined ? {} : { 'accept-language': language }) },
    });
    if (statusCode !== 200) {
      if (!first) throw new Error(`the list answered ${statusCode}`);
      yield { status: statusCode, type: String(headers['content-type']), body };
      return;
    }
    const page = JSON.parse(body) as Page;
    yield page;
    if (page.next === undefined) return;
    query.set('cursor', page.next);
  }
}

async function* rowsOf(
  first: Page | undefined,
  rest: AsyncGenerator<Page | Refused, void>,
  row: (item: Record<string, unknown>) => Cell[],
): AsyncGenerator<Cell[]> {
  for (const item of first?.items ?? []) yield row(item);
  for await (const page of rest) for (const item of (page as Page).items) yield row(item);
}

/** In pieces of some lines: a piece per line would cost more than the line. */
async function* csvOf(head: string[], rows: AsyncGenerator<Cell[]>): AsyncGenerator<string> {
  let piece = byteOrderMark + csvLine(head.map(harmless));
  for await (const row of rows) {
    piece += csvLine(row);
    if (piece.length < 32_768) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
