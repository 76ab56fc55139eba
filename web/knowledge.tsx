/**
 * R5: an entry whose review date has come, behind the link of its mail. GET shows it, POST says that it still holds, or hands it
 * to somebody else or to the archivist. The link counts as long as its person looks after the entry.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { linkPrincipal } from '../api/auth.js';
import type { Principal } from '../api/auth.js';
import type { Api } from '../api/context.js';
import { problem, toProblem } from '../api/errors.js';
import type { Problem } from '../api/errors.js';
import { handOn, nextReview, stillRight, toArchivist } from '../api/knowledge-care.js';
import { isOwner, readerOf, today } from '../api/knowledge.js';
import { Names } from '../api/present/context.js';
import { shownFault } from '../api/problem-json.js';
import type { App } from '../api/route.js';
import { bounds, date, lines, personRef } from '../api/schemas/base.js';
import { zoneFor } from '../api/zones.js';
import { whoIsAsked } from '../archive/knowledge-asked.js';
import type { KnowledgeEntry } from '../archive/knowledge.js';
import type { ZoneData } from '../domain/calendar/index.js';
import type { Locale } from '../domain/meeting/state.js';
import { locales, pickLocale, translator } from '../locales/index.js';
import { whenFor } from '../render/when.js';
import { z } from 'zod';
import { checked } from './form.js';
import { Page } from './page.js';
import { ErrorSummary, filledWith, Note } from './parts.js';
import type { Filled } from './parts.js';
import { Ask, EntryFacts, type Shown } from './knowledge-entry.js';

type Explain = (request: FastifyRequest, reply: FastifyReply, refused: Problem) => Promise<FastifyReply>;

export function knowledgePages(scope: App, api: Api, headers: Record<string, string>, page: Explain): void {
  const options = { config: { open: true, rateLimit: {}, page }, schema: { hide: true } };
  const path = '/k/:token';
  const send = (reply: FastifyReply, text: string, status = 200): FastifyReply =>
    reply.code(status).headers(headers).type('text/html; charset=utf-8').send(text);
  scope.get(path, options, async (request, reply) => send(reply, pageOf(await contextOf(api, request), filledWith())));
  scope.post(path, options, async (request, reply) => {
    const context = await contextOf(api, request);
    const fields = Object.fromEntries(
      Object.entries((request.body ?? {}) as Record<string, unknown>).filter(
        (e): e is [string, string] => typeof e[1] === 'string',
      ),
    );
    try {
      const done = await act(context, fields);
      const query = new URLSearchParams({ done, ...(context.lang === undefined ? {} : { lang: context.lang }) });
      return await reply.headers(headers).redirect(`${context.path}?${query.toString()}`, 303);
    } catch (error) {
      const refused = toProblem(error);
      if (refused.kind === 'Internal') throw error;
      const faults = refused.faults.map((f) => shownFault(f, context.locale, context.zone));
      const now = refused.kind === 'Conflict' ? await contextOf(api, request) : context;
      return send(reply, pageOf(now, filledWith(fields, faults)), refused.status);
    }
  });
}

interface Context extends Shown {
  api: Api;
  principal: Principal;
  locale: Locale;
  lang: string | undefined;
  zone: ZoneData;
  path: string;
  done: string;
}

async function contextOf(api: Api, request: FastifyRequest): Promise<Context> {
  const { links, archive, clock, config } = api.deps;
  const { token } = request.params as { token: string };
  const claims = await links.verify(token, { purpose: 'knowledge' });
  if (claims === undefined) problem('NotFound', 'link.invalid');
  // H6: what is nobody's to hand on is not done by the link in an assistant's mailbox.
  if (claims.by !== undefined) problem('Forbidden', 'H6.personal');
  const principal = linkPrincipal(await api.linkActor(claims));
  const reader = await readerOf(api, { principal });
  const entry = reader === 'nobody' ? null : await archive.knowledge.find(claims.meeting, reader);
  if (entry === null) problem('NotFound', 'link.invalid');
  const { lang, done } = request.query as { lang?: unknown; done?: unknown };
  const chosen = locales.find((l) => l === lang);
  const person = await archive.directory.getPerson(claims.person);
  const locale = chosen ?? pickLocale(person?.locale, request.headers['accept-language'], config.locale);
  const zone = zoneFor(config.timeZone, clock());
  const known = (ids: (string | undefined)[]): string[] => ids.filter((id) => id !== undefined);
  return {
    ...{ api, principal, entry, locale, zone, lang: chosen, path: `/k/${token}` },
    ...{ say: translator(locale), when: whenFor(locale, zone, person?.timeZone), today: today(api) },
    done: typeof done === 'string' ? done : '',
    may: await maySay(api, principal, entry),
    next: await nextReview(api, entry),
    names: await Names.load(
      archive.directory,
      {
        people: known([entry.ownerPerson, entry.author]),
        departments: known([entry.department, entry.ownerDepartment]),
      },
      locale,
    ),
  };
}

/** Owner, head or archivist; and whoever is asked today because none of them can be. */
async function maySay(api: Api, principal: Principal, entry: KnowledgeEntry): Promise<boolean> {
  if (await isOwner(api, { principal }, entry)) return true;
  const { person = '' } = principal.actor;
  const { ownerPerson, ownerDepartment } = entry;
  const owner = {
    ...(ownerPerson === undefined ? {} : { person: ownerPerson }),
    ...(ownerDepartment === undefined ? {} : { department: ownerDepartment }),
  };
  const asked = { owners: [owner], today: today(api), now: api.deps.clock() };
  return (await whoIsAsked(api.deps.archive, api.deps, asked)).owners.has(person);
}

