/** N2: what calendar programs send besides a plain answer; also by API. */
import { z } from 'zod';
import { commandRoute } from '../command-route.js';
import { instantIn } from '../dates.js';
import { Mentions } from '../mentions.js';
import { delegateIn } from '../replies/settle.js';
import { answers, changed, commandRefusals, idempotencyHeader } from '../route.js';
import type { Routes } from '../route.js';
import { changedShape } from '../schemas/answers.js';
import { proposeTimeBody, settleReplyBody } from '../schemas/calendar-replies.js';

const heldParams = z.object({ id: z.string(), heldId: z.string() });
const personParams = z.object({ id: z.string(), person: z.string().describe('Id, e-mail or name.') });

export const calendarReplyRoutes: Routes = (app, api) => {
  commandRoute(app, api, {
    name: 'proposeTime',
    method: 'PUT',
    url: '/v1/meetings/:id/proposals/:person',
    summary: 'Propose another time (N2); the host is told and decides',
    tag: 'meetings',
    params: personParams,
    body: proposeTimeBody,
    meeting: ({ id }) => id,
    mentions: (_body, { person }) => new Mentions().person(person, 'person'),
    input: ({ body, zone, who }) => ({
      ...body,
      person: who.person('person'),
      startsAt: instantIn(zone, body.startsAt, 'startsAt'),
    }),
    extra: z.object({ proposal: z.string().describe('Its id.') }),
    told: ({ result }) => ({ proposal: result.id }),
  });

  app.post(
    '/v1/meetings/:id/held-replies/:heldId/settle',
    {
      schema: {
        tags: ['meetings'],
        summary: 'Say whose answer it is that came from an unlisted address (N2); without a person it is nobody’s',
        params: heldParams,
        headers: idempotencyHeader,
        body: settleReplyBody,
        response: answers(
          { 200: z.object({ ...changedShape.shape, status: z.string().describe('counted or dismissed.') }) },
          ...commandRefusals,
        ),
      },
    },
    async (request) => {
      const { id, heldId } = request.params;
      const { person } = request.body;
      const { zone } = await api.frame(request, id);
      const delegate = person === undefined ? undefined : await delegateIn(api, id, heldId);
      const mentions = new Mentions().person(person, 'person').person(delegate, 'delegate');
      const answer = await api.runNaming(request, 'settleReply', id, mentions, (who) => ({
        id: heldId,
        ...named('person', who.maybePerson('person')),
        ...named('delegate', who.maybePerson('delegate')),
      }));
      return { ...changed(api, request, id, answer, zone), status: answer.result.status };
    },
  );
};

const named = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  (value === undefined ? {} : { [key]: value }) as Partial<Record<K, string>>;
