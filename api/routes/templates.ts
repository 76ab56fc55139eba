/** P8: the templates of the common format, for anybody: they hold nothing but headings. */
import { z } from 'zod';
import type { Locale } from '../../domain/meeting/state.js';
import { problem } from '../errors.js';
import { contentDisposition, mediaTypes } from '../materials/names.js';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { locale } from '../schemas/base.js';

/** Loaded when first wanted: the writers of office files are large. */
const writers = () => import('../../render/templates/common.js');

const makers: Record<string, { type: string; make: (locale: Locale) => Promise<Buffer> }> = {
  'common.xlsx': { type: mediaTypes.xlsx, make: async (lang) => (await writers()).commonXlsx(lang) },
  'common.docx': { type: mediaTypes.docx, make: async (lang) => (await writers()).commonDocx(lang) },
};

export const templateRoutes: Routes = (app, api) => {
  const made = new Map<string, Promise<Buffer>>();
  app.get(
    '/v1/templates/:file',
    {
      config: { open: true },
      schema: {
        tags: ['materials'],
        summary: 'Download a template: common.xlsx or common.docx',
        params: z.object({ file: z.string().describe('common.xlsx or common.docx') }),
        querystring: z.object({ lang: locale().optional() }),
        response: {
          ...answers({}, 404, 422),
          200: { description: 'The file.', content: { 'application/octet-stream': { schema: z.string() } } } as never,
        },
      },
    },
    async (request, reply) => {
      const { file } = request.params;
      const maker = Object.hasOwn(makers, file) ? makers[file] : undefined;
      if (maker === undefined) problem('NotFound', 'P8.noTemplate', 'file');
      const lang = request.query.lang ?? api.locale(request);
      const key = `${file} ${lang}`;
      if (!made.has(key)) made.set(key, maker.make(lang));
      return reply
        .header('content-disposition', contentDisposition(`convoke-${lang}-${file}`))
        .header('content-language', lang)
        .header('vary', 'accept-language')
        .type(maker.type)
        .send(await made.get(key));
    },
  );
};
