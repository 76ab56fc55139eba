/**
 * People and departments as a request names them, by the path where it does. Looking them up writes nothing: who is new
 * gets a provisional id, the rules are asked with it, and only what they let pass is written (`settle`). So a refused
 * request leaves nobody behind in the directory.
 */
import type { ApiArchive } from './deps.js';
import { fold, foldEmail, isPersonId } from '../archive/ids.js';
import { fault, Refusal } from '../domain/errors.js';
import { shownName } from './faults.js';
import { textFault } from './schemas/base.js';
import type { Fault } from '../domain/errors.js';
import type { DepartmentId, PersonId } from '../domain/meeting/state.js';

interface PersonMention {
  ref: string;
  path: string;
  name?: string | undefined;
  /** Path of the department this person came with; somebody new belongs to it. */
  departmentPath?: string | undefined;
}

/** What a request names, collected before anything is looked up. */
export class Mentions {
  readonly people: PersonMention[] = [];
  readonly departments: { ref: string; path: string }[] = [];

  person(ref: string | null | undefined, path: string, more: Omit<PersonMention, 'ref' | 'path'> = {}): this {
    if (typeof ref === 'string') this.people.push({ ref, path, ...more });
    return this;
  }

  department(ref: string | null | undefined, path: string): this {
    if (typeof ref === 'string') this.departments.push({ ref, path });
    return this;
  }
}

interface Card {
  id: PersonId;
  name: string;
  departments?: DepartmentId[];
}

/** The ids of what was mentioned, by path. */
export class Resolved {
  constructor(
    private readonly peopleByPath: ReadonlyMap<string, Card>,
    private readonly departmentsByPath: ReadonlyMap<string, { id: DepartmentId; head?: PersonId }>,
    /** Somebody or something is not in the directory yet, or a name can be filled in. */
    readonly fresh: boolean,
  ) {}

  person(path: string): PersonId {
    return found(this.peopleByPath, path).id;
  }

  maybePerson(path: string): PersonId | undefined {
    return this.peopleByPath.get(path)?.id;
  }

  department(path: string): DepartmentId {
    return found(this.departmentsByPath, path).id;
  }

  maybeDepartment(path: string): DepartmentId | undefined {
    return this.departmentsByPath.get(path)?.id;
  }

  /** E2: the head, if one is known. */
  headOf(path: string): PersonId | undefined {
    return this.departmentsByPath.get(path)?.head;
  }

  /** F3: the first of their departments in the directory, for who has no seat that says more. */
  homeOf(path: string): DepartmentId | undefined {
    return this.peopleByPath.get(path)?.departments?.[0];
  }

  isNew(path: string): boolean {
    return this.peopleByPath.get(path)?.id.startsWith(provisional) ?? false;
  }
}

function found<T>(map: ReadonlyMap<string, T>, path: string): T {
  const value = map.get(path);
  if (value === undefined) throw new Error(`nobody was mentioned at ${path}`);
  return value;
}

const provisional = 'new:';

/** Looks everything up. BadInput with every fault: an id nobody has, a name several have, a name alone that nobody has. */
export async function lookUp(directory: ApiArchive['directory'], mentions: Mentions): Promise<Resolved> {
  const [people, departments] = await Promise.all([
    lookUpPeople(directory, mentions),
    lookUpDepartments(directory, mentions),
  ]);
  const faults = [...people.faults, ...departments.faults];
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  const unnamed = mentions.people.some((m) => m.name !== undefined && people.byPath.get(m.path)?.name === '');
  return new Resolved(people.byPath, departments.byPath, people.fresh || departments.fresh || unnamed);
}

