/** Action items (E14, F1–F3): recorded in the meeting, followed by their own ids. */
import { z } from 'zod';
import type { CommandName, CommandResult } from '../../domain/meeting/commands.js';
import type { TrackedStatus } from '../../domain/meeting/state.js';
import { toIso, toLocal } from '../../domain/calendar/index.js';
import { actionText } from '../../render/action-text.js';
import { meetingIdOf } from '../../workflows/contracts.js';
import { commandRoute } from '../command-route.js';
import type { CommandRoute } from '../command-route.js';
import { instantOfDate, withDates } from '../dates.js';
import { problem } from '../errors.js';
import { Mentions, personInPath } from '../mentions.js';
import { Names, waitingOn } from '../present/context.js';
import { presentAction } from '../present/follow-up.js';
import { answers, meetingParams, page, paging } from '../route.js';
import type { Routes } from '../route.js';
import { actionShape } from '../schemas/answers.js';
import { text } from '../schemas/base.js';
import {
  amendActionBody,
  withdrawActionBody,
  actionBody,
  blockedBody,
  completeBody,
  confirmBody,
  decideBody,
  extendActionBody,
  progressBody,
  unblockBody,
} from '../schemas/commands.js';
import { zoneFor } from '../zones.js';

const statuses = [
  'open',
  'overdue',
  'escalated',
  'reported',
  'done',
  'cancelled',
] as const satisfies readonly TrackedStatus[];

const actionParams = z.object({ id: z.string().describe('Action id.') });

const filter = z.strictObject({
  person: text(254).optional().describe('Only those this person owns: id, e-mail or name.'),
  status: z.enum(statuses).optional(),
  meeting: z
    .string()
    .regex(/^[a-z2-7]{16}$/)
    .optional(),
  department: text(120).optional().describe('Lead department: id or name.'),
  ...paging,
});

/** The meeting that an id inside it leads to. */
export function meetingOf(id: string, code: 'action.unknown' | 'task.unknown'): string {
  return meetingIdOf(id) ?? problem('NotFound', code, 'id', { id: id.slice(0, 60) });
}

const ofAction = {
  method: 'POST',
  tag: 'follow-up',
  params: actionParams,
  meeting: ({ id }: { id: string }) => meetingOf(id, 'action.unknown'),
  mentions: () => new Mentions(),
} as const satisfies Partial<CommandRoute<'progress', z.ZodType, typeof actionParams>>;

const standing = {
  extra: z.object({ id: z.string(), meetingId: z.string(), status: z.string() }),
  told: <N extends CommandName>(
    { result }: { result: CommandResult<N> & { status: string } },
    { params }: { params: { id: string } },
  ) => ({ id: params.id, meetingId: meetingIdOf(params.id), status: result.status }),
};

const dated = z.object({ id: z.string(), meetingId: z.string(), dueDate: z.string() });

const recordAction: Routes = (app, api) => {
  const { directory } = api.deps.archive;
  commandRoute(app, api, {
    name: 'action',
    method: 'POST',
    url: '/v1/meetings/:id/actions',
    summary: 'Record an action item (E14): one owner and a due date',
    tag: 'follow-up',
    status: 201,
    params: meetingParams,
    body: actionBody,
    meeting: ({ id }) => id,
    mentions(body) {
      const mentions = new Mentions().person(body.owner, 'owner').department(body.department, 'department');
      mentions.person(body.internalContact, 'internalContact');
      body.supporting?.forEach((d, i) => mentions.department(d, `supporting[${i}]`));
      return mentions;
    },
    input: ({ body, zone, who }) => ({
      ...withDates(zone, body),
      owner: who.person('owner'),
      department: who.maybeDepartment('department'),
      ownerDepartment: who.homeOf('owner'),
      supporting: body.supporting?.map((_, i) => who.department(`supporting[${i}]`)),
      internalContact: who.maybePerson('internalContact'),
    }),
    extra: z.object({
      id: z.string().describe('Action id.'),
      meetingId: z.string(),
      text: z.string().describe("E14, in the meeting's language, the owner by name."),
      dueAt: z.string(),
    }),
    told: async ({ result }, { params, zone, locale }) => {
      const names = await Names.load(directory, { people: [result.owner], departments: [] }, locale);
      const { task, dueAt } = result;
      return {
        id: result.id,
        meetingId: params.id,
        text: actionText(locale, { task, owner: names.personName(result.owner), dueAt }, zone),
        dueAt: toIso(zone, dueAt),
      };
    },
  });
};

