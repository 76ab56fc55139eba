/** M3: what is wrong with the minutes, said by whoever got them. */
import { minutesFor } from '../../api/minutes.js';
import { objectionBody } from '../../api/schemas/minutes.js';
import { inOrder } from '../../domain/meeting/agenda.js';
import { ownTopics } from '../../domain/meeting/extract.js';
import { Heading, Moment } from '../facts.js';
import { checked, possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Minutes } from '../minutes.js';
import { Note, Select, TextArea } from '../parts.js';
import type { Filled } from '../parts.js';
import { extractOfReader } from './minutes.js';

export const objectionForm: LinkForm = {
  async show(context, filled) {
    const { say, state, telling, api } = context;
    const title = say('forms.title.objection');
    const { extractFor, later } = extractOfReader(context);
    const readable = state.minutes !== undefined && !later;
    const document = readable ? await minutesFor(api, state, telling.locale, { extractFor }) : undefined;
    const body = (
      <>
        <Heading context={context} title={title} />
        <Ask context={context} filled={filled} extractFor={extractFor} />
        {document === undefined ? '' : <Minutes document={document} />}
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const said = checked(objectionBody.omit({ person: true }), { text: fields['text'], topicId: fields['topicId'] });
    await run(context, 'objection', {
      text: said.text,
      ...(said.topicId === undefined ? {} : { topicId: said.topicId }),
    });
    return 'objection';
  },
};

function Ask({
  context,
  filled,
  extractFor,
}: {
  context: FormContext;
  filled: Filled;
  extractFor: string | undefined;
}): JSX.Element {
  const { say, state, now } = context;
  const until = state.minutes?.objectionsUntil;
  if (until === undefined) return <Note text={say('forms.objection.notSent')} />;
  if (now > until) return <Note text={say('forms.objection.over')} />;
  if (!possible(context, 'objection', {})) return <Note text={say('forms.link.readOnly')} />;
  const own = extractFor === undefined ? undefined : ownTopics(state, extractFor);
  const topics = inOrder(state.agenda).filter((t) => own?.includes(t.topicId) ?? true);
  return (
    <form method="post" novalidate>
      <p>
        <span safe>{say('forms.objection.until')}</span> <Moment context={context} at={until} />
      </p>
      <TextArea
        filled={filled}
        name="text"
        label={say('forms.field.objection')}
        help={say('forms.help.objection', { n: state.norms.objectionWd })}
        max={2000}
        required
      />
      <Select
        filled={filled}
        name="topicId"
        label={say('forms.field.objectionTopic')}
        none={say('forms.choice.wholeMinutes')}
        choices={topics.map((t) => ({ value: t.topicId, label: t.title }))}
      />
      <div class="buttons">
        <button type="submit" safe>
          {say('forms.submit.objection')}
        </button>
      </div>
    </form>
  );
}
