/** N2: what calendar programs send besides a plain answer; also by API. */
import { z } from 'zod';
import { commandRoute } from '../command-route.js';
import { instantIn } from '../dates.js';
import { Mentions } from '../mentions.js';
import type { Routes } from '../route.js';
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

  commandRoute(app, api, {
    name: 'settleReply',
    method: 'POST',
    url: '/v1/meetings/:id/held-replies/:heldId/settle',
    summary: 'Say whose answer it is that came from an unlisted address (N2); without a person it is nobody’s',
    tag: 'meetings',
    params: heldParams,
    body: settleReplyBody,
    meeting: ({ id }) => id,
    mentions: (body) => new Mentions().person(body.person, 'person'),
    input: ({ params, who }) => {
      const person = who.maybePerson('person');
      return { id: params.heldId, ...(person === undefined ? {} : { person }) };
    },
    extra: z.object({ status: z.string().describe('counted or dismissed.') }),
    told: ({ result }) => result,
  });
};
