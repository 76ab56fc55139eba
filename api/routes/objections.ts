/** M3, H7: versions and their differences, objections and answers, reopening, the extract for external people. */
import { z } from 'zod';
import { inOrder } from '../../domain/meeting/agenda.js';
import { objectionsOf, versionsOf } from '../../domain/meeting/corrections.js';
import { extractOf, extractText } from '../../domain/meeting/extract.js';
import type { MinutesVersion, Objection } from '../../domain/meeting/state.js';
import { amendedBetween } from '../../render/minutes/amended.js';
import { minutesDifference } from '../../render/minutes-diff.js';
import { commandRoute } from '../command-route.js';
import type { Api } from '../context.js';
import { withDates } from '../dates.js';
import { knownPerson, Mentions } from '../mentions.js';
import { corrected, extractFor, keepText, minutesText } from '../minutes.js';
import { iso, maybeIso, present } from '../present/context.js';
import type { Telling } from '../present/context.js';
import { answers, changed, commandRefusals, idempotencyHeader, meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { changedShape, personShape } from '../schemas/answers.js';
import { nothing } from '../schemas/commands.js';
import { answerObjectionBody, objectionBody, objectionParams, reopenBody, versionNumber } from '../schemas/minutes.js';

const tags = ['minutes'];

const versionShape = z
  .object({
    version: z.int(),
    kind: z.string().describe('draft (from the record), edit (before the confirmation) or correction.'),
    at: z.string(),
    by: personShape.optional(),
    reason: z.string().optional(),
    objection: z.string().optional(),
    sent: z.boolean().describe('Readers have this version.'),
  })
  .meta({ id: 'MinutesVersion' });

const objectionShape = z
  .object({
    id: z.string(),
    at: z.string(),
    by: personShape.optional(),
    text: z.string(),
    topicId: z.string().optional(),
    version: z.int(),
    status: z.string().describe('open, accepted, rejected, unanswered, or reopened: the meeting itself took it up.'),
    answerBy: z.string(),
    reason: z.string().optional(),
    answeredAt: z.string().optional(),
    correctedIn: z.int().optional(),
  })
  .meta({ id: 'MinutesObjection' });

const versionsRoute: Routes = (app, api) => {
  app.get(
    '/v1/meetings/:id/minutes/versions',
    {
      schema: {
        tags,
        summary: 'Every version of the minutes, and the objections to them (M3)',
        params: meetingParams,
        response: answers(
          { 200: z.object({ items: z.array(versionShape), objections: z.array(objectionShape) }) },
          403,
          404,
        ),
      },
    },
    async (request) => {
      const { state } = await api.seen(request, request.params.id);
      const telling = await api.telling(state, api.locale(request));
      const external = extractFor(state, request.principal);
      const sent = state.minutes?.sentVersion ?? 0;
      const objections = objectionsOf(state).filter((o) => external === undefined || o.person === external);
      return {
        items: versionsOf(state).map((v) => presentVersion(telling, v, sent)),
        objections: objections.map((o) => presentObjection(telling, o)),
      };
    },
  );
};

const presentVersion = (telling: Telling, { version, kind, at, by, reason, objection }: MinutesVersion, sent: number) =>
  present({
    version,
    kind,
    at: iso(telling, at),
    by: telling.names.maybePerson(by.person),
    reason,
    objection,
    sent: version === sent,
  });

const presentObjection = (telling: Telling, o: Objection) =>
  present({
    id: o.id,
    at: iso(telling, o.at),
    by: telling.names.maybePerson(o.person),
    text: o.text,
    topicId: o.topicId,
    version: o.version,
    status: o.status,
    answerBy: iso(telling, o.answerBy),
    reason: o.answer?.reason,
    answeredAt: maybeIso(telling, o.answer?.at),
    correctedIn: o.answer?.version,
  });

const spanShape = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() });
const changeShape = z
  .object({
    part: z.string().describe('summary, conclusion, next, keyPoint, action or attendance.'),
    id: z.string().optional().describe('Of the key point or action.'),
    person: z.string().optional(),
    present: z.boolean().optional(),
    topicId: z.string().optional(),
    title: z.string().optional(),
    spans: z.array(spanShape).optional(),
    before: z.string().optional(),
    after: z.string().optional(),
  })
  .meta({ id: 'MinutesChange' });

const personNames = ({ names }: Telling) => ({ person: (id: string) => names.personName(id) });

