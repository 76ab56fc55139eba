/** R2: topics that repeat under another id: suggested by their titles, said to be one by a person, never merged silently. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { LikeTopic } from '../../archive/repeats.js';
import { DAY, toIso } from '../../domain/calendar/index.js';
import type { Api } from '../context.js';
import { problem } from '../errors.js';
import { isArchivist, readerOf } from '../knowledge.js';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { zoneFor } from '../zones.js';

const tags = ['knowledge'];
const topicShape = z
  .object({
    topicId: z.string(),
    title: z.string(),
    meetingId: z.string().describe('The last meeting that had it.'),
    meetingTitle: z.string(),
    startsAt: z.string(),
  })
  .meta({ id: 'LikeTopic' });
const likeShape = z.number().describe('0 to 1, by the titles alone.');
const pairShape = z.object({ topics: z.array(topicShape).length(2), likeness: likeShape });
const saidShape = z.object({ topics: z.array(z.string()).length(2), same: z.boolean() });
const topicId = z.string().min(1).max(64);

/** Suggestions look back half a year, unless asked. */
const defaultDays = 183;

export const repeatRoutes: Routes = (app, api) => {
  const { repeats } = api.deps.archive;

  app.get(
    '/v1/topics/:id/similar',
    {
      schema: {
        tags,
        summary: 'Topics of other meetings whose titles are like this one; confidential ones are left out (H10)',
        params: z.object({ id: z.string() }),
        querystring: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
        response: answers(
          {
            200: z.object({
              items: z.array(
                z.object({
                  topic: topicShape,
                  likeness: likeShape,
                  same: z.boolean().optional().describe('What a person said; absent: nobody has.'),
                }),
              ),
            }),
          },
          404,
          422,
        ),
      },
    },
    async (request) => {
      const reader = await readerOf(api, request);
      const topic = await seenTopic(api, request, request.params.id);
      if (reader === 'nobody') return { items: [] };
      const found = await repeats.like(topic, reader, request.query.limit);
      const said = await repeats.links([topic.topicId]);
      return {
        items: found.map(({ topic: other, likeness }) => {
          const link = said.find(({ a, b }) => a === other.topicId || b === other.topicId);
          return { topic: told(api, other), likeness, ...(link === undefined ? {} : { same: link.same }) };
        }),
      };
    },
  );

  app.get(
    '/v1/repeats',
    {
      schema: {
        tags,
        summary: 'Topics that are likely one and that nobody has said anything about, the likest first',
        querystring: z.strictObject({
          days: z.coerce.number().int().min(1).max(1_100).default(defaultDays).describe('How far to look back.'),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: answers({ 200: z.object({ items: z.array(pairShape) }) }, 422),
      },
    },
    async (request) => {
      const reader = await readerOf(api, request);
      if (reader === 'nobody') return { items: [] };
      const { days, limit } = request.query;
      const pairs = await repeats.suggestions(reader, api.deps.clock() - days * DAY, limit);
      return {
        items: pairs.map(({ topics, likeness }) => ({ topics: topics.map((t) => told(api, t)), likeness })),
      };
    },
  );

  app.post(
    '/v1/repeats',
    {
      schema: {
        tags,
        summary:
          'Say whether two topics are one: who organises one of their meetings, or the PMO; again → the newest counts',
        body: z.strictObject({ topics: z.array(topicId).length(2), same: z.boolean() }).meta({ id: 'SayRepeat' }),
        response: answers({ 200: saidShape }, 403, 404, 422),
      },
    },
    async (request) => {
      const { topics, same } = request.body;
      const [a, b] = await bothOf(api, request, topics);
      const { person, key } = request.principal.actor;
      await repeats.say({
        ...{ a, b, same, at: api.deps.clock() },
        ...(person === undefined ? {} : { person }),
        ...(key === undefined ? {} : { key }),
      });
      return { topics: [a, b], same };
    },
  );

  app.delete(
    '/v1/repeats/:a/:b',
    {
      schema: {
        tags,
        summary: 'Take back what was said of two topics; they are suggested again',
        params: z.object({ a: topicId, b: topicId }),
        response: answers({ 204: z.null() }, 403, 404),
      },
    },
    async (request, reply) => {
      const [a, b] = await bothOf(api, request, [request.params.a, request.params.b]);
      if (!(await repeats.takeBack(a, b))) problem('NotFound', 'R5.noLink');
      return reply.code(204).send(null);
    },
  );
};

async function seenTopic(api: Api, request: FastifyRequest, id: string) {
  const reader = await readerOf(api, request);
  const topic = reader === 'nobody' ? null : await api.deps.archive.repeats.topic(id, reader);
  return topic ?? problem('NotFound', 'R5.noSuchTopic', '', { id });
}

/** Both seen by the caller, who organises one of them or looks after all. */
async function bothOf(api: Api, request: FastifyRequest, ids: string[]): Promise<[string, string]> {
  const [a = '', b = ''] = ids;
  if (a === b) problem('BadInput', 'R5.twoTopics', 'topics');
  const both = [await seenTopic(api, request, a), await seenTopic(api, request, b)];
  const { person } = request.principal.actor;
  const organises = person !== undefined && both.some(({ organisers }) => organisers.includes(person));
  if (!organises && !(await isArchivist(api, request.principal))) problem('Forbidden', 'R5.organiserOnly');
  return [a, b];
}

function told(api: Api, { startsAt, topicId: id, title, meetingId, meetingTitle }: LikeTopic) {
  const zone = zoneFor(api.deps.config.timeZone, api.deps.clock());
  return { topicId: id, title, meetingId, meetingTitle, startsAt: toIso(zone, startsAt) };
}
