import { eq, sql } from 'drizzle-orm';
import { refuse } from '../domain/errors.js';
import type { DepartmentId, Locale, PersonId } from '../domain/meeting/state.js';
import { withoutNulls } from './columns.js';
import { ensureDepartments, findDepartments, named, readDepartments, type DepartmentRef } from './departments.js';
import type { Page } from './cursor.js';
import type { Driver, Row } from './driver.js';
import { vendors } from '../domain/chats.js';
import { fold, foldEmail, mintId } from './ids.js';
import { ensurePeople, findPeople, readPeople, type PersonMention, type PersonRef, type PersonRow } from './people.js';
import { listDepartments, listPeople, type PeopleFilter } from './people-list.js';
import type { Department, DirectoryPort, Person } from './ports.js';
import { departments, memberships, people } from './schema/index.js';

/** All that the directory knows of a person (H4). */
export interface PersonDetails extends Person {
  names: Partial<Record<Locale, string>>;
  channels: Record<string, string>;
}

/** All that it knows of a department (H5). Dates are local, `from` and `to` included. */
export interface DepartmentDetails extends Department {
  acting: { person: PersonId; from: string; to: string }[];
  successor?: DepartmentId;
}

/** Null takes away. */
export type PersonChange = {
  [K in keyof Omit<PersonDetails, 'id' | 'left' | 'through' | 'chats' | 'names' | 'channels'>]?:
    PersonDetails[K] | null | undefined;
} & {
  names?: Partial<Record<Locale, string | null>> | undefined;
  channels?: Record<string, string | null | undefined> | undefined;
};
export type DepartmentChange = Partial<Omit<DepartmentDetails, 'id' | 'names'>> & {
  names?: Partial<Record<Locale, string | null>> | undefined;
};

export interface Directory extends DirectoryPort {
  /**
   * People as they are mentioned, in that order, made on first mention; a name or department given later is added, a name
   * that is there stays. However many: at most five round trips, one when all are known. Refusal BadInput with every fault:
   * `H4.unknown` (an id nobody has), `H4.ambiguous` (a name alone that several have; `candidates`).
   */
  ensurePeople(mentions: PersonMention[]): Promise<Person[]>;
  ensurePerson(mention: PersonMention): Promise<Person>;
  /** The same for people who must exist: by id, e-mail or name. */
  findPeople(refs: PersonRef[]): Promise<Person[]>;
  findPerson(ref: string, path?: string): Promise<Person>;
  /** By id or name, made on first mention of a name. Refusal BadInput `H5.unknown` for an id that nobody has. */
  ensureDepartments(refs: DepartmentRef[]): Promise<Department[]>;
  ensureDepartment(ref: string, path?: string): Promise<Department>;
  findDepartments(refs: DepartmentRef[]): Promise<Department[]>;
  getDepartment(idOrName: string): Promise<DepartmentDetails | null>;
  /** Makes or changes it; what is not named stays. Refusal Conflict `H5.nameTaken`. */
  putDepartment(idOrName: string, change: DepartmentChange): Promise<DepartmentDetails>;
  /** By id or e-mail. */
  getPerson(idOrEmail: string): Promise<PersonDetails | null>;
  /** Makes (by e-mail) or changes; `departments` replaces them. Refusal Conflict `H4.emailTaken`, NotFound `H4.unknown`. */
  putPerson(idOrEmail: string, change: PersonChange): Promise<PersonDetails>;
  /** Somebody new, whatever their name; the same Refusals. */
  makePerson(change: PersonChange): Promise<PersonDetails>;
  /** By name. */
  listPeople(filter: PeopleFilter): Promise<Page<PersonDetails>>;
  listDepartments(filter: Omit<PeopleFilter, 'department'>): Promise<Page<DepartmentDetails>>;
}

/** H4: what reaches somebody besides mail. */
const chats: readonly string[] = vendors;

function chatsOf(channels: Record<string, string>): { chats?: Record<string, string> } {
  const known = Object.entries(channels).filter(([name]) => chats.includes(name));
  return known.length === 0 ? {} : { chats: Object.fromEntries(known) };
}

