/** F4: what shall happen to a topic whose actions stay unfinished: escalate, simplify, or hold for a reason. */
import { chooseForTopicBody } from '../../api/schemas/commands.js';
import { sentenceOf } from '../../api/present/follow-up.js';
import { isEnded } from '../../domain/meeting/follow-up/items.js';
import { stuckTopic } from '../../domain/meeting/follow-up/topics.js';
import type { FollowUpTask, Topic, TopicChoice } from '../../domain/meeting/state.js';
import { unfinishedNotes } from '../../render/mail/parts.js';
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
    const topic = task && stuckTopic(state, task);
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
  const { say } = context;
  const open = task.status === 'open' && possible(context, 'chooseForTopic', { id: task.id });
  const chosen = task.choice === undefined ? '' : say(`words.topicChoice.${task.choice}`);
  const over = task.status === 'open' ? say('forms.link.readOnly') : say('forms.topic.over', { choice: chosen });
  return (
    <>
      <Note text={open ? wanted(context, task) : over} />
      <p class="sentence" safe>
        {topic.title}
      </p>
      {lastTime(context, topic).map((note) => (
        <p safe>{note}</p>
      ))}
      <Unfinished context={context} topic={topic} />
      {open ? <Ask context={context} filled={filled} /> : ''}
    </>
  );
}

/** What was chosen before; how often it was stuck stands above. */
const lastTime = (context: FormContext, topic: Topic): string[] => unfinishedNotes(context, topic).slice(1);

/** By when, and what becomes of it without a choice. */
function wanted({ say, state, when }: FormContext, task: FollowUpTask): string {
  const params = { count: task.timesCarried ?? state.norms.topicStuckMeetings, replyBy: when.when(task.dueAt) };
  return say(task.step === undefined ? 'mail.topicStuck.wanted' : 'mail.topicStuck.up', params);
}

/** Of this meeting; those of earlier ones stand in their own. */
function Unfinished({ context, topic }: Pick<Props, 'context' | 'topic'>): JSX.Element {
  const { say, state, telling } = context;
  const all = state.actions.filter((a) => a.topicId === topic.topicId && !isEnded(a));
  if (all.length === 0) return '';
  return (
    <>
      <h2 safe>{say('mail.heading.unfinished')}</h2>
      <ul>
        {all.map((action) => (
          <li safe>{sentenceOf(telling, action)}</li>
        ))}
      </ul>
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
