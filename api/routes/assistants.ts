/** H6: who acts for whom, in which scopes and on which days; and who the caller is. */
import { z } from 'zod';
import type { Assistant } from '../../archive/assistants.js';
import { assistantScopes } from '../../domain/meeting/assistants.js';
import type { PersonId } from '../../domain/meeting/state.js';
import type { Principal } from '../auth.js';
import { problem } from '../errors.js';
import { personInPath } from '../mentions.js';
import { Names } from '../present/context.js';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { personShape } from '../schemas/answers.js';
import { assistantBody } from '../schemas/directory.js';
import { personDetails, tellPeople } from './people.js';

const assistantShape = z
  .object({
    person: personShape.describe('The principal.'),
    assistant: personShape,
    scopes: z.array(z.enum(assistantScopes)),
    from: z.string().describe("First day, in the principal's zone."),
    to: z.string().describe('Last day.'),
  })
  .meta({ id: 'Assistant' });

const params = z.object({ ref: z.string().describe('The principal: id, e-mail or name.') });
const tags = ['directory'];

/** By the person themself, or an administrator. */
function requireSelf({ actor }: Principal, person: PersonId): void {
  if (actor.person === person || actor.roles.includes('admin')) return;
  problem('Forbidden', 'H6.ownOnly');
}

export const assistantRoutes: Routes = (app, api) => {
  const { directory, assistants } = api.deps.archive;

  const told = async (entries: Assistant[], locale: Parameters<typeof Names.load>[2]) => {
    const ids = { people: entries.flatMap((e) => [e.person, e.assistant]), departments: [] };
    const names = await Names.load(directory, ids, locale);
    return entries.map((e) => ({ ...e, person: names.person(e.person), assistant: names.person(e.assistant) }));
  };

  app.get(
    '/v1/people/:ref/assistants',
    {
      schema: {
        tags,
        summary: 'Who acts for this person (H6)',
        params,
        response: answers({ 200: z.object({ items: z.array(assistantShape) }) }, 403, 404),
      },
    },
    async (request) => {
      const person = await personInPath(directory, request.params.ref);
      requireSelf(request.principal, person);
      return { items: await told(await assistants.of(person), api.locale(request)) };
    },
  );

  app.put(
    '/v1/people/:ref/assistants',
    {
      schema: {
        tags,
        summary: 'Let somebody act for this person, in these scopes, from day to day (H6); again changes it',
        params,
        body: assistantBody,
        response: answers({ 200: assistantShape }, 400, 403, 404, 413, 422),
      },
    },
    async (request) => {
      const person = await personInPath(directory, request.params.ref);
      requireSelf(request.principal, person);
      const { person: ref, scopes, from, to } = request.body;
      const assistant = (await directory.findPerson(ref, 'person')).id;
      if (assistant === person) problem('BadInput', 'H6.self', 'person');
      if ((await directory.people([person])).length === 0) problem('NotFound', 'H4.unknown', 'ref', { person });
      const entry = { person, assistant, scopes: [...new Set(scopes)], from, to };
      await assistants.put(entry);
      api.auth.forget();
      return (await told([entry], api.locale(request)))[0]!;
    },
  );

  app.delete(
    '/v1/people/:ref/assistants/:assistant',
    {
      schema: {
        tags,
        summary: 'Let somebody no longer act for this person (H6)',
        params: params.extend({ assistant: z.string().describe('Id, e-mail or name.') }),
        response: answers({ 204: z.undefined() }, 403, 404),
      },
    },
    async (request, reply) => {
      const person = await personInPath(directory, request.params.ref);
      requireSelf(request.principal, person);
      const assistant = await personInPath(directory, request.params.assistant);
      if (!(await assistants.remove(person, assistant))) problem('NotFound', 'H6.none', 'assistant');
      api.auth.forget();
      return reply.code(204).send();
    },
  );

  app.get(
    '/v1/me',
    {
      schema: {
        tags,
        summary: 'Whose key this is, what it may, for whom its person acts, and how much is open',
        response: answers({
          200: z.object({
            key: z.string(),
            role: z.string(),
            scopes: z.array(z.string()),
            person: personDetails.optional(),
            assists: z.array(assistantShape),
            open: z.object({ actions: z.int(), tasks: z.int() }).optional().describe('Own open actions and tasks.'),
          }),
        }),
      },
    },
    async (request) => {
      const { principal } = request;
      const { person, roles, scopes, key } = principal.actor;
      const base = { key: key ?? principal.id, role: roles[0] ?? 'member', scopes };
      const own = person === undefined ? null : await directory.getPerson(person);
      if (person === undefined || own === null) return { ...base, assists: [] };
      const locale = api.locale(request);
      const [[card], assists, open] = await Promise.all([
        tellPeople(api, [own], principal, locale),
        assistants.actingFor(person).then((entries) =>
          told(
            entries.map(({ timeZone: _, ...e }) => e),
            locale,
          ),
        ),
        api.deps.archive.view.openItems(person),
      ]);
      return { ...base, ...(card === undefined ? {} : { person: card }), assists, open };
    },
  );
};
