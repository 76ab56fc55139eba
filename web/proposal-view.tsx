/** R2: what the page about a proposal on a series shows: why, what became of it, and what can be done. */
import type { Principal } from '../api/auth.js';
import type { Api } from '../api/context.js';
import { accepted, undoFault, type Mine } from '../api/proposals/service.js';
import type { ZoneData } from '../domain/calendar/index.js';
import type { Locale } from '../domain/meeting/state.js';
import type { Translate } from '../locales/index.js';
import type { Names } from '../render/names.js';
import { quarterName, reason } from '../render/review/index.js';
import type { When } from '../render/when.js';
import { Facts, Note, Text, TextArea } from './parts.js';
import type { Filled } from './parts.js';

/** One reader and one proposal as it stands. */
export interface Reading {
  principal: Principal;
  mine: Mine;
  locale: Locale;
  say: Translate;
  names: Names;
  zone: ZoneData;
  when: When;
}

/** H10: what became confidential since is not named. */
export async function Grounds({ api, reading }: { api: Api; reading: Reading }): Promise<JSX.Element> {
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
export async function Standing({ api, reading, filled }: Part): Promise<JSX.Element> {
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
