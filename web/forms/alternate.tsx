/** N3: three ways for a key person who cannot come: a delegate, written input, another time. */
import { delegateInput, writtenInput } from '../../api/alternates.js';
import { instantIn } from '../../api/dates.js';
import { alternateBody } from '../../api/schemas/before.js';
import { inOrder } from '../../domain/meeting/agenda.js';
import { alternateById } from '../../domain/meeting/alternates.js';
import { toLocal } from '../../domain/calendar/index.js';
import type { Alternate } from '../../domain/meeting/state.js';
import { Heading, MeetingFacts } from '../facts.js';
import { checked, momentOf, possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Input, Note, Select, TextArea } from '../parts.js';
import type { Filled } from '../parts.js';

export const alternateForm: LinkForm = {
  show(context, filled) {
    const { say, state, claims } = context;
    const title = say('forms.title.alternate');
    const task = alternateById(state, claims.ref ?? '');
    const body = (
      <>
        <Heading context={context} title={title} />
        {task === undefined ? (
          <Note text={say('forms.item.gone')} />
        ) : (
          <Arrange context={context} filled={filled} task={task} />
        )}
        <MeetingFacts context={context} />
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const { api, actor, claims, state } = context;
    const id = claims.ref ?? '';
    const said = checked(alternateBody, sentBy(context, fields), { text: 'written' });
    switch (said.way) {
      case 'delegate':
        await run(context, 'alternate', await delegateInput(api, actor, id, said));
        break;
      case 'written':
        await run(context, 'alternate', await writtenInput(api, actor, id, said));
        break;
      case 'otherTime': {
        const at = said.proposedAt && { proposedAt: instantIn(state.zone, said.proposedAt, 'proposedAt') };
        const { comment } = said;
        await run(context, 'alternate', { id, way: 'otherTime', ...at, ...(comment === undefined ? {} : { comment }) });
      }
    }
    return said.way;
  },
};

/** Only the fields of the way whose button was pressed. */
function sentBy(context: FormContext, fields: Record<string, string>): Record<string, string | undefined> {
  switch (fields['way']) {
    case 'written':
      return { way: 'written', topicId: fields['topicId'], text: fields['written'] };
    case 'otherTime': {
      const proposedAt = momentOf(context, 'proposedAt', fields['proposedAt']);
      return { way: 'otherTime', proposedAt, comment: fields['comment'] };
    }
    default:
      return { way: 'delegate', delegate: fields['delegate'], department: fields['department'] };
  }
}

type Props = { context: FormContext; filled: Filled; task: Alternate };

function Arrange({ context, filled, task }: Props): JSX.Element {
  const open = task.status === 'open' && context.now < context.state.startsAt;
  const may = open && possible(context, 'alternate', { id: task.id });
  return (
    <>
      <Standing context={context} task={task} may={may} />
      {may ? (
        <>
          <Delegate context={context} filled={filled} task={task} />
          <Written context={context} filled={filled} task={task} />
          <OtherTime context={context} filled={filled} task={task} />
        </>
      ) : (
        ''
      )}
    </>
  );
}

function Standing({ context, task, may }: { context: FormContext; task: Alternate; may: boolean }): JSX.Element {
  const { say, when, telling, claims } = context;
  const whose = say('forms.alternate.for', { name: telling.names.personName(task.person) });
  const forOther = claims.person === task.person ? '' : `${whose} `;
  if (!may) return <Note text={forOther + over(context, task)} />;
  const wished =
    task.proposedAt === undefined
      ? say('forms.alternate.askedAny')
      : say('forms.alternate.asked', { when: when.when(task.proposedAt) });
  const text = task.way === 'otherTime' ? wished : say('forms.alternate.intro', { due: when.when(task.dueAt) });
  return <Note text={forOther + text} />;
}

function over({ say, telling }: FormContext, { status, way, delegate }: Alternate): string {
  if (status === 'open') return say('forms.link.readOnly');
  if (status !== 'done') return say(`forms.alternate.${status}`);
  if (way === 'written' || delegate === undefined) return say('forms.alternate.doneWritten');
  return say('forms.alternate.doneDelegate', { name: telling.names.personName(delegate) });
}

/** Closed until chosen, so that the three ways are seen at one look; the one that was refused stays open. */
const isOpen = (filled: Filled, way: string): boolean => filled.values['way'] === way;

function Delegate({ context, filled }: Props): JSX.Element {
  const { say } = context;
  return (
    <details open={filled.values['way'] === undefined || isOpen(filled, 'delegate')}>
      <summary safe>{say('forms.heading.delegate')}</summary>
      <form method="post" novalidate>
        <input type="hidden" name="way" value="delegate" />
        <Input
          filled={filled}
          name="delegate"
          type="text"
          label={say('forms.field.delegate')}
          help={say('forms.help.delegate')}
        />
        <Input
          filled={filled}
          name="department"
          type="text"
          label={say('forms.field.delegateDepartment')}
          help={say('forms.help.delegateDepartment')}
        />
        <div class="buttons">
          <button type="submit" safe>
            {say('forms.submit.delegate')}
          </button>
        </div>
      </form>
    </details>
  );
}

function Written({ context, filled }: Props): JSX.Element {
  const { say, state } = context;
  if (state.agenda.length === 0) return '';
  return (
    <details open={isOpen(filled, 'written')}>
      <summary safe>{say('forms.heading.written')}</summary>
      <form method="post" novalidate>
        <input type="hidden" name="way" value="written" />
        <Select
          filled={filled}
          name="topicId"
          label={say('forms.field.topic')}
          choices={inOrder(state.agenda).map((t) => ({ value: t.topicId, label: t.title }))}
          value={inOrder(state.agenda)[0]?.topicId}
        />
        <TextArea
          filled={filled}
          name="written"
          label={say('forms.field.written')}
          help={say('forms.help.written')}
          max={20_000}
          long
        />
        <div class="buttons">
          <button type="submit" safe>
            {say('forms.submit.written')}
          </button>
        </div>
      </form>
    </details>
  );
}

function OtherTime({ context, filled, task }: Props): JSX.Element {
  const { say, state, now } = context;
  const local = toLocal(state.zone, now);
  return (
    <details open={isOpen(filled, 'otherTime')}>
      <summary safe>{say('forms.heading.otherTime')}</summary>
      <form method="post" novalidate>
        <input type="hidden" name="way" value="otherTime" />
        <Input
          filled={filled}
          name="proposedAt"
          type="datetime-local"
          label={say('forms.field.proposed')}
          help={say('forms.help.zone', { zone: state.zone.name })}
          min={`${local.date}T${local.time}`}
        />
        <TextArea filled={filled} name="comment" label={say('forms.field.comment')} max={500} value={task.comment} />
        <div class="buttons">
          <button type="submit" class="second" safe>
            {say('forms.submit.otherTime')}
          </button>
        </div>
      </form>
    </details>
  );
}
