/** P9: success stories: told in a meeting, seen beyond it only after the owning head has released them. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Story, StoryFilter } from '../../archive/stories.js';
import { toIso, toLocal } from '../../domain/calendar/index.js';
import type { LocalDate } from '../../domain/calendar/index.js';
import type { Principal } from '../auth.js';
import type { Api } from '../context.js';
import { Problem, problem } from '../errors.js';
import { idempotencyOf, refuseOtherRequest } from '../idempotency.js';
import { Names } from '../present/context.js';
import { answers, commandRefusals, idempotencyHeader, meetingParams, page, paging } from '../route.js';
import type { Routes } from '../route.js';
import { departmentShape, personShape } from '../schemas/answers.js';
import { bounds, lines, personRef, text } from '../schemas/base.js';
import { zoneFor } from '../zones.js';

const storyShape = z
  .object({
    id: z.string(),
    meetingId: z.string(),
    title: z.string(),
    text: z.string(),
    author: personShape,
    department: departmentShape.optional(),
    state: z.enum(['private', 'released']).describe('private: seen in its meeting only.'),
    at: z.string(),
    releasedBy: personShape.optional(),
  })
  .meta({ id: 'Story' });
const list = z.object({ items: z.array(storyShape) });
const storyParams = z.object({ storyId: z.string() });

const body = z.strictObject({
  title: text(bounds.title),
  text: lines(bounds.longText),
  author: personRef().optional().describe('Default: the caller. Somebody else needs the scope act-as.'),
});
const tags = ['materials'];

export const storyRoutes: Routes = (app, api) => {
  const { stories, directory } = api.deps.archive;

  app.post(
    '/v1/meetings/:id/stories',
    {
      schema: {
        tags,
        summary: 'Tell a success story in a meeting (P9)',
        params: meetingParams,
        headers: idempotencyHeader,
        body,
        response: answers({ 201: storyShape }, ...commandRefusals),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { state, now } = await api.seen(request, id);
      const author = await authorOf(api, request.principal, request.body.author);
      const seat = state.participants.find((p) => p.person === author)?.department;
      const department = seat ?? (await directory.people([author]))[0]?.departments[0];
      const { title, text: told } = request.body;
      const asked = idempotencyOf(request);
      const { story, requestHash } = await stories.add(
        { meetingId: id, author, title, text: told, at: now, ...(department && { department }) },
        asked && { ...asked, key: `${request.principal.id}:${asked.key}` },
      );
      refuseOtherRequest(asked, requestHash);
      return reply.code(201).send((await present(api, request, [story]))[0]);
    },
  );

  app.get(
    '/v1/meetings/:id/stories',
    {
      schema: {
        tags,
        summary: 'The stories of a meeting, for whoever sees it',
        params: meetingParams,
        response: answers({ 200: list }, 404),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { state } = await api.seen(request, id);
      const { person } = request.principal.actor;
      const told = await stories.ofMeeting(id);
      // H7: what is told inside the house goes out when it is released.
      const shown = state.outside ? told.filter((s) => s.state === 'released' || s.author === person) : told;
      return { items: await present(api, request, shown) };
    },
  );

  app.get(
    '/v1/stories',
    {
      schema: {
        tags,
        summary: 'Released stories, newest first; or those that wait for the caller to release them',
        querystring: z.strictObject({ waiting: z.enum(['true']).optional(), ...paging }),
        response: answers({ 200: page(storyShape) }, 422),
      },
    },
    async (request) => {
      const { limit, cursor, waiting } = request.query;
      const found = await stories.list({ ...(waiting ? mine(api, request.principal) : released), limit, cursor });
      return { ...found, items: await present(api, request, found.items) };
    },
  );

  app.get(
    '/v1/stories/:storyId',
    { schema: { tags, summary: 'One story', params: storyParams, response: answers({ 200: storyShape }, 404) } },
    async (request) => (await present(api, request, [await seen(api, request)]))[0]!,
  );

  app.post(
    '/v1/stories/:storyId/release',
    {
      schema: {
        tags,
        summary: "Say that nothing in it is sensitive: the head, or acting head, of the author's department (P9)",
        params: storyParams,
        response: answers({ 200: storyShape }, 403, 404),
      },
    },
    async (request) => {
      const story = await seen(api, request);
      if (!(await mayRelease(api, request.principal, story))) problem('Forbidden', 'P9.headOnly');
      const done = (await stories.release(story.id, request.principal.actor.person)) ?? story;
      return (await present(api, request, [done]))[0]!;
    },
  );
};

async function authorOf(api: Api, { actor }: Principal, named: string | undefined) {
  if (named === undefined) return actor.person ?? problem('BadInput', 'P9.authorNeeded', 'author');
  const author = await api.known(named, 'author');
  const acts = actor.roles.includes('admin') || actor.scopes.includes('act-as');
  if (author !== actor.person && !acts) problem('Forbidden', 'P9.ownOnly', 'author');
  return author;
}

/** Released, or of a meeting that the caller sees, or theirs to release; else it is as if it were not there. */
async function seen(api: Api, request: FastifyRequest): Promise<Story> {
  const { storyId } = request.params as { storyId: string };
  const gone = (): never => problem('NotFound', 'P9.noSuchStory', '', { id: storyId });
  const story = (await api.deps.archive.stories.find(storyId)) ?? gone();
  const { principal } = request;
  if (story.state === 'released' || story.author === principal.actor.person) return story;
  if (await mayRelease(api, principal, story)) return story;
  return (await sitsIn(api, request, story)) ? story : gone();
}

/** Whether the caller sees the meeting in which it was told, as one of the house (H7). */
async function sitsIn(api: Api, request: FastifyRequest, { meetingId }: Story): Promise<boolean> {
  try {
    return (await api.seen(request, meetingId)).state.outside !== true;
  } catch (error) {
    if (error instanceof Problem && error.kind === 'NotFound') return false;
    throw error;
  }
}

async function mayRelease(api: Api, { actor }: Principal, { department }: Story): Promise<boolean> {
  if (actor.roles.includes('admin')) return true;
  if (actor.person === undefined || department === undefined) return false;
  return api.deps.archive.stories.leads(department, actor.person, today(api));
}

const released = { state: 'released' } as const;

/** What waits for the caller; for administrators all that waits. */
function mine(api: Api, { actor }: Principal): Pick<StoryFilter, 'state' | 'ledBy'> {
  const waiting = { state: 'private' } as const;
  if (actor.roles.includes('admin')) return waiting;
  return { ...waiting, ledBy: { person: actor.person ?? '', today: today(api) } };
}

function today({ deps: { clock, config } }: Api): LocalDate {
  return toLocal(zoneFor(config.timeZone, clock()), clock()).date;
}

async function present(api: Api, request: FastifyRequest, stories: Story[]) {
  const { archive, config, clock } = api.deps;
  const zone = zoneFor(config.timeZone, clock());
  const names = await Names.load(
    archive.directory,
    {
      people: stories.flatMap((s) => [s.author, ...(s.releasedBy === undefined ? [] : [s.releasedBy])]),
      departments: stories.flatMap((s) => (s.department === undefined ? [] : [s.department])),
    },
    api.locale(request),
  );
  return stories.map(({ id, meetingId, title, text: told, author, department, state, at, releasedBy }) => ({
    ...{ id, meetingId, title, text: told, author: names.person(author), state, at: toIso(zone, at) },
    ...(department === undefined ? {} : { department: names.department(department) }),
    ...(releasedBy === undefined ? {} : { releasedBy: names.person(releasedBy) }),
  }));
}
