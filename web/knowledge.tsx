/**
 * R5: an entry whose review date has come, behind the link of its mail. GET shows it, POST says that it still holds, or hands it
 * to somebody else or to the archivist. The link counts as long as its person looks after the entry.
 */
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../api/auth.js';
import type { Api } from '../api/context.js';
import { problem } from '../api/errors.js';
import { handOn, nextReview, stillRight, toArchivist } from '../api/knowledge-care.js';
import { isOwner, readerOf, today } from '../api/knowledge.js';
import { Names } from '../api/present/context.js';
import type { App } from '../api/route.js';
import { bounds, date, lines, personRef } from '../api/schemas/base.js';
import { zoneFor } from '../api/zones.js';
import { whoIsAsked } from '../archive/knowledge-asked.js';
import type { KnowledgeEntry } from '../archive/knowledge.js';
import type { ZoneData } from '../domain/calendar/index.js';
import type { Locale } from '../domain/meeting/state.js';
import { pickLocale, translator } from '../locales/index.js';
import { whenFor } from '../render/when.js';
import { z } from 'zod';
import { Framed } from './answer.js';
import { checked } from './form.js';
import { Note } from './parts.js';
import type { Filled } from './parts.js';
import { Ask, EntryFacts, type Shown } from './knowledge-entry.js';
import { chosenLocale, pathOf, personalReader, queryOf } from './request.js';
import { tokenPage } from './token-page.js';
import type { Explain } from './token-page.js';

export function knowledgePages(scope: App, api: Api, explain: Explain): void {
  tokenPage<Context>(scope, explain, {
    path: '/k/:token',
    read: (request) => contextOf(api, request),
    show: pageOf,
    act,
  });
}

interface Context extends Shown {
  api: Api;
  principal: Principal;
  locale: Locale;
  zone: ZoneData;
  done: string;
}

async function contextOf(api: Api, request: FastifyRequest): Promise<Context> {
  const { archive, clock, config } = api.deps;
  const { claims, principal } = await personalReader(api, request, 'knowledge');
  const reader = await readerOf(api, { principal });
  const entry = reader === 'nobody' ? null : await archive.knowledge.find(claims.meeting, reader);
  if (entry === null) problem('NotFound', 'link.invalid');
  const person = await archive.directory.getPerson(claims.person);
  const locale = chosenLocale(request) ?? pickLocale(person?.locale, request.headers['accept-language'], config.locale);
  const zone = zoneFor(config.timeZone, clock());
  const known = (ids: (string | undefined)[]): string[] => ids.filter((id) => id !== undefined);
  return {
    ...{ api, principal, entry, locale, zone, done: queryOf(request)['done'] ?? '' },
    ...{ say: translator(locale), when: whenFor(locale, zone, person?.timeZone), today: today(api) },
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

function pageOf(context: Context, filled: Filled, request: FastifyRequest): string {
  const { locale, say, entry, may } = context;
  const title = say('knowledge.form.title');
  const safeBody = (
    <>
      <p class="of" safe>
        {title}
      </p>
      <h1 safe>{entry.title}</h1>
      {filled.faults.length > 0 ? '' : <Standing context={context} />}
      <EntryFacts shown={context} />
      {may && entry.state === 'open' ? <Ask shown={context} filled={filled} /> : ''}
    </>
  );
  return Framed({ request, locale, say, path: pathOf(request), title, filled, safeBody });
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
