/** F1, F2: how far an action or plan is, what blocks it, a new date after a miss; or that it is done. */
import { completeBody, progressBody, unblockBody } from '../../api/schemas/commands.js';
import { withDates } from '../../api/dates.js';
import { toLocal } from '../../domain/calendar/index.js';
import { findItem, isBlocked, isPlan } from '../../domain/meeting/follow-up/items.js';
import type { Item } from '../../domain/meeting/follow-up/items.js';
import { latestNewDate } from '../../domain/meeting/follow-up/dates.js';
import { Heading, ItemFacts } from '../facts.js';
import { checked, departmentChoices, numberOf, possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Input, Note, Select, TextArea } from '../parts.js';
import type { Filled } from '../parts.js';
import { AskForPlan, planForm } from './plan.js';

export const progressForm: LinkForm = {
  show(context, filled) {
    const title = context.say('forms.title.progress');
    const item = findItem(context.state, context.claims.ref ?? '');
    const body = (
      <>
        <Heading context={context} title={title} />
        {item === undefined ? (
          <Note text={context.say('forms.item.gone')} />
        ) : (
          <Progress context={context} filled={filled} item={item} />
        )}
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const id = context.claims.ref ?? '';
    if (fields['do'] === 'plan') return planForm.act(context, fields);
    if (fields['do'] === 'unblock') {
      const said = checked(unblockBody, { dueDate: fields['unblockDue'] }, { dueDate: 'unblockDue' });
      await run(context, 'unblock', { id, ...withDates(context.state.zone, said) });
      return 'unblock';
    }
    if (fields['do'] === 'done') {
      const { note } = checked(completeBody, { note: fields['doneNote'] });
      const { status } = await run(context, 'complete', { id, ...(note === undefined ? {} : { note }) });
      return status === 'done' ? 'completeChecked' : 'complete';
    }
    const said = checked(progressBody, {
      percent: numberOf(fields['percent']),
      note: fields['note'],
      obstacle: fields['obstacle'],
      newDueDate: fields['newDueDate'],
      blockedBy: fields['blockedBy'],
    });
    await run(context, 'progress', { id, ...withDates(context.state.zone, said) });
    return said.blockedBy === undefined ? 'progress' : 'blocked';
  },
};

function Progress({ context, filled, item }: { context: FormContext; filled: Filled; item: Item }): JSX.Element {
  return (
    <>
      <Standing context={context} item={item} />
      <ItemFacts context={context} item={item} />
      {canReport(context, item) ? <Report context={context} filled={filled} item={item} /> : ''}
      {isBlocked(item) && possible(context, 'unblock', { id: item.id }) ? (
        <Unblock context={context} filled={filled} />
      ) : (
        ''
      )}
      {canFinish(context, item) ? <Finish context={context} filled={filled} item={item} /> : ''}
    </>
  );
}

const canReport = (context: FormContext, item: Item): boolean =>
  ['open', 'overdue', 'escalated'].includes(item.status) && possible(context, 'progress', { id: item.id });
const canFinish = (context: FormContext, item: Item): boolean =>
  ['open', 'overdue', 'escalated'].includes(item.status) && possible(context, 'complete', { id: item.id });

function Standing({ context, item }: { context: FormContext; item: Item }): JSX.Element {
  const { say } = context;
  const ended = ['done', 'cancelled', 'reported'].includes(item.status);
  if (ended) return <Note text={say(`forms.item.${item.status}`)} />;
  if (!canReport(context, item)) return <Note text={say('forms.link.readOnly')} />;
  return item.status === 'open' ? '' : <Note text={say(`forms.item.${item.status}`)} />;
}

function Report({ context, filled, item }: { context: FormContext; filled: Filled; item: Item }): JSX.Element {
  const { say, state, now, when } = context;
  const overdue = item.status === 'overdue';
  const mayMove = overdue || (item.status === 'open' && possible(context, 'extendAction', { id: item.id }));
  const latest = latestNewDate(state, now);
  return (
    <form method="post" novalidate>
      <input type="hidden" name="do" value="progress" />
      {overdue ? <Obstacle say={say} filled={filled} /> : ''}
      {mayMove ? (
        <Input
          filled={filled}
          name="newDueDate"
          type="date"
          label={say('forms.field.newDue')}
          help={say(overdue ? 'forms.help.newDue' : 'forms.help.newDueFree', { latest: when.date(latest) })}
          min={toLocal(state.zone, now).date}
          {...(overdue ? { max: latest } : {})}
        />
      ) : (
        ''
      )}
      <Input
        filled={filled}
        name="percent"
        type="number"
        label={say('forms.field.percent')}
        value={String(item.percent)}
        min="0"
        max="100"
      />
      <TextArea filled={filled} name="note" label={say('forms.field.note')} max={2000} />
      {item.status === 'escalated' || isBlocked(item) ? (
        ''
      ) : (
        <Select
          filled={filled}
          name="blockedBy"
          label={say('forms.field.blockedBy')}
          help={say('forms.help.blockedBy')}
          choices={departmentChoices(context, item.department)}
          none={say('forms.choice.notBlocked')}
        />
      )}
      {overdue ? '' : <Obstacle say={say} filled={filled} />}
      <div class="buttons">
        <button type="submit" safe>
          {say('forms.submit.progress')}
        </button>
      </div>
    </form>
  );
}

/** F2: what it waited for is there. */
function Unblock({ context, filled }: { context: FormContext; filled: Filled }): JSX.Element {
  const { say, state, now, when } = context;
  const latest = latestNewDate(state, now);
  return (
    <form method="post" novalidate>
      <hr />
      <h2 safe>{say('forms.heading.unblock')}</h2>
      <input type="hidden" name="do" value="unblock" />
      <Input
        filled={filled}
        name="unblockDue"
        type="date"
        label={say('forms.field.newDue')}
        help={say('forms.help.newDue', { latest: when.date(latest) })}
        min={toLocal(state.zone, now).date}
        max={latest}
      />
      <div class="buttons">
        <button type="submit" class="second" safe>
          {say('forms.submit.unblock')}
        </button>
      </div>
    </form>
  );
}

function Obstacle({ say, filled }: { say: FormContext['say']; filled: Filled }): JSX.Element {
  return (
    <TextArea
      filled={filled}
      name="obstacle"
      label={say('forms.field.obstacle')}
      help={say('forms.help.obstacle')}
      max={2000}
    />
  );
}

function Finish({ context, filled, item }: { context: FormContext; filled: Filled; item: Item }): JSX.Element {
  const { say } = context;
  if (isPlan(item)) return <AskForPlan context={context} filled={filled} plan={item} />;
  return (
    <form method="post" novalidate>
      <hr />
      <h2 safe>{say('forms.heading.done')}</h2>
      <input type="hidden" name="do" value="done" />
      <TextArea
        filled={filled}
        name="doneNote"
        label={say('forms.field.note')}
        help={say('forms.help.done')}
        max={2000}
      />
      <div class="buttons">
        <button type="submit" class="second" safe>
          {say('forms.submit.done')}
        </button>
      </div>
    </form>
  );
}
