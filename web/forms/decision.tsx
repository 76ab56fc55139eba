/** F3: the superior's decision after three misses: reassign, simplify, cancel, or a new date. */
import { decideBody } from '../../api/schemas/commands.js';
import { withDates } from '../../api/dates.js';
import { toLocal } from '../../domain/calendar/index.js';
import { findItem, isPlan, taskById } from '../../domain/meeting/follow-up/items.js';
import type { Item } from '../../domain/meeting/follow-up/items.js';
import type { Decision, FollowUpTask, MeetingState } from '../../domain/meeting/state.js';
import { Dates, Heading, ItemFacts } from '../facts.js';
import { checked, peopleChoices, possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Input, Note, Radios, Select, TextArea } from '../parts.js';
import type { Filled } from '../parts.js';

/** What each decision takes besides its reason. */
const takes: Record<Decision['decision'], string[]> = {
  reassign: ['owner', 'dueDate'],
  simplify: ['task', 'dueDate'],
  extend: ['dueDate'],
  cancel: [],
};
const decisions = Object.keys(takes) as Decision['decision'][];

export const decisionForm: LinkForm = {
  show(context, filled) {
    const { say, state, claims } = context;
    const title = say('forms.title.decision');
    const task = taskOf(state, claims.ref ?? '');
    const item = task && findItem(state, task.about);
    const body = (
      <>
        <Heading context={context} title={title} />
        {task === undefined || item === undefined ? (
          <Note text={say('forms.item.gone')} />
        ) : (
          <Decide context={context} filled={filled} task={task} item={item} />
        )}
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const chosen = decisions.find((d) => d === fields['decision']);
    const used = [...(chosen === undefined ? [] : takes[chosen]), 'reason', 'decision'];
    const said = checked(decideBody, Object.fromEntries(used.map((name) => [name, fields[name]])));
    const { owner, department: _, ...rest } = said;
    const newOwner = owner === undefined ? {} : await newOwnerOf(context, owner);
    await run(context, 'decide', { id: context.claims.ref ?? '', ...withDates(context.state.zone, rest), ...newOwner });
    return 'decision';
  },
};

async function newOwnerOf({ api }: FormContext, ref: string) {
  const { id, departments } = await api.deps.archive.directory.findPerson(ref, 'owner');
  return { owner: id, ownerDepartment: departments[0] };
}

/** The link names the decision's task, or the item when there was none yet. */
function taskOf(state: MeetingState, ref: string): FollowUpTask | undefined {
  return taskById(state, ref) ?? state.tasks.filter((t) => t.about === ref && t.kind === 'escalation').at(-1);
}

type Props = { context: FormContext; filled: Filled; task: FollowUpTask; item: Item };

function Decide({ context, filled, task, item }: Props): JSX.Element {
  const { say, state } = context;
  const open = task.status === 'open' && possible(context, 'decide', { id: task.id });
  const left = task.cause === 'ownerLeft';
  const why = left ? 'mail.escalation.left' : isPlan(item) ? 'mail.escalation.whyPlan' : 'mail.escalation.why';
  return (
    <>
      {open ? <p safe>{say(why, { count: state.norms.missesToEscalate })}</p> : <Over context={context} task={task} />}
      <ItemFacts context={context} item={item} brief={open} />
      <h2 safe>{say('mail.heading.dates')}</h2>
      <Dates context={context} item={item} />
      {open ? <Obstacles context={context} item={item} /> : ''}
      {open ? <Ask context={context} filled={filled} item={item} task={task} /> : ''}
    </>
  );
}

function Over({ context, task }: { context: FormContext; task: FollowUpTask }): JSX.Element {
  const { say, when, telling } = context;
  if (task.status === 'open') return <Note text={say('forms.decision.passedOn')} />;
  if (task.decision === undefined) return <Note text={say('forms.decision.moot')} />;
  const who = task.endedBy?.person === undefined ? '' : telling.names.personName(task.endedBy.person);
  const text = say('forms.decision.done', {
    decision: say(`words.decision.${task.decision.decision}`),
    who,
    at: task.endedAt === undefined ? '' : when.when(task.endedAt),
  });
  return <Note text={text} />;
}

function Obstacles({ context, item }: { context: FormContext; item: Item }): JSX.Element {
  const { say, when } = context;
  return (
    <>
      <h2 safe>{say('mail.heading.obstacles')}</h2>
      {item.obstacles.length === 0 ? (
        <p safe>{say('mail.escalation.noObstacle')}</p>
      ) : (
        <ul class="plain">
          {item.obstacles.map((o) => (
            <li safe>{`${o.text} (${when.day(o.at)})`}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Ask({ context, filled, item }: Props): JSX.Element {
  const { say, state, now } = context;
  const plan = isPlan(item);
  const label = (key: string): string => say(`forms.field.${key}`);
  return (
    <form method="post" novalidate>
      <h2 safe>{say('mail.heading.decision')}</h2>
      <Radios
        filled={filled}
        name="decision"
        label={label('decision')}
        choices={decisions.map((value) => ({ value, label: say(`words.decision.${value}`) }))}
      />
      <Select
        filled={filled}
        name="owner"
        only="reassign"
        label={label('newOwner')}
        help={say('forms.help.onlyFor', { decision: say('words.decision.reassign') })}
        choices={peopleChoices(context, [item.owner])}
        none={say('forms.choice.none')}
      />
      {plan ? (
        ''
      ) : (
        <TextArea
          filled={filled}
          name="task"
          only="simplify"
          label={label('newTask')}
          help={say('forms.help.onlyFor', { decision: say('words.decision.simplify') })}
          max={500}
        />
      )}
      <Input
        filled={filled}
        name="dueDate"
        only="dated"
        type="date"
        label={label('newDue')}
        help={say('forms.help.decideDue', { days: state.norms.newDateMaxWd })}
        min={toLocal(state.zone, now).date}
      />
      <TextArea filled={filled} name="reason" label={label('reason')} help={say('forms.help.reason')} max={500} />
      <div class="buttons">
        <button type="submit" safe>
          {say('forms.submit.decision')}
        </button>
      </div>
    </form>
  );
}
