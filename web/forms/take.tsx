/** S1: a topic that waits in the department, offered to the host of its next meeting. */
import { problem } from '../../api/errors.js';
import type { BacklogTopic } from '../../domain/meeting/effects.js';
import { Heading, MeetingFacts } from '../facts.js';
import { possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Note } from '../parts.js';

export const takeForm: LinkForm = {
  async show(context) {
    const title = context.say('forms.title.take');
    const topic = await offered(context);
    const body = (
      <>
        <Heading context={context} title={title} />
        {isTaken(context) || topic === undefined ? (
          <Note
            good={isTaken(context)}
            text={context.say(isTaken(context) ? 'forms.take.onAgenda' : 'forms.take.gone')}
          />
        ) : (
          <Ask context={context} topic={topic} />
        )}
        <MeetingFacts context={context} />
      </>
    );
    return { title, body };
  },
  async act(context) {
    const topicId = context.claims.ref ?? '';
    if (isTaken(context)) return 'take';
    if ((await offered(context)) === undefined) problem('Conflict', 'S1.notWaiting', '', { topicId });
    await run(context, 'takeTopics', { topicIds: [topicId] });
    return 'take';
  },
};

const isTaken = ({ state, claims }: FormContext): boolean => state.agenda.some((t) => t.topicId === claims.ref);

/** Undefined: another meeting has it by now. */
async function offered({ api, state, claims }: FormContext): Promise<BacklogTopic | undefined> {
  const waiting = await api.deps.archive.backlog.offered(state.initiator.department);
  return waiting.find((t) => t.topicId === claims.ref);
}

function Ask({ context, topic }: { context: FormContext; topic: BacklogTopic }): JSX.Element {
  const { say } = context;
  const { title, times = 0 } = topic;
  const open = possible(context, 'takeTopics', {});
  return (
    <>
      {open ? '' : <Note text={say('forms.link.readOnly')} />}
      <p class="sentence" safe>
        {title}
      </p>
      {times > 0 ? <p safe>{say('mail.agenda.carried', { count: times })}</p> : ''}
      {open ? (
        <form method="post" novalidate>
          <p class="help" safe>
            {say('forms.help.take')}
          </p>
          <div class="buttons">
            <button type="submit" safe>
              {say('forms.submit.take')}
            </button>
          </div>
        </form>
      ) : (
        ''
      )}
    </>
  );
}