/** Asks for all; should some be unknown, asks again for the rest. */
async function known<T>(
  ask: (paths: Set<string>) => Promise<T>,
  paths: string[],
): Promise<{ rows: T; faults: Fault[] }> {
  try {
    return { rows: await ask(new Set(paths)), faults: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const bad = new Set(error.faults.map((f) => f.path));
    return { rows: await ask(new Set(paths.filter((p) => !bad.has(p)))), faults: error.faults };
  }
}

async function lookUpPeople(directory: ApiArchive['directory'], { people }: Mentions) {
  const refs = people.map((m) => ({ ...m, ref: byNameHere(people, m) }));
  const asked = (paths: Set<string>) => refs.filter((m) => paths.has(m.path));
  const { rows, faults } = await known(
    async (paths) => {
      const some = asked(paths);
      const persons = some.length === 0 ? [] : await directory.findPeople(some.map(({ ref, path }) => ({ ref, path })));
      return some.map((m, i) => [m.path, persons[i]!] as const);
    },
    refs.map((m) => m.path),
  );
  const byPath = new Map<string, Card>(rows);
  const makeable = refs.filter((m) => !byPath.has(m.path) && isNewEmail(m.ref, faults, m.path));
  for (const m of makeable) byPath.set(m.path, { id: `${provisional}${foldEmail(m.ref)}`, name: '' });
  return { byPath, faults: faults.filter((f) => !byPath.has(f.path)), fresh: makeable.length > 0 };
}

const isNewEmail = (ref: string, faults: Fault[], path: string): boolean =>
  ref.includes('@') && faults.some((f) => f.path === path && f.code === 'H4.unknown');

/** `host: "林美"` beside a participant of that name means that participant. */
function byNameHere(people: PersonMention[], mention: PersonMention): string {
  if (mention.ref.includes('@') || isPersonId(mention.ref)) return mention.ref;
  const namesakes = people.filter(
    (p) => p.name !== undefined && p.ref.includes('@') && fold(p.name) === fold(mention.ref),
  );
  const addresses = [...new Set(namesakes.map((p) => foldEmail(p.ref)))];
  return addresses.length === 1 ? addresses[0]! : mention.ref;
}

async function lookUpDepartments(directory: ApiArchive['directory'], { departments }: Mentions) {
  const { rows, faults } = await known(
    async (paths) => {
      const some = departments.filter((m) => paths.has(m.path));
      const found = some.length === 0 ? [] : await directory.findDepartments(some);
      return some.map((m, i) => [m.path, found[i]!] as const);
    },
    departments.map((m) => m.path),
  );
  const byPath = new Map<string, { id: DepartmentId; head?: PersonId }>(rows);
  const makeable = departments.filter((m) => !byPath.has(m.path) && !/^d[a-z2-7]{16}$/.test(m.ref));
  for (const m of makeable) byPath.set(m.path, { id: `${provisional}${fold(m.ref)}` });
  return { byPath, faults: faults.filter((f) => !byPath.has(f.path)), fresh: makeable.length > 0 };
}

/** Writes who is new, and fills in names. The answer has real ids only. */
export async function settle(
  directory: ApiArchive['directory'],
  mentions: Mentions,
  before: Resolved,
): Promise<Resolved> {
  if (!before.fresh) return before;
  const departments = await directory.ensureDepartments(mentions.departments);
  const byPath = new Map(mentions.departments.map((m, i) => [m.path, departments[i]!] as const));
  const people = await directory.ensurePeople(
    mentions.people.map((m) => {
      const isNew = before.isNew(m.path);
      const home = isNew && m.departmentPath !== undefined ? byPath.get(m.departmentPath)?.id : undefined;
      return {
        ...(isNew ? { email: before.person(m.path).slice(provisional.length) } : { id: before.person(m.path) }),
        ...(m.name === undefined ? {} : { name: m.name }),
        ...(home === undefined ? {} : { departments: [home] }),
        path: m.path,
      };
    }),
  );
  const persons = new Map(mentions.people.map((m, i) => [m.path, people[i]!] as const));
  return new Resolved(persons, byPath, false);
}

/** A person who must be known already, by id, e-mail or name. */
export async function knownPerson(directory: ApiArchive['directory'], ref: string, path: string): Promise<PersonId> {
  return (await directory.findPerson(ref, path)).id;
}

/** For a path parameter: an id goes as it is, an e-mail or name is looked up; nobody is 404. */
export async function personInPath(directory: ApiArchive['directory'], ref: string): Promise<PersonId> {
  if (isPersonId(ref)) return ref;
  const text = ref.trim();
  // What no database can be asked for is nobody's name.
  if (text === '' || text.length > 254 || textFault(text) !== undefined)
    throw new Refusal('NotFound', [fault('H4.unknown', 'person', { person: shownName(text) })]);
  try {
    return (await directory.findPerson(ref, 'person')).id;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal('NotFound', [fault('H4.unknown', 'person', { person: ref })]);
  }
}
