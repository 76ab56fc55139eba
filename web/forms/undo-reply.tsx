/** N2: a reply that was not meant is given back; mail scanners press buttons too. */
import { Heading, MeetingFacts } from '../facts.js';
import { possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Note } from '../parts.js';

export const undoReplyForm: LinkForm = {
  show(context) {
    const title = context.say('forms.title.undoReply');
    const body = (
      <>
        <Heading context={context} title={title} />
        <Ask context={context} />
        <MeetingFacts context={context} />
      </>
    );
    return { title, body };
  },
  async act(context) {
    const { person, ref } = context.claims;
    await run(context, 'undoReply', { person, ...(ref === undefined ? {} : { ref }) });
    return 'undoReply';
  },
};

function Ask({ context }: { context: FormContext }): JSX.Element {
  const { say, state, claims, when, now } = context;
  const mine = state.rsvps[claims.person];
  const former = mine?.former?.ref === claims.ref ? mine?.former : undefined;
  const word = (reply: string): string => say(`words.reply.${reply}`);
  if (mine === undefined || former === undefined || now >= state.startsAt) {
    const present = mine && say('forms.reply.now', { reply: word(mine.reply), at: when.when(mine.at) });
    return <Note text={[say('forms.undoReply.gone'), present].filter(Boolean).join(' ')} />;
  }
  if (!possible(context, 'undoReply', { person: claims.person })) return <Note text={say('forms.link.readOnly')} />;
  const said = { before: word(former.reply), reply: word(mine.reply), at: when.when(mine.at) };
  return (
    <>
      <Note text={say('forms.undoReply.text', said)} />
      <form method="post" novalidate>
        <div class="buttons">
          <button type="submit" safe>
            {say('forms.submit.undoReply', { reply: word(former.reply) })}
          </button>
        </div>
      </form>
    </>
  );
}
