/**
 * R2: a proposal on a series, from the review's mail: what would change and why, to accept or reject, and to undo. GET shows,
 * POST acts by the same rules as the API.
 */
import type { FastifyRequest } from 'fastify';
import type { Api } from '../api/context.js';
import { problem } from '../api/errors.js';
import { acceptProposal, proposalFor, rejectProposal, undoProposal } from '../api/proposals/service.js';
import type { App } from '../api/route.js';
import { rejectBody } from '../api/schemas/proposals.js';
import { zoneFor } from '../api/zones.js';
import type { Person } from '../archive/ports.js';
import { pickLocale, translator } from '../locales/index.js';
import { namesIn } from '../render/names.js';
import { changeSentence } from '../render/review/index.js';
import { whenFor } from '../render/when.js';
import { Framed } from './answer.js';
import { checked } from './form.js';
import type { Filled } from './parts.js';
import { Grounds, Standing } from './proposal-view.js';
import type { Reading } from './proposal-view.js';
import { chosenLocale, pathOf, personalReader } from './request.js';
import { tokenPage } from './token-page.js';
import type { Explain } from './token-page.js';

export function proposalPages(scope: App, api: Api, explain: Explain): void {
  tokenPage<Reading>(scope, explain, {
    path: '/p/:token',
    read: (request) => readingOf(api, request),
    show: (reading, filled, request) => pageOf(api, request, reading, filled),
    act: (reading, fields) => act(api, reading, fields),
  });
}

async function readingOf(api: Api, request: FastifyRequest): Promise<Reading> {
  const { archive, config, clock } = api.deps;
  const { claims, principal } = await personalReader(api, request, 'proposal');
  const mine = await proposalFor(api, principal, claims.ref ?? '');
  const { change } = mine.kept.proposal;
  const named = [claims.person, mine.kept.person, ...(change.kind === 'dropPeople' ? change.people : [])].filter(
    (p) => p !== undefined,
  );
  const people = await archive.directory.people([...new Set(named)]);
  const reader = people.find((p) => p.id === claims.person);
  return { principal, mine, ...languageOf(api, request, reader, people), zone: zoneFor(config.timeZone, clock()) };
}

function languageOf(api: Api, request: FastifyRequest, reader: Person | undefined, people: Person[]) {
  const { config, clock } = api.deps;
  const locale = chosenLocale(request) ?? pickLocale(reader?.locale, request.headers['accept-language'], config.locale);
  return {
    locale,
    say: translator(locale),
    names: namesIn(locale, people, []),
    when: whenFor(locale, zoneFor(config.timeZone, clock()), reader?.timeZone),
  };
}

async function act(api: Api, { principal, mine }: Reading, fields: Record<string, string>): Promise<string> {
  switch (fields['do']) {
    case 'accept':
      await acceptProposal(api, principal, mine);
      return 'accept';
    case 'reject':
      // What was answered already is told before anything is asked.
      await rejectProposal(api, principal, mine, mine.kept.state === 'open' ? reasonIn(fields) : '');
      return 'reject';
    case 'undo':
      await undoProposal(api, principal, mine);
      return 'undo';
    default:
      return problem('BadInput', 'input.choice', 'do', { choices: 'accept, reject, undo' });
  }
}

const reasonIn = (fields: Record<string, string>): string => checked(rejectBody, { reason: fields['reason'] }).reason;

async function pageOf(api: Api, request: FastifyRequest, reading: Reading, filled: Filled): Promise<string> {
  const { say, locale, mine } = reading;
  const safeStanding = await Standing({ api, reading, filled });
  const safeGrounds = await Grounds({ api, reading });
  const title = say('proposal.title');
  const safeBody = (
    <>
      <h1 safe>{title}</h1>
      <p class="of" safe>
        {say('proposal.of', { title: mine.row.data.template.title })}
      </p>
      <p class="sentence" safe>
        {changeSentence(reading, mine.kept.proposal)}
      </p>
      {safeGrounds}
      {safeStanding}
    </>
  );
  return Framed({ request, locale, say, path: pathOf(request), title, filled, told: 'proposal', safeBody });
}
