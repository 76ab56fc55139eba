/** The calendar object as a download (N1); the mail carries its own. */
import { calendarText } from '../../render/calendar.js';
import { departmentsOf, peopleOf } from '../../render/names.js';
import { pickLocale } from '../../locales/index.js';
import { problem } from '../errors.js';
import { answers, meetingParams } from '../route.js';
import type { Routes } from '../route.js';

export const inviteRoutes: Routes = (app, api) => {
  const { archive, config } = api.deps;

  app.get(
    '/v1/meetings/:id/invite.ics',
    {
      schema: {
        tags: ['meetings'],
        summary: 'The meeting for a calendar (iCalendar); once it is published',
        params: meetingParams,
        response: answers({}, 404, 409),
      },
    },
    async (request, reply) => {
      const { state, now } = await api.seen(request, request.params.id);
      if (state.publishedAt === undefined)
        problem('Conflict', 'phase.notNow', '', { command: 'invite', phase: state.phase, possible: ['publish'] });
      const person = request.principal.actor.person;
      const [people, departments, sent] = await Promise.all([
        archive.directory.people(peopleOf(state)),
        archive.directory.departments(departmentsOf(state)),
        person === undefined ? null : archive.invitations.current(state.id, person),
      ]);
      const locale = pickLocale(request.headers['accept-language'], state.locale);
      const method = state.phase === 'cancelled' || state.phase === 'lapsed' ? 'CANCEL' : 'PUBLISH';
      const from = config.from ?? { name: 'Convoke', address: 'convoke@localhost' };
      const reader = people.find((p) => p.id === person) ?? { id: '', name: '' };
      const mailDomain = from.address.split('@')[1] ?? 'localhost';
      const input = { state, method, reader, locale, people, departments, from, mailDomain } as const;
      return reply
        .type(`text/calendar; charset=utf-8; method=${method}`)
        .header('content-disposition', `attachment; filename="meeting-${state.id}.ics"`)
        .send(calendarText(input, sent?.sequence ?? 0, now));
    },
  );
};
