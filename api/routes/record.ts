/** What happened (design §7) and what was sent (H2, §7): the audit and the deliveries of one meeting. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { PersonId } from '../../domain/meeting/state.js';
import { toIso } from '../../domain/calendar/index.js';
import { isOutsider, selvesOf } from '../../domain/meeting/visibility.js';
import type { Api } from '../context.js';
import { Names } from '../present/context.js';
import { answers, meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { personShape } from '../schemas/answers.js';
import { vendors } from '../../domain/chats.js';
import type { Vendor } from '../../domain/chats.js';

const eventShape = z
  .object({
    revision: z.int(),
    at: z.string(),
    event: z.string().describe('Command, timer or reply.'),
    by: personShape.optional(),
    key: z.string().optional(),
    via: z.string(),
    onBehalfOf: personShape.optional(),
    ref: z.string().optional(),
  })
  .meta({ id: 'TimelineEvent' });

const markShape = z.object({ voteId: z.string(), person: personShape, key: z.string() });

const deliveryShape = z
  .object({
    mail: z.string(),
    person: personShape,
    occasion: z.string(),
    channel: z.enum(['mail', ...vendors]).describe('F7: by what it went.'),
    status: z.string().describe('claimed (on its way), sent or failed.'),
    at: z.string(),
    sentAt: z.string().optional(),
    reason: z.string().optional(),
    messageId: z.string().optional(),
  })
  .meta({ id: 'Delivery' });

const tags = ['meetings'];

/** F7: the claim of a message by chat is that of its mail, with the chat behind it. */
function byWhat(occasion: string): { occasion: string; channel: 'mail' | Vendor } {
  const vendor = vendors.find((name) => occasion.endsWith(`@${name}`));
  if (vendor === undefined) return { occasion, channel: 'mail' };
  return { occasion: occasion.slice(0, -vendor.length - 1), channel: vendor };
}

/** H7: an external person gets no list, only what they did and what went to them. */
async function seenBy(api: Api, request: FastifyRequest, id: string) {
  const { actor } = request.principal;
  const { state, now } = await api.seen(request, id);
  const selves = selvesOf(actor, now);
  const external = isOutsider(state, actor, now);
  const own = (person: PersonId | undefined): boolean => person !== undefined && selves.includes(person);
  return external ? { state, own } : { state };
}

const there = (p: PersonId | undefined): p is PersonId => p !== undefined;

const timelineRoute: Routes = (app, api) => {
  const { archive } = api.deps;
  app.get(
    '/v1/meetings/:id/timeline',
    {
      schema: {
        tags,
        summary: 'Who did what and when; ballots that a key entered for somebody, without a time',
        params: meetingParams,
        response: answers({ 200: z.object({ items: z.array(eventShape), enteredBallots: z.array(markShape) }) }, 404),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { state, own } = await seenBy(api, request, id);
      const { zone } = state;
      const [all, entered] = await Promise.all([archive.audit.timeline(id), archive.ballots.marks(id)]);
      const entries = own === undefined ? all : all.filter((e) => own(e.person) || own(e.onBehalfOf));
      const marks = own === undefined ? entered : entered.filter((m) => own(m.person));
      const people = [...entries.flatMap((e) => [e.person, e.onBehalfOf]), ...marks.map((m) => m.person)].filter(there);
      const names = await Names.load(archive.directory, { people, departments: [] }, api.locale(request));
      return {
        items: entries.map(({ revision, at, event, person, key, via, onBehalfOf, ref }) => ({
          revision,
          at: toIso(zone, at),
          event,
          ...(person === undefined ? {} : { by: names.person(person) }),
          ...(key === undefined ? {} : { key }),
          via,
          ...(onBehalfOf === undefined ? {} : { onBehalfOf: names.person(onBehalfOf) }),
          ...(ref === undefined ? {} : { ref }),
        })),
        enteredBallots: marks.map((m) => ({ voteId: m.voteId, person: names.person(m.person), key: m.enteredBy })),
      };
    },
  );
};

const deliveriesRoute: Routes = (app, api) => {
  const { archive } = api.deps;
  app.get(
    '/v1/meetings/:id/deliveries',
    {
      schema: {
        tags,
        summary: 'Which mails and messages went to whom, and which could not be delivered',
        params: meetingParams,
        response: answers({ 200: z.object({ items: z.array(deliveryShape) }) }, 404),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { state, own } = await seenBy(api, request, id);
      const { zone } = state;
      const every = await archive.claims.deliveries(id);
      const all = own === undefined ? every : every.filter((d) => own(d.person));
      const ids = { people: all.map((d) => d.person), departments: [] };
      const names = await Names.load(archive.directory, ids, api.locale(request));
      return {
        items: all.map(({ kind, person, occasion, status, at, sentAt, reason, messageId }) => ({
          mail: kind,
          person: names.person(person),
          ...byWhat(occasion),
          status,
          at: toIso(zone, at),
          ...(sentAt === undefined ? {} : { sentAt: toIso(zone, sentAt) }),
          ...(reason === undefined ? {} : { reason }),
          ...(messageId === undefined ? {} : { messageId }),
        })),
      };
    },
  );
};

export const recordRoutes: Routes = (app, api) => {
  for (const add of [timelineRoute, deliveriesRoute]) add(app, api);
};
