/** M4: the minutes to read, and in every format. Nothing is changed here. */
import { minutesFor } from '../../api/minutes.js';
import { problem } from '../../api/errors.js';
import { isExternal } from '../../domain/meeting/visibility.js';
import { Heading } from '../facts.js';
import type { FormContext, LinkForm } from '../form.js';
import { Minutes } from '../minutes.js';
import { Note } from '../parts.js';

export const formats = ['html', 'pdf', 'docx', 'xlsx', 'md'] as const;

/** H7: what this reader may see: an external person their extract, once it is released. */
export function extractOfReader({ state, claims }: FormContext): { extractFor?: string; later: boolean } {
  if (!isExternal(state, claims.person)) return { later: false };
  return { extractFor: claims.person, later: state.minutes?.extractVersion === undefined };
}

export const minutesForm: LinkForm = {
  async show(context) {
    const { say, state, telling, api, token } = context;
    const title = say('forms.title.minutes');
    const { extractFor, later } = extractOfReader(context);
    if (state.minutes === undefined || later) {
      const text = say(later ? 'forms.minutes.extractLater' : 'forms.minutes.notYet');
      return { title, body: <Explained context={context} title={title} text={text} /> };
    }
    const document = await minutesFor(api, state, telling.locale, { extractFor });
    const body = (
      <>
        <Heading context={context} title={title} />
        <h2 safe>{say('forms.heading.formats')}</h2>
        <ul class="plain">
          {formats.map((format) => (
            <li>
              <a href={`/r/${token}/minutes.${format}?lang=${telling.locale}`} rel="nofollow" safe>
                {say(`forms.format.${format}`)}
              </a>
            </li>
          ))}
        </ul>
        <Minutes document={document} />
      </>
    );
    return { title, body };
  },
  act: () => problem('Conflict', 'link.readOnly'),
};

function Explained({ context, title, text }: { context: FormContext; title: string; text: string }): JSX.Element {
  return (
    <>
      <Heading context={context} title={title} />
      <Note text={text} />
    </>
  );
}
