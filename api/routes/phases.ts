/** From preparation to the close: publish, move, cancel, open, extend, close. */
import { z } from 'zod';
import { toIso } from '../../domain/calendar/index.js';
import { warningsAfter } from '../booking.js';
import { commandRoute } from '../command-route.js';
import type { CommandRoute } from '../command-route.js';
import { instantIn } from '../dates.js';
import { Mentions } from '../mentions.js';
import { meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { Names } from '../present/context.js';
import { adjournBody } from '../schemas/room.js';
import { personShape } from '../schemas/answers.js';
import { unreachableAtPublication } from '../unreachable.js';
import { cancelBody, extendBody, nothing, rescheduleBody } from '../schemas/commands.js';

const readBackShape = z.object({
  readBack: z
    .array(
      z.object({
        topicId: z.string(),
        title: z.string(),
        outcome: z.string(),
        basis: z.string().optional(),
        conclusion: z.string().optional(),
        deferral: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .describe('E14: each topic with its conclusion, deferral or drop.'),
});

/** Commands of the meeting itself: nobody is named in them. */
const ofMeeting = {
  method: 'POST',
  tag: 'meetings',
  params: meetingParams,
  meeting: ({ id }: { id: string }) => id,
  mentions: () => new Mentions(),
} as const satisfies Partial<CommandRoute<'open', typeof nothing, typeof meetingParams>>;

export const phaseRoutes: Routes = (app, api) => {
  commandRoute(app, api, {
    ...ofMeeting,
    name: 'publish',
    url: '/v1/meetings/:id/publish',
    summary: 'Send the notice (N1): at least 24 h ahead; answers whom it cannot reach (H4)',
    body: nothing,
    input: () => ({}),
    extra: z.object({ unreachable: z.array(personShape).describe('H4: no channel is known for them.') }),
    told: (answer, { params, zone }, request) => unreachableAtPublication(api, request, params.id, answer, zone),
  });

  commandRoute(app, api, {
    ...ofMeeting,
    name: 'reschedule',
    url: '/v1/meetings/:id/reschedule',
    summary: 'Move the meeting (N4); clears the replies but the host’s',
    body: rescheduleBody,
    input: ({ body, zone }) => ({ ...body, startsAt: instantIn(zone, body.startsAt, 'startsAt') }),
    told: ({ warnings }, { params }, request) => warningsAfter(api, request, params.id, warnings),
  });

  commandRoute(app, api, {
    ...ofMeeting,
    name: 'cancel',
    url: '/v1/meetings/:id/cancel',
    summary: 'Cancel it (N4), before it was opened; can be undone until undoUntil, then it is told and final',
    body: cancelBody,
    input: ({ body }) => body,
    extra: z.object({ undoUntil: z.string() }),
    told: ({ result }, { zone }) => ({ undoUntil: toIso(zone, result.undoUntil) }),
  });

  commandRoute(app, api, {
    ...ofMeeting,
    name: 'open',
    url: '/v1/meetings/:id/open',
    summary: 'Open the meeting (H11, E15): from 15 min before its start',
    body: nothing,
    input: () => ({}),
  });

  commandRoute(app, api, {
    ...ofMeeting,
    name: 'extend',
    url: '/v1/meetings/:id/extend',
    summary: 'Extend the planned end (E15)',
    tag: 'execution',
    body: extendBody,
    input: ({ body }) => body,
    extra: z.object({ plannedEndAt: z.string() }),
    told: ({ result }, { zone }) => ({ plannedEndAt: toIso(zone, result.plannedEndAt) }),
  });

  commandRoute(app, api, {
    ...ofMeeting,
    name: 'adjourn',
    url: '/v1/meetings/:id/adjourn',
    summary:
      'Interrupt the meeting (E15): the same one goes on then, with a new roll call; all are told; open resumes it',
    tag: 'execution',
    body: adjournBody,
    input: ({ body, zone }) => ({ ...body, until: instantIn(zone, body.until, 'until') }),
    extra: z.object({ until: z.string(), plannedEndAt: z.string() }),
    told: ({ result }, { zone }) => ({
      until: toIso(zone, result.until),
      plannedEndAt: toIso(zone, result.plannedEndAt),
    }),
  });

  commandRoute(app, api, {
    ...ofMeeting,
    name: 'close',
    url: '/v1/meetings/:id/close',
    summary: 'Close the meeting (E14): reads back every topic and never refuses',
    tag: 'execution',
    body: nothing,
    input: () => ({}),
    extra: readBackShape,
    told: async ({ result }, _asked, request) => {
      const departments = result.readBack.flatMap((r) => r.deferral?.department ?? []);
      const names = await Names.load(api.deps.archive.directory, { people: [], departments }, api.locale(request));
      return {
        readBack: result.readBack.map(({ deferral, ...r }) => ({
          ...r,
          ...(deferral && { deferral: { ...deferral, department: names.maybeDepartment(deferral.department) } }),
        })),
      };
    },
  });
};
