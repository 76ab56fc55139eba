/** P8: materials of a topic: hand in, hand in again, look, download. */
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CommandInput } from '../../domain/meeting/commands.js';
import { findMaterial } from '../../domain/meeting/prepared.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import type { Api } from '../context.js';
import { instantIn } from '../dates.js';
import { problem } from '../errors.js';
import { fileOf, sendMaterial } from '../materials/download.js';
import { storeFile } from '../materials/hand-in.js';
import { mostMegabytes, receiving, uploadLimits } from '../materials/receive.js';
import type { Received } from '../materials/receive.js';
import { Mentions } from '../mentions.js';
import { iso, present } from '../present/context.js';
import { presentMaterial } from '../present/meeting.js';
import { answers, changed, commandRefusals, idempotencyHeader } from '../route.js';
import type { App, Routes } from '../route.js';
import { changedShape, fileShape, materialShape, personShape } from '../schemas/answers.js';
import { bounds, instant, link, personRef, text } from '../schemas/base.js';
import { parse } from '../validate.js';

const topicParams = z.object({ id: z.string(), topicId: z.string() });
const materialParams = z.object({ ...topicParams.shape, materialId: z.string() });

const body = z.strictObject({
  title: text(bounds.title).optional().describe('What it is. A new one is called after its file when none is given.'),
  owner: personRef().optional().describe('Who prepares it; of a new one by default whoever hands it in.'),
  dueAt: instant().optional(),
  link: link().optional().describe('Instead of a file.'),
});
const shape = z.object({ ...changedShape.shape, meetingId: z.string(), version: z.int() });

const description = `As JSON, or as \`multipart/form-data\` with the same fields and one \`file\` of up to ${mostMegabytes} MB: pdf, docx,
xlsx, pptx, odt, ods, odp, png, jpg, txt, csv, md, told apart by their content. An xlsx needs the columns of the template,
unless its topic is of \`format: free\`. What was handed in is frozen at the close (409).`;

const tags = ['materials'];
const schema = (params: z.ZodObject, summary: string, status: number) => ({
  tags,
  summary,
  description,
  consumes: ['application/json', 'multipart/form-data'],
  params,
  headers: idempotencyHeader,
  body: body.optional(),
  response: answers({ [status]: shape }, ...commandRefusals),
});

const writing = (app: App, api: Api): void => {
  app.post(
    '/v1/meetings/:id/topics/:topicId/materials',
    { config: { upload: true }, schema: schema(topicParams, 'Add a material to a topic (P8)', 201) },
    async (request, reply) => reply.code(201).send(await handIn(api, request, request.params as unknown as Where)),
  );
  app.put(
    '/v1/meetings/:id/topics/:topicId/materials/:materialId',
    { config: { upload: true }, schema: schema(materialParams, 'Hand in the next version of a material (P8)', 200) },
    async (request) => handIn(api, request, request.params as unknown as Where),
  );
};

interface Where {
  id: string;
  topicId: string;
  materialId?: string;
}

/** Who may not is told before the bytes are taken. */
async function handIn(api: Api, request: FastifyRequest, where: Where) {
  const { id, topicId, materialId } = where;
  const at = { topicId, ...(materialId === undefined ? {} : { materialId }) };
  const { actor } = request.principal;
  const { state } = await api.dryRun('material', id, { title: '-', owner: '-', ...at }, actor);
  const work = async ({ fields, file }: Received) => {
    const said = parse(body, fields);
    if (file !== undefined && said.link !== undefined) problem('BadInput', 'P8.oneOf', 'link');
    request.body = { ...fields, ...(file && { hash: file.hash }) };
    const topic = state.agenda.find((t) => t.topicId === topicId);
    const stored = file && (await storeFile(api.deps, topic ?? {}, file));
    const mentions = new Mentions().person(said.owner, 'owner');
    const fresh = materialId === undefined ? { title: file?.name, owner: actor.person } : {};
    const answer = await api.runNaming(request, 'material', id, mentions, (who) => ({
      ...at,
      ...given({ ...fresh, ...present(said), owner: who.maybePerson('owner') ?? fresh.owner }),
      ...(said.dueAt === undefined ? {} : { dueAt: instantIn(state.zone, said.dueAt, 'dueAt') }),
      ...(stored && { file: stored }),
    }));
    api.meetings.forget(id);
    return { ...changed(api, request, id, answer, state.zone), ...answer.result, meetingId: id };
  };
  if (request.isMultipart()) return receiving(request, work);
  return work({ fields: (request.body ?? {}) as Record<string, string> });
}

type Said = Pick<CommandInput<'material'>, 'title' | 'owner' | 'link'>;
const given = ({ title, owner, link: to }: { [K in keyof Said]?: string | undefined }): Said =>
  present({ title, owner, link: to });

const versionShape = z.object({
  version: z.int(),
  file: fileShape.optional(),
  link: z.string().optional(),
  by: personShape.optional(),
  at: z.string(),
  frozenAt: z.string().optional(),
});

const reading: Routes = (app, api) => {
  app.get(
    '/v1/meetings/:id/topics/:topicId/materials/:materialId',
    {
      schema: {
        tags,
        summary: 'One material and its versions',
        params: materialParams,
        response: answers({ 200: z.object({ ...materialShape.shape, versions: z.array(versionShape) }) }, 404),
      },
    },
    async (request) => {
      const { state, material } = await found(api, request, request.params);
      const telling = await api.telling(state, api.locale(request));
      const versions = await api.deps.archive.files.versions(state.id, material.id);
      return {
        ...presentMaterial(telling, material),
        versions: versions.map(({ version, file, link: to, by, at, frozenAt }) => ({
          ...{ version, at: iso(telling, at) },
          ...(file === undefined ? {} : { file }),
          ...(to === undefined ? {} : { link: to }),
          ...(by === undefined ? {} : { by: telling.names.person(by) }),
          ...(frozenAt === undefined ? {} : { frozenAt: iso(telling, frozenAt) }),
        })),
      };
    },
  );
  app.get(
    '/v1/meetings/:id/topics/:topicId/materials/:materialId/file',
    {
      schema: {
        tags,
        summary: "Download a material's file",
        params: materialParams,
        querystring: z.strictObject({ version: z.coerce.number().int().min(1).max(1_000_000).optional() }),
        response: {
          ...answers({}, 404),
          200: {
            description: 'The bytes, as an attachment.',
            content: { 'application/octet-stream': { schema: z.string() } },
          } as never,
        },
      },
    },
    async (request, reply) => {
      const { state, material } = await found(api, request, request.params);
      return sendMaterial(api, reply, await fileOf(api, state, material.id, request.query.version));
    },
  );
};

async function found(api: Api, request: FastifyRequest, { id, topicId, materialId }: Required<Where>) {
  const { state } = await api.seen(request, id);
  return { state, material: materialIn(state, topicId, materialId) };
}

function materialIn(state: MeetingState, topicId: string, id: string) {
  const there = findMaterial(state, id);
  if (there?.topic.topicId !== topicId) problem('NotFound', 'P8.noSuchMaterial', 'materialId', { id });
  return there.material;
}

export const materialRoutes = async (app: App, api: Api): Promise<void> => {
  reading(app, api);
  // Multipart is read here and nowhere else.
  await app.register(async (scope) => {
    await scope.register(multipart, uploadLimits);
    writing(scope, api);
  });
};
