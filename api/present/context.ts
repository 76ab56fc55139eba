/** What turning a state into an answer needs: names, the zone, the reader's language. */
import { toIso, toLocal } from '../../domain/calendar/index.js';
import type { Instant, ZoneData } from '../../domain/calendar/index.js';
import type { DepartmentId, Locale, MeetingState, PersonId, Tracked } from '../../domain/meeting/state.js';
import { translator } from '../../locales/index.js';
import type { Department, Person } from '../../archive/ports.js';
import { nameIn } from '../../render/names.js';
import type { DepartmentAnswer, PersonAnswer } from '../schemas/answers.js';

export interface NamesSource {
  people(ids: PersonId[]): Promise<Person[]>;
  departments(ids: DepartmentId[]): Promise<Department[]>;
}

/** Names as they are now; an erased person keeps their id and gets a word instead of a name. */
export class Names {
  private constructor(
    private readonly people: Map<PersonId, Person>,
    private readonly departments: Map<DepartmentId, Department>,
    private readonly locale: Locale,
  ) {}

  static async load(
    source: NamesSource,
    ids: { people: Iterable<PersonId>; departments: Iterable<DepartmentId> },
    locale: Locale,
  ): Promise<Names> {
    const [people, departments] = await Promise.all([
      source.people([...new Set(ids.people)]),
      source.departments([...new Set(ids.departments)]),
    ]);
    return new Names(new Map(people.map((p) => [p.id, p])), new Map(departments.map((d) => [d.id, d])), locale);
  }

  person(id: PersonId): PersonAnswer {
    const found = this.people.get(id);
    const email = found?.email === undefined ? {} : { email: found.email };
    return { id, name: this.personName(id), ...email };
  }

  /** The name, else the address, else the word for somebody who is gone. */
  personName(id: PersonId): string {
    const found = this.people.get(id);
    if (found === undefined) return translator(this.locale)('words.unknownPerson');
    return nameIn(this.locale, found) || (found.email ?? translator(this.locale)('data.formerMember'));
  }

  department(id: DepartmentId): DepartmentAnswer {
    const found = this.departments.get(id);
    const name = found === undefined ? translator(this.locale)('words.unknownDepartment') : nameIn(this.locale, found);
    return { id, name };
  }

  maybePerson(id: PersonId | undefined): PersonAnswer | undefined {
    return id === undefined ? undefined : this.person(id);
  }

  maybeDepartment(id: DepartmentId | undefined): DepartmentAnswer | undefined {
    return id === undefined ? undefined : this.department(id);
  }
}

/** How one meeting is told to one reader. */
export interface Telling {
  names: Names;
  zone: ZoneData;
  /** The meeting's own language: E14's sentence. */
  meetingLocale: Locale;
  /** The reader's: hints and refusals. */
  locale: Locale;
}

export const iso = (telling: Pick<Telling, 'zone'>, t: Instant): string => toIso(telling.zone, t);

export const maybeIso = (telling: Pick<Telling, 'zone'>, t: Instant | undefined): string | undefined =>
  t === undefined ? undefined : toIso(telling.zone, t);

export const dateOf = (telling: Pick<Telling, 'zone'>, t: Instant): string => toLocal(telling.zone, t).date;

/** Fields that are not there are left out of the answer. */
export function present<T extends object>(
  fields: T,
): { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
} {
  return Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)) as never;
}

/** Departments that an item waits for or belonged to (F2, H5). */
export function waitingOn({ block, formerDepartments }: Tracked): DepartmentId[] {
  return [...(block === undefined ? [] : [block.department]), ...(formerDepartments ?? []).map((f) => f.department)];
}

/** Every id that an answer about this meeting may name. */
export function idsIn(state: MeetingState): { people: PersonId[]; departments: DepartmentId[] } {
  const people = [
    ...[state.initiator.person, state.host, state.actingHost, state.deputyHost, state.coordinator, state.recorder],
    state.sponsor,
    ...state.participants.flatMap((p) => [p.person, p.standsFor]),
    ...(state.writtenInputs ?? []).map((w) => w.person),
    ...(state.alternates ?? []).flatMap((a) => [a.person, a.delegate]),
    ...Object.values(state.rsvps).map((r) => r.by.person),
    ...[...state.actions, ...state.plans].flatMap((a) => a.notes.map((n) => n.by.person)),
    ...state.supportDepartments.map((d) => d.person),
    ...state.agenda.flatMap((t) => [t.presenter, ...t.materials.map((m) => m.owner)]),
    ...Object.keys(state.rsvps),
    ...Object.values(state.rsvps).map((r) => r.delegate),
    ...Object.keys(state.attendance),
    ...[...state.actions, ...state.plans].map((a) => a.owner),
    ...state.actions.map((a) => a.internalContact),
    ...state.tasks.map((t) => t.assignee),
  ];
  const departments = [
    state.initiator.department,
    ...state.participants.map((p) => p.department),
    ...state.supportDepartments.map((d) => d.department),
    ...state.agenda.flatMap((t) => [t.department, t.deferral?.department, t.carried?.department]),
    ...state.keyPoints.map((k) => k.department),
    ...[...state.actions, ...state.plans].map((a) => a.department),
    ...state.actions.flatMap((a) => a.supporting),
    ...[...state.actions, ...state.plans].flatMap(waitingOn),
  ];
  const there = <T>(x: T | undefined): x is T => x !== undefined;
  return { people: people.filter(there), departments: departments.filter(there) };
}
