/** Making, listing, reading and changing meetings. */
import { z } from 'zod';
import { parseIsoInstant, toIso } from '../../domain/calendar/index.js';
import type { Instant } from '../../domain/calendar/index.js';
import type { MeetingState, Phase } from '../../domain/meeting/state.js';
import { bookingWarnings, warningsAfter } from '../booking.js';
import { create } from '../create.js';
import type { Api } from '../context.js';
import { idempotencyOf } from '../idempotency.js';
import { mentionsOf, patchInput } from '../meeting-input.js';
import { freeTopics } from '../on-agendas.js';
import { presentMeeting } from '../present/meeting.js';
import { Names } from '../present/context.js';
import { personInPath } from '../mentions.js';
import type { Resolved } from '../mentions.js';
import { knownSeries } from '../series/known.js';
import { releasedStory } from '../stories.js';
import { answers, changed, commandRefusals, idempotencyHeader, meetingParams, page, paging } from '../route.js';
import type { Routes } from '../route.js';
import { changedShape, meetingShape, personShape } from '../schemas/answers.js';
import { instant, text } from '../schemas/base.js';
import { createMeetingBody, patchMeetingBody } from '../schemas/meeting.js';
import { inputTexts } from '../alternates.js';
import { unreachable, unreachableWarning } from '../unreachable.js';
import { zoneFor } from '../zones.js';

const phases = [
  'preparation',
  'notice',
  'execution',
  'minutes',
  'followUp',
  'closed',
  'cancelled',
  'lapsed',
] as const satisfies readonly Phase[];

const rowShape = z
  .object({
    id: z.string(),
    phase: z.string(),
    kind: z.string(),
    title: z.string(),
    startsAt: z.string(),
    plannedEndAt: z.string(),
    timeZone: z.string(),
    locale: z.string(),
    host: personShape,
    departments: z.array(z.object({ id: z.string(), name: z.string() })),
    seriesId: z.string().optional(),
    revision: z.int(),
  })
  .meta({ id: 'MeetingRow' });

const filter = z.strictObject({
  phase: z.enum(phases).optional(),
  department: text(120).optional().describe('Id or name.'),
  series: text(64).optional(),
  from: instant().optional().describe('Starts at or after.'),
  to: instant().optional().describe('Starts before.'),
  person: text(254).optional().describe('Only those this person has a part in: id, e-mail or name.'),
  ...paging,
});

const revision = z.strictObject({
  min_revision: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000_000_000)
    .optional()
    .describe('Waits up to 2 s until the archive has reached it.'),
});

const tags = ['meetings'];

const createRoute: Routes = (app, api) => {
  app.post(
    '/v1/meetings',
    {
      schema: {
        tags,
        summary: 'Make a meeting; with publish, or as an emergency, announce it at once',
        headers: idempotencyHeader,
        body: createMeetingBody,
        response: answers({ 201: meetingShape }, 400, 409, 413, 422),
      },
    },
    async (request, reply) => {
      const state = await create(api, request.body, request.principal, idempotencyOf(request));
      const told = await tell(api, state, state.createdAt, false, api.locale(request));
      const answer = { ...told, warnings: [...told.warnings, ...(await bookingWarnings(api, request, state))] };
      return reply.code(201).header('location', `/v1/meetings/${state.id}`).send(answer);
    },
  );
};

