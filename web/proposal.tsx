/**
 * R2: a proposal on a series, from the review's mail: what would change and why, to accept or reject, and to undo. GET shows,
 * POST acts by the same rules as the API.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { linkPrincipal } from '../api/auth.js';
import type { Principal } from '../api/auth.js';
import type { Api } from '../api/context.js';
import { problem, toProblem } from '../api/errors.js';
import type { Problem } from '../api/errors.js';
import { shownFault } from '../api/problem-json.js';
import {
  accepted,
  acceptProposal,
  proposalFor,
  rejectProposal,
  undoFault,
  undoProposal,
  type Mine,
} from '../api/proposals/service.js';
import type { App } from '../api/route.js';
import { rejectBody } from '../api/schemas/proposals.js';
import { zoneFor } from '../api/zones.js';
import type { Person } from '../archive/ports.js';
import type { Locale } from '../domain/meeting/state.js';
import { hasText, locales, pickLocale, translator } from '../locales/index.js';
import type { Translate } from '../locales/index.js';
import { namesIn } from '../render/names.js';
import type { Names } from '../render/names.js';
import { changeSentence, quarterName, reason } from '../render/review/index.js';
import { whenFor } from '../render/when.js';
import type { When } from '../render/when.js';
import { checked } from './form.js';
import { Page } from './page.js';
import { ErrorSummary, Facts, filledWith, Note, Text, TextArea } from './parts.js';
import type { Filled } from './parts.js';

type Explain = (request: FastifyRequest, reply: FastifyReply, refused: Problem) => Promise<FastifyReply>;

export function proposalPages(scope: App, api: Api, headers: Record<string, string>, page: Explain): void {
  const config = { open: true, rateLimit: {}, page };
  const path = '/p/:token';
  const send = (reply: FastifyReply, shown: string, status: number): FastifyReply =>
    reply.code(status).headers(headers).type('text/html; charset=utf-8').send(shown);

  scope.get(path, { config, schema: { hide: true } }, async (request, reply) =>
    send(reply, await pageOf(api, request, await readingOf(api, request), filledWith()), 200),
  );
  scope.post(path, { config, schema: { hide: true } }, async (request, reply) => {
    const reading = await readingOf(api, request);
    const fields = (request.body ?? {}) as Record<string, string>;
    try {
      const done = await act(api, reading, fields);
      const { lang } = request.query as { lang?: string };
      const query = new URLSearchParams({ done, ...(reading.isChosen && lang !== undefined ? { lang } : {}) });
      return await reply.headers(headers).redirect(`${pathOf(request)}?${query.toString()}`, 303);
    } catch (error) {
      const refused = toProblem(error);
      if (refused.kind === 'Internal') throw error;
      const faults = refused.faults.map((f) => {
        const shown = shownFault(f, reading.locale, reading.zone);
        return hasText(reading.locale, `forms.${f.code}`)
          ? { ...shown, message: reading.say(`forms.${f.code}`) }
          : shown;
      });
      // Somebody was faster: what holds now stands below the refusal.
      const now = refused.kind === 'Conflict' ? await readingOf(api, request) : reading;
      return send(reply, await pageOf(api, request, now, filledWith(fields, faults)), refused.status);
    }
  });
}

/** One reader and one proposal as it stands. */
interface Reading {
  principal: Principal;
  mine: Mine;
  locale: Locale;
  isChosen: boolean;
  say: Translate;
  names: Names;
  zone: ReturnType<typeof zoneFor>;
  when: When;
}

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';

async function readingOf(api: Api, request: FastifyRequest): Promise<Reading> {
  const { links, archive, config, clock } = api.deps;
  const { token } = request.params as { token: string };
  const claims = (await links.verify(token, { purpose: 'proposal' })) ?? problem('NotFound', 'link.invalid');
  // H6: what somebody is to decide is not handed on.
  if (claims.by !== undefined) problem('Forbidden', 'H6.personal');
  const principal = linkPrincipal(await api.linkActor(claims));
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
  const chosen = locales.find((l) => l === (request.query as { lang?: unknown }).lang);
  const locale = chosen ?? pickLocale(reader?.locale, request.headers['accept-language'], config.locale);
  return {
    locale,
    isChosen: chosen !== undefined,
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
      await rejectProposal(api, principal, mine, checked(rejectBody, { reason: fields['reason'] }).reason);
      return 'reject';
    case 'undo':
      await undoProposal(api, principal, mine);
      return 'undo';
    default:
      return problem('BadInput', 'input.choice', 'do', { choices: 'accept, reject, undo' });
  }
}

