/** E3: signing in by the code on the sheet (choose yourself) or by a link of one's own (one button). */
import { fault } from '../../domain/errors.js';
import { Problem } from '../../api/errors.js';
import { isAdjourned, normsOf } from '../../domain/meeting/floor.js';
import { invitees, isPresent, participantOf } from '../../domain/meeting/people.js';
import type { PersonId } from '../../domain/meeting/state.js';
import { anybody } from '../../render/links.js';
import { Heading, MeetingFacts } from '../facts.js';
import { run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Note, Radios } from '../parts.js';
import type { Filled } from '../parts.js';

export const signInForm: LinkForm = {
  show(context, filled) {
    const title = context.say('signIn.heading');
    const body = (
      <>
        <Heading context={context} title={title} />
        <Standing context={context} />
        {isOpen(context) ? <Ask context={context} filled={filled} /> : ''}
        <MeetingFacts context={context} />
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const person = ownOf(context) ?? chosen(context, fields['person']);
    const actor = { ...context.actor, person };
    const claims = { ...context.claims, person };
    await run({ ...context, actor, claims }, 'attendance', { person, present: true });
    return 'signIn';
  },
};

/** Whose link it is; undefined for the one on the sheet. */
function ownOf({ claims }: FormContext): PersonId | undefined {
  return claims.person === anybody ? undefined : claims.person;
}

function chosen({ state }: FormContext, person: string | undefined): PersonId {
  if (person !== undefined && invitees(state).includes(person)) return person;
  throw new Problem('BadInput', [fault('input.required', 'person')]);
}

/** From an hour before the start, and as long as the meeting is held. */
function opensAt({ state }: FormContext): number {
  return state.startsAt - normsOf(state).signInMinutes * 60_000;
}

function isOpen(context: FormContext): boolean {
  const { state, now } = context;
  if (state.phase === 'execution' && !isAdjourned(state)) return true;
  return (state.phase === 'notice' || state.phase === 'execution') && now >= opensAt(context);
}

function Standing({ context }: { context: FormContext }): JSX.Element {
  const { state, say, when } = context;
  if (isOpen(context)) return '';
  const isAhead = state.phase === 'notice' || state.phase === 'execution';
  return <Note text={isAhead ? say('signIn.early', { from: when.when(opensAt(context)) }) : say('signIn.over')} />;
}

function Ask({ context, filled }: { context: FormContext; filled: Filled }): JSX.Element {
  const { say, state } = context;
  const own = ownOf(context);
  if (own !== undefined && isPresent(state, own)) return <Note good text={say('signIn.done')} />;
  return (
    <form method="post" novalidate>
      {own === undefined ? (
        <Radios
          filled={filled}
          name="person"
          label={say('signIn.who')}
          help={say('signIn.help')}
          choices={invitees(state).map((value) => ({ value, label: labelOf(context, value) }))}
        />
      ) : (
        <p safe>{say('signIn.you', { name: context.telling.names.personName(own) })}</p>
      )}
      <div class="buttons">
        <button type="submit" safe>
          {say('signIn.submit')}
        </button>
      </div>
    </form>
  );
}

function labelOf({ say, state, telling }: FormContext, person: PersonId): string {
  const seat = participantOf(state, person);
  const name = telling.names.personName(person);
  const named =
    seat === undefined
      ? name
      : say('words.brackets', { text: name, note: telling.names.department(seat.department).name });
  return isPresent(state, person) ? `${named} ✓ ${say('signIn.here')}` : named;
}