const listActions: Routes = (app, api) => {
  const { directory, view } = api.deps.archive;
  app.get(
    '/v1/actions',
    {
      schema: {
        tags: ['follow-up'],
        summary: 'List action items, next due first',
        querystring: filter,
        response: answers({ 200: page(actionShape.extend({ meeting: z.string(), title: z.string() })) }, 404, 422),
      },
    },
    async (request) => {
      const { person, status, department, ...rest } = request.query;
      const visibleTo = await api.seeing.caller(request.principal.actor);
      const { items, next } = await view.actions({
        ...rest,
        ...(status === undefined ? {} : { status: [status] }),
        ...(person === undefined ? {} : { person: await personInPath(directory, person) }),
        ...(department === undefined
          ? {}
          : { department: (await directory.findDepartments([{ ref: department, path: 'department' }]))[0]!.id }),
        ...(visibleTo === undefined ? {} : { visibleTo }),
      });
      const locale = api.locale(request);
      const ids = {
        people: items.flatMap(({ action }) => [action.owner, action.internalContact ?? []].flat()),
        departments: items.flatMap(({ action }) =>
          [action.department ?? [], action.supporting, waitingOn(action)].flat(),
        ),
      };
      const names = await Names.load(directory, ids, locale);
      const now = api.deps.clock();
      const rows = items.map(({ action, meeting }) => {
        const telling = { names, zone: zoneFor(meeting.timeZone, now), meetingLocale: meeting.locale, locale };
        return { ...presentAction(telling, action), meeting: meeting.meetingId, title: meeting.title };
      });
      return { items: rows, ...(next === undefined ? {} : { next }) };
    },
  );
};

/** M3 */
const mendAction: Routes = (app, api) => {
  commandRoute(app, api, {
    ...ofAction,
    ...standing,
    name: 'amendAction',
    method: 'PUT',
    url: '/v1/actions/:id',
    summary:
      'Correct an action that was recorded wrongly, until the minutes are confirmed (M3); its ladder starts anew',
    body: amendActionBody,
    mentions: (body) => new Mentions().person(body.owner, 'owner').department(body.department, 'department'),
    input: ({ body, params, zone, who }) => ({
      id: params.id,
      ...withDates(zone, body),
      owner: who.maybePerson('owner'),
      department: who.maybeDepartment('department'),
    }),
  });
  commandRoute(app, api, {
    ...ofAction,
    ...standing,
    name: 'withdrawAction',
    url: '/v1/actions/:id/withdraw',
    summary: 'Take back an action that was recorded wrongly, until the minutes are confirmed (M3)',
    body: withdrawActionBody,
    input: ({ body, params }) => ({ id: params.id, ...body }),
  });
};

const progressRoute: Routes = (app, api) => {
  commandRoute(app, api, {
    ...ofAction,
    ...standing,
    name: 'progress',
    url: '/v1/actions/:id/progress',
    summary: 'Say how far it is, what blocks it, and after a miss a new date (F1, F2)',
    body: progressBody,
    mentions: (body) => new Mentions().department(body.blockedBy, 'blockedBy'),
    input: ({ body, params, zone, who }) => ({
      id: params.id,
      ...withDates(zone, body),
      blockedBy: who.maybeDepartment('blockedBy'),
    }),
  });
};

