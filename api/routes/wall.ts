/** The sticky-note wall (E13). */
import { z } from 'zod';
import { commandRoute } from '../command-route.js';
import { withDates } from '../dates.js';
import { Mentions } from '../mentions.js';
import { meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { nothing } from '../schemas/commands.js';
import { moveNoteBody, noteBecomesBody, noteBody } from '../schemas/room.js';

const noteParams = z.object({ id: z.string(), noteId: z.string().describe('Note id.') });
const meeting = ({ id }: { id: string }): string => id;
const nobody = (): Mentions => new Mentions();
const made = z.object({ id: z.string(), meetingId: z.string() });
const common = { method: 'POST', tag: 'execution', meeting } as const;

export const wallRoutes: Routes = (app, api) => {
  commandRoute(app, api, {
    ...common,
    name: 'note',
    url: '/v1/meetings/:id/notes',
    summary: 'Put up a note (E13)',
    status: 201,
    params: meetingParams,
    body: noteBody,
    mentions: nobody,
    input: ({ body }) => body,
    extra: made,
    told: ({ result }, { params }) => ({ id: result.id, meetingId: params.id }),
  });

  commandRoute(app, api, {
    ...common,
    method: 'PUT',
    name: 'moveNote',
    url: '/v1/meetings/:id/notes/:noteId',
    summary: 'Move a note to another column or place (E13)',
    params: noteParams,
    body: moveNoteBody,
    mentions: nobody,
    input: ({ body, params }) => ({ id: params.noteId, ...body }),
    extra: z.object({ ...made.shape, column: z.string() }),
    told: ({ result }, { params }) => ({ ...result, meetingId: params.id }),
  });

  commandRoute(app, api, {
    ...common,
    method: 'DELETE',
    name: 'deleteNote',
    url: '/v1/meetings/:id/notes/:noteId',
    summary: 'Take a note down (E13); its author or an organiser',
    params: noteParams,
    body: nothing,
    mentions: nobody,
    input: ({ params }) => ({ id: params.noteId }),
    extra: made,
    told: ({ result }, { params }) => ({ id: result.id, meetingId: params.id }),
  });

  commandRoute(app, api, {
    ...common,
    name: 'noteBecomes',
    url: '/v1/meetings/:id/notes/:noteId/become',
    summary: 'Turn a note into a topic, key point or action in one step (E13)',
    status: 201,
    params: noteParams,
    body: noteBecomesBody,
    mentions: (body) => {
      const named = new Mentions().department(body.department, 'department');
      if (body.kind !== 'action') return named;
      body.supporting?.forEach((d, i) => named.department(d, `supporting[${i}]`));
      return named.person(body.owner, 'owner');
    },
    input: ({ body, params, zone, who }) => {
      const named = { id: params.noteId, department: who.maybeDepartment('department') };
      if (body.kind === 'topic') return { ...body, ...named };
      if (body.kind === 'keyPoint') return { ...withDates(zone, body), ...named };
      const supporting = body.supporting?.map((_, i) => who.department(`supporting[${i}]`));
      return {
        ...withDates(zone, body),
        ...named,
        owner: who.person('owner'),
        ownerDepartment: who.homeOf('owner'),
        supporting,
      };
    },
    extra: z.object({ ...made.shape, kind: z.string(), ref: z.string().describe('What it became.') }),
    told: ({ result }, { params }) => ({ ...result, meetingId: params.id }),
  });
};
