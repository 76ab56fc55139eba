/** What somebody is asked to do about an action (F2, F3), and improvement plans (F6). */
import { z } from 'zod';
import type { TaskKind } from '../../domain/meeting/state.js';
import { meetingIdOf } from '../../workflows/contracts.js';
import { commandRoute } from '../command-route.js';
import { withDates } from '../dates.js';
import { normTasks } from '../norms/tasks.js';
import { Mentions, personInPath } from '../mentions.js';
import { Names } from '../present/context.js';
import { peopleOfTask, presentAnyTask } from '../present/follow-up.js';
import { answers, page, paging } from '../route.js';
import type { Routes } from '../route.js';
import { taskShape } from '../schemas/answers.js';
import { text } from '../schemas/base.js';
import { chooseForTopicBody, completeTaskBody } from '../schemas/commands.js';
import { zoneFor } from '../zones.js';
import { meetingOf } from './actions.js';

const kinds = [
  'talk',
  'escalation',
  'topicStuck',
  'improvementPlan',
  'alternate',
] as const satisfies readonly TaskKind[];
const statuses = ['open', 'done', 'moot', 'overdue', 'escalated', 'reported', 'cancelled', 'unsettled'] as const;

const filter = z.strictObject({
  person: text(254).optional().describe('Only those this person is asked: id, e-mail or name.'),
  kind: z.enum([...kinds, 'norms']).optional(),
  status: z.enum(statuses).optional(),
  meeting: z
    .string()
    .regex(/^[a-z2-7]{16}$/)
    .optional(),
  ...paging,
});

/** Y1: those about norms are of no meeting. */
const listedTask = taskShape.extend({
  meetingId: z.string().optional(),
  kind: z
    .string()
    .describe('talk, escalation, topicStuck, improvementPlan or alternate; norms: a year’s proposals (Y1).'),
  meeting: z.string().optional().describe('Absent of norms.'),
  title: z.string().describe('Of the meeting, or what a task about norms is.'),
});

export const taskRoutes: Routes = (app, api) => {
  const { directory, view } = api.deps.archive;

  app.get(
    '/v1/tasks',
    {
      schema: {
        tags: ['follow-up'],
        summary:
          'List talk tasks, decisions, improvement plans and alternates, next due first; before them proposals for the norms (Y1)',
        querystring: filter,
        response: answers({ 200: page(listedTask) }, 404, 422),
      },
    },
    async (request) => {
      const { person, status, kind, limit, ...rest } = request.query;
      const asked = person === undefined ? undefined : await personInPath(directory, person);
      const own = rest.meeting === undefined && rest.cursor === undefined && (kind === undefined || kind === 'norms');
      const norms = own ? await normTasks(api, request, { status, person: asked }) : [];
      if (kind === 'norms') return { items: norms };
      const visibleTo = await api.seeing.caller(request.principal.actor);
      const { items, next } = await view.tasks({
        ...rest,
        limit: Math.max(1, limit - norms.length),
        ...(kind === undefined ? {} : { kind }),
        ...(status === undefined ? {} : { status: [status] }),
        ...(asked === undefined ? {} : { person: asked }),
        ...(visibleTo === undefined ? {} : { visibleTo }),
      });
      const locale = api.locale(request);
      const people = items.flatMap(({ task }) => peopleOfTask(task));
      const names = await Names.load(directory, { people, departments: [] }, locale);
      const now = api.deps.clock();
      const rows = items.map(({ task, meeting }) => {
        const telling = { names, zone: zoneFor(meeting.timeZone, now), meetingLocale: meeting.locale, locale };
        return { ...presentAnyTask(telling, task), meeting: meeting.meetingId, title: meeting.title };
      });
      return { items: [...norms, ...rows], ...(next === undefined ? {} : { next }) };
    },
  );

  commandRoute(app, api, {
    name: 'completeTask',
    method: 'POST',
    url: '/v1/tasks/:id/complete',
    summary: 'Record the talk (F2), or hand in the improvement plan (F6)',
    tag: 'follow-up',
    params: z.object({ id: z.string().describe('Task or plan id.') }),
    body: completeTaskBody,
    meeting: ({ id }) => meetingOf(id, 'task.unknown'),
    mentions: (body) => new Mentions().person(body.with, 'with'),
    input: ({ body, params, zone, who }) => ({
      id: params.id,
      ...withDates(zone, body),
      with: who.maybePerson('with'),
    }),
    extra: z.object({ id: z.string(), meetingId: z.string(), status: z.string() }),
    told: ({ result }, { params }) => ({ id: params.id, meetingId: meetingIdOf(params.id), status: result.status }),
  });

  commandRoute(app, api, {
    name: 'chooseForTopic',
    method: 'POST',
    url: '/v1/tasks/:id/choose',
    summary: 'Escalate, simplify or hold a topic whose actions stay unfinished at three meetings in a row (F4)',
    tag: 'follow-up',
    params: z.object({ id: z.string().describe('Id of a topicStuck task.') }),
    body: chooseForTopicBody,
    meeting: ({ id }) => meetingOf(id, 'task.unknown'),
    mentions: () => new Mentions(),
    input: ({ body, params }) => ({ id: params.id, ...body }),
    extra: z.object({ id: z.string(), meetingId: z.string(), status: z.string(), choice: z.string().optional() }),
    told: ({ result }, { params }) => ({ id: params.id, meetingId: meetingIdOf(params.id), ...result }),
  });
};
