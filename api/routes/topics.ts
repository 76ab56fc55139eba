/** Topics one by one (E4), their key points (E5) and their votes (E8, E9). */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ZoneData } from '../../domain/calendar/index.js';
import { fault } from '../../domain/errors.js';
import { floorOf } from '../../domain/meeting/floor.js';
import type { DepartmentId } from '../../domain/meeting/state.js';
import type { Api } from '../context.js';
import { commandRoute } from '../command-route.js';
import { withDates } from '../dates.js';
import { Mentions } from '../mentions.js';
import { Names } from '../present/context.js';
import { shownFault } from '../problem-json.js';
import { meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { departmentShape, faultShape } from '../schemas/answers.js';
import { editKeyPointBody, finishTopicBody, keyPointBody, nothing, openVoteBody } from '../schemas/commands.js';

const topicParams = z.object({ id: z.string(), topicId: z.string() });
const voteParams = z.object({ id: z.string(), voteId: z.string() });
const meeting = ({ id }: { id: string }): string => id;
const nobody = (): Mentions => new Mentions();
const made = z.object({ id: z.string().describe('What was made.'), meetingId: z.string() });

const unheard = z.object({
  notHeard: z.array(departmentShape).describe('E7: departments present that were not heard on it.'),
  warnings: z.array(faultShape).optional(),
});

/** E7: a hint only where turns were kept on the topic; who keeps none is not told each time that nobody spoke. */
async function toldOfUnheard(
  api: Api,
  request: FastifyRequest,
  meetingId: string,
  notHeard: DepartmentId[],
  zone: ZoneData,
): Promise<z.output<typeof unheard>> {
  if (notHeard.length === 0) return { notHeard: [] };
  const locale = api.locale(request);
  const { state } = await api.meetings.load(meetingId);
  const names = await Names.load(api.deps.archive.directory, { people: [], departments: notHeard }, locale);
  const shown = notHeard.map((d) => names.department(d));
  const { topicId } = request.params as { topicId: string };
  if (!floorOf(state).turns.some((t) => t.topicId === topicId)) return { notHeard: shown };
  const hint = fault('E7.notHeard', '', { departments: shown.map((d) => d.name) });
  return { notHeard: shown, warnings: [shownFault(hint, locale, zone)] };
}

const keyPointParams = meetingParams.extend({ keyPoint: z.string().describe('Key point id.') });

export const topicRoutes: Routes = (app, api) => {
  const common = { method: 'POST', tag: 'execution', meeting } as const;

  commandRoute(app, api, {
    ...common,
    name: 'startTopic',
    url: '/v1/meetings/:id/topics/:topicId/start',
    summary: 'Call a topic (E4); one is live at a time',
    params: topicParams,
    body: nothing,
    mentions: nobody,
    input: ({ params }) => ({ topicId: params.topicId }),
  });

  commandRoute(app, api, {
    ...common,
    name: 'finishTopic',
    url: '/v1/meetings/:id/topics/:topicId/finish',
    summary: 'End a topic: decided, informed, deferred or dropped (E9, E11)',
    params: topicParams,
    body: finishTopicBody,
    mentions: (body) => new Mentions().department(body.deferral?.department, 'deferral.department'),
    input: ({ body: { deferral, ...said }, params, who }) => ({
      topicId: params.topicId,
      ...said,
      ...(deferral && { deferral: { ...deferral, department: who.maybeDepartment('deferral.department') } }),
    }),
    extra: unheard,
    told: (answer, { params, zone }, request) => toldOfUnheard(api, request, params.id, answer.result.notHeard, zone),
  });

  commandRoute(app, api, {
    ...common,
    name: 'keyPoint',
    url: '/v1/meetings/:id/key-points',
    summary: 'Record a key point (E5)',
    status: 201,
    params: meetingParams,
    body: keyPointBody,
    mentions: (body) => new Mentions().department(body.department, 'department'),
    input: ({ body, zone, who }) => ({ ...withDates(zone, body), department: who.maybeDepartment('department') }),
    extra: made,
    told: ({ result }, { params }) => ({ id: result.id, meetingId: params.id }),
  });

  commandRoute(app, api, {
    ...common,
    method: 'PUT',
    name: 'editKeyPoint',
    url: '/v1/meetings/:id/key-points/:keyPoint',
    summary: 'Change a key point, until the minutes are confirmed (E5, M3); what is not named stays',
    params: keyPointParams,
    body: editKeyPointBody,
    mentions: (body) => new Mentions().department(body.department, 'department'),
    input: ({ body, params, zone, who }) => ({
      id: params.keyPoint,
      ...withDates(zone, body),
      department: who.maybeDepartment('department'),
    }),
    extra: made,
    told: ({ result }, { params }) => ({ id: result.id, meetingId: params.id }),
  });

  commandRoute(app, api, {
    ...common,
    method: 'DELETE',
    name: 'deleteKeyPoint',
    url: '/v1/meetings/:id/key-points/:keyPoint',
    summary: 'Delete a key point, until the minutes are confirmed (E5, M3)',
    params: keyPointParams,
    body: nothing,
    mentions: nobody,
    input: ({ params }) => ({ id: params.keyPoint }),
    extra: made,
    told: ({ result }, { params }) => ({ id: result.id, meetingId: params.id }),
  });

  commandRoute(app, api, {
    ...common,
    name: 'openVote',
    url: '/v1/meetings/:id/votes',
    summary: 'Open a vote on the live topic (E8); the seats present now may vote',
    status: 201,
    params: meetingParams,
    body: openVoteBody,
    mentions: nobody,
    input: ({ body }) => body,
    extra: z.object({ ...made.shape, electorate: z.int(), required: z.int() }),
    told: ({ result }, { params }) => ({ ...result, meetingId: params.id }),
  });

  commandRoute(app, api, {
    ...common,
    name: 'closeVote',
    url: '/v1/meetings/:id/votes/:voteId/close',
    summary: 'Close a vote and count it (E9)',
    params: voteParams,
    body: nothing,
    mentions: nobody,
    input: ({ params }) => ({ voteId: params.voteId }),
    extra: z.object({
      ...made.shape,
      agree: z.int(),
      against: z.int(),
      neutral: z.int(),
      electorate: z.int(),
      required: z.int(),
      passed: z.boolean(),
    }),
    told: ({ result }, { params }) => ({ ...result, id: params.voteId, meetingId: params.id }),
  });
};
