/** The minutes (M1, M2): read, corrected before they are confirmed, confirmed. */
import { z } from 'zod';
import { toIso } from '../../domain/calendar/index.js';
import { extractOf, extractText } from '../../domain/meeting/extract.js';
import { pickLocale } from '../../locales/index.js';
import { commandRoute } from '../command-route.js';
import { withDates } from '../dates.js';
import { Mentions } from '../mentions.js';
import type { MinutesContent } from '../../archive/ports.js';
import { corrected, extractFor, keepText, minutesFor, minutesText, versionOf } from '../minutes.js';
import { presentAction } from '../present/follow-up.js';
import { presentTopic } from '../present/meeting.js';
import { answers, changed, commandRefusals, idempotencyHeader, meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { actionShape, changedShape } from '../schemas/answers.js';
import { nothing } from '../schemas/commands.js';
import { minutesBody, readingQuery } from '../schemas/minutes.js';
import { sendMinutes } from './minutes-files.js';
import { extractAsked } from './objections.js';

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

/** A browser names HTML first; programs name JSON, or anything. */
const wantsPage = (accept: string | undefined): boolean => accept?.trimStart().startsWith('text/html') ?? false;

const readMinutes: Routes = (app, api) => {
  app.get(
    '/v1/meetings/:id/minutes',
    {
      schema: {
        tags,
        summary: 'The minutes; as a page for a browser, which asks for text/html (M4)',
        params: meetingParams,
        querystring: readingQuery,
        response: answers({ 200: minutesShape }, 403, 404, 422),
      },
    },
    async (request, reply) => {
      const { state: whole, now } = await api.seen(request, request.params.id);
      const { lang, version, extract } = request.query;
      const external = extractFor(whole, request.principal, await extractAsked(api, extract), [version]);
      if (wantsPage(request.headers.accept)) {
        const locale = lang ?? pickLocale(request.headers['accept-language'], whole.locale);
        const document = await minutesFor(api, whole, locale, { version, extractFor: external });
        return sendMinutes(reply, 'html', document);
      }
      const shown = versionOf(whole, version ?? (external === undefined ? undefined : whole.minutes?.extractVersion));
      const text = await minutesText(api, whole, shown.version);
      const state = external === undefined ? whole : extractOf(whole, external);
      const content: MinutesContent = external === undefined ? text : extractText(whole, external, text);
      const telling = await api.telling(state, api.locale(request));
      const { minutes, zone } = state;
      const written = new Map(content.topics.map((t) => [t.topicId, t.conclusion]));
      const nextAt = content.nextMeetingAt ?? (external === undefined ? minutes?.nextMeetingAt : undefined);
      return {
        meetingId: state.id,
        version: shown.version,
        confirmed: minutes?.confirmedAt !== undefined,
        ...(minutes?.confirmedAt === undefined ? {} : { confirmedAt: toIso(zone, minutes.confirmedAt) }),
        dueAt: toIso(zone, minutes?.dueAt ?? now),
        ...(content.summary === undefined ? {} : { summary: content.summary }),
        topics: state.agenda.map((t) => {
          const { topicId, title, outcome, basis, conclusion } = presentTopic(telling, t, now);
          return { topicId, title, outcome, basis, conclusion: written.get(topicId) ?? conclusion };
        }),
        actions: state.actions.filter((a) => !a.withdrawn).map((a) => presentAction(telling, a)),
        ...(nextAt === undefined ? {} : { nextMeetingAt: toIso(zone, nextAt) }),
      };
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
  for (const add of [readMinutes, correctMinutes, confirmMinutes]) add(app, api);
};
