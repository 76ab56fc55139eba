/** N1: the host looks at a draft and sends its notice. */
import { noticeLimit } from '../../domain/meeting/preparation.js';
import { Heading, MeetingFacts } from '../facts.js';
import { possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Note } from '../parts.js';
import { Agenda } from './reply.js';

export const publishForm: LinkForm = {
  show(context) {
    const title = context.say('forms.title.publish');
    const body = (
      <>
        <Heading context={context} title={title} />
        <Ask context={context} />
        <MeetingFacts context={context} />
        <Agenda context={context} />
      </>
    );
    return { title, body };
  },
  async act(context) {
    await run(context, 'publish', {});
    return 'publish';
  },
};

function Ask({ context }: { context: FormContext }): JSX.Element {
  const { say, state, when, now } = context;
  if (state.phase !== 'preparation')
    return <Note text={say(`forms.${state.publishedAt === undefined ? 'open.over' : 'publish.done'}`)} />;
  if (!possible(context, 'publish', {})) return <Note text={say('forms.link.readOnly')} />;
  const at = noticeLimit(state.startsAt, state.kind, state.norms);
  const limit = when.when(at);
  if (now > at) return <Note text={say('forms.publish.late', { limit })} />;
  return (
    <form method="post" novalidate>
      <p class="help" safe>
        {say('forms.help.publish', { limit })}
      </p>
      <div class="buttons">
        <button type="submit" safe>
          {say('forms.submit.publish')}
        </button>
      </div>
    </form>
  );
}
