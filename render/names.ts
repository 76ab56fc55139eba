import { objectionsOf, versionsOf } from '../domain/meeting/corrections.js';
import type { Amendment, DepartmentId, Locale, MeetingState, PersonId } from '../domain/meeting/state.js';
import { namedIn } from '../domain/series/follow-up.js';
import type { FollowUp } from '../domain/series/follow-up.js';
import { translator } from '../locales/index.js';
import { oneLine } from './text.js';
import type { DepartmentCard, PersonCard } from './types.js';

/** Ids → names as they are now; an erased person or department has a word of its own. */
export interface Names {
  person(id: PersonId): string;
  department(id: DepartmentId): string;
  people(ids: PersonId[]): string;
  departments(ids: DepartmentId[]): string;
}

/** H4, H5: what somebody, or a department, is called in that language. */
export const nameIn = (locale: Locale, { name, names }: Pick<PersonCard, 'name' | 'names'>): string =>
  oneLine(names?.[locale] ?? name);

/** In the language of the reader, or of the document. */
export function namesIn(locale: Locale, people: PersonCard[], departments: DepartmentCard[]): Names {
  const say = translator(locale);
  // Known, and neither name nor address: erased (H4).
  const byPerson = new Map(
    people.map((p) => [p.id, nameIn(locale, p) || oneLine(p.email ?? say('data.formerMember'))]),
  );
  const byDepartment = new Map(departments.map((d) => [d.id, nameIn(locale, d)]));
  const person = (id: PersonId): string => byPerson.get(id) || say('words.unknownPerson');
  const department = (id: DepartmentId): string => byDepartment.get(id) || say('words.unknownDepartment');
  const comma = say('words.comma');
  return {
    person,
    department,
    people: (ids) => ids.map(person).join(comma),
    departments: (ids) => ids.map(department).join(comma),
  };
}

const given = <T>(ids: (T | undefined)[]): T[] => [...new Set(ids.filter((id) => id !== undefined))];

/** Everyone whose name a mail about this meeting, and about the follow-up of the one before, can need. */
export function peopleOf(state: MeetingState, followUp?: FollowUp): PersonId[] {
  return given([
    ...namedIn(followUp).people,
    state.host,
    state.deputyHost,
    state.coordinator,
    state.recorder,
    state.sponsor,
    state.initiator.person,
    state.actingHost,
    ...state.participants.flatMap((p) => [p.person, p.standsFor]),
    ...(state.writtenInputs ?? []).map((w) => w.person),
    ...(state.alternates ?? []).flatMap((a) => [a.person, a.delegate]),
    ...state.supportDepartments.map((d) => d.person),
    ...state.agenda.flatMap((t) => [t.presenter, ...t.materials.map((m) => m.owner)]),
    ...Object.values(state.rsvps).map((r) => r.delegate),
    ...[...state.actions, ...state.plans].flatMap((x) => [x.owner, ...x.obstacles.map((o) => o.by.person)]),
    ...state.actions.map((a) => a.internalContact),
    ...objectionsOf(state).flatMap((o) => [o.person, o.answer?.by.person]),
    ...versionsOf(state).map((v) => v.by.person),
    ...(state.minutes?.amendments ?? []).flatMap(amendedPeople),
    ...state.tasks.flatMap((t) => [t.assignee, t.endedBy?.person, t.decision?.owner]),
  ]);
}

/** M3: who owned an action before it was corrected may have no other part in the meeting. */
const amendedPeople = (a: Amendment): PersonId[] =>
  a.part === 'attendance'
    ? [a.person]
    : a.part === 'action'
      ? [a.before.owner, ...(a.after ? [a.after.owner] : [])]
      : [];

export function departmentsOf(state: MeetingState, followUp?: FollowUp): DepartmentId[] {
  return given([
    ...namedIn(followUp).departments,
    state.initiator.department,
    ...state.participants.map((p) => p.department),
    ...state.supportDepartments.map((d) => d.department),
    ...state.agenda.flatMap((t) => [t.department, t.deferral?.department, t.carried?.department]),
    ...state.keyPoints.map((k) => k.department),
    ...state.actions.flatMap((a) => [a.department, ...a.supporting]),
    ...state.plans.map((p) => p.department),
    ...[...state.actions, ...state.plans].map((x) => x.block?.department),
  ]);
}