const listRoute: Routes = (app, api) => {
  app.get(
    '/v1/meetings',
    {
      schema: {
        tags,
        summary: 'List the meetings that the caller may see, latest start first',
        querystring: filter,
        response: answers({ 200: page(rowShape) }, 422),
      },
    },
    async (request) => {
      const { directory, view } = api.deps.archive;
      const { department, person, from, to, ...rest } = request.query;
      const visibleTo = await api.seeing.caller(request.principal.actor);
      const zone = zoneFor(api.deps.config.timeZone, api.deps.clock());
      const moments = { from: momentOf(from), to: momentOf(to) };
      const { items, next } = await view.meetings({
        ...rest,
        ...moments,
        ...(department === undefined
          ? {}
          : { department: (await directory.findDepartments([{ ref: department, path: 'department' }]))[0]!.id }),
        ...(person === undefined ? {} : { person: await personInPath(directory, person) }),
        ...(visibleTo === undefined ? {} : { visibleTo }),
      });
      const ids = { people: items.map((m) => m.host), departments: items.flatMap((m) => m.departments) };
      const names = await Names.load(directory, ids, api.locale(request));
      const rows = items.map(({ people: _, startsAt, plannedEndAt, host, departments, ...row }) => {
        const own = row.timeZone === zone.name ? zone : zoneFor(row.timeZone, api.deps.clock());
        return {
          ...row,
          startsAt: toIso(own, startsAt),
          plannedEndAt: toIso(own, plannedEndAt),
          host: names.person(host),
          departments: departments.map((d) => names.department(d)),
        };
      });
      return { items: rows, ...(next === undefined ? {} : { next }) };
    },
  );
};

const readRoute: Routes = (app, api) => {
  app.get(
    '/v1/meetings/:id',
    {
      schema: {
        tags,
        summary: 'Read one meeting',
        params: meetingParams,
        querystring: revision,
        response: answers({ 200: meetingShape }, 404, 422),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { min_revision: wanted } = request.query;
      let { state, now, stale } = await api.seen(request, id);
      if (wanted !== undefined && state.revision < wanted && (await api.deps.archive.view.waitForRevision(id, wanted)))
        ({ state, now, stale } = await api.seen(request, id));
      return tell(api, state, now, stale, api.locale(request));
    },
  );
};

const patchRoute: Routes = (app, api) => {
  app.patch(
    '/v1/meetings/:id',
    {
      schema: {
        tags,
        summary: 'Change a meeting (N4); in notice agenda, people and place only',
        params: meetingParams,
        headers: idempotencyHeader,
        body: patchMeetingBody,
        response: answers({ 200: changedShape }, ...commandRefusals),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { zone } = await api.frame(request, id);
      const { body } = request;
      const story = await releasedStory(api.deps.archive, body.successStory);
      await knownSeries(api.deps.archive, request.principal, body.seriesId);
      await freeTopics(api.deps.archive, id, body.agenda);
      const input = (who: Resolved) => patchInput(body, who, zone, story);
      const answer = await api.runNaming(request, 'patch', id, mentionsOf(body), input);
      api.meetings.forget(id);
      return {
        ...changed(api, request, id, answer, zone),
        ...(await warningsAfter(api, request, id, answer.warnings)),
      };
    },
  );
};

export const meetingRoutes: Routes = (app, api) => {
  for (const add of [createRoute, listRoute, readRoute, patchRoute]) add(app, api);
};

/** A whole meeting for one reader, with how many have voted in what is open. */
export async function tell(
  api: Api,
  state: MeetingState,
  now: Instant,
  stale: boolean,
  locale: Parameters<Api['telling']>[1],
) {
  const open = state.votes.filter((v) => v.status === 'open');
  const progress = await Promise.all(open.map((v) => api.deps.archive.ballots.progress(v.id)));
  const voted = Object.fromEntries(open.map((v, i) => [v.id, progress[i]?.voted ?? 0]));
  const { temporalUiUrl } = api.deps.config;
  const namespace = api.deps.client.options.namespace;
  const temporalUrl =
    temporalUiUrl && `${temporalUiUrl.replace(/\/$/, '')}/namespaces/${namespace}/workflows/meeting-${state.id}`;
  const inputs = await inputTexts(api, state);
  const telling = await api.telling(state, locale);
  const missed = await unreachable(api, telling, state);
  const extra = { now, voted, temporalUrl, inputs, unreachable: missed, ...(stale ? { stale } : {}) };
  const told = presentMeeting(telling, state, extra);
  return { ...told, warnings: [...told.warnings, ...unreachableWarning(telling, missed)] };
}

const momentOf = (value: string | undefined): Instant | undefined =>
  value === undefined ? undefined : parseIsoInstant(value);
