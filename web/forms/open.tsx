/** E15: a meeting that nobody has opened: open it, move it, or cancel it. */
import { cancelBody, rescheduleBody } from '../../api/schemas/commands.js';
import { instantIn } from '../../api/dates.js';
import { toLocal } from '../../domain/calendar/index.js';
import { isAdjourned } from '../../domain/meeting/floor.js';
import { Heading, MeetingFacts } from '../facts.js';
import { checked, momentOf, possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Input, Note, TextArea } from '../parts.js';
import type { Filled } from '../parts.js';

export const openForm: LinkForm = {
  show(context, filled) {
    const title = context.say('forms.title.open');
    const body = (
      <>
        <Heading context={context} title={title} />
        <Standing context={context} />
        <MeetingFacts context={context} />
        {possible(context, 'undoCancel', {}) && isUndoable(context) ? <UndoCancel context={context} /> : ''}
        {mayOpen(context) ? <Open context={context} /> : ''}
        {possible(context, 'reschedule', {}) ? <Move context={context} filled={filled} /> : ''}
        {possible(context, 'cancel', {}) ? <Cancel context={context} filled={filled} /> : ''}
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    switch (fields['do']) {
      case 'move': {
        const startsAt = momentOf(context, 'startsAt', fields['startsAt']);
        const said = checked(rescheduleBody, { startsAt, reason: fields['moveReason'] }, { reason: 'moveReason' });
        const at = instantIn(context.state.zone, said.startsAt, 'startsAt');
        await run(context, 'reschedule', { startsAt: at, reason: said.reason });
        return 'moved';
      }
      case 'cancel': {
        const { reason } = checked(cancelBody, { reason: fields['cancelReason'] }, { reason: 'cancelReason' });
        await run(context, 'cancel', { reason });
        return 'cancelled';
      }
      case 'undo':
        await run(context, 'undoCancel', {});
        return 'undone';
      default:
        await run(context, 'open', {});
        return 'open';
    }
  },
};

/** E15: a meeting that was adjourned is opened again, one that is held is not. */
function mayOpen(context: FormContext): boolean {
  const { state } = context;
  return (state.phase !== 'execution' || isAdjourned(state)) && possible(context, 'open', {});
}

const isUndoable = ({ state, now }: FormContext): boolean => now < (state.cancelling?.until ?? 0);

/** N4: for ten seconds. */
function UndoCancel({ context }: { context: FormContext }): JSX.Element {
  const { say, state, when } = context;
  const until = when.time(state.cancelling?.until ?? state.startsAt);
  return (
    <form method="post" novalidate>
      <input type="hidden" name="do" value="undo" />
      <p class="help" safe>
        {say('forms.cancel.undo', { until })}
      </p>
      <div class="buttons">
        <button type="submit" safe>
          {say('forms.submit.undoCancel')}
        </button>
      </div>
    </form>
  );
}

function Standing({ context }: { context: FormContext }): JSX.Element {
  const { say, state, when, telling } = context;
  if (state.phase === 'notice') {
    if (!possible(context, 'open', {})) return <Note text={say('forms.link.readOnly')} />;
    const from = state.startsAt - state.norms.openEarlyMinutes * 60_000;
    return context.now < from ? <Note text={say('forms.open.tooEarly', { from: when.when(from) })} /> : '';
  }
  if (isAdjourned(state)) {
    if (!possible(context, 'open', {})) return <Note text={say('forms.link.readOnly')} />;
    const from = state.startsAt - state.norms.openEarlyMinutes * 60_000;
    return context.now < from ? <Note text={say('forms.open.tooEarly', { from: when.when(from) })} /> : '';
  }
  if (state.openedAt !== undefined) {
    const host = telling.names.personName(state.actingHost ?? state.host);
    return <Note text={say('forms.open.already', { at: when.when(state.openedAt), host })} />;
  }
  return <Note text={say(`forms.open.${state.phase === 'preparation' ? 'preparation' : 'over'}`)} />;
}

function Open({ context }: { context: FormContext }): JSX.Element {
  return (
    <form method="post" novalidate>
      <input type="hidden" name="do" value="open" />
      <p class="help" safe>
        {context.say('forms.help.open')}
      </p>
      <div class="buttons">
        <button type="submit" safe>
          {context.say('forms.submit.open')}
        </button>
      </div>
    </form>
  );
}

function Move({ context, filled }: { context: FormContext; filled: Filled }): JSX.Element {
  const { say, state, now } = context;
  const local = toLocal(state.zone, now);
  return (
    <details open={filled.values['do'] === 'move'}>
      <summary safe>{say('forms.heading.move')}</summary>
      <form method="post" novalidate>
        <input type="hidden" name="do" value="move" />
        <Input
          filled={filled}
          name="startsAt"
          type="datetime-local"
          label={say('forms.field.newStart')}
          help={say('forms.help.newStart', { zone: state.zone.name, hours: state.norms.noticeHours })}
          min={`${local.date}T${local.time}`}
        />
        <TextArea
          filled={filled}
          name="moveReason"
          label={say('forms.field.reason')}
          help={say('forms.help.told')}
          max={500}
        />
        <div class="buttons">
          <button type="submit" class="second" safe>
            {say('forms.submit.move')}
          </button>
        </div>
      </form>
    </details>
  );
}

function Cancel({ context, filled }: { context: FormContext; filled: Filled }): JSX.Element {
  const { say } = context;
  return (
    <details open={filled.values['do'] === 'cancel'}>
      <summary safe>{say('forms.heading.cancel')}</summary>
      <form method="post" novalidate>
        <input type="hidden" name="do" value="cancel" />
        <p class="help" safe>
          {say('forms.help.cancel', { seconds: context.state.norms.cancelUndoSeconds })}
        </p>
        <TextArea
          filled={filled}
          name="cancelReason"
          label={say('forms.field.reason')}
          help={say('forms.help.told')}
          max={500}
        />
        <div class="buttons">
          <button type="submit" class="grave" safe>
            {say('forms.submit.cancel')}
          </button>
        </div>
      </form>
    </details>
  );
}
