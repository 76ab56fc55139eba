/** N2: an answer from an address that is not on the list; the host says whose it is. */
import { settleReplyBody } from '../../api/schemas/calendar-replies.js';
import type { HeldLetter } from '../../archive/calendar-replies.js';
import { settlement } from '../../api/replies/settle.js';
import { invitees } from '../../domain/meeting/people.js';
import type { HeldReply } from '../../domain/meeting/state.js';
import { Heading, MeetingFacts } from '../facts.js';
import { checked, possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Note, Radios } from '../parts.js';
import type { Filled } from '../parts.js';

/** The choice that means: of nobody here. */
const nobody = 'nobody';

export const heldReplyForm: LinkForm = {
  async show(context, filled) {
    const { api, say, state, claims } = context;
    const title = say('forms.title.heldReply');
    const held = (state.heldReplies ?? []).find((h) => h.id === claims.ref);
    const letter = held && (await api.deps.archive.calendarReplies.held(held.letter));
    const body = (
      <>
        <Heading context={context} title={title} />
        {held === undefined || !letter ? (
          <Note text={say('forms.heldReply.gone')} />
        ) : (
          <>
            <Standing context={context} held={held} />
            <Letter context={context} held={held} letter={letter} />
            <Ask context={context} filled={filled} held={held} />
          </>
        )}
        <MeetingFacts context={context} />
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const whose = fields['person'] ?? '';
    const chosen = checked(settleReplyBody.required(), { person: whose });
    const person = chosen.person === nobody ? {} : { person: chosen.person };
    const given = { id: context.claims.ref ?? '', ...person };
    await run(context, 'settleReply', await settlement(context.api, context.actor, context.state.id, given));
    return chosen.person === nobody ? 'dismissed' : 'counted';
  },
};

function Standing({ context, held }: { context: FormContext; held: HeldReply }): JSX.Element {
  const { say, telling } = context;
  if (held.status === 'dismissed') return <Note text={say('forms.heldReply.dismissed')} />;
  if (held.status === 'counted')
    return <Note text={say('forms.heldReply.counted', { name: telling.names.personName(held.person ?? '') })} />;
  return possible(context, 'settleReply', {}) ? '' : <Note text={say('forms.link.readOnly')} />;
}

function Letter({ context, held, letter }: { context: FormContext; held: HeldReply; letter: HeldLetter }): JSX.Element {
  const { say, when } = context;
  const rows: [string, string][] = [
    [say('forms.heldReply.from'), letter.address],
    [say('forms.heldReply.for'), letter.attendee === letter.address ? '' : letter.attendee],
    [say('forms.heldReply.name'), letter.name],
    [say('forms.field.reply'), say(`words.reply.${held.reply}`)],
    [say('mail.label.proposed'), held.proposed === undefined ? '' : when.when(held.proposed.startsAt)],
    [say('forms.field.delegate'), letter.delegate],
    [say('forms.field.comment'), letter.comment],
    [say('forms.heldReply.at'), when.when(held.at)],
  ];
  return (
    <dl>
      {rows
        .filter(([, value]) => value !== '')
        .map(([label, value]) => (
          <>
            <dt safe>{label}</dt>
            <dd safe>{value}</dd>
          </>
        ))}
    </dl>
  );
}

function Ask({ context, filled, held }: { context: FormContext; filled: Filled; held: HeldReply }): JSX.Element {
  const { say, state, telling } = context;
  if (held.status !== 'waiting' || !possible(context, 'settleReply', {})) return '';
  const people = invitees(state)
    .filter((p) => p !== state.host)
    .map((value) => ({ value, label: telling.names.personName(value) }));
  return (
    <form method="post" novalidate>
      <Radios
        filled={filled}
        name="person"
        label={say('forms.heldReply.whose')}
        help={say('forms.heldReply.help')}
        value={held.person}
        choices={[...people, { value: nobody, label: say('forms.heldReply.nobody') }]}
      />
      <div class="buttons">
        <button type="submit" safe>
          {say('forms.submit.check')}
        </button>
      </div>
    </form>
  );
}
