/** F2: the coordinator's talk about a missed date: who, when, result, new date. */
import { completeTaskBody } from '../../api/schemas/commands.js';
import { withDates } from '../../api/dates.js';
import { toLocal } from '../../domain/calendar/index.js';
import { latestNewDate } from '../../domain/meeting/follow-up/dates.js';
import { findItem, taskById } from '../../domain/meeting/follow-up/items.js';
import type { Item } from '../../domain/meeting/follow-up/items.js';
import type { FollowUpTask } from '../../domain/meeting/state.js';
import { Dates, Heading, ItemFacts } from '../facts.js';
import { checked, momentOf, peopleChoices, possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Input, Note, Select, TextArea } from '../parts.js';
import type { Filled } from '../parts.js';

export const talkForm: LinkForm = {
  show(context, filled) {
    const { say, state, claims } = context;
    const title = say('forms.title.talk');
    const task = taskById(state, claims.ref ?? '');
    const item = task && findItem(state, task.about);
    const body = (
      <>
        <Heading context={context} title={title} />
        {task === undefined || item === undefined ? (
          <Note text={say('forms.item.gone')} />
        ) : (
          <Talk context={context} filled={filled} task={task} item={item} />
        )}
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const said = checked(completeTaskBody, {
      text: fields['text'],
      with: fields['with'],
      talkedAt: momentOf(context, 'talkedAt', fields['talkedAt']),
      newDueDate: fields['newDueDate'],
    });
    const { with: withWhom, ...rest } = said;
    const other = withWhom === undefined ? {} : { with: await context.api.known(withWhom, 'with') };
    await run(context, 'completeTask', {
      id: context.claims.ref ?? '',
      ...withDates(context.state.zone, rest),
      ...other,
    });
    return 'talk';
  },
};

type Props = { context: FormContext; filled: Filled; task: FollowUpTask; item: Item };

function Talk({ context, filled, task, item }: Props): JSX.Element {
  const { say } = context;
  const open = task.status === 'open' && possible(context, 'completeTask', { id: task.id });
  return (
    <>
      <Standing context={context} task={task} open={open} />
      <ItemFacts context={context} item={item} />
      <h2 safe>{say('mail.heading.dates')}</h2>
      <Dates context={context} item={item} />
      {open ? <Ask context={context} filled={filled} task={task} item={item} /> : ''}
    </>
  );
}

function Standing({ context, task, open }: { context: FormContext; task: FollowUpTask; open: boolean }): JSX.Element {
  const { say, when } = context;
  if (open) return '';
  if (task.status === 'open') return <Note text={say('forms.link.readOnly')} />;
  const ended = say(`forms.talk.${task.status}`, { at: task.endedAt === undefined ? '' : when.when(task.endedAt) });
  return <Note text={task.result === undefined ? ended : `${ended} ${say('mail.label.result')}：${task.result}`} />;
}

function Ask({ context, filled, item }: Props): JSX.Element {
  const { say, state, now, when } = context;
  const latest = latestNewDate(state, now);
  const local = toLocal(state.zone, now);
  return (
    <form method="post" novalidate>
      <Select
        filled={filled}
        name="with"
        label={say('forms.field.talkedWith')}
        choices={peopleChoices(context, [context.claims.person])}
        value={item.owner}
      />
      <Input
        filled={filled}
        name="talkedAt"
        type="datetime-local"
        label={say('forms.field.talkedAt')}
        help={say('forms.help.zone', { zone: state.zone.name })}
        value={`${local.date}T${local.time}`}
        max={`${local.date}T${local.time}`}
      />
      <TextArea
        filled={filled}
        name="text"
        label={say('forms.field.result')}
        help={say('forms.help.result')}
        max={2000}
      />
      <Input
        filled={filled}
        name="newDueDate"
        type="date"
        label={say('forms.field.newDue')}
        help={say('forms.help.newDue', { latest: when.date(latest) })}
        min={local.date}
        max={latest}
      />
      <div class="buttons">
        <button type="submit" safe>
          {say('forms.submit.talk')}
        </button>
      </div>
    </form>
  );
}
