/** The minutes (M1, M2): read, corrected before they are confirmed, confirmed. */
import { z } from 'zod';
import { toIso } from '../../domain/calendar/index.js';
import { pickLocale } from '../../locales/index.js';
import { minutesMarkdown } from '../../render/minutes.js';
import { commandRoute } from '../command-route.js';
import { withDates } from '../dates.js';
import { Mentions } from '../mentions.js';
import { corrected, keepText, minutesFor, minutesText } from '../minutes.js';
import { presentAction } from '../present/follow-up.js';
import { presentTopic } from '../present/meeting.js';
import { answers, changed, commandRefusals, idempotencyHeader, meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { actionShape, changedShape } from '../schemas/answers.js';
import { nothing } from '../schemas/commands.js';
import { minutesBody } from '../schemas/minutes.js';

const minutesShape = z
  .object({
    meetingId: z.string(),
    version: z.int(),
    confirmed: z.boolean(),
    confirmedAt: z.string().optional(),
    dueAt: z.string(),
    summary: z.string().optional(),
    topics: z.array(
      z.object({
        topicId: z.string(),
        title: z.string(),
        outcome: z.string().optional(),
        basis: z.string().optional(),
        conclusion: z.string().optional(),
      }),
    ),
    actions: z.array(actionShape),
    nextMeetingAt: z.string().optional(),
  })
  .meta({ id: 'Minutes' });

const tags = ['minutes'];

const readMinutes: Routes = (app, api) => {
  app.get(
    '/v1/meetings/:id/minutes',
    {
      schema: { tags, summary: 'The minutes', params: meetingParams, response: answers({ 200: minutesShape }, 404) },
    },
    async (request) => {
      const { state, now } = await api.seen(request, request.params.id);
      const content = await minutesText(api, state);
      const telling = await api.telling(state, api.locale(request));
      const { minutes, zone } = state;
      const written = new Map(content.topics.map((t) => [t.topicId, t.conclusion]));
      const nextAt = content.nextMeetingAt ?? minutes?.nextMeetingAt;
      return {
        meetingId: state.id,
        version: minutes?.version ?? 0,
        confirmed: minutes?.confirmedAt !== undefined,
        ...(minutes?.confirmedAt === undefined ? {} : { confirmedAt: toIso(zone, minutes.confirmedAt) }),
        dueAt: toIso(zone, minutes?.dueAt ?? now),
        ...(content.summary === undefined ? {} : { summary: content.summary }),
        topics: state.agenda.map((t) => {
          const { topicId, title, outcome, basis, conclusion } = presentTopic(telling, t, now);
          return { topicId, title, outcome, basis, conclusion: written.get(topicId) ?? conclusion };
        }),
        actions: state.actions.map((a) => presentAction(telling, a)),
        ...(nextAt === undefined ? {} : { nextMeetingAt: toIso(zone, nextAt) }),
      };
    },
  );
};

const readMarkdown: Routes = (app, api) => {
  app.get(
    '/v1/meetings/:id/minutes.md',
    {
      schema: {
        tags,
        summary: 'The minutes as Markdown (M4), in the language of Accept-Language, else the meeting’s',
        params: meetingParams,
        response: answers({}, 404),
      },
    },
    async (request, reply) => {
      const { state } = await api.seen(request, request.params.id);
      const locale = pickLocale(request.headers['accept-language'], state.locale);
      const markdown = minutesMarkdown(await minutesFor(api, state, locale));
      return reply.type('text/markdown; charset=utf-8').header('content-language', locale).send(markdown);
    },
  );
};

const correctMinutes: Routes = (app, api) => {
  app.put(
    '/v1/meetings/:id/minutes',
    {
      schema: {
        tags,
        summary: 'Edit the draft (M1); once confirmed, correct it with a reason (M3): everybody gets the difference',
        params: meetingParams,
        headers: idempotencyHeader,
        body: minutesBody,
        response: answers({ 200: z.object({ ...changedShape.shape, version: z.int() }) }, ...commandRefusals),
      },
    },
    async (request) => {
      const { id } = request.params;
      // Nothing is kept for somebody who may not.
      const { reason, ...edit } = request.body;
      const why = reason === undefined ? {} : { reason };
      const { state } = await api.dryRun('minutes', id, { hash: '', ...why }, request.principal.actor);
      const before = await minutesText(api, state);
      const kept = await keepText(api, state, before, corrected(state, before, withDates(state.zone, edit)));
      const answer = await api.run(request, 'minutes', id, { ...kept, ...why }, state.zone);
      return { ...changed(api, request, id, answer, state.zone), version: answer.result.version };
    },
  );
};

const confirmMinutes: Routes = (app, api) => {
  commandRoute(app, api, {
    name: 'confirmMinutes',
    method: 'POST',
    url: '/v1/meetings/:id/minutes/confirm',
    summary: 'Confirm the minutes (M1); they go to everybody at once',
    tag: 'minutes',
    params: meetingParams,
    body: nothing,
    meeting: ({ id }) => id,
    mentions: () => new Mentions(),
    input: () => ({}),
    extra: z.object({ version: z.int() }),
    told: ({ result }) => ({ version: result.version }),
  });
};

export const minutesRoutes: Routes = (app, api) => {
  for (const add of [readMinutes, readMarkdown, correctMinutes, confirmMinutes]) add(app, api);
};
