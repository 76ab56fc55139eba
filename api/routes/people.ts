/** H4, H5: the directory as lists, and people without an address. */
import { z } from 'zod';
import type { DepartmentDetails, PersonDetails } from '../../archive/directory.js';
import type { Leave } from '../../archive/ports.js';
import type { Locale, PersonId } from '../../domain/meeting/state.js';
import type { Principal } from '../auth.js';
import { translator } from '../../locales/index.js';
import { Names } from '../present/context.js';
import type { Api } from '../context.js';
import { handedOverShape } from '../reorganise.js';
import { answers, page, paging } from '../route.js';
import type { Routes } from '../route.js';
import { departmentShape, personShape } from '../schemas/answers.js';
import { text } from '../schemas/base.js';
import { channelNames, newPersonBody } from '../schemas/directory.js';
import { keeper, requireKeeper } from './directory.js';

export const personDetails = personShape
  .extend({
    names: z.record(z.string(), z.string()).optional().describe('The name in other languages.'),
    locale: z.string().optional(),
    timeZone: z.string().optional(),
    digestOnly: z
      .boolean()
      .optional()
      .describe('Gets reminders in the daily digest only (H2); shown to the person and to who keeps the directory.'),
    departments: z.array(departmentShape),
    channels: z
      .object(Object.fromEntries(channelNames.map((name) => [name, z.string().optional()])))
      .optional()
      .describe('H4: shown to the person and to who keeps the directory.'),
    reachable: z.boolean().describe('H4: whether there is any channel.'),
    leave: z
      .array(z.object({ from: z.string(), to: z.string() }))
      .optional()
      .describe('F2: shown to the person and to who keeps the directory.'),
    active: z.boolean().describe('H4: false for somebody who left.'),
    successor: personShape.optional(),
    handedOver: handedOverShape.optional(),
  })
  .meta({ id: 'Person' });

export const departmentDetails = departmentShape
  .extend({
    names: z.record(z.string(), z.string()).optional().describe('The name in other languages.'),
    head: personShape.optional(),
    parent: departmentShape.optional(),
    acting: z.object({ person: personShape, from: z.string(), to: z.string() }).optional(),
    successor: departmentShape.optional(),
    closed: z.boolean(),
    handedOver: handedOverShape.optional(),
  })
  .meta({ id: 'Department' });

const filter = {
  q: text(120).optional().describe('Part of a name in any language, or of an address.'),
  ...paging,
};
const tags = ['directory'];

const peopleList: Routes = (app, api) => {
  const { directory } = api.deps.archive;
  app.get(
    '/v1/people',
    {
      schema: {
        tags,
        summary: 'List people by name',
        querystring: z.strictObject({ ...filter, department: text(120).optional().describe('Id or name.') }),
        response: answers({ 200: page(personDetails) }, 422),
      },
    },
    async (request) => {
      const { department, ...rest } = request.query;
      const { items, next } = await directory.listPeople({
        ...rest,
        ...(department === undefined
          ? {}
          : { department: (await directory.findDepartments([{ ref: department, path: 'department' }]))[0]!.id }),
      });
      const told = await tellPeople(api, items, request.principal, api.locale(request));
      return { items: told, ...(next === undefined ? {} : { next }) };
    },
  );
};

const departmentList: Routes = (app, api) => {
  const { directory } = api.deps.archive;
  app.get(
    '/v1/departments',
    {
      schema: {
        tags,
        summary: 'List departments by name',
        querystring: z.strictObject(filter),
        response: answers({ 200: page(departmentDetails) }, 422),
      },
    },
    async (request) => {
      const { items, next } = await directory.listDepartments(request.query);
      const told = await tellDepartments(api, items, api.locale(request));
      return { items: told, ...(next === undefined ? {} : { next }) };
    },
  );
};

/** Somebody without an address has only a name to be made by. */
const makePerson: Routes = (app, api) => {
  const { directory } = api.deps.archive;
  app.post(
    '/v1/people',
    {
      schema: {
        tags,
        summary: 'Make a person; without an e-mail they are told apart by their id',
        body: newPersonBody,
        response: answers({ 201: personDetails }, 400, 403, 409, 413, 422),
      },
    },
    async (request, reply) => {
      requireKeeper(request.principal);
      const change = await resolved(api, request.body);
      const made = await directory.makePerson(change);
      const [told] = await tellPeople(api, [made], request.principal, api.locale(request));
      return reply.code(201).header('location', `/v1/people/${made.id}`).send(told);
    },
  );
};

