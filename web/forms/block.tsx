/** F2: whoever tracks an action says whether it is blocked by another department, now and when it is asked again. */
import { blockedBody } from '../../api/schemas/commands.js';
import { instantOfDate } from '../../api/dates.js';
import { toLocal } from '../../domain/calendar/index.js';
import { findItem } from '../../domain/meeting/follow-up/items.js';
import type { Item } from '../../domain/meeting/follow-up/items.js';
import { Heading, ItemFacts } from '../facts.js';
import { checked, possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Input, Note, Radios, TextArea } from '../parts.js';
import type { Filled } from '../parts.js';

const yesNo: Record<string, boolean> = { yes: true, no: false };

export const blockForm: LinkForm = {
  show(context, filled) {
    const title = context.say('forms.title.block');
    const item = findItem(context.state, context.claims.ref ?? '');
    const body = (
      <>
        <Heading context={context} title={title} />
        {item === undefined ? (
          <Note text={context.say('forms.item.gone')} />
        ) : (
          <Block context={context} filled={filled} item={item} />
        )}
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const yes = fields['accepted'] === 'yes';
    const said = checked(blockedBody, {
      accepted: yesNo[fields['accepted'] ?? ''],
      note: fields['note'],
      until: yes ? fields['until'] : undefined,
      dueDate: yes ? undefined : fields['dueDate'],
    });
    const { until, dueDate, ...rest } = said;
    const { zone } = context.state;
    await run(context, 'blocked', {
      id: context.claims.ref ?? '',
      ...rest,
      until: instantOfDate(zone, until),
      dueAt: instantOfDate(zone, dueDate),
    });
    return said.accepted ? 'block' : 'blockNo';
  },
};

type Props = { context: FormContext; filled: Filled; item: Item };

function Block({ context, filled, item }: Props): JSX.Element {
  const { say } = context;
  const there = item.block !== undefined && (item.status === 'open' || item.status === 'overdue');
  const open = there && possible(context, 'blocked', { id: item.id });
  return (
    <>
      {open ? '' : <Note text={say(there ? 'forms.link.readOnly' : 'forms.block.over')} />}
      <ItemFacts context={context} item={item} />
      {open ? <Ask context={context} filled={filled} item={item} /> : ''}
    </>
  );
}

function Ask({ context, filled, item }: Props): JSX.Element {
  const { say, state, now } = context;
  const today = toLocal(state.zone, now).date;
  return (
    <form method="post" novalidate>
      <Radios
        filled={filled}
        name="accepted"
        label={say(item.block?.acceptedAt === undefined ? 'forms.field.blockAccepted' : 'forms.field.blockStill')}
        choices={[
          { value: 'yes', label: say('forms.choice.blockYes') },
          { value: 'no', label: say('forms.choice.blockNo') },
        ]}
      />
      <Input
        filled={filled}
        name="until"
        only="yes"
        type="date"
        label={say('forms.field.until')}
        help={say('forms.help.until', { days: state.norms.blockedRecheckWd })}
        min={today}
      />
      {item.block?.acceptedAt === undefined ? (
        ''
      ) : (
        <Input filled={filled} name="dueDate" only="no" type="date" label={say('forms.field.blockDue')} min={today} />
      )}
      <TextArea filled={filled} name="note" label={say('forms.field.note')} max={500} />
      <div class="buttons">
        <button type="submit" safe>
          {say('forms.submit.block')}
        </button>
      </div>
    </form>
  );
}
