/** 5W1H; problem → cause → solution → risk control (E12): one form per topic, its text in the archive. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { toIso } from '../../domain/calendar/index.js';
import type { AnalysisContent } from '../../archive/analyses.js';
import { analysesOf } from '../analyses.js';
import type { Api } from '../context.js';
import { problem } from '../errors.js';
import { answers, changed, commandRefusals, idempotencyHeader, meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { changedShape, personShape } from '../schemas/answers.js';
import { analysisBody, analysisFields, analysisPutBody } from '../schemas/room.js';

const topicParams = z.object({ id: z.string(), topicId: z.string() });
const saved = z.object({ ...changedShape.shape, topicId: z.string(), version: z.int() });
const analysisShape = z
  .object({
    topicId: z.string(),
    version: z.int(),
    at: z.string(),
    by: personShape.optional(),
    ...Object.fromEntries(Object.keys(analysisFields).map((k) => [k, z.string().optional()])),
  })
  .meta({ id: 'Analysis' });
const tags = ['execution'];

async function save(
  api: Api,
  request: FastifyRequest,
  topicId: string,
  { version, ...content }: AnalysisContent & { version?: number | undefined },
) {
  const { id } = request.params as { id: string };
  if (Object.values(content).every((text) => text === undefined)) problem('BadInput', 'E12.textNeeded');
  const on = version === undefined ? {} : { version };
  // Nothing is kept for somebody who may not.
  const { state } = await api.dryRun('analysis', id, { topicId, hash: '', ...on }, request.principal.actor);
  const hash = await api.deps.archive.analyses.save(id, content);
  const answer = await api.run(request, 'analysis', id, { topicId, hash, ...on }, state.zone);
  return { ...changed(api, request, id, answer, state.zone), topicId, version: answer.result.version };
}

const writeAnalyses: Routes = (app, api) => {
  app.post(
    '/v1/meetings/:id/analyses',
    {
      schema: {
        tags,
        summary: 'Write a topic’s analysis (E12): 5W1H, and problem → cause → solution → risk control',
        params: meetingParams,
        headers: idempotencyHeader,
        body: analysisBody,
        response: answers({ 201: saved }, ...commandRefusals),
      },
    },
    async (request, reply) => {
      const { topicId, ...content } = request.body;
      return reply.code(201).send(await save(api, request, topicId, content));
    },
  );

  app.put(
    '/v1/meetings/:id/analyses/:topicId',
    {
      schema: {
        tags,
        summary: 'Replace a topic’s analysis by a new version (E12)',
        params: topicParams,
        headers: idempotencyHeader,
        body: analysisPutBody,
        response: answers({ 200: saved }, ...commandRefusals),
      },
    },
    (request) => save(api, request, request.params.topicId, request.body),
  );
};

const readAnalyses: Routes = (app, api) => {
  app.get(
    '/v1/meetings/:id/analyses/:topicId',
    {
      schema: {
        tags,
        summary: 'A topic’s analysis (E12)',
        params: topicParams,
        response: answers({ 200: analysisShape }, 404),
      },
    },
    async (request) => {
      const { id, topicId } = request.params;
      const { state } = await api.seen(request, id);
      const found = (await analysesOf(api, state)).find((a) => a.analysis.topicId === topicId);
      if (found === undefined) problem('NotFound', 'E12.none', 'topicId', { topicId });
      const { version, at, by } = found.analysis;
      const { names } = await api.telling(state, api.locale(request));
      const author = names.maybePerson(by.person);
      return { topicId, version, at: toIso(state.zone, at), ...(author && { by: author }), ...found.content };
    },
  );
};

export const analysisRoutes: Routes = (app, api) => {
  for (const add of [writeAnalyses, readAnalyses]) add(app, api);
};
