/** F4: what shall happen to a topic whose actions stay unfinished: escalate, simplify, or hold for a reason. */
import { chooseForTopicBody } from '../../api/schemas/commands.js';
import type { FollowUpTask, Topic, TopicChoice } from '../../domain/meeting/state.js';
import { Heading } from '../facts.js';
import { checked, possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Note, Radios, TextArea } from '../parts.js';
import type { Filled } from '../parts.js';

const choices: TopicChoice[] = ['escalate', 'simplify', 'hold'];

export const topicForm: LinkForm = {
  show(context, filled) {
    const { say, state, claims } = context;
    const title = say('forms.title.topic');
    const task = state.tasks.find((t) => t.id === claims.ref && t.kind === 'topicStuck');
    const topic = state.agenda.find((t) => t.topicId === task?.about);
    const body = (
      <>
        <Heading context={context} title={title} />
        {task === undefined || topic === undefined ? (
          <Note text={say('forms.item.gone')} />
        ) : (
          <Stuck context={context} filled={filled} task={task} topic={topic} />
        )}
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const said = checked(chooseForTopicBody, { choice: fields['choice'], reason: fields['reason'] });
    await run(context, 'chooseForTopic', { id: context.claims.ref ?? '', ...said });
    return 'topic';
  },
};

type Props = { context: FormContext; filled: Filled; task: FollowUpTask; topic: Topic };

function Stuck({ context, filled, task, topic }: Props): JSX.Element {
  const { say, state } = context;
  const open = task.status === 'open' && possible(context, 'chooseForTopic', { id: task.id });
  const chosen = task.choice === undefined ? '' : say(`words.topicChoice.${task.choice}`);
  return (
    <>
      {open ? (
        ''
      ) : (
        <Note
          text={task.status === 'open' ? say('forms.link.readOnly') : say('forms.topic.over', { choice: chosen })}
        />
      )}
      <p class="sentence" safe>
        {topic.title}
      </p>
      <p safe>
        {`${say('mail.label.timesCarried')}${say('words.colon')}${String(task.timesCarried ?? state.norms.topicStuckMeetings)}`}
      </p>
      {open ? <Ask context={context} filled={filled} /> : ''}
    </>
  );
}

function Ask({ context, filled }: Pick<Props, 'context' | 'filled'>): JSX.Element {
  const { say } = context;
  return (
    <form method="post" novalidate>
      <Radios
        filled={filled}
        name="choice"
        label={say('forms.field.topicChoice')}
        choices={choices.map((value) => ({ value, label: say(`words.topicChoice.${value}`) }))}
      />
      <TextArea filled={filled} name="reason" label={say('forms.field.reason')} max={500} />
      <div class="buttons">
        <button type="submit" safe>
          {say('forms.submit.topic')}
        </button>
      </div>
    </form>
  );
}
