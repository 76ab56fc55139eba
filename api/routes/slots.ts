/** X1: the next times that suit people, from the meetings they are in and have not declined. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DAY, parseIsoInstant, toIso } from '../../domain/calendar/index.js';
import type { ZoneData } from '../../domain/calendar/index.js';
import { invitees, silent } from '../../domain/meeting/people.js';
import { freeSlots } from '../../domain/slots.js';
import type { Busy } from '../../domain/slots.js';
import type { Api } from '../context.js';
import { busyTimes } from '../booking.js';
import { problem } from '../errors.js';
import { Names } from '../present/context.js';
import { personInPath } from '../mentions.js';
import { answers, meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { personShape } from '../schemas/answers.js';
import { instant, timeZone } from '../schemas/base.js';
import { iso } from '../schemas/common.js';
import { zoneFor } from '../zones.js';

const tags = ['meetings'];
/** Working days that are looked through, and as many more days of meetings as they may span. */
const [days, span] = [10, 30];

const shape = z.object({
  items: z.array(z.object({ startsAt: iso('Start.'), endsAt: iso('End.') })).describe('Earliest first, three at most.'),
});
const ofMeeting = shape.extend({
  notAnswered: z
    .array(personShape)
    .describe('Whose times were not looked at, since they have not answered; before anybody has, all are looked at.'),
});
const from = instant().optional().describe('Not before; default: as soon as an emergency may be called (X1).');

export const slotRoutes: Routes = (app, api) => {
  app.get(
    '/v1/meetings/slots',
    {
      schema: {
        tags,
        summary: 'The earliest times that suit these people, in working hours (X1)',
        querystring: z.strictObject({
          people: z.string().min(1).max(4_000).describe('Ids, e-mails or names, with commas between.'),
          durationMinutes: z.coerce.number().int().min(1).max(480).default(30),
          from,
          timeZone: timeZone().optional(),
        }),
        response: answers({ 200: shape }, 404, 409, 422),
      },
    },
    async (request) => {
      const { people, durationMinutes, timeZone: name, from: wanted } = request.query;
      const refs = people.split(',').map((p) => p.trim());
      const ids = await Promise.all(
        refs.filter((p) => p !== '').map((p) => personInPath(api.deps.archive.directory, p)),
      );
      const zone = zoneFor(name ?? api.deps.config.timeZone, api.deps.clock());
      return slots(api, [...new Set(ids)], zone, durationMinutes, wanted);
    },
  );

  app.get(
    '/v1/meetings/:id/slots',
    {
      schema: {
        tags,
        summary: 'The earliest other times that suit all who answered (X1); who has not, is named',
        params: meetingParams,
        querystring: z.strictObject({ from }),
        response: answers({ 200: ofMeeting }, 404, 409, 422),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { state: seen } = await api.seen(request, id);
      // H7: no list for an external person; the times suit the same people for whoever asks.
      const { state } = await api.meetings.load(id);
      refuseStranger(request, invitees(state), id);
      const answered = invitees(state).filter((p) => state.rsvps[p] !== undefined || p === state.host);
      const people = silent(state).length === invitees(state).length ? invitees(state) : answered;
      const found = await slots(api, people, state.zone, state.durationMinutes, request.query.from, id);
      const left = seen.outside ? [] : invitees(state).filter((p) => !people.includes(p));
      const names = await Names.load(
        api.deps.archive.directory,
        { people: left, departments: [] },
        api.locale(request),
      );
      return { ...found, notAnswered: left.map((p) => names.person(p)) };
    },
  );
};

function refuseStranger({ principal }: FastifyRequest, people: string[], id: string): void {
  if (!principal.seesAll && !people.includes(principal.actor.person ?? ''))
    problem('NotFound', 'meeting.unknown', '', { id });
}

async function slots(
  api: Api,
  people: string[],
  zone: ZoneData,
  durationMinutes: number,
  wanted: string | undefined,
  except?: string,
) {
  const { config, clock } = api.deps;
  const { emergencyLeadMinutes } = await api.deps.norms(api.deps.clock());
  const earliest = clock() + emergencyLeadMinutes * 60_000;
  const asked = wanted === undefined ? undefined : parseIsoInstant(wanted);
  const begin = Math.max(earliest, asked ?? 0);
  const taken = await busyTimes(api, people, { from: begin, to: begin + span * DAY });
  const busy = taken
    .filter((t) => t.meeting.id !== except)
    .map((t): Busy => ({ person: t.person, from: t.startsAt, to: t.endsAt }));
  const query = { durationMinutes, from: begin, workingDays: days };
  const found = freeSlots(busy, config.calendar, zone, query);
  if (found.length === 0) problem('Conflict', 'X1.noSlot', '', { days });
  return { items: found.map((s) => ({ startsAt: toIso(zone, s.startsAt), endsAt: toIso(zone, s.endsAt) })) };
}
