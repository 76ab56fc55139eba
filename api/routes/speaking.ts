/** Who speaks (E6, E7), what is parked (E6), and groups (E10). */
import { z } from 'zod';
import { toIso } from '../../domain/calendar/index.js';
import type { Instant, ZoneData } from '../../domain/calendar/index.js';
import { commandRoute } from '../command-route.js';
import { Mentions } from '../mentions.js';
import { meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { nothing } from '../schemas/commands.js';
import { breakoutsBody, groupReportBody, parkBody, turnBody } from '../schemas/room.js';

const turnParams = z.object({ id: z.string(), turnId: z.string().describe('Turn id.') });
const breakoutParams = z.object({ id: z.string(), breakoutId: z.string().describe('Id of the round.') });
const meeting = ({ id }: { id: string }): string => id;
const nobody = (): Mentions => new Mentions();
const common = { method: 'POST', tag: 'execution', meeting } as const;

const turnTold = z.object({
  id: z.string(),
  meetingId: z.string(),
  status: z.string().describe('queued or speaking.'),
  endsAt: z.string().optional().describe('When the time is up.'),
});

function toldOfTurn(zone: ZoneData, meetingId: string, turn: { id: string; status: string; endsAt?: Instant }) {
  const { id, status, endsAt } = turn;
  return { id, meetingId, status, ...(endsAt === undefined ? {} : { endsAt: toIso(zone, endsAt) }) };
}

const turnRoutes: Routes = (app, api) => {
  commandRoute(app, api, {
    ...common,
    name: 'queueTurn',
    url: '/v1/meetings/:id/speaking-turns',
    summary: 'Ask to speak (E6): starts at once when nobody speaks or waits',
    status: 201,
    params: meetingParams,
    body: turnBody,
    mentions: (body) => new Mentions().person(body.person, 'person').department(body.department, 'department'),
    input: ({ body, who }) => ({
      ...body,
      person: who.maybePerson('person'),
      department: who.maybeDepartment('department'),
    }),
    extra: turnTold,
    told: ({ result }, { params, zone }) => toldOfTurn(zone, params.id, result),
  });

  commandRoute(app, api, {
    ...common,
    name: 'startTurn',
    url: '/v1/meetings/:id/speaking-turns/:turnId/start',
    summary: 'Give the word to somebody in the queue (E6); one speaks at a time',
    params: turnParams,
    body: nothing,
    mentions: nobody,
    input: ({ params }) => ({ id: params.turnId }),
    extra: turnTold,
    told: ({ result }, { params, zone }) => toldOfTurn(zone, params.id, result),
  });

  commandRoute(app, api, {
    ...common,
    name: 'endTurn',
    url: '/v1/meetings/:id/speaking-turns/:turnId/end',
    summary: 'End a turn (E6); says by how much it was too long',
    params: turnParams,
    body: nothing,
    mentions: nobody,
    input: ({ params }) => ({ id: params.turnId }),
    extra: z.object({ id: z.string(), meetingId: z.string(), spokenSeconds: z.int(), overSeconds: z.int() }),
    told: ({ result }, { params }) => ({
      id: result.id,
      meetingId: params.id,
      spokenSeconds: Math.round(result.spokenMs / 1000),
      overSeconds: Math.round(result.overMs / 1000),
    }),
  });

  commandRoute(app, api, {
    ...common,
    method: 'DELETE',
    name: 'withdrawTurn',
    url: '/v1/meetings/:id/speaking-turns/:turnId',
    summary: 'Take a turn that has not begun out of the queue (E6)',
    params: turnParams,
    body: nothing,
    mentions: nobody,
    input: ({ params }) => ({ id: params.turnId }),
    extra: z.object({ id: z.string(), meetingId: z.string() }),
    told: ({ result }, { params }) => ({ id: result.id, meetingId: params.id }),
  });
};

const parked = z.object({ topicId: z.string().describe('Its identity on the next agenda.') });

const parkingRoutes: Routes = (app, api) => {
  commandRoute(app, api, {
    ...common,
    name: 'park',
    url: '/v1/meetings/:id/parking-lot',
    summary: 'Park a digression (E6): it goes onto the next agenda at the close',
    status: 201,
    params: meetingParams,
    body: parkBody,
    mentions: (body) => new Mentions().department(body.department, 'department'),
    input: ({ body, who }) => ({ ...body, department: who.maybeDepartment('department') }),
    extra: parked,
    told: ({ result }) => result,
  });

  commandRoute(app, api, {
    ...common,
    method: 'DELETE',
    name: 'unpark',
    url: '/v1/meetings/:id/parking-lot/:topicId',
    summary: 'Take something off the parking lot again',
    params: z.object({ id: z.string(), topicId: z.string() }),
    body: nothing,
    mentions: nobody,
    input: ({ params }) => ({ topicId: params.topicId }),
    extra: parked,
    told: ({ result }) => result,
  });
};

const roundTold = z.object({ id: z.string(), meetingId: z.string() });

const breakoutRoutes: Routes = (app, api) => {
  commandRoute(app, api, {
    ...common,
    name: 'startBreakouts',
    url: '/v1/meetings/:id/breakouts',
    summary: 'Discuss the live topic in groups (E10)',
    status: 201,
    params: meetingParams,
    body: breakoutsBody,
    mentions: (body) => {
      const named = new Mentions();
      body.groups.forEach((g, i) => g.members.forEach((m, j) => named.person(m, `groups[${i}].members[${j}]`)));
      return named;
    },
    input: ({ body, who }) => ({
      ...body,
      groups: body.groups.map((g, i) => ({
        name: g.name,
        members: g.members.map((_, j) => who.person(`groups[${i}].members[${j}]`)),
      })),
    }),
    extra: z.object({ ...roundTold.shape, endsAt: z.string() }),
    told: ({ result }, { params, zone }) => ({
      id: result.id,
      meetingId: params.id,
      endsAt: toIso(zone, result.endsAt),
    }),
  });

  commandRoute(app, api, {
    ...common,
    method: 'PUT',
    name: 'reportBreakout',
    url: '/v1/meetings/:id/breakouts/:breakoutId/report',
    summary: 'What a group reports back (E10)',
    params: breakoutParams,
    body: groupReportBody,
    mentions: nobody,
    input: ({ body, params }) => ({ id: params.breakoutId, ...body }),
    extra: roundTold,
    told: ({ result }, { params }) => ({ id: result.id, meetingId: params.id }),
  });

  commandRoute(app, api, {
    ...common,
    name: 'endBreakouts',
    url: '/v1/meetings/:id/breakouts/:breakoutId/end',
    summary: 'End the groups (E10)',
    params: breakoutParams,
    body: nothing,
    mentions: nobody,
    input: ({ params }) => ({ id: params.breakoutId }),
    extra: roundTold,
    told: ({ result }, { params }) => ({ id: result.id, meetingId: params.id }),
  });
};

export const speakingRoutes: Routes = (app, api) => {
  for (const add of [turnRoutes, parkingRoutes, breakoutRoutes]) add(app, api);
};
