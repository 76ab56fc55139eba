/** Directory and open actions from tables: a dry run names every fault by row and column, a real one is all or nothing. */
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { translator } from '../../locales/index.js';
import type { Api } from '../context.js';
import { Problem, problem } from '../errors.js';
import { fieldsOf } from '../import/columns.js';
import { runImport } from '../import/run.js';
import { bounds } from '../import/table.js';
import { shownFault } from '../problem-json.js';
import { answers } from '../route.js';
import type { App, Pages } from '../route.js';
import { faultShape } from '../schemas/answers.js';
import { personRef, text } from '../schemas/base.js';
import { importKinds } from '../schemas/imports.js';
import type { ImportKind } from '../schemas/imports.js';
import { requireKeeper } from './directory.js';

const query = z.strictObject({
  kind: z.enum(importKinds).describe('What the rows are.'),
  dryRun: z.enum(['true', 'false']).optional().describe('true: only says what would be made and what is wrong.'),
  coordinator: personRef()
    .optional()
    .describe('actions: who tracks them; default the person of the key. Also asked when a miss is not answered.'),
  title: text(200).optional().describe('actions: the title of the record that holds them.'),
});

const resultShape = z
  .object({
    kind: z.enum(importKinds),
    dryRun: z.boolean(),
    rows: z.int().describe('Rows that can be used.'),
    made: z.array(z.string()).describe('What is new, the first 100 by name.'),
    madeCount: z.int(),
    changed: z.array(z.string()).describe('What becomes another, the first 100 by name.'),
    changedCount: z.int(),
    unchanged: z.int(),
    faults: z.array(faultShape).describe('With row and column in params. A real run with any of these does nothing.'),
    meetingId: z.string().optional().describe('actions: the record that follows them up.'),
  })
  .meta({ id: 'Import' });

const tags = ['directory'];

export const importRoutes: Pages = async (app, api) => {
  await app.register(async (scope) => {
    // Bytes as they come; what they are is told by themselves.
    scope.removeAllContentTypeParsers();
    if (!scope.hasRequestDecorator('isMultipart'))
      await scope.register(multipart, { limits: { fileSize: bounds.bytes, files: 1, fields: 5, parts: 6 } });
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bounds.bytes }, (_request, body, done) =>
      done(null, body),
    );
    upload(scope, api);
  });
  templates(app, api);
};

function upload(app: App, api: Api): void {
  app.post(
    '/v1/imports',
    {
      bodyLimit: bounds.bytes + 10_000,
      schema: {
        tags,
        summary: 'Import people, departments or open actions from CSV or xlsx (at most 5 MB, 5,000 rows)',
        description:
          'The file as the body (text/csv or xlsx), or as the one file of a multipart form. Headings in any of the three languages. UTF-8, UTF-16, Big5 or GB18030.',
        querystring: query,
        consumes: [
          'text/csv',
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          'multipart/form-data',
        ],
        response: answers({ 200: resultShape }, 400, 403, 413, 422),
      },
    },
    async (request) => {
      requireKeeper(request.principal);
      const { kind, dryRun, coordinator, title } = request.query;
      const dry = dryRun === 'true';
      const bytes = await bytesOf(request);
      const done = await runImport(api, request, { kind, dryRun: dry, coordinator, title, bytes });
      if (!dry && done.faults.length > 0) throw new Problem('BadInput', done.faults);
      const locale = api.locale(request);
      return {
        kind,
        dryRun: dry,
        rows: done.rows,
        made: done.made.slice(0, 100),
        madeCount: done.made.length,
        changed: done.changed.slice(0, 100),
        changedCount: done.changed.length,
        unchanged: done.unchanged,
        faults: done.faults.map((f) => shownFault(f, locale)),
        ...(done.meetingId === undefined ? {} : { meetingId: done.meetingId }),
      };
    },
  );
}

async function bytesOf(request: FastifyRequest): Promise<Buffer> {
  if (Buffer.isBuffer(request.body)) return request.body;
  if (!request.isMultipart()) return problem('BadInput', 'import.empty');
  try {
    const file = await request.file();
    if (file === undefined) return problem('BadInput', 'import.empty');
    return await file.toBuffer();
  } catch (error) {
    if (error instanceof Problem) throw error;
    const { code } = error as { code?: unknown };
    if (code === 'FST_REQ_FILE_TOO_LARGE') return problem('TooLarge', 'import.tooLarge', '', { mb: 5 });
    return problem('BadInput', 'import.unreadable');
  }
}

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function templates(app: App, api: Api): void {
  const headings = (request: FastifyRequest, kind: ImportKind): string[] => {
    const say = translator(api.locale(request));
    return fieldsOf(kind).map((field) => say(`imports.${kind}.${field}`));
  };
  const querystring = z.strictObject({ kind: z.enum(importKinds) });

  app.get(
    '/v1/imports/template.csv',
    { schema: { tags, summary: 'An empty table to fill in, CSV', querystring, response: answers({}, 422) } },
    (request, reply) => {
      const { kind } = request.query;
      // With its mark, so that Excel reads it as UTF-8.
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${kind}.csv"`)
        .send(`\ufeff${headings(request, kind).join(',')}\r\n`);
    },
  );

  app.get(
    '/v1/imports/template.xlsx',
    { schema: { tags, summary: 'An empty table to fill in, xlsx', querystring, response: answers({}, 422) } },
    async (request, reply) => {
      const { kind } = request.query;
      const head = headings(request, kind);
      const { default: writeXlsxFile } = await import('write-excel-file/node');
      const bytes = await writeXlsxFile([head.map((value) => ({ value, fontWeight: 'bold' as const }))], {
        columns: head.map(() => ({ width: 24 })),
        stickyRowsCount: 1,
      }).toBuffer();
      return reply.type(xlsxType).header('content-disposition', `attachment; filename="${kind}.xlsx"`).send(bytes);
    },
  );
}
