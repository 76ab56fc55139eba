/** N2: the reply to a notice. The last answer before the start counts; any answer can be changed with the same link. */
import { rsvpBody } from '../../api/schemas/commands.js';
import { delegatePerson } from '../../api/alternates.js';
import { inOrder } from '../../domain/meeting/agenda.js';
import { unfinishedNotes } from '../../render/mail/parts.js';
import { seatFor } from '../../domain/meeting/alternates.js';
import type { CommandInput } from '../../domain/meeting/commands.js';
import { invitees, represented } from '../../domain/meeting/people.js';
import { preparers } from '../../domain/meeting/preparers.js';
import type { Reply } from '../../domain/meeting/state.js';
import { MeetingFacts, Heading } from '../facts.js';
import { checked, possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Input, Note, Radios, TextArea } from '../parts.js';
import type { Filled } from '../parts.js';

const replies: Reply[] = ['accepted', 'declined', 'tentative'];
const answer = rsvpBody.pick({ reply: true, comment: true, delegate: true });

export const replyForm: LinkForm = {
  show(context, filled) {
    const { say } = context;
    const title = say(`forms.title.${canReply(context) ? 'reply' : 'meeting'}`);
    const body = (
      <>
        <Heading context={context} title={title} />
        <Standing context={context} />
        <MeetingFacts context={context} />
        <Ask context={context} filled={filled} />
        <Agenda context={context} />
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const delegate = fields['delegate']?.trim() || undefined;
    const said = checked(answer, { reply: fields['reply'], comment: fields['comment'], delegate });
    const { person } = context.claims;
    const plain = { person, reply: said.reply, ...(said.comment === undefined ? {} : { comment: said.comment }) };
    const instead = said.delegate === undefined ? {} : { delegate: await insteadOf(context, plain, said.delegate) };
    await run(context, 'rsvp', { ...plain, ...instead });
    return 'reply';
  },
};

/** N3: who attends instead; whoever is new belongs to the seat's department, and is kept only when the answer holds. */
function insteadOf({ api, actor, state }: FormContext, plain: CommandInput<'rsvp'>, delegate: string): Promise<string> {
  const department = seatFor(state, plain.person)?.department;
  const rehearse = (id: string) => api.dryRun('rsvp', state.id, { ...plain, delegate: id }, actor);
  return delegatePerson(api, { delegate, department }, rehearse);
}

const canReply = (context: FormContext): boolean =>
  possible(context, 'rsvp', { person: context.claims.person }) &&
  context.now < context.state.startsAt &&
  invitees(context.state).includes(context.claims.person);

/** The present answer, or why there is nothing to answer any more. */
function Standing({ context }: { context: FormContext }): JSX.Element {
  const { say, state, claims, when } = context;
  const mine = state.rsvps[claims.person];
  const now =
    mine === undefined
      ? ''
      : say('forms.reply.now', { reply: say(`words.reply.${mine.reply}`), at: when.when(mine.at) });
  if (canReply(context)) return now === '' ? '' : <Note text={now} />;
  const delegate = state.participants.find((p) => p.standsFor === claims.person)?.person;
  const name = delegate === undefined ? '' : context.telling.names.personName(delegate);
  const reason = say(`forms.reply.${whyNot(context)}`, { phase: say(`words.phase.${state.phase}`), name });
  return <Note text={now === '' ? reason : `${reason} ${now}`} />;
}

function whyNot({ state, claims, now }: FormContext): string {
  const prepares = preparers(state).includes(claims.person);
  if (state.phase === 'cancelled' || state.phase === 'lapsed' || state.phase === 'preparation') return state.phase;
  if (!invitees(state).includes(claims.person))
    return represented(state).includes(claims.person) ? 'delegated' : prepares ? 'preparing' : 'removed';
  return now >= state.startsAt ? 'started' : 'over';
}

function Ask({ context, filled }: { context: FormContext; filled: Filled }): JSX.Element {
  const { say, state, claims, preset } = context;
  if (!canReply(context)) return '';
  const mine = state.rsvps[claims.person];
  const wished = replies.find((r) => r === preset['reply']) ?? mine?.reply;
  return (
    <form method="post" novalidate>
      <Radios
        filled={filled}
        name="reply"
        label={say('forms.field.reply')}
        help={say('forms.reply.help')}
        value={wished}
        choices={replies.map((value) => ({ value, label: say(`words.reply.${value}`) }))}
      />
      <TextArea
        filled={filled}
        name="comment"
        label={say('forms.field.comment')}
        help={say('forms.reply.commentHelp')}
        max={500}
        value={mine?.comment}
      />
      {seatFor(state, claims.person) === undefined ? (
        ''
      ) : (
        <Input
          filled={filled}
          name="delegate"
          type="text"
          label={say('forms.reply.delegate')}
          help={say('forms.help.delegate')}
        />
      )}
      <div class="buttons">
        <button type="submit" safe>
          {say(mine === undefined ? 'forms.submit.reply' : 'forms.submit.replyAgain')}
        </button>
      </div>
    </form>
  );
}

export function Agenda({ context }: { context: FormContext }): JSX.Element {
  const { state, say, telling } = context;
  if (state.agenda.length === 0) return '';
  return (
    <details open={state.agenda.length <= 6}>
      <summary safe>{say('mail.heading.agenda')}</summary>
      <table>
        <tbody>
          {inOrder(state.agenda).map((t) => (
            <tr>
              <td>
                <span safe>{t.title}</span>
                <Presenter name={t.presenter && telling.names.personName(t.presenter)} />
                {unfinishedNotes(context, t).map((note) => (
                  <div class="soft" safe>
                    {note}
                  </div>
                ))}
              </td>
              <td class="num end" safe>
                {t.outcome === undefined
                  ? say('words.minutes', { count: t.minutes })
                  : say(`words.outcome.${t.outcome}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Presenter({ name }: { name: string | undefined }): JSX.Element {
  if (name === undefined) return '';
  return (
    <div class="soft" safe>
      {name}
    </div>
  );
}
