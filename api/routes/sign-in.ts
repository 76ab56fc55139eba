/** E3: the printed sign-in sheet, with a code that leads to the sign-in form. */
import { z } from 'zod';
import { may } from '../../domain/meeting/authorize.js';
import { departmentsOf, peopleOf } from '../../render/names.js';
import { anybody } from '../../render/links.js';
import { signInSheet } from '../../render/sign-in.js';
import { locales, pickLocale } from '../../locales/index.js';
import { problem } from '../errors.js';
import { answers, meetingParams } from '../route.js';
import type { Routes } from '../route.js';

const langQuery = z.object({
  lang: z.enum(locales).optional().describe('Language of the sheet; else Accept-Language, else the meeting’s.'),
});

export const signInRoutes: Routes = (app, api) => {
  const { archive, links } = api.deps;
  app.get(
    '/v1/meetings/:id/sign-in',
    {
      schema: {
        tags: ['execution'],
        summary:
          'The sign-in sheet (E3): a page to print on A4, with a code to sign in by phone; for those who take the roll',
        params: meetingParams,
        querystring: langQuery,
        response: answers({}, 403, 404, 409),
      },
    },
    async (request, reply) => {
      const { state, now } = await api.seen(request, request.params.id);
      // Whoever has the code may mark people as present: it is for those who could anyway.
      if (!may(state, 'attendance', {}, request.principal.actor))
        problem('Forbidden', 'auth.notAllowed', '', { command: 'attendance', who: ['organiser', 'recorder'] });
      if (state.phase !== 'notice' && state.phase !== 'execution')
        problem('Conflict', 'phase.notNow', '', { command: 'attendance', phase: state.phase, possible: [] });
      const [people, departments] = await Promise.all([
        archive.directory.people(peopleOf(state)),
        archive.directory.departments(departmentsOf(state)),
      ]);
      const locale = request.query.lang ?? pickLocale(request.headers['accept-language'], state.locale);
      const url = await links.url({ purpose: 'signIn', person: anybody, meeting: state.id }, state.startsAt);
      const { html, cssHash } = await signInSheet({ state, locale, people, departments, url, now });
      return reply
        .type('text/html; charset=utf-8')
        .headers({
          'content-language': locale,
          'cache-control': 'no-store',
          'content-security-policy': `default-src 'none'; style-src ${cssHash}; base-uri 'none'; frame-ancestors 'none'`,
        })
        .send(html);
    },
  );
};
