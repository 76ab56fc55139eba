/** A person's calendar to subscribe to: an address that is made, replaced and ended; reading it changes nothing. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { toIso } from '../../domain/calendar/index.js';
import type { MeetingState, PersonId } from '../../domain/meeting/state.js';
import { invitees, represented } from '../../domain/meeting/people.js';
import { feedText, type FeedInput } from '../../render/feed.js';
import { departmentsOf, peopleOf } from '../../render/names.js';
import { calendarToken, newNonce, readCalendarToken } from '../calendar-address.js';
import type { Api } from '../context.js';
import { problem } from '../errors.js';
import { requireOwn } from '../own.js';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { zoneFor } from '../zones.js';

const day = 86_400_000;
/** Days back. */
const remembered = 90;

const feedShape = z
  .object({
    address: z.string().describe('For a calendar program to subscribe to. Whoever has it reads the calendar.'),
    since: z.string(),
  })
  .meta({ id: 'CalendarFeed' });
const params = z.object({ ref: z.string().describe('Id or e-mail.') });
const tags = ['directory'];

const addressRoutes: Routes = (app, api) => {
  const { archive, config, clock } = api.deps;
  const told = (person: PersonId, { nonce, madeAt }: { nonce: string; madeAt: number }) => ({
    address: `${config.publicUrl}/calendar/${calendarToken(config.secrets, person, nonce)}.ics`,
    since: toIso(zoneFor(config.timeZone, clock()), madeAt),
  });

  app.get(
    '/v1/people/:ref/calendar',
    {
      schema: {
        tags,
        summary: 'The address of the own calendar, if there is one',
        params,
        response: answers({ 200: feedShape }, 403, 404),
      },
    },
    async (request) => {
      const person = await requireOwn(api, request, request.params.ref);
      return told(person, (await archive.calendarFeeds.get(person)) ?? problem('NotFound', 'calendar.none'));
    },
  );

  app.post(
    '/v1/people/:ref/calendar',
    {
      schema: {
        tags,
        summary: 'Make an address for the own calendar; one that was there before ends',
        params,
        response: answers({ 201: feedShape }, 403, 404),
      },
    },
    async (request, reply) => {
      const person = await requireOwn(api, request, request.params.ref);
      const feed = { nonce: newNonce(), madeAt: clock() };
      await archive.calendarFeeds.put(person, feed);
      return reply.code(201).send(told(person, feed));
    },
  );

  app.delete(
    '/v1/people/:ref/calendar',
    {
      schema: {
        tags,
        summary: 'End the address of the own calendar',
        params,
        response: answers({ 204: z.null() }, 403, 404),
      },
    },
    async (request, reply) => {
      const person = await requireOwn(api, request, request.params.ref);
      if (!(await archive.calendarFeeds.remove(person))) problem('NotFound', 'calendar.none');
      return reply.code(204).send();
    },
  );
};

const readRoute: Routes = (app, api) => {
  app.get(
    '/calendar/:file',
    {
      config: { open: true, rateLimit: {} },
      schema: {
        tags,
        summary: 'The calendar behind an address (iCalendar): own meetings, open actions as all-day entries; no key',
        params: z.object({ file: z.string().describe('As in the address.') }),
        response: answers({}, 404),
      },
    },
    async (request, reply) => {
      const text = await readFeed(api, request.params.file);
      const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
      reply.headers({
        etag,
        'cache-control': 'private, no-cache',
        'x-robots-tag': 'noindex',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
      const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
      if (known.includes(etag) || known.includes('*')) return reply.code(304).send();
      return reply.type('text/calendar; charset=utf-8').send(text);
    },
  );
};

/** One answer for whatever is no address: of nobody, ended, or of somebody who left. */
const gone = (): never => problem('NotFound', 'calendar.unknown');

async function readFeed(api: Api, file: string): Promise<string> {
  const { archive, config, clock } = api.deps;
  const { person, nonce } = readCalendarToken(config.secrets, file.replace(/\.ics$/, '')) ?? gone();
  if ((await archive.calendarFeeds.get(person))?.nonce !== nonce) gone();
  const [reader] = await archive.directory.people([person]);
  if (reader === undefined || !(await archive.standing.statusOf(person)).active) return gone();
  const now = clock();
  const locale = reader.locale ?? config.locale;
  const [states, due] = await Promise.all([
    archive.calendarFeeds.meetings(person, now - remembered * day),
    archive.calendarFeeds.actions(person),
  ]);
  const actor = { person, roles: ['member' as const], scopes: [], via: 'link' as const };
  const seen = await Promise.all(
    states.filter((s) => comesTo(s, person)).map((s) => api.seeing.view(s, actor, now, locale)),
  );
  const meetings = seen.filter((s) => s !== undefined);
  const from = config.from ?? { name: 'Convoke', address: 'convoke@localhost' };
  const input: FeedInput = {
    reader,
    locale,
    meetings,
    actions: due.map(({ timeZone, ...rest }) => ({ ...rest, zone: zoneFor(timeZone, now) })),
    people: await archive.directory.people([...new Set(meetings.flatMap((s) => peopleOf(s)))]),
    departments: await archive.directory.departments([...new Set(meetings.flatMap((s) => departmentsOf(s)))]),
    from,
    mailDomain: from.address.split('@')[1] ?? 'localhost',
  };
  return feedText(input);
}

/** Invited and not declined; whose seat a delegate holds does not come. */
const comesTo = (state: MeetingState, person: PersonId): boolean =>
  invitees(state).includes(person) && !represented(state).includes(person) && state.rsvps[person]?.reply !== 'declined';

export const calendarFeedRoutes: Routes = (app, api) => {
  for (const add of [addressRoutes, readRoute]) add(app, api);
};