async function pageOf(api: Api, request: FastifyRequest, reading: Reading, filled: Filled): Promise<string> {
  const { say, locale, mine } = reading;
  const { done } = request.query as { done?: string };
  const safeBody = await Standing({ api, reading, filled });
  const safeGrounds = await Grounds({ api, reading });
  const title = say('proposal.title');
  return (
    <Page frame={{ locale, say, path: pathOf(request) }} title={title} refused={filled.faults.length > 0}>
      <ErrorSummary filled={filled} say={say} />
      {request.method === 'GET' && done !== undefined && hasText(locale, `proposal.done.${done}`) ? (
        <Note good text={say(`proposal.done.${done}`)} />
      ) : (
        ''
      )}
      <h1 safe>{title}</h1>
      <p class="of" safe>
        {say('proposal.of', { title: mine.row.data.template.title })}
      </p>
      <p class="sentence" safe>
        {changeSentence(reading, mine.kept.proposal)}
      </p>
      {safeGrounds}
      {safeBody}
    </Page>
  );
}

/** H10: what became confidential since is not named. */
async function Grounds({ api, reading }: { api: Api; reading: Reading }): Promise<JSX.Element> {
  const { say, mine, when } = reading;
  const { kept } = mine;
  const { archive } = api.deps;
  const states = await Promise.all(kept.proposal.because.map((id) => archive.view.meeting(id)));
  const meetings = states.flatMap((m) =>
    m === null || m.confidential === true ? [] : [`${when.day(m.startsAt)} ${m.title}`],
  );
  const second = kept.became?.second === undefined ? null : await archive.series.get(kept.became.second);
  const told =
    second === null
      ? undefined
      : say('proposal.second', { title: second.data.template.title, time: second.data.rule.time });
  return (
    <Facts
      facts={[
        [say('proposal.label.why'), <Text of={reason(reading, kept.proposal)} />],
        [say('proposal.label.meetings'), meetings.length === 0 ? undefined : <Text of={meetings.join('\n')} />],
        [say('proposal.label.review'), <Text of={quarterName(say, kept.quarter)} />],
        [say('proposal.label.second'), told === undefined ? undefined : <Text of={told} />],
      ]}
    />
  );
}

type Part = { api: Api; reading: Reading; filled: Filled };

/** What became of it, and what can be done. */
async function Standing({ api, reading, filled }: Part): Promise<JSX.Element> {
  const { say, mine } = reading;
  const { kept, row } = mine;
  if (kept.state === 'accepted') return Accepted({ reading, fault: await undoFault(api, mine) });
  if (kept.state === 'rejected')
    return (
      <>
        <Note text={byWhom(reading, 'rejected')} />
        <Facts facts={[[say('proposal.label.reason'), <Text of={kept.reason ?? ''} />]]} />
      </>
    );
  if (kept.state === 'undone') return <Note text={byWhom(reading, 'undone')} />;
  if (row.endedAt !== undefined) return <Note text={say('proposal.ended')} />;
  const fits = (await accepted(api, mine)) !== undefined;
  return (
    <>
      {fits ? <Accept say={say} /> : <Note text={say('proposal.outdated')} />}
      <Reject say={say} filled={filled} />
    </>
  );
}

function byWhom({ say, names, when, mine: { kept } }: Reading, state: 'accepted' | 'rejected' | 'undone'): string {
  const name = kept.person === undefined ? say('proposal.system') : names.person(kept.person);
  return say(`proposal.${state}`, { name, at: when.when(kept.decidedAt ?? kept.madeAt) });
}

function Accepted({ reading, fault }: { reading: Reading; fault: string | undefined }): JSX.Element {
  const { say } = reading;
  if (fault !== undefined)
    return (
      <>
        <Note text={byWhom(reading, 'accepted')} />
        <p safe>{say(fault === 'R2.tooLate' ? 'proposal.tooLate' : 'proposal.changed')}</p>
      </>
    );
  return (
    <>
      <Note text={byWhom(reading, 'accepted')} />
      <form method="post" novalidate>
        <p safe>{say('proposal.undo.help')}</p>
        <div class="buttons">
          <button type="submit" name="do" value="undo" class="second" safe>
            {say('proposal.undo')}
          </button>
        </div>
      </form>
    </>
  );
}

function Accept({ say }: { say: Translate }): JSX.Element {
  return (
    <form method="post" novalidate>
      <p safe>{say('proposal.effect')}</p>
      <div class="buttons">
        <button type="submit" name="do" value="accept" safe>
          {say('proposal.accept')}
        </button>
      </div>
    </form>
  );
}

function Reject({ say, filled }: { say: Translate; filled: Filled }): JSX.Element {
  return (
    <form method="post" novalidate>
      <h2 safe>{say('proposal.reject.heading')}</h2>
      <TextArea
        filled={filled}
        name="reason"
        label={say('proposal.field.reason')}
        help={say('proposal.help.reason')}
        max={2000}
        required
      />
      <div class="buttons">
        <button type="submit" name="do" value="reject" class="second" safe>
          {say('proposal.reject')}
        </button>
      </div>
    </form>
  );
}
