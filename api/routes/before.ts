/** Before the start: undo a reply or a cancellation (N2, N4), alternates (N3), reading (E1), and copies (N4). */
import { z } from 'zod';
import { delegateInput, meetingOfTask, writtenInput } from '../alternates.js';
import { commandRoute } from '../command-route.js';
import { copyMeeting } from '../copy.js';
import { instantIn } from '../dates.js';
import { idempotencyOf } from '../idempotency.js';
import { Mentions, personInPath } from '../mentions.js';
import { answers, changed, commandRefusals, idempotencyHeader, meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { changedShape } from '../schemas/answers.js';
import { alternateBody, copyBody, readingBody, undoReplyBody } from '../schemas/before.js';
import { nothing } from '../schemas/commands.js';

const personParams = z.object({ id: z.string(), person: z.string().describe('Id, e-mail or name.') });

const undoReply: Routes = (app, api) => {
  app.post(
    '/v1/meetings/:id/rsvps/:person/undo',
    {
      schema: {
        tags: ['meetings'],
        summary: 'Give back the reply that a reversal replaced (N2)',
        params: personParams,
        headers: idempotencyHeader,
        body: undoReplyBody,
        response: answers(
          { 200: z.object({ ...changedShape.shape, person: z.string(), reply: z.string() }) },
          ...commandRefusals,
        ),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { zone } = await api.frame(request, id);
      const person = await personInPath(api.deps.archive.directory, request.params.person);
      const answer = await api.run(request, 'undoReply', id, { person }, zone);
      return { ...changed(api, request, id, answer, zone), person, reply: answer.result.reply };
    },
  );
};

const reading: Routes = (app, api) => {
  app.put(
    '/v1/meetings/:id/readings/:person',
    {
      schema: {
        tags: ['meetings'],
        summary: 'Confirm that the materials are read (E1); shown to the host',
        params: personParams,
        headers: idempotencyHeader,
        body: readingBody,
        response: answers(
          { 200: z.object({ ...changedShape.shape, person: z.string(), read: z.boolean() }) },
          ...commandRefusals,
        ),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { zone } = await api.frame(request, id);
      const person = await personInPath(api.deps.archive.directory, request.params.person);
      const answer = await api.run(request, 'reading', id, { person, read: request.body.read }, zone);
      return { ...changed(api, request, id, answer, zone), person, read: answer.result.read };
    },
  );
};

const alternate: Routes = (app, api) => {
  app.post(
    '/v1/tasks/:id/alternate',
    {
      schema: {
        tags: ['meetings'],
        summary: 'Settle an alternate task (N3): a delegate, written input, or another time',
        params: z.object({ id: z.string().describe('Task id.') }),
        headers: idempotencyHeader,
        body: alternateBody,
        response: answers({ 200: z.object({ ...changedShape.shape, status: z.string() }) }, ...commandRefusals),
      },
    },
    async (request) => {
      const { id } = request.params;
      const meetingId = meetingOfTask(id);
      const { zone } = await api.frame(request, meetingId);
      const { body } = request;
      const { actor } = request.principal;
      const input = async () => {
        if (body.way === 'delegate') return delegateInput(api, actor, id, body);
        if (body.way === 'written') return writtenInput(api, actor, id, body);
        const { proposedAt, comment } = body;
        const at = proposedAt === undefined ? {} : { proposedAt: instantIn(zone, proposedAt, 'proposedAt') };
        return { id, way: 'otherTime' as const, ...at, ...(comment === undefined ? {} : { comment }) };
      };
      const answer = await api.run(request, 'alternate', meetingId, await input(), zone);
      return { ...changed(api, request, id, answer, zone), status: answer.result.status };
    },
  );
};

const undoCancel: Routes = (app, api) => {
  commandRoute(app, api, {
    name: 'undoCancel',
    method: 'POST',
    tag: 'meetings',
    url: '/v1/meetings/:id/cancel/undo',
    summary: 'Undo a cancellation (N4), within 10 s',
    params: meetingParams,
    body: nothing,
    meeting: ({ id }) => id,
    mentions: () => new Mentions(),
    input: () => ({}),
  });
};

const copy: Routes = (app, api) => {
  app.post(
    '/v1/meetings/:id/copy',
    {
      schema: {
        tags: ['meetings'],
        summary: 'Make a new draft after a meeting, an ended one too (N4)',
        params: meetingParams,
        headers: idempotencyHeader,
        body: copyBody,
        response: answers(
          { 201: z.object({ ...changedShape.shape, phase: z.string(), copiedFrom: z.string() }) },
          400,
          404,
          409,
          413,
          422,
        ),
      },
    },
    async (request, reply) => {
      const state = await copyMeeting(api, request.params.id, request.body, request.principal, idempotencyOf(request));
      const { zone, id, revision, phase, warnings } = state;
      const answer = { result: undefined, revision, now: state.createdAt, warnings };
      return reply
        .code(201)
        .header('location', `/v1/meetings/${id}`)
        .send({ ...changed(api, request, id, answer, zone), phase, copiedFrom: request.params.id });
    },
  );
};

export const beforeRoutes: Routes = (app, api) => {
  for (const add of [undoReply, reading, alternate, undoCancel, copy]) add(app, api);
};
