/** F1: what was reported done waits for a check; silence accepts. */
import { confirmBody } from '../../api/schemas/commands.js';
import { withDates } from '../../api/dates.js';
import { toLocal } from '../../domain/calendar/index.js';
import { findItem, isPlan } from '../../domain/meeting/follow-up/items.js';
import type { Item } from '../../domain/meeting/follow-up/items.js';
import { Heading, ItemFacts } from '../facts.js';
import { checked, possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Input, Note, Radios, TextArea } from '../parts.js';
import type { Filled } from '../parts.js';

const yesNo: Record<string, boolean> = { yes: true, no: false };

export const checkForm: LinkForm = {
  show(context, filled) {
    const { say, state, claims } = context;
    const title = say('forms.title.check');
    const item = findItem(state, claims.ref ?? '');
    const body = (
      <>
        <Heading context={context} title={title} />
        {item === undefined ? (
          <Note text={say('forms.item.gone')} />
        ) : (
          <Check context={context} filled={filled} item={item} />
        )}
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const said = checked(confirmBody.required({ accepted: true }), {
      accepted: yesNo[fields['accepted'] ?? ''],
      note: fields['note'],
      newDueDate: fields['accepted'] === 'no' ? fields['newDueDate'] : undefined,
    });
    await run(context, 'confirm', { id: context.claims.ref ?? '', ...withDates(context.state.zone, said) });
    return said.accepted ? 'check' : 'sentBack';
  },
};

function Check({ context, filled, item }: { context: FormContext; filled: Filled; item: Item }): JSX.Element {
  const { say, state } = context;
  const open = item.status === 'reported' && possible(context, 'confirm', { id: item.id });
  const silence = state.timers.find((t) => t.kind === 'acceptSilence' && t.ref === item.id);
  return (
    <>
      {open ? (
        ''
      ) : (
        <Note text={say(item.status === 'reported' ? 'forms.link.readOnly' : `forms.check.${item.status}`)} />
      )}
      <ItemFacts context={context} item={item} />
      {isPlan(item) && item.text !== undefined ? (
        <p class="pre" safe>
          {item.text}
        </p>
      ) : (
        ''
      )}
      {open && silence !== undefined ? (
        <p class="soft" safe>
          {say('mail.pleaseCheck.silence', { until: context.when.when(silence.at) })}
        </p>
      ) : (
        ''
      )}
      {open ? <Ask context={context} filled={filled} item={item} /> : ''}
    </>
  );
}

function Ask({ context, filled, item }: { context: FormContext; filled: Filled; item: Item }): JSX.Element {
  const { say, state, now } = context;
  const escalates = item.missed >= state.norms.missesToEscalate;
  return (
    <form method="post" novalidate>
      <Radios
        filled={filled}
        name="accepted"
        label={say('forms.field.accepted')}
        choices={[
          { value: 'yes', label: say('forms.choice.doneYes') },
          { value: 'no', label: say('forms.choice.doneNo') },
        ]}
      />
      <TextArea
        filled={filled}
        name="note"
        label={say('forms.field.note')}
        help={say('forms.help.checkNote')}
        max={2000}
      />
      {escalates ? (
        ''
      ) : (
        <Input
          filled={filled}
          name="newDueDate"
          only="no"
          type="date"
          label={say('forms.field.newDueOptional')}
          help={say('forms.help.checkDue')}
          min={toLocal(state.zone, now).date}
        />
      )}
      <div class="buttons">
        <button type="submit" safe>
          {say('forms.submit.check')}
        </button>
      </div>
    </form>
  );
}
