/** E1: what there is to read, what is missing, and the button that confirms the reading. */
import { inOrder } from '../../domain/meeting/agenda.js';
import type { Material, Topic } from '../../domain/meeting/state.js';
import { webLink } from '../../render/text.js';
import { Heading, MeetingFacts } from '../facts.js';
import { possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Note } from '../parts.js';

export const readingForm: LinkForm = {
  show(context) {
    const title = context.say('forms.title.reading');
    const body = (
      <>
        <Heading context={context} title={title} />
        <Materials context={context} />
        <Ask context={context} />
        <MeetingFacts context={context} />
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const read = fields['do'] !== 'back';
    await run(context, 'reading', { person: context.claims.person, read });
    return read ? 'reading' : 'readingBack';
  },
};

function shown({ state }: FormContext): { topic: Topic; material: Material }[] {
  return inOrder(state.agenda).flatMap((topic) => topic.materials.map((material) => ({ topic, material })));
}

function Materials({ context }: { context: FormContext }): JSX.Element {
  const list = shown(context);
  if (list.length === 0) return <Note text={context.say('forms.reading.none')} />;
  return (
    <table>
      <tbody>
        {list.map(({ topic, material }) => (
          <tr>
            <td>
              <Title context={context} material={material} />
              <div class="soft" safe>
                {`${topic.title} · ${context.telling.names.personName(material.owner)}`}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Title({ context, material }: { context: FormContext; material: Material }): JSX.Element {
  const { say, when } = context;
  const href = material.file ? `/r/${context.token}/files/${material.id}` : webLink(material.link);
  if (href === undefined)
    return (
      <>
        <span safe>{material.title}</span>
        <div class="soft" safe>
          {say('forms.reading.missing', { due: when.when(material.dueAt) })}
        </div>
      </>
    );
  return (
    <a href={href} rel="noopener noreferrer" safe>
      {material.title}
    </a>
  );
}

function Ask({ context }: { context: FormContext }): JSX.Element {
  const { say, state, claims, when } = context;
  const mine = state.readings?.[claims.person];
  const done = mine === undefined ? '' : <Note good text={say('forms.reading.done', { at: when.when(mine.at) })} />;
  if (!possible(context, 'reading', { person: claims.person }))
    return done === '' ? <Note text={say('forms.reading.over')} /> : done;
  return (
    <>
      {done}
      <form method="post" novalidate>
        <input type="hidden" name="do" value={mine === undefined ? 'read' : 'back'} />
        <div class="buttons">
          <button type="submit" class={mine === undefined ? undefined : 'second'} safe>
            {say(mine === undefined ? 'forms.submit.reading' : 'forms.submit.readingBack')}
          </button>
        </div>
      </form>
    </>
  );
}
