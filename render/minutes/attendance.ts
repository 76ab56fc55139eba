import { toLocal } from '../../domain/calendar/index.js';
import { isPresent, participantOf } from '../../domain/meeting/people.js';
import type { PersonId } from '../../domain/meeting/state.js';
import type { Block } from '../document.js';
import { table, text } from '../document.js';
import { always } from './context.js';
import type { MinutesContext, SectionBuilder } from './context.js';

export const attendanceSection: SectionBuilder = (c) => always(c, 'attendance', attendance(c));

/** E3: who was there at any time, who was not, and who stood in for whom; then the roll call with its times. */
function attendance(c: MinutesContext): Block[] {
  const { state, say, names } = c;
  const came = (person: PersonId): boolean =>
    isPresent(state, person) || (state.attendance[person]?.log.some((entry) => entry.present) ?? false);
  if (Object.keys(state.attendance).length === 0) return [];
  const expected = state.participants.map((p) => p.person);
  const guests = Object.keys(state.attendance).filter((p) => !expected.includes(p));
  const present = [...expected, ...guests].filter(came);
  const absent = expected.filter((p) => !came(p));
  const absentName = (person: PersonId): string => {
    const delegate = state.rsvps[person]?.delegate;
    const name = names.person(person);
    return delegate === undefined ? name : say('minutes.delegate', { name, delegate: names.person(delegate) });
  };
  // N3: a delegate, and for whom; and who had none.
  const seatName = (person: PersonId): string => {
    const standsFor = participantOf(state, person)?.standsFor;
    const delegate = names.person(person);
    return standsFor === undefined ? delegate : say('minutes.standsFor', { delegate, name: names.person(standsFor) });
  };
  const unsettled = (state.alternates ?? []).filter((a) => a.status === 'unsettled').map((a) => names.person(a.person));
  const line = (key: string, people: string[]): Block[] =>
    people.length === 0 ? [] : [text(say(key, { count: people.length, names: people.join(say('words.comma')) }))];
  return [
    ...line('minutes.present', present.map(seatName)),
    ...line('minutes.absent', absent.map(absentName)),
    ...line('minutes.unsettled', unsettled),
    ...rollCall(c, present),
  ];
}

/** E3: arrivals and departures with times. */
function rollCall(c: MinutesContext, present: PersonId[]): Block[] {
  const { state, say, names } = c;
  const timed = present.filter((p) => (state.attendance[p]?.log.length ?? 0) > 0);
  if (timed.length === 0) return [];
  const column = (key: string) => say(`minutes.column.${key}`);
  const rows = timed.map((p) => {
    const seat = participantOf(state, p);
    const department = seat === undefined ? '' : names.department(seat.department);
    const role = seat === undefined ? say('minutes.officer') : say(`words.role.${seat.role}`);
    return [names.person(p), department, role, spans(c, p)];
  });
  const columns = [
    { label: column('name'), width: 3 },
    { label: column('department'), width: 3 },
    { label: column('role'), width: 2 },
    { label: column('there'), width: 3 },
  ];
  return [table(columns, rows)];
}

/** `09:30–10:05, 10:20–`, in the meeting's zone; who was there at the end stayed until the close. */
function spans({ state, say }: MinutesContext, person: PersonId): string {
  const clock = (t: number): string => toLocal(state.zone, t).time;
  const found: string[] = [];
  let since: number | undefined;
  for (const { at, present } of state.attendance[person]?.log ?? []) {
    if (present) since ??= at;
    else if (since !== undefined) {
      found.push(`${clock(since)}–${clock(at)}`);
      since = undefined;
    }
  }
  if (since !== undefined) found.push(`${clock(since)}–${state.closedAt === undefined ? '' : clock(state.closedAt)}`);
  return found.join(say('words.comma'));
}