export const peopleRoutes: Routes = (app, api) => {
  for (const add of [peopleList, departmentList, makePerson]) add(app, api);
};

/** References of a body as ids; every fault of the body at once is the schema's, of who is meant the directory's. */
export async function resolved<
  B extends { departments?: string[] | undefined; channels?: { assistant?: string | null | undefined } | undefined },
>(api: Api, { departments, channels, ...plain }: B) {
  const { directory } = api.deps.archive;
  const { assistant } = channels ?? {};
  const through =
    typeof assistant === 'string' ? (await directory.findPerson(assistant, 'channels.assistant')).id : assistant;
  const belongs =
    departments &&
    (await directory.ensureDepartments(departments.map((ref, i) => ({ ref, path: `departments[${i}]` }))));
  return {
    ...plain,
    ...(channels === undefined
      ? {}
      : { channels: { ...channels, ...(through === undefined ? {} : { assistant: through }) } }),
    ...(belongs === undefined ? {} : { departments: belongs.map((d) => d.id) }),
  };
}

export async function tellPeople(api: Api, people: PersonDetails[], principal: Principal, locale: Locale) {
  const { directory, standing } = api.deps.archive;
  const shown = (id: PersonId): boolean => keeper(principal) || principal.actor.person === id;
  const kept = await standing.kept(people.map((p) => p.id));
  const status = kept.map(({ leave, ...rest }, i) => (shown(people[i]!.id) ? { ...rest, leave } : rest));
  const ids = {
    people: status.flatMap(({ successor }) => successor ?? []),
    departments: people.flatMap((p) => p.departments),
  };
  const [names, unreachable] = await Promise.all([
    Names.load(directory, ids, locale),
    directory.unreachable(people.map((p) => p.id)),
  ]);
  return people.map(
    ({ id, name, email, names: others, locale: language, timeZone, digestOnly, departments, channels }, i) => ({
      id,
      name: name === '' && email === undefined ? translator(locale)('data.formerMember') : name,
      ...(email === undefined ? {} : { email }),
      ...(Object.keys(others).length === 0 ? {} : { names: others }),
      ...(language === undefined ? {} : { locale: language }),
      ...(timeZone === undefined ? {} : { timeZone }),
      departments: departments.map((d) => names.department(d)),
      ...(shown(id) ? { channels, digestOnly: digestOnly === true } : {}),
      reachable: !unreachable.includes(id),
      ...standingOf(status[i]!, names),
    }),
  );
}

function standingOf(status: { active: boolean; successor?: PersonId; leave?: Leave[] }, names: Names) {
  const { active, successor, leave } = status;
  return {
    active,
    ...(leave === undefined ? {} : { leave }),
    ...(successor === undefined ? {} : { successor: names.person(successor) }),
  };
}

export async function tellDepartments(api: Api, items: DepartmentDetails[], locale: Locale) {
  const { directory, standing } = api.deps.archive;
  const ids = {
    people: items.flatMap(({ head, acting }) => [head ?? [], acting[0]?.person ?? []].flat()),
    departments: items.flatMap(({ parent, successor }) => [parent ?? [], successor ?? []].flat()),
  };
  const [names, closed] = await Promise.all([
    Names.load(directory, ids, locale),
    standing.closed(items.map(({ id }) => id)),
  ]);
  return items.map(({ id, name, names: others, head, parent, successor, acting: [acting] }) => ({
    id,
    name,
    ...(others === undefined ? {} : { names: others }),
    ...(head === undefined ? {} : { head: names.person(head) }),
    ...(parent === undefined ? {} : { parent: names.department(parent) }),
    ...(acting === undefined ? {} : { acting: { ...acting, person: names.person(acting.person) } }),
    ...(successor === undefined ? {} : { successor: names.department(successor) }),
    closed: closed.includes(id),
  }));
}