const completeRoute: Routes = (app, api) => {
  commandRoute(app, api, {
    ...ofAction,
    ...standing,
    name: 'complete',
    url: '/v1/actions/:id/complete',
    summary: 'Report it done (F1); the coordinator checks',
    body: completeBody,
    input: ({ body, params }) => ({ id: params.id, ...body }),
  });
};

const confirmRoute: Routes = (app, api) => {
  commandRoute(app, api, {
    ...ofAction,
    ...standing,
    name: 'confirm',
    url: '/v1/actions/:id/confirm',
    summary: 'Confirm that it is done, or send it back (F1)',
    body: confirmBody,
    input: ({ body, params, zone }) => ({ id: params.id, ...withDates(zone, body) }),
  });
};

const extendRoute: Routes = (app, api) => {
  commandRoute(app, api, {
    ...ofAction,
    name: 'extendAction',
    url: '/v1/actions/:id/extend',
    summary: 'Move its due date (F2)',
    body: extendActionBody,
    input: ({ body, params, zone }) => ({ id: params.id, ...withDates(zone, body) }),
    extra: dated,
    told: ({ result }, { params, zone }) => ({
      id: params.id,
      meetingId: meetingIdOf(params.id),
      dueDate: toLocal(zone, result.dueAt).date,
    }),
  });
};

const decideRoute: Routes = (app, api) => {
  commandRoute(app, api, {
    ...ofAction,
    name: 'decide',
    url: '/v1/actions/:id/decide',
    summary:
      'Decide after three misses (F3): reassign, simplify, cancel or a new date; by the id of the action or its task',
    body: decideBody,
    mentions: (body) => new Mentions().person(body.owner, 'owner').department(body.department, 'department'),
    input: ({ body, params, zone, who }) => ({
      id: params.id,
      ...withDates(zone, body),
      owner: who.maybePerson('owner'),
      department: who.maybeDepartment('department'),
      ownerDepartment: who.homeOf('owner'),
    }),
    extra: dated.extend({ status: z.string() }),
    told: ({ result }, { params, zone }) => ({
      id: params.id,
      meetingId: meetingIdOf(params.id),
      status: result.status,
      dueDate: toLocal(zone, result.dueAt).date,
    }),
  });
};

const blockedRoute: Routes = (app, api) => {
  commandRoute(app, api, {
    ...ofAction,
    name: 'blocked',
    url: '/v1/actions/:id/blocked',
    summary: 'Accept that another department blocks it, or not, or not any longer (F2)',
    body: blockedBody,
    input: ({ body: { until, ...body }, params, zone }) => ({
      id: params.id,
      ...withDates(zone, body),
      until: instantOfDate(zone, until),
    }),
    extra: dated.extend({ status: z.string(), until: z.string().optional() }),
    told: ({ result }, { params, zone }) => ({
      id: params.id,
      meetingId: meetingIdOf(params.id),
      status: result.status,
      dueDate: toLocal(zone, result.dueAt).date,
      ...(result.until === undefined ? {} : { until: toIso(zone, result.until) }),
    }),
  });
};

const unblockRoute: Routes = (app, api) => {
  commandRoute(app, api, {
    ...ofAction,
    name: 'unblock',
    url: '/v1/actions/:id/unblock',
    summary: 'What it waited for is there: a new due date (F2)',
    body: unblockBody,
    input: ({ body, params, zone }) => ({ id: params.id, ...withDates(zone, body) }),
    extra: dated.extend({ status: z.string() }),
    told: ({ result }, { params, zone }) => ({
      id: params.id,
      meetingId: meetingIdOf(params.id),
      status: result.status,
      dueDate: toLocal(zone, result.dueAt).date,
    }),
  });
};

export const actionRoutes: Routes = (app, api) => {
  const all = [
    recordAction,
    mendAction,
    listActions,
    progressRoute,
    completeRoute,
    confirmRoute,
    extendRoute,
    decideRoute,
  ];
  for (const add of [...all, blockedRoute, unblockRoute]) add(app, api);
};
