/**
 * P3, P8: who presents a topic or prepares a material without being invited. The invited learn it from the notice (N1); these
 * are asked by a mail of their own, and the host is told.
 */
import type { Instant } from '../calendar/index.js';
import { fault } from '../errors.js';
import type { Fault } from '../errors.js';
import { mail } from './change.js';
import type { Effect } from './effects.js';
import { remindedBy } from './hours.js';
import { invitees, represented } from './people.js';
import { isMissing, materialsOf } from './prepared.js';
import type { Material, MeetingState, PersonId, Timer, Topic } from './state.js';

type Plan = Pick<MeetingState, 'agenda'> & Parameters<typeof invitees>[0];

/** Also whose seat a delegate holds: that person had the notice (N3). */
const knows = (meeting: Plan): PersonId[] => [...invitees(meeting), ...represented(meeting)];

/** Each once, in the agenda's order. */
export function preparers(meeting: Plan): PersonId[] {
  const known = new Set(knows(meeting));
  const all = meeting.agenda.flatMap((t) => [t.presenter, ...t.materials.map((m) => m.owner)]);
  return [...new Set(all.filter((p): p is PersonId => p !== undefined && !known.has(p)))];
}

export function presentedBy({ agenda }: Pick<MeetingState, 'agenda'>, person: PersonId): Topic[] {
  return agenda.filter((t) => t.presenter === person);
}

/** P3, P8: what the host is told of them; the topic's title says who may read the hint (H10). */
export function preparerHints(meeting: Plan): Fault[] {
  const outside = preparers(meeting);
  return meeting.agenda.flatMap((t, i) => [
    ...(t.presenter !== undefined && outside.includes(t.presenter)
      ? [fault('P3.presenterNotInvited', `agenda[${i}].presenter`, { title: t.title })]
      : []),
    ...t.materials.flatMap((m, j) =>
      outside.includes(m.owner)
        ? [fault('P8.ownerNotInvited', `agenda[${i}].materials[${j}].owner`, { title: t.title, material: m.title })]
        : [],
    ),
  ]);
}

const owed = (state: MeetingState, person: PersonId): Material[] =>
  materialsOf(state, person).map(({ material }) => material);

/** Presents, or has something still to hand in; whose materials are all there is asked for nothing. */
function isWanted(state: MeetingState, person: PersonId): boolean {
  return presentedBy(state, person).length > 0 || owed(state, person).some(isMissing);
}

/** What one of them has to know, comparable as text: what is handed in changes nothing of it (N4). */
function askedOf(state: MeetingState, person: PersonId): string {
  const presents = presentedBy(state, person).map((t) => [t.title, t.minutes]);
  const materials = owed(state, person).map((m) => [m.id, m.title, m.dueAt]);
  const where = presents.length > 0 ? [state.place, state.onlineLink] : [];
  return JSON.stringify([state.startsAt, presents, materials, where]);
}

/** What those who were asked know. */
export function askedOfPreparers(state: MeetingState): Record<PersonId, string> {
  const asked = new Set(state.preparing);
  const still = preparers(state).filter((p) => asked.has(p));
  return Object.fromEntries(still.map((p) => [p, askedOf(state, p)]));
}

/** N1: with the notice. */
export function askPreparers(state: MeetingState): { state: MeetingState; effects: Effect[] } {
  const asked = preparers(state).filter((p) => isWanted(state, p));
  return { state: keepsAsked(state, asked), effects: mail('prepare', 'notice', asked) };
}

/** A meeting that asks nobody holds no list of them. */
function keepsAsked(state: MeetingState, preparing: PersonId[]): MeetingState {
  const { preparing: _, ...rest } = state;
  return preparing.length === 0 ? rest : { ...rest, preparing };
}

/** N4: who is asked for something else than they know, and who for nothing any more. */
export function preparersTold(state: MeetingState, before: Record<PersonId, string> = {}): Effect[] {
  const occasion = `r${state.revision + 1}`;
  const [is, known] = [preparers(state), new Set(knows(state))];
  const wanted = is.filter((p) => isWanted(state, p));
  const added = wanted.filter((p) => !(p in before));
  const other = wanted.filter((p) => p in before && before[p] !== askedOf(state, p));
  const freed = Object.keys(before).filter((p) => !is.includes(p) && !known.has(p));
  return [
    ...mail('prepare', occasion, added),
    ...mail('prepare', occasion, other, { changed: true }),
    ...mail('prepareOff', occasion, freed),
  ];
}

/** Once that was told. */
export function withPreparersTold(state: MeetingState, before: Record<PersonId, string> = {}): MeetingState {
  const asked = preparers(state).filter((p) => p in before || isWanted(state, p));
  return keepsAsked(state, asked);
}

/** N4: nobody prepares for what is not held. `informed`: who hears of it as one of the invited. */
export function preparersCancelled(state: MeetingState, informed: PersonId[]): Effect[] {
  const asked = (state.preparing ?? []).filter((p) => !informed.includes(p));
  return mail('prepareOff', 'cancelled', asked, { reason: state.cancelReason ?? '' });
}

const stillToPresent = (state: MeetingState): PersonId[] =>
  preparers(state).filter((p) => presentedBy(state, p).some((t) => t.status !== 'finished'));

/** E15: the sitting goes on at another time, for those who still present something, too. */
export function presentersAdjourned(state: MeetingState): Effect[] {
  return mail('prepare', `r${state.revision + 1}`, stillToPresent(state), { changed: true });
}

/** E15: or it does not go on at all. */
export function presentersCalledOff(state: MeetingState): Effect[] {
  return mail('prepareOff', `r${state.revision + 1}`, stillToPresent(state), { calledOff: true });
}

/** E1: what is missing is asked for again when the others are reminded to read. */
export function preparersReminded(state: MeetingState, timer: Timer): Effect[] {
  const late = preparers(state).filter((p) => owed(state, p).some(isMissing));
  return mail('prepareReminder', `${state.startsAt}`, remindedBy(state, timer, late));
}

/** H2: whether that reminder is still of use. */
export function isReminderWanted(state: MeetingState, person: PersonId, now: Instant): boolean {
  return state.phase === 'notice' && now < state.startsAt && owed(state, person).some(isMissing);
}
