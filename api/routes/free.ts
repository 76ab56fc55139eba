/** H10, X1: when everybody has time. */
import { z } from 'zod';
import { DAY, parseIsoInstant, toIso } from '../../domain/calendar/index.js';
import { earliestSlots } from '../../domain/meeting/free.js';
import { busyTimes, titleFor } from '../booking.js';
import { problem } from '../errors.js';
import { Names } from '../present/context.js';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { personShape } from '../schemas/answers.js';
import { instant, isTimeZone } from '../schemas/base.js';
import { zoneFor } from '../zones.js';

const query = z.strictObject({
  people: z
    .string()
    .max(4_000)
    .describe('Who is to come, with commas between: ids, e-mails or names.')
    .meta({ examples: ['lin.mei@example.com,chen@example.com'] }),
  durationMinutes: z.coerce.number().int().min(1).max(1440).default(60),
  from: instant().optional().describe('Not before; default now.'),
  to: instant().optional().describe('Not after; default 14 days after from, at most 62.'),
  timeZone: z.string().optional().describe("Whose working hours; default the organisation's."),
  limit: z.coerce.number().int().min(1).max(20).default(5),
});

export const freeRoutes: Routes = (app, api) => {
  const { directory } = api.deps.archive;
  app.get(
    '/v1/free',
    {
      schema: {
        tags: ['meetings'],
        summary: 'The earliest times in working hours that suit everybody, and who is busy when',
        querystring: query,
        response: answers(
          {
            200: z.object({
              items: z.array(z.object({ startsAt: z.string(), endsAt: z.string() })),
              busy: z.array(
                z.object({
                  person: personShape,
                  startsAt: z.string(),
                  endsAt: z.string(),
                  title: z.string().describe('"busy" for a meeting that the caller may not see.'),
                }),
              ),
            }),
          },
          422,
        ),
      },
    },
    async (request) => {
      const { durationMinutes, limit, timeZone = api.deps.config.timeZone, ...asked } = request.query;
      if (!isTimeZone(timeZone)) problem('BadInput', 'input.timeZone', 'timeZone');
      const refs = [...new Set(asked.people.split(',').map((r) => r.trim()))].filter((r) => r !== '');
      if (refs.length === 0) problem('BadInput', 'input.required', 'people');
      if (refs.length > 100) problem('BadInput', 'input.tooMany', 'people', { max: 100 });
      const found = await directory.findPeople(refs.map((ref, i) => ({ ref, path: `people[${i}]` })));
      const people = [...new Set(found.map((p) => p.id))];
      const now = api.deps.clock();
      const from = Math.max(now, (asked.from === undefined ? undefined : parseIsoInstant(asked.from)) ?? now);
      const to = (asked.to === undefined ? undefined : parseIsoInstant(asked.to)) ?? from + 14 * DAY;
      if (to <= from || to > from + 62 * DAY) problem('BadInput', 'H10.span', 'to', { days: 62 });
      const zone = zoneFor(timeZone, now);
      const busy = await busyTimes(api, people, { from, to });
      const slots = earliestSlots({ busy, from, to, durationMinutes, limit, calendar: api.deps.config.calendar, zone });
      const names = await Names.load(directory, { people, departments: [] }, api.locale(request));
      const title = titleFor(api, request);
      return {
        items: slots.map((s) => ({ startsAt: toIso(zone, s.startsAt), endsAt: toIso(zone, s.endsAt) })),
        busy: busy.map((b) => ({
          person: names.person(b.person),
          startsAt: toIso(zone, b.startsAt),
          endsAt: toIso(zone, b.endsAt),
          title: title(b.meeting),
        })),
      };
    },
  );
};
