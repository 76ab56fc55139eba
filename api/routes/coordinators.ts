/** R4: where somebody stands on the way to leading meetings, who could coordinate next, and a host's own habits. */
import { z } from 'zod';
import type { ComingMeeting } from '../../archive/coordinators.js';
import { toIso, toLocal } from '../../domain/calendar/index.js';
import { habitsOf, ladderOf, nextCoordinators, stages, type Habits, type Reason } from '../../domain/coordinators.js';
import { translator } from '../../locales/index.js';
import type { Locale, PersonId } from '../../domain/meeting/state.js';
import type { Api } from '../context.js';
import { problem } from '../errors.js';
import { requireOwn } from '../own.js';
import { Names, present } from '../present/context.js';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { departmentShape, personShape } from '../schemas/answers.js';
import { date, text } from '../schemas/base.js';
import { seesSeries } from '../series/service.js';
import { zoneFor } from '../zones.js';

const tags = ['reviews'];
const params = z.object({ ref: z.string().describe('Id or e-mail.') });
/** What is older says little about today. */
const yearsBack = 2;
const since = (now: number): number => now - yearsBack * 365 * 86_400_000;
const mostToObserve = 5;
const mostSuggested = 10;

const ladderShape = z.object({
  stage: z.enum(stages),
  observed: z.int(),
  coHosted: z.int().describe('As coordinator or deputy host.'),
  hosted: z.int(),
  next: z
    .object({ step: z.enum(['observe', 'coHost']), left: z.int() })
    .optional()
    .describe('What leads to the next stage; absent at the top.'),
});

const standingShape = z
  .object({
    person: personShape,
    ladder: ladderShape,
    coordinating: z.int().describe('Meetings that are not over.'),
    observe: z
      .array(
        z.object({
          id: z.string(),
          title: z.string().optional().describe('For who may see the meeting.'),
          startsAt: z.string(),
          host: personShape.describe('Whom to ask for a seat as observer.'),
          department: departmentShape,
        }),
      )
      .describe('While they learn: coming meetings of their departments that they could watch.'),
    articles: z
      .array(z.object({ id: z.string(), title: z.string() }))
      .describe('While they learn: articles of the knowledge base (R5), the newest first.'),
  })
  .meta({ id: 'Coordinating' });

const mostArticles = 10;

const ladderRoute: Routes = (app, api) => {
  const { coordinators, directory } = api.deps.archive;
  app.get(
    '/v1/people/:ref/coordinating',
    {
      schema: {
        tags,
        summary: 'Where somebody stands: observer, co-host, host (R4); for them, administrators and the PMO',
        params,
        response: answers({ 200: standingShape }, 403, 404),
      },
    },
    async (request) => {
      const person = await requireOwn(api, request, request.params.ref, { pmo: true });
      const now = api.deps.clock();
      const [record] = await coordinators.records([person], since(now));
      const ladder = ladderOf(record!);
      const [{ departments = [] } = {}] = await directory.people([person]);
      const learns = ladder.next?.step === 'observe';
      const coming = learns ? await coordinators.toObserve(person, departments, now, mostToObserve) : [];
      const named = { people: [person, ...coming.map((m) => m.host)], departments: coming.map((m) => m.department) };
      const names = await Names.load(directory, named, api.locale(request));
      const articles = ladder.next === undefined ? [] : await articlesOf(api);
      const all = request.principal.actor.person !== person;
      return {
        person: names.person(person),
        ladder: present(onlyLadder(ladder)),
        coordinating: record!.load,
        observe: coming.map((m) => observed(m, names, all, now)),
        articles,
      };
    },
  );
};

/** R5: what is written for everybody; articles are no meeting's. */
async function articlesOf({ deps: { archive } }: Api) {
  const { items } = await archive.knowledge.search(undefined, { kind: ['article'] }, { limit: mostArticles });
  return items.map(({ id, title }) => ({ id, title }));
}

const onlyLadder = ({ stage, observed, coHosted, hosted, next }: ReturnType<typeof ladderOf>) => ({
  stage,
  observed,
  coHosted,
  hosted,
  next,
});

/** H10: who has no part in a meeting learns when it is and whom to ask, not what it is about. */
const observed = (
  { id, title, startsAt, timeZone, host, department }: ComingMeeting,
  names: Names,
  all: boolean,
  now: number,
) => ({
  id,
  ...(all ? { title } : {}),
  startsAt: toIso(zoneFor(timeZone, now), startsAt),
  host: names.person(host),
  department: names.department(department),
});

const nextShape = z.object({
  items: z.array(
    z
      .object({
        person: personShape,
        ladder: ladderShape,
        reasons: z.array(z.object({ code: z.string(), message: z.string() })),
      })
      .meta({ id: 'CoordinatorSuggestion' }),
  ),
});

