/** M1: the draft of the minutes: read it, correct it, confirm it. Confirming sends it to everybody. */
import { corrected, keepText, minutesFor, minutesText } from '../../api/minutes.js';
import { minutesBody } from '../../api/schemas/minutes.js';
import { withDates } from '../../api/dates.js';
import type { MinutesContent } from '../../archive/ports.js';
import { toLocal } from '../../domain/calendar/index.js';
import { inOrder } from '../../domain/meeting/agenda.js';
import { Heading, Moment } from '../facts.js';
import { checked, momentOf, possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Minutes } from '../minutes.js';
import { Input, Note, TextArea } from '../parts.js';
import type { Filled } from '../parts.js';

const conclusionField = (i: number): string => `topics[${i}].conclusion`;

export const confirmForm: LinkForm = {
  async show(context, filled) {
    const { say, state, telling, api } = context;
    const title = say('forms.title.confirm');
    if (state.minutes === undefined) return { title, body: <NotYet context={context} title={title} /> };
    const content = await minutesText(api, state);
    const document = await minutesFor(api, state, telling.locale);
    const open = possible(context, 'minutes', {});
    const body = (
      <>
        <Heading context={context} title={title} />
        <Standing context={context} open={open} />
        <Minutes document={document} />
        {open ? <Ask context={context} filled={filled} content={content} /> : ''}
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const { api, state } = context;
    const before = await minutesText(api, state);
    const { reason, ...said } = checked(minutesBody, {
      summary: fields['summary'],
      reason: fields['reason'],
      nextMeetingAt: momentOf(context, 'nextMeetingAt', fields['nextMeetingAt']),
      topics: topicsOf(context, fields),
    });
    const edit = withDates(state.zone, said);
    const { summary: _, ...cleared } = before;
    const after = corrected(state, fields['summary']?.trim() === '' ? cleared : before, edit);
    const why = reason === undefined ? {} : { reason };
    const isCorrection = state.minutes?.confirmedAt !== undefined;
    if (isCorrection || JSON.stringify(after) !== JSON.stringify(before)) {
      await api.dryRun('minutes', state.id, { hash: '', ...why }, context.actor);
      await run(context, 'minutes', { ...(await keepText(api, state, before, after)), ...why });
    }
    if (isCorrection) return 'corrected';
    if (fields['do'] !== 'confirm') return 'saved';
    await run(context, 'confirmMinutes', {});
    return 'confirm';
  },
};

/** Only the fields that the form had: a topic that came since keeps what the record says. */
export function topicsOf({ state }: FormContext, fields: Record<string, string>) {
  const sent = inOrder(state.agenda).flatMap(({ topicId }, i) => {
    const text = fields[conclusionField(i)]?.replace(/\r\n?/g, '\n').trim();
    return text === undefined ? [] : [{ topicId, ...(text === '' ? {} : { conclusion: text }) }];
  });
  return sent.length === 0 ? undefined : sent;
}

function NotYet({ context, title }: { context: FormContext; title: string }): JSX.Element {
  return (
    <>
      <Heading context={context} title={title} />
      <Note text={context.say('forms.minutes.notYet')} />
    </>
  );
}

function Standing({ context, open }: { context: FormContext; open: boolean }): JSX.Element {
  const { say, state, when } = context;
  const { minutes } = state;
  if (minutes?.confirmedAt !== undefined)
    return (
      <Note text={say(`forms.minutes.${open ? 'correctable' : 'confirmed'}`, { at: when.when(minutes.confirmedAt) })} />
    );
  if (!open) return <Note text={say('forms.link.readOnly')} />;
  if (minutes?.sentAsDraft === true) return <Note text={say('forms.minutes.sentAsDraft')} />;
  return (
    <p>
      <span safe>{say('forms.minutes.due')}</span> <Moment context={context} at={minutes?.dueAt ?? context.now} />
    </p>
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
  const { say, state } = context;
  const isCorrection = state.minutes?.confirmedAt !== undefined;
  return (
    <form method="post" novalidate>
      <h2 safe>{say('forms.heading.correct')}</h2>
      <TextFields context={context} filled={filled} content={content} />
      {isCorrection ? (
        <TextArea
          filled={filled}
          name="reason"
          label={say('forms.field.correctionReason')}
          help={say('forms.help.correctionReason')}
          max={500}
          required
        />
      ) : (
        ''
      )}
      {isCorrection ? (
        <div class="buttons">
          <button type="submit" safe>
            {say('forms.submit.correction')}
          </button>
        </div>
      ) : (
        <div class="buttons">
          <button type="submit" name="do" value="confirm" safe>
            {say('forms.submit.confirm')}
          </button>
          <button type="submit" name="do" value="save" class="second" safe>
            {say('forms.submit.save')}
          </button>
        </div>
      )}
    </form>
  );
}

/** The words that can be corrected: the summary, each conclusion, the next time. */
export function TextFields({
  context,
  filled,
  content,
}: {
  context: FormContext;
  filled: Filled;
  content: MinutesContent;
}): JSX.Element {
  const { say, state } = context;
  const written = new Map(content.topics.map((t) => [t.topicId, t.conclusion]));
  const next = content.nextMeetingAt ?? state.minutes?.nextMeetingAt;
  const local = next === undefined ? undefined : toLocal(state.zone, next);
  return (
    <>
      <TextArea
        filled={filled}
        name="summary"
        label={say('forms.field.summary')}
        help={say('forms.help.summary')}
        max={20_000}
        value={content.summary}
      />
      {inOrder(state.agenda).map((t, i) => (
        <TextArea
          filled={filled}
          name={conclusionField(i)}
          label={say('forms.field.conclusionOf', { title: t.title })}
          max={2000}
          value={written.get(t.topicId) ?? t.conclusion}
        />
      ))}
      <Input
        filled={filled}
        name="nextMeetingAt"
        type="datetime-local"
        label={say('forms.field.next')}
        help={say('forms.help.zone', { zone: state.zone.name })}
        value={local && `${local.date}T${local.time}`}
      />
    </>
  );
}
