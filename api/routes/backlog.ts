/** S1, Carry-over: what waits, taking it onto an agenda, and the life of a topic across its meetings. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { WaitingTopic } from '../../archive/backlog.js';
import { toIso } from '../../domain/calendar/index.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import type { Api } from '../context.js';
import { fault } from '../../domain/errors.js';
import { Problem, problem } from '../errors.js';
import { Names, present } from '../present/context.js';
import { presentAction } from '../present/follow-up.js';
import { answers, changed, commandRefusals, idempotencyHeader, meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { actionShape, changedShape, departmentShape } from '../schemas/answers.js';
import { text } from '../schemas/base.js';
import { iso, isoDate } from '../schemas/common.js';
import { topicId } from '../schemas/meeting.js';
import { zoneFor } from '../zones.js';

const tags = ['series'];

const waitingShape = z
  .object({
    topicId: z.string(),
    title: z.string(),
    department: departmentShape,
    seriesId: z.string().optional(),
    meetingId: z.string().describe('The meeting that left it.'),
    since: iso('When it was left.'),
    reason: z.string().describe('facts, unreached, interrupted, parked, cancelled, lapsed …'),
    carried: z.int().describe('How many meetings were held and left it open.'),
    factQuestion: z.string().optional(),
    brings: departmentShape.optional().describe('Which department brings what (E11).'),
    bringsMaterial: z.string().optional(),
    date: isoDate('By when.').optional(),
  })
  .meta({ id: 'WaitingTopic' });

const readBacklog: Routes = (app, api) => {
  app.get(
    '/v1/backlog',
    {
      schema: {
        tags,
        summary: 'Topics that wait for their next meeting: of a series, or offered to a department; oldest first',
        querystring: z.strictObject({
          department: text(120).optional().describe('Id or name; without series only topics of no series.'),
          series: text(64).optional(),
        }),
        response: answers({ 200: z.object({ items: z.array(waitingShape) }) }, 422),
      },
    },
    async (request) => {
      const { department, series } = request.query;
      const { directory, backlog } = api.deps.archive;
      const found = department && (await directory.findDepartments([{ ref: department, path: 'department' }]))[0]!.id;
      const rows = await backlog.list({
        ...(found ? { department: found } : {}),
        ...(series !== undefined ? { seriesId: series } : found ? { seriesId: null } : {}),
      });
      const { actor } = request.principal;
      const may = async (row: WaitingTopic): Promise<boolean> => {
        if (actor.roles.includes('admin')) return true;
        // H10: of a confidential topic only who presents it learns that it waits.
        if (row.confidential === true) return row.presenter !== undefined && row.presenter === actor.person;
        const left = await seenMeeting(api, request, row.meetingId);
        // H7: an external person learns of their own.
        return left !== undefined && (left.outside !== true || left.agenda.some((t) => t.topicId === row.topicId));
      };
      const seen = await Promise.all(rows.map(may));
      const shown = rows.filter((_, i) => seen[i]);
      const departments = shown.flatMap((r) => [r.department, r.bringsDepartment ?? r.department]);
      const names = await Names.load(directory, { people: [], departments }, api.locale(request));
      const zone = zoneFor(api.deps.config.timeZone, api.deps.clock());
      return {
        items: shown.map((r) =>
          present({
            topicId: r.topicId,
            title: r.title,
            department: names.department(r.department),
            seriesId: r.seriesId,
            meetingId: r.meetingId,
            since: toIso(zone, r.at),
            reason: r.reason,
            carried: r.times ?? 0,
            factQuestion: r.factQuestion,
            brings: names.maybeDepartment(r.bringsDepartment),
            bringsMaterial: r.bringsMaterial,
            date: r.date,
          }),
        ),
      };
    },
  );
};

const takeRoute: Routes = (app, api) => {
  app.post(
    '/v1/meetings/:id/agenda/take',
    {
      schema: {
        tags,
        summary: 'Take waiting topics onto the agenda; each goes to one meeting only, and is there within a moment',
        params: meetingParams,
        headers: idempotencyHeader,
        body: z.strictObject({ topicIds: z.array(topicId()).min(1).max(50) }).meta({ id: 'TakeTopics' }),
        response: answers({ 200: changedShape }, ...commandRefusals),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { topicIds } = request.body;
      const { state } = await api.meetings.load(id);
      const open = topicIds.filter((t) => !state.agenda.some((x) => x.topicId === t));
      const waiting = await api.deps.archive.backlog.list({ topicIds: open });
      const missing = open.filter((t) => !waiting.some((w) => w.topicId === t));
      const faults = missing.map((t) => fault('S1.notWaiting', `topicIds[${topicIds.indexOf(t)}]`, { topicId: t }));
      // The rules first: nobody learns of a backlog what they may not act on.
      if (faults.length > 0) {
        await api.dryRun('takeTopics', id, { topicIds }, request.principal.actor);
        throw new Problem('BadInput', faults);
      }
      const answer = await api.run(request, 'takeTopics', id, { topicIds }, state.zone);
      return changed(api, request, id, answer, state.zone);
    },
  );
};

const topicLife = z
  .object({
    topicId: z.string(),
    title: z.string(),
    raisedIn: z.string().describe('The meeting that raised it.'),
    raisedAt: iso('Start of that meeting.'),
    carried: z.int().describe('How many of these meetings left it open.'),
    waiting: z
      .object({ since: iso('When.'), reason: z.string() })
      .optional()
      .describe('While no meeting has it.'),
    meetings: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        startsAt: iso('Start.'),
        phase: z.string(),
        status: z.string(),
        outcome: z.string().optional(),
        basis: z.string().optional().describe('E9: vote, noObjection or ruling.'),
        conclusion: z.string().optional(),
        factQuestion: z.string().optional(),
      }),
    ),
    actions: z.array(actionShape),
  })
  .meta({ id: 'TopicLife' });

const readTopic: Routes = (app, api) => {
  app.get(
    '/v1/topics/:id',
    {
      schema: {
        tags,
        summary: 'The life of a topic: where it was, what was decided on which basis, and who did what',
        params: z.object({ id: z.string().describe('topicId.') }),
        response: answers({ 200: topicLife }, 404),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { view, backlog } = api.deps.archive;
      const unknown = (): never => problem('NotFound', 'S1.topicUnknown', '', { id });
      if (!topicId().safeParse(id).success) unknown();
      const ids = await view.meetingsOfTopic(id);
      const views = await Promise.all(ids.map((m) => seenMeeting(api, request, m)));
      const has = (s: MeetingState): boolean => s.agenda.some((t) => t.topicId === id && t.hidden !== true);
      const seen = views.filter((s) => s !== undefined && has(s)) as MeetingState[];
      const last = seen.at(-1) ?? unknown();
      const locale = api.locale(request);
      const of = (s: MeetingState) => s.agenda.find((t) => t.topicId === id)!;
      const actions = await Promise.all(
        seen.flatMap((s) =>
          s.actions.filter((a) => a.topicId === id).map(async (a) => presentAction(await api.telling(s, locale), a)),
        ),
      );
      const [waiting] = await backlog.list({ topicIds: [id] });
      const first = seen[0]!;
      return present({
        topicId: id,
        title: of(last).title,
        raisedIn: id.slice(0, 16),
        raisedAt: toIso(first.zone, first.startsAt),
        carried: seen.filter((s) => of(s).outcome === 'deferred').length,
        waiting: waiting && { since: toIso(last.zone, waiting.at), reason: waiting.reason },
        meetings: seen.map((s) => {
          const { status, outcome, basis, conclusion, deferral } = of(s);
          const meeting = { id: s.id, title: s.title, startsAt: toIso(s.zone, s.startsAt), phase: s.phase };
          return present({ ...meeting, status, outcome, basis, conclusion, factQuestion: deferral?.factQuestion });
        }),
        actions,
      });
    },
  );
};

/** H7, H10: the meeting as this caller may see it; undefined when it is not for them, or not there. */
async function seenMeeting(api: Api, request: FastifyRequest, meetingId: string): Promise<MeetingState | undefined> {
  const state = await api.deps.archive.view.meeting(meetingId);
  if (state === null) return undefined;
  return api.seeing.view(state, request.principal.actor, api.deps.clock(), api.locale(request));
}

export const backlogRoutes: Routes = (app, api) => {
  for (const add of [readBacklog, takeRoute, readTopic]) add(app, api);
};
