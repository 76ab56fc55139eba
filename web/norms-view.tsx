/** Y1: what the pages about a year's proposals for the norms show. */
import { toLocal } from '../domain/calendar/index.js';
import type { Instant, LocalDate, ZoneData } from '../domain/calendar/index.js';
import type { Locale } from '../domain/meeting/state.js';
import type { NormChange } from '../domain/norms-history.js';
import type { KeptNormProposal, NormYear } from '../archive/norm-proposals.js';
import type { Translate } from '../locales/index.js';
import { proposalText } from '../render/norms/text.js';
import type { When } from '../render/when.js';
import { Facts, Input, Note, Radios, Text, TextArea } from './parts.js';
import type { Filled } from './parts.js';

export interface NormsView {
  year: number;
  looked: NormYear | null;
  list: KeptNormProposal[];
  history: NormChange[];
  names: Map<string, string>;
  locale: Locale;
  zone: ZoneData;
  now: Instant;
  say: Translate;
  when: When;
  hrefs: Map<string, string>;
  overview: string;
}

/** All of the year, those that wait first. */
export function NormOverview({ view }: { view: NormsView }): JSX.Element {
  const { say, year, looked, list, when } = view;
  const open = list.filter((k) => k.state === 'open');
  return (
    <>
      <h1 safe>{say('norms.mail.title', { year })}</h1>
      <p class="of" safe>
        {say('norms.mail.looked', { year, meetings: looked?.meetings ?? 0 })}
      </p>
      {open.length > 0 && looked ? (
        <p safe>{say('norms.mail.wanted', { year, count: open.length, due: when.when(looked.dueAt) })}</p>
      ) : (
        <Note text={say(list.length === 0 ? 'norms.page.none' : 'norms.page.allDone')} />
      )}
      {[...open, ...list.filter((k) => k.state !== 'open')].map((kept) => (
        <>
          <h2 safe>{proposalText(say, kept.proposal).label}</h2>
          <What view={view} kept={kept} />
          <p>
            <a href={view.hrefs.get(kept.proposal.id) ?? ''} safe>
              {say(kept.state === 'open' ? 'norms.mail.decide' : 'norms.page.see')}
            </a>
          </p>
        </>
      ))}
      <p class="help" safe>
        {say('norms.mail.assumed')}
      </p>
    </>
  );
}

type Props = { view: NormsView; kept: KeptNormProposal };

/** What it changes, why, and what it would have meant. */
function What({ view: { say }, kept }: Props): JSX.Element {
  const { from, to, because, effect, also } = proposalText(say, kept.proposal);
  return (
    <Facts
      facts={[
        [say('norms.page.now'), <Text of={from} />],
        [say('norms.page.proposed'), <Text of={[to, ...also].join('\n')} />],
        [say('norms.page.why'), <Text of={because} />],
        [say('norms.page.effect'), <Text of={effect} />],
        [say('forms.label.status'), <Text of={say(`norms.state.${kept.state}`)} />],
      ]}
    />
  );
}

export function OneNorm({ view, kept, filled }: Props & { filled: Filled }): JSX.Element {
  const { say, year, overview, list } = view;
  return (
    <>
      <h1 safe>{proposalText(say, kept.proposal).label}</h1>
      <p class="of" safe>
        {say('norms.mail.title', { year })}
      </p>
      {kept.state === 'open' ? '' : <Answered view={view} kept={kept} />}
      <What view={view} kept={kept} />
      <p class="help" safe>
        {say('norms.mail.assumed')}
      </p>
      {kept.state === 'open' ? <Ask view={view} filled={filled} /> : ''}
      {list.length > 1 ? (
        <p>
          <a href={overview} safe>
            {say('norms.page.all', { count: list.length })}
          </a>
        </p>
      ) : (
        ''
      )}
    </>
  );
}

function Answered({ view, kept }: Props): JSX.Element {
  const { say, when, names, history, now } = view;
  const at = kept.decidedAt === undefined ? '' : when.dateTime(kept.decidedAt);
  const who =
    kept.person === undefined
      ? say('norms.page.anAdministrator')
      : (names.get(kept.person) ?? say('words.unknownPerson'));
  if (kept.state === 'rejected')
    return <Note text={say('norms.page.rejected', { who, at, reason: kept.reason ?? '' })} />;
  const change = history.find((c) => c.version === kept.version && c.proposals.includes(kept.proposal.id));
  if (change === undefined) return <Note text={say('norms.page.held', { who, at })} />;
  const from = when.date(change.effectiveFrom);
  if (change.withdrawnAt !== undefined) return <Note text={say('norms.page.withdrawn', { who, at })} />;
  return (
    <>
      <Note good text={say('norms.page.accepted', { who, at, from })} />
      {change.effectiveAt > now ? (
        <form method="post" novalidate>
          <input type="hidden" name="withdraw" value="yes" />
          <div class="buttons">
            <button type="submit" class="grave" safe>
              {say('norms.page.withdraw')}
            </button>
          </div>
        </form>
      ) : (
        ''
      )}
    </>
  );
}

/** A month's first day: time to tell people, and to think again. */
function nextMonth(today: LocalDate): LocalDate {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
}

function Ask({ view: { say, zone, now }, filled }: { view: NormsView; filled: Filled }): JSX.Element {
  const today = toLocal(zone, now).date;
  return (
    <form method="post" novalidate>
      <h2 safe>{say('norms.page.yours')}</h2>
      <Radios
        filled={filled}
        name="accepted"
        label={say('norms.page.question')}
        choices={[
          { value: 'yes', label: say('norms.page.yes') },
          { value: 'no', label: say('norms.page.no') },
        ]}
      />
      <Input
        filled={filled}
        name="effectiveFrom"
        only="yes"
        type="date"
        label={say('norms.page.from')}
        help={say('norms.page.fromHelp')}
        value={nextMonth(today)}
        min={today}
      />
      <TextArea
        filled={filled}
        name="reason"
        only="no"
        label={say('forms.field.reason')}
        help={say('norms.page.reasonHelp')}
        max={500}
      />
      <div class="buttons">
        <button type="submit" safe>
          {say('norms.page.send')}
        </button>
      </div>
    </form>
  );
}
