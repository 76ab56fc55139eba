/** Who comes (N2) and who is there (E3). */
import { z } from 'zod';
import { instantIn } from '../dates.js';
import { personInPath, Mentions } from '../mentions.js';
import { answers, changed, commandRefusals, idempotencyHeader } from '../route.js';
import type { Routes } from '../route.js';
import { changedShape } from '../schemas/answers.js';
import { attendanceBody, rsvpBody } from '../schemas/commands.js';

const params = z.object({ id: z.string(), person: z.string().describe('Id, e-mail or name.') });

export const peopleHereRoutes: Routes = (app, api) => {
  app.put(
    '/v1/meetings/:id/rsvps/:person',
    {
      schema: {
        tags: ['meetings'],
        summary: 'Reply to the notice (N2, N3, H8); the last answer before the start counts',
        params,
        headers: idempotencyHeader,
        body: rsvpBody,
        response: answers(
          { 200: z.object({ ...changedShape.shape, person: z.string(), reply: z.string() }) },
          ...commandRefusals,
        ),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { delegate, ...said } = request.body;
      const { zone } = await api.frame(request, id);
      const person = await personInPath(api.deps.archive.directory, request.params.person);
      const mentions = new Mentions().person(delegate, 'delegate');
      const answer = await api.runNaming(request, 'rsvp', id, mentions, (who) => {
        const instead = who.maybePerson('delegate');
        return { person, ...said, ...(instead === undefined ? {} : { delegate: instead }) };
      });
      return { ...changed(api, request, id, answer, zone), person, reply: answer.result.reply };
    },
  );

  app.put(
    '/v1/meetings/:id/attendance/:person',
    {
      schema: {
        tags: ['execution'],
        summary:
          'Roll call (E3): arrivals and departures; until the minutes are confirmed also from the paper sheet (M3)',
        params,
        headers: idempotencyHeader,
        body: attendanceBody,
        response: answers(
          { 200: z.object({ ...changedShape.shape, person: z.string(), present: z.boolean() }) },
          ...commandRefusals,
        ),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { zone } = await api.frame(request, id);
      const person = await personInPath(api.deps.archive.directory, request.params.person);
      const { present, at } = request.body;
      const given = { person, present, ...(at === undefined ? {} : { at: instantIn(zone, at, 'at') }) };
      const answer = await api.run(request, 'attendance', id, given, zone);
      return { ...changed(api, request, id, answer, zone), person, present: answer.result.present };
    },
  );
};