const headsUpward = {
  name: 'heads_upward',
  text: `with recursive up(id, head, parent, depth, seen) as (
      select d.id, d.head, d.parent, 0, array[d.id] from record.departments d where d.id = $1
      union all
      select d.id, d.head, d.parent, up.depth + 1, up.seen || d.id
        from up join record.departments d on d.id = up.parent where d.id <> all (up.seen)
    )
    select head from (select head, min(depth) as depth from up where head is not null group by head) h order by depth`,
};

export function createDirectory(driver: Driver, reachedBy: readonly string[] = chats): Directory {
  const { db } = driver;
  const self: Directory = {
    async people(ids) {
      return ids.length === 0 ? [] : (await readPeople(db, { ids })).map(personOf);
    },
    async unreachable(ids) {
      if (ids.length === 0) return [];
      const rows = await readPeople(db, { ids });
      const through = rows.flatMap((row) => row.channels['assistant'] ?? []);
      const others = through.length === 0 ? [] : await readPeople(db, { ids: through });
      const reached = (row: PersonRow): boolean =>
        row.email !== null || reachedBy.some((c) => row.channels[c] !== undefined);
      const fine = rows.filter(
        (row) => reached(row) || others.some((o) => o.id === row.channels['assistant'] && reached(o)),
      );
      return ids.filter((id) => !fine.some((row) => row.id === id));
    },
    async departments(ids) {
      if (ids.length === 0) return [];
      return (await readDepartments(db, ids)).map(departmentOf);
    },
    async headsUpward(department) {
      const rows: Row[] = await driver.run(headsUpward, [department]);
      return rows.map((row) => String(row['head']));
    },
    async ensurePeople(mentions) {
      return (await ensurePeople(db, mentions)).map(personOf);
    },
    async ensurePerson(mention) {
      return (await self.ensurePeople([mention]))[0]!;
    },
    async findPeople(refs) {
      return (await findPeople(db, refs)).map(personOf);
    },
    async findPerson(ref, path = '') {
      return (await self.findPeople([{ ref, path }]))[0]!;
    },
    async ensureDepartments(refs) {
      return (await ensureDepartments(db, refs)).map(departmentOf);
    },
    async ensureDepartment(ref, path = '') {
      return (await self.ensureDepartments([{ ref, path }]))[0]!;
    },
    async findDepartments(refs) {
      return (await findDepartments(db, refs)).map(departmentOf);
    },
    async getDepartment(ref) {
      const [row] = await db
        .select()
        .from(departments)
        .where(sql`${departments.id} = ${ref} or ${departments.nameKey} = ${fold(ref)} or ${named(fold(ref))}`)
        .orderBy(sql`${departments.id} <> ${ref}`, sql`${departments.nameKey} <> ${fold(ref)}`, departments.id);
      return row === undefined ? null : departmentDetails(row);
    },
    async putDepartment(ref, change) {
      const { id } = await self.ensureDepartment(ref);
      const { name, names, head, parent, acting, successor } = change;
      const before = name === undefined && names === undefined ? null : await self.getDepartment(id);
      const renamed =
        before === null ? {} : departmentNames(name ?? before.name, merged(before.names ?? {}, names ?? {}));
      const set = { head, parent, acting, successor, ...renamed };
      if (Object.values(set).some((value) => value !== undefined)) {
        const update = db.update(departments).set(set).where(eq(departments.id, id));
        await update.catch(taken('departments_name_key_key', 'H5.nameTaken', 'name', { name: name ?? '' }));
      }
      return (await self.getDepartment(id))!;
    },
    async getPerson(ref) {
      const [row] = await readPeople(db, { ids: [ref], emails: [foldEmail(ref)] });
      return row === undefined ? null : personDetails(row);
    },
    async putPerson(ref, change) {
      const known = await self.getPerson(ref);
      if (known === null && !ref.includes('@')) refuse('NotFound', 'H4.unknown', '', { person: ref });
      const { id } = known ?? (await self.ensurePerson({ email: ref }));
      await changePerson(driver, id, change);
      return (await self.getPerson(id))!;
    },
    async makePerson(change) {
      const id = mintId('p');
      await db.insert(people).values({ id });
      try {
        await changePerson(driver, id, change);
      } catch (error) {
        await db.delete(people).where(eq(people.id, id));
        throw error;
      }
      return (await self.getPerson(id))!;
    },
    async listPeople(filter) {
      const { items, ...more } = await listPeople(db, filter);
      return { items: items.map(personDetails), ...more };
    },
    async listDepartments(filter) {
      const { items, ...more } = await listDepartments(db, filter);
      return { items: items.map(departmentDetails), ...more };
    },
  };
  return self;
}