const nextRoute: Routes = (app, api) => {
  const { coordinators, directory, standing } = api.deps.archive;
  app.get(
    '/v1/coordinators/next',
    {
      schema: {
        tags,
        summary: 'Who could coordinate the next meeting (R4): those who are ready, fairly in turn, with the reasons',
        querystring: z.strictObject({
          department: text(120).optional().describe('Its members: id or name.'),
          series: text(64).optional().describe('Its people.'),
          date: date().optional().describe('Day of the meeting; who is on leave then is left out. Today unless given.'),
        }),
        response: answers({ 200: nextShape }, 404, 422),
      },
    },
    async (request) => {
      const { department, series, date: day } = request.query;
      const people = await candidates(api, request.principal, department, series);
      const now = api.deps.clock();
      const zone = zoneFor(api.deps.config.timeZone, now);
      const [records, status] = await Promise.all([
        coordinators.records(people, since(now)),
        standing.of(people, day ?? toLocal(zone, now).date),
      ]);
      const away = new Set(status.filter((s) => s.left || s.leaveUntil !== undefined).map((s) => s.person));
      const found = nextCoordinators(records.map((r) => ({ ...r, away: away.has(r.person) }))).slice(0, mostSuggested);
      const locale = api.locale(request);
      const names = await Names.load(directory, { people: found.map((f) => f.person), departments: [] }, locale);
      return {
        items: found.map(({ person, ladder, reasons }) => ({
          person: names.person(person),
          ladder: present(onlyLadder(ladder)),
          reasons: reasons.map((reason) => ({
            code: reason.code,
            message: said(reason, locale, (t) => toLocal(zone, t).date),
          })),
        })),
      };
    },
  );
};

/** Members of the department, people of the series; of both when both are named. */
async function candidates(
  api: Api,
  principal: Parameters<typeof seesSeries>[0],
  department: string | undefined,
  series: string | undefined,
): Promise<PersonId[]> {
  const { archive } = api.deps;
  if (department === undefined && series === undefined) problem('BadInput', 'R4.whose', 'department');
  const row = series === undefined ? undefined : await archive.series.get(series);
  if (series !== undefined && (!row || !seesSeries(principal, row)))
    problem('NotFound', 'S1.unknown', 'series', { id: series });
  const ofSeries = row?.data.template.participants.filter((p) => p.role !== 'external').map((p) => p.person);
  if (department === undefined) return ofSeries ?? [];
  const found = (await archive.directory.findDepartments([{ ref: department, path: 'department' }]))[0]!;
  const members = await archive.coordinators.membersOf(found.id);
  return ofSeries === undefined ? members : members.filter((p) => ofSeries.includes(p));
}

function said(reason: Reason, locale: Locale, dayOf: (t: number) => string): string {
  const say = translator(locale);
  switch (reason.code) {
    case 'stage':
      return say(`coordinators.stage.${reason.stage}`);
    case 'load':
      return reason.open === 0 ? say('coordinators.noLoad') : say('coordinators.load', { count: reason.open });
    case 'never':
      return say('coordinators.never');
    case 'last':
      return say('coordinators.last', { date: dayOf(reason.at) });
    case 'observeFirst':
      return say('coordinators.observeFirst', { count: reason.left });
  }
}

const habitShape = z.object({ part: z.int(), whole: z.int(), meetings: z.array(z.string()) });
const habitsShape = z
  .object({
    since: z.string(),
    meetings: z.int(),
    overTime: habitShape,
    minutesOver: z.number().optional().describe('On average, where it ran over.'),
    endedEarly: habitShape.describe('In three quarters of the time or less.'),
    unbalanced: habitShape.describe('E7: one department spoke too much.'),
    minutesLate: habitShape.describe('M1.'),
  })
  .meta({ id: 'HostHabits' }) satisfies z.ZodType<Habits & { since: string }>;

const habitsRoute: Routes = (app, api) => {
  app.get(
    '/v1/people/:ref/habits',
    {
      schema: {
        tags,
        summary: 'A host’s own habits of the last two years (R4): shown to the host alone',
        params,
        response: answers({ 200: habitsShape }, 403, 404),
      },
    },
    async (request) => {
      const host = await requireOwn(api, request, request.params.ref, { admin: false });
      const now = api.deps.clock();
      const habits = habitsOf(await api.deps.archive.coordinators.hosted(host, since(now)));
      return { since: toIso(zoneFor(api.deps.config.timeZone, now), since(now)), ...habits };
    },
  );
};

export const coordinatorRoutes: Routes = (app, api) => {
  for (const add of [ladderRoute, nextRoute, habitsRoute]) add(app, api);
};
