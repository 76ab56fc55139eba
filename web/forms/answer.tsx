/** M3: host or recorder answers an objection: accepted, the corrected text goes to everybody; or rejected with a reason. */
import { corrected, keepText, minutesText } from '../../api/minutes.js';
import { answerObjectionBody } from '../../api/schemas/minutes.js';
import { withDates } from '../../api/dates.js';
import type { MinutesContent } from '../../archive/ports.js';
import { objectionsOf } from '../../domain/meeting/corrections.js';
import type { Objection } from '../../domain/meeting/state.js';
import { Heading, Moment } from '../facts.js';
import { checked, momentOf, possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Facts, Note, Radios, Text, TextArea } from '../parts.js';
import type { Filled } from '../parts.js';
import { TextFields, topicsOf } from './confirm.js';

const yesNo: Record<string, boolean> = { yes: true, no: false };
const objectionOf = ({ state, claims }: FormContext): Objection | undefined =>
  objectionsOf(state).find((o) => o.id === claims.ref);

export const answerForm: LinkForm = {
  async show(context, filled) {
    const { say, state, api } = context;
    const title = say('forms.title.answer');
    const found = objectionOf(context);
    if (found === undefined) return { title, body: <Note text={say('forms.answer.gone')} /> };
    const open = found.status === 'open' || found.status === 'unanswered';
    const content = await minutesText(api, state);
    const body = (
      <>
        <Heading context={context} title={title} />
        <Said context={context} objection={found} />
        {!open ? (
          <Note text={say(`forms.answer.${found.status}`)} />
        ) : possible(context, 'answerObjection', {}) ? (
          <Ask context={context} filled={filled} content={content} />
        ) : (
          <Note text={say('forms.link.readOnly')} />
        )}
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const { api, state, claims } = context;
    const accepted = yesNo[fields['accepted'] ?? ''];
    const { correction, ...said } = checked(
      answerObjectionBody,
      {
        accepted,
        reason: fields['reason'],
        correction:
          accepted === true
            ? {
                ...(fields['summary']?.trim() ? { summary: fields['summary'] } : {}),
                nextMeetingAt: momentOf(context, 'nextMeetingAt', fields['nextMeetingAt']),
                topics: topicsOf(context, fields),
              }
            : undefined,
      },
      { 'correction.summary': 'summary', 'correction.nextMeetingAt': 'nextMeetingAt' },
    );
    const answer = { id: claims.ref ?? '', accepted: said.accepted, ...(said.reason ? { reason: said.reason } : {}) };
    if (correction === undefined) {
      await run(context, 'answerObjection', answer);
      return 'rejected';
    }
    await api.dryRun('answerObjection', state.id, { ...answer, hash: '' }, context.actor);
    const before = await minutesText(api, state);
    const after = corrected(state, before, withDates(state.zone, correction));
    await run(context, 'answerObjection', { ...answer, ...(await keepText(api, state, before, after)) });
    return 'accepted';
  },
};

function Said({ context, objection }: { context: FormContext; objection: Objection }): JSX.Element {
  const { say, state, telling } = context;
  const topic = state.agenda.find((t) => t.topicId === objection.topicId);
  const { person } = objection;
  return (
    <Facts
      facts={[
        [
          say('mail.label.objectionBy'),
          person === undefined ? undefined : <Text of={telling.names.personName(person)} />,
        ],
        [say('mail.label.topic'), topic === undefined ? undefined : <Text of={topic.title} />],
        [say('mail.label.objection'), <Text of={objection.text} />],
        [say('forms.label.due'), <Moment context={context} at={objection.answerBy} />],
        [
          say('mail.label.reason'),
          objection.answer?.reason === undefined ? undefined : <Text of={objection.answer.reason} />,
        ],
      ]}
    />
  );
}

function Ask({
  context,
  filled,
  content,
}: {
  context: FormContext;
  filled: Filled;
  content: MinutesContent;
}): JSX.Element {
  const { say } = context;
  return (
    <form method="post" novalidate>
      <Radios
        filled={filled}
        name="accepted"
        label={say('forms.field.acceptObjection')}
        choices={[
          { value: 'yes', label: say('forms.choice.acceptObjection') },
          { value: 'no', label: say('forms.choice.rejectObjection') },
        ]}
      />
      <TextArea
        filled={filled}
        name="reason"
        label={say('forms.field.reason')}
        help={say('forms.help.answerReason')}
        max={500}
      />
      <h2 safe>{say('forms.heading.correctedText')}</h2>
      <TextFields context={context} filled={filled} content={content} />
      <div class="buttons">
        <button type="submit" safe>
          {say('forms.submit.answer')}
        </button>
      </div>
    </form>
  );
}