const diffRoute: Routes = (app, api) => {
  app.get(
    '/v1/meetings/:id/minutes/diff',
    {
      schema: {
        tags,
        summary: 'What differs between two versions, word by word (M3)',
        params: meetingParams,
        querystring: z.strictObject({ from: versionNumber(), to: versionNumber() }),
        response: answers(
          { 200: z.object({ from: z.int(), to: z.int(), changes: z.array(changeShape) }) },
          403,
          404,
          422,
        ),
      },
    },
    async (request) => {
      const { state } = await api.seen(request, request.params.id);
      const { from, to } = request.query;
      const external = extractFor(state, request.principal, undefined, [from, to]);
      const texts = await Promise.all([minutesText(api, state, from), minutesText(api, state, to)]);
      const [before, after] = external === undefined ? texts : texts.map((t) => extractText(state, external, t));
      const telling = await api.telling(state, api.locale(request));
      const agenda = inOrder(external === undefined ? state.agenda : extractOf(state, external).agenda);
      const changes = minutesDifference(before!, after!, state.locale).map((c) => {
        if (c.part === 'next')
          return present({ part: c.part, before: maybeIso(telling, c.before), after: maybeIso(telling, c.after) });
        if (c.part === 'summary') return { part: c.part, spans: c.spans };
        const title = agenda.find((t) => t.topicId === c.topicId)?.title;
        return present({ part: c.part, topicId: c.topicId, title, spans: c.spans });
      });
      const mended =
        external === undefined
          ? amendedBetween({ state, locale: state.locale, names: personNames(telling) }, from, to)
          : [];
      const titled = mended.map((p) =>
        'topicId' in p ? present({ ...p, title: agenda.find((t) => t.topicId === p.topicId)?.title }) : p,
      );
      return { from, to, changes: [...changes, ...titled] };
    },
  );
};

const objectionRoute: Routes = (app, api) => {
  commandRoute(app, api, {
    name: 'objection',
    method: 'POST',
    url: '/v1/meetings/:id/minutes/objections',
    summary: 'Object to the minutes, within 2 working days of their sending (M3)',
    tag: 'minutes',
    status: 201,
    params: meetingParams,
    body: objectionBody,
    meeting: ({ id }) => id,
    mentions: ({ person }) => new Mentions().person(person, 'person'),
    input: ({ body: { text, topicId }, who }) =>
      present({ text, topicId, person: who.maybePerson('person') }) as { text: string },
    extra: z.object({ objection: z.string(), answerBy: z.string() }),
    told: ({ result }, { zone }) => ({ objection: result.id, answerBy: iso({ zone }, result.answerBy) }),
  });
};

const answerRoute: Routes = (app, api) => {
  app.post(
    '/v1/meetings/:id/minutes/objections/:objection/answer',
    {
      schema: {
        tags,
        summary: 'Answer an objection (M3): accept it with the corrected text, or reject it with a reason',
        params: objectionParams,
        headers: idempotencyHeader,
        body: answerObjectionBody,
        response: answers(
          { 200: z.object({ ...changedShape.shape, status: z.string(), version: z.int() }) },
          ...commandRefusals,
        ),
      },
    },
    async (request) => {
      const { id, objection } = request.params;
      const { accepted, reason, correction } = request.body;
      const said = { id: objection, accepted, ...(reason === undefined ? {} : { reason }) };
      const rehearsed = { ...said, ...(correction === undefined ? {} : { hash: '' }) };
      const { state } = await api.meetings.load(id);
      // Answered already: a repeat gets its first answer, anybody else the rule's refusal; no text is kept for either.
      const answered = objectionsOf(state).some((o) => o.id === objection && o.answer !== undefined);
      const input = answered ? rehearsed : await settled();
      const answer = await api.run(request, 'answerObjection', id, input, state.zone);
      return { ...changed(api, request, id, answer, state.zone), ...answer.result };

      /** The rules first: a text is kept only for who may. */
      async function settled() {
        const { state: now } = await api.dryRun('answerObjection', id, rehearsed, request.principal.actor);
        return { ...said, ...(accepted && correction !== undefined ? await keepCorrection(api, now, correction) : {}) };
      }
    },
  );
};

async function keepCorrection(
  api: Api,
  state: Parameters<typeof corrected>[0],
  correction: NonNullable<z.output<typeof answerObjectionBody>['correction']>,
) {
  const before = await minutesText(api, state);
  return keepText(api, state, before, corrected(state, before, withDates(state.zone, correction)));
}

const reopenRoute: Routes = (app, api) => {
  commandRoute(app, api, {
    name: 'reopen',
    method: 'POST',
    url: '/v1/meetings/:id/reopen',
    summary: 'Take the close back, before the minutes are confirmed and within 24 h of it (M3)',
    tag: 'minutes',
    params: meetingParams,
    body: reopenBody,
    meeting: ({ id }) => id,
    mentions: () => new Mentions(),
    input: ({ body }) => body,
  });
};

const releaseRoute: Routes = (app, api) => {
  commandRoute(app, api, {
    name: 'releaseExtract',
    method: 'POST',
    url: '/v1/meetings/:id/minutes/release-extract',
    summary: 'Let external people have their extract before the confirmation, which does it by itself (H7)',
    tag: 'minutes',
    params: meetingParams,
    body: nothing,
    meeting: ({ id }) => id,
    mentions: () => new Mentions(),
    input: () => ({}),
    extra: z.object({ people: z.int() }),
    told: ({ result }) => result,
  });
};

/** H7: the external person whose extract a request asks for. */
export async function extractAsked(api: Api, ref: string | undefined): Promise<string | undefined> {
  return ref === undefined ? undefined : knownPerson(api.deps.archive.directory, ref, 'extract');
}

export const objectionRoutes: Routes = (app, api) => {
  for (const add of [versionsRoute, diffRoute, objectionRoute, answerRoute, reopenRoute, releaseRoute]) add(app, api);
};