/** Null takes a key away, what is not named stays. */
function merged(before: object, change: object): Record<string, string> {
  const all = Object.entries({ ...before, ...change });
  return Object.fromEntries(all.filter((e): e is [string, string] => typeof e[1] === 'string'));
}

async function changePerson({ db }: Driver, id: PersonId, change: PersonChange): Promise<void> {
  const { name, names, email, locale, timeZone, channels, digestOnly, departments: belongs } = change;
  await db
    .transaction(async (tx) => {
      const [row] = await tx.select().from(people).where(eq(people.id, id)).for('update');
      if (row === undefined) return;
      const allNames: Partial<Record<Locale, string>> = merged(row.names, names ?? {});
      const set = {
        ...(name == null ? {} : { name }),
        names: allNames,
        locale,
        timeZone,
        ...(digestOnly == null ? {} : { digestOnly }),
        channels: merged(row.channels, channels ?? {}),
        nameKeys: nameKeysOf(name ?? row.name, allNames),
        ...(email === undefined ? {} : { email: email === null ? null : foldEmail(email) }),
      };
      await tx.update(people).set(set).where(eq(people.id, id));
      if (belongs == null) return;
      await tx.delete(memberships).where(eq(memberships.person, id));
      const rows = [...new Set(belongs)].map((department) => ({ person: id, department }));
      if (rows.length > 0) await tx.insert(memberships).values(rows);
    })
    .catch(taken('people_email_key', 'H4.emailTaken', 'email', { email: email ?? '' }));
}

/** The folded name first, since the index of people without e-mail looks at that. */
export function nameKeysOf(name: string, names: Partial<Record<Locale, string>> = {}): string[] {
  return [...new Set([name, ...Object.values(names)].map(fold).filter((key) => key !== ''))];
}

/** A unique constraint that says no, as the refusal it stands for. */
function taken(constraint: string, code: string, path: string, params: Record<string, string>) {
  return (error: unknown): never => {
    const cause = (error as { cause?: { constraint?: unknown } }).cause;
    if (cause?.constraint === constraint) refuse('Conflict', code, path, params);
    throw error;
  };
}

/** H5: the name that is unique, and all by which a department is found besides. */
export function departmentNames(name: string, names: Partial<Record<Locale, string>>) {
  const nameKey = fold(name);
  return { name, nameKey, names, otherKeys: nameKeysOf('', names).filter((key) => key !== nameKey) };
}

type DepartmentRow = typeof departments.$inferSelect;

function personOf({
  id,
  name,
  names,
  email,
  locale,
  timeZone,
  digestOnly,
  departments: belongs,
  channels,
  active,
}: PersonRow): Person {
  const through = channels['assistant'] ?? null;
  const unsubscribed = digestOnly ? { digestOnly } : {};
  const card = withoutNulls({ id, name, email, locale, timeZone, departments: belongs, through });
  return { ...card, ...namesOf(names), ...chatsOf(channels), ...unsubscribed, ...(active ? {} : { left: true }) };
}

function personDetails(row: PersonRow): PersonDetails {
  const { chats: _, ...person } = personOf(row);
  return { ...person, names: row.names, channels: row.channels };
}

function departmentOf({ id, name, names, head, parent }: DepartmentRow): Department {
  return { ...withoutNulls({ id, name, head, parent }), ...namesOf(names) };
}

const namesOf = (names: Person['names'] & object): Pick<Person, 'names'> =>
  Object.keys(names).length === 0 ? {} : { names };

function departmentDetails(row: DepartmentRow): DepartmentDetails {
  return withoutNulls({ ...departmentOf(row), acting: row.acting, successor: row.successor });
}