const said = {
  right: z.object({ next: date().optional() }),
  handOn: z.object({ owner: personRef() }),
  archivist: z.object({ note: lines(bounds.sentence).optional() }),
};

async function act({ api, principal, entry, may }: Context, fields: Record<string, string>): Promise<string> {
  if (!may) problem('Forbidden', 'R5.ownerOnly');
  if (fields['revision'] !== String(entry.revision))
    problem('Conflict', 'R5.changed', '', { revision: entry.revision });
  const { next, owner, note, decision } = fields;
  const changed = await {
    right: () => stillRight(api, { principal }, entry, checked(said.right, { next }).next),
    handOn: async () => handOn(api, entry, await api.known(checked(said.handOn, { owner }).owner, 'owner')),
    archivist: () => toArchivist(api, entry, checked(said.archivist, { note }).note),
  }[decision === 'handOn' || decision === 'archivist' ? decision : 'right']();
  if (changed === null) problem('Conflict', 'R5.changed', '', { revision: entry.revision });
  return decision ?? 'right';
}

function pageOf(context: Context, filled: Filled): string {
  const { locale, say, path, entry, may } = context;
  const title = say('knowledge.form.title');
  const form = may && entry.state === 'open' ? <Ask shown={context} filled={filled} /> : '';
  return (
    <Page frame={{ locale, say, path }} title={title} refused={filled.faults.length > 0}>
      <ErrorSummary filled={filled} say={say} />
      <p class="of" safe>
        {title}
      </p>
      <h1 safe>{entry.title}</h1>
      {filled.faults.length > 0 ? '' : <Standing context={context} />}
      <EntryFacts shown={context} />
      {form}
    </Page>
  ) as string;
}

/** What was just done, or why there is nothing to do. */
function Standing({ context }: { context: Context }): JSX.Element {
  const { say, when, entry, may, done, names, today: day } = context;
  if (done === 'right') {
    const date = entry.reviewOn === undefined ? say('knowledge.form.never') : when.date(entry.reviewOn);
    return <Note good text={say('knowledge.form.done.right', { date })} />;
  }
  if (done === 'handOn' && entry.ownerPerson !== undefined)
    return <Note good text={say('knowledge.form.done.handOn', { name: names.personName(entry.ownerPerson) })} />;
  if (done === 'archivist') return <Note good text={say('knowledge.form.done.archivist')} />;
  if (entry.state !== 'open') return <Note text={say('knowledge.form.notOpen')} />;
  if (!may) return <Note text={say('knowledge.form.notYours')} />;
  if (entry.reviewOn === undefined || entry.reviewOn > day) return <Note text={say('knowledge.form.notDue')} />;
  return <p safe>{say('knowledge.form.asked')}</p>;
}
