/** People and departments from a table: what would be made and changed, and doing it, all or nothing, by the same plan. */
import { sql } from 'drizzle-orm';
import { fault, type Fault } from '../domain/errors.js';
import type { DepartmentId, Locale, PersonId } from '../domain/meeting/state.js';
import { ensureDepartments } from './departments.js';
import { departmentNames, nameKeysOf } from './directory.js';
import type { Db, Driver } from './driver.js';
import { fold, foldEmail, isDepartmentId, isPersonId, mintId } from './ids.js';
import { readPeople, type PersonRow } from './people.js';
import { departments, memberships, people } from './schema/index.js';

export interface ImportedPerson {
  name: string;
  email?: string;
  departments?: string[];
  locale?: Locale;
  timeZone?: string;
  names: Partial<Record<Locale, string>>;
  channels: Record<string, string>;
}

export interface ImportedDepartment {
  name: string;
  names: Partial<Record<Locale, string>>;
  /** A person's id, e-mail or name. */
  head?: string;
  parent?: string;
}

export interface Placed<T> {
  row: number;
  value: T;
}

export interface Imported {
  /** Names of what is new, and of what becomes another. */
  made: string[];
  changed: string[];
  unchanged: number;
  /** By row; with any of these nothing was written. */
  faults: { row: number; field: string; fault: Fault }[];
}

export interface Imports {
  /** A row with an address is that person; without one the only person of that name, or somebody new. Cells fill or replace. */
  people(rows: Placed<ImportedPerson>[], options: { dryRun: boolean }): Promise<Imported>;
  departments(rows: Placed<ImportedDepartment>[], options: { dryRun: boolean }): Promise<Imported>;
}

/** Ends the transaction of a dry run, or of one with faults, and brings the answer out. */
class Undone extends Error {
  constructor(readonly result: Imported) {
    super('undone');
  }
}

export function createImports({ db }: Driver): Imports {
  const either = async (dryRun: boolean, work: (tx: Db) => Promise<Imported>): Promise<Imported> => {
    try {
      return await db.transaction(async (tx) => {
        // One import at a time: two of the same table would make everybody twice.
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('import', 0))`);
        const result = await work(tx);
        if (dryRun || result.faults.length > 0) throw new Undone(result);
        return result;
      });
    } catch (error) {
      if (error instanceof Undone) return error.result;
      throw error;
    }
  };
  return {
    people: (rows, { dryRun }) => either(dryRun, (tx) => importPeople(tx, rows)),
    departments: (rows, { dryRun }) => either(dryRun, (tx) => importDepartments(tx, rows)),
  };
}

async function importPeople(tx: Db, rows: Placed<ImportedPerson>[]): Promise<Imported> {
  const known = await readPeople(tx, {
    emails: rows.flatMap(({ value }) => (value.email === undefined ? [] : [foldEmail(value.email)])),
    nameKeys: rows.flatMap(({ value }) => (value.email === undefined ? [fold(value.name)] : [])),
  });
  const result: Imported = { made: [], changed: [], unchanged: 0, faults: twicePeople(rows) };
  const belongs = await departmentsIn(tx, rows, result);
  const writes = rows.flatMap(({ row, value }) => {
    const found = matching(known, value);
    if (found.length > 1) {
      const candidates = found.slice(0, 5).map((p) => p.email ?? p.id);
      result.faults.push({ row, field: 'name', fault: fault('H4.ambiguous', '', { person: value.name, candidates }) });
      return [];
    }
    const write = personAfter(found[0], value);
    const member = (value.departments ?? []).flatMap((name) => belongs.get(fold(name)) ?? []);
    const added = member.filter((d) => found[0]?.departments.includes(d) !== true);
    if (found[0] === undefined) result.made.push(value.name);
    else if (added.length > 0 || !samePerson(found[0], write)) result.changed.push(value.name);
    else result.unchanged++;
    return [{ write, added }];
  });
  if (result.faults.length > 0) return result;
  await writePeople(
    tx,
    writes.map((w) => w.write),
  );
  const pairs = writes.flatMap(({ write, added }) => added.map((department) => ({ person: write.id, department })));
  for (let i = 0; i < pairs.length; i += 1_000)
    await tx
      .insert(memberships)
      .values(pairs.slice(i, i + 1_000))
      .onConflictDoNothing();
  return result;
}

type PersonWrite = Pick<PersonRow, 'id' | 'name' | 'email' | 'names' | 'nameKeys' | 'locale' | 'timeZone' | 'channels'>;

const matching = (known: PersonRow[], { email, name }: ImportedPerson): PersonRow[] =>
  email === undefined
    ? known.filter((p) => p.nameKeys.includes(fold(name)))
    : known.filter((p) => p.email === foldEmail(email));

/** Cells that are there fill or replace; what the table does not say stays. */
function personAfter(before: PersonRow | undefined, value: ImportedPerson): PersonWrite {
  const names = { ...before?.names, ...value.names };
  return {
    id: before?.id ?? mintId('p'),
    name: value.name,
    email: value.email === undefined ? (before?.email ?? null) : foldEmail(value.email),
    names,
    nameKeys: nameKeysOf(value.name, names),
    locale: value.locale ?? before?.locale ?? null,
    timeZone: value.timeZone ?? before?.timeZone ?? null,
    channels: { ...before?.channels, ...value.channels },
  };
}

const shown = (p: PersonWrite): string =>
  JSON.stringify([p.name, p.email, sorted(p.names), p.locale, p.timeZone, sorted(p.channels)]);
const sorted = (record: object): [string, unknown][] => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
const samePerson = (a: PersonWrite, b: PersonWrite): boolean => shown(a) === shown(b);

async function writePeople(tx: Db, writes: PersonWrite[]): Promise<void> {
  for (let i = 0; i < writes.length; i += 500) {
    await tx
      .insert(people)
      .values(writes.slice(i, i + 500))
      .onConflictDoUpdate({
        target: people.id,
        set: {
          name: sql`excluded.name`,
          email: sql`excluded.email`,
          names: sql`excluded.names`,
          nameKeys: sql`excluded.name_keys`,
          locale: sql`excluded.locale`,
          timeZone: sql`excluded.time_zone`,
          channels: sql`excluded.channels`,
        },
      });
  }
}

function twicePeople(rows: Placed<ImportedPerson>[]): Imported['faults'] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ row, value }) => {
    const field = value.email === undefined ? 'name' : 'email';
    const key = value.email === undefined ? `name ${fold(value.name)}` : foldEmail(value.email);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, row);
    return first === undefined ? [] : [{ row, field, fault: fault('import.twice', '', { first }) }];
  });
}

/** Made on first mention; an id that nobody has is a fault of its row. */
async function departmentsIn(
  tx: Db,
  rows: Placed<ImportedPerson>[],
  result: Imported,
): Promise<Map<string, DepartmentId>> {
  const named = rows.flatMap(({ row, value }) => (value.departments ?? []).map((ref) => ({ row, ref })));
  const ids = new Set((await tx.select({ id: departments.id }).from(departments)).map((d) => d.id));
  const unknown = named.filter(({ ref }) => isDepartmentId(ref) && !ids.has(ref));
  for (const { row, ref } of unknown)
    result.faults.push({ row, field: 'departments', fault: fault('H5.unknown', '', { department: ref }) });
  const refs = [...new Map(named.filter((n) => !unknown.includes(n)).map(({ ref }) => [fold(ref), { ref }])).values()];
  const found = refs.length === 0 ? [] : await ensureDepartments(tx, refs);
  return new Map(refs.map(({ ref }, i) => [fold(ref), found[i]!.id]));
}

async function importDepartments(tx: Db, rows: Placed<ImportedDepartment>[]): Promise<Imported> {
  const result: Imported = { made: [], changed: [], unchanged: 0, faults: twiceDepartments(rows) };
  const heads = await headsIn(tx, rows, result);
  const names = rows.flatMap(({ value }) => [value.name, ...(value.parent === undefined ? [] : [value.parent])]);
  const before = new Map((await tx.select().from(departments)).map((d) => [d.nameKey, d]));
  const byIdOrName = (ref: string) =>
    before.get(fold(ref)) ?? [...before.values()].find((d) => d.id === ref || d.otherKeys.includes(fold(ref)));
  for (const { row, value } of rows)
    for (const field of ['name', 'parent'] as const) {
      const ref = value[field];
      if (ref !== undefined && isDepartmentId(ref) && byIdOrName(ref) === undefined)
        result.faults.push({ row, field, fault: fault('H5.unknown', '', { department: ref }) });
    }
  if (result.faults.length > 0) return result;
  const made = names.filter((name) => byIdOrName(name) === undefined);
  result.made.push(...new Map(made.map((name) => [fold(name), name.trim()])).values());
  const found =
    names.length === 0
      ? []
      : await ensureDepartments(
          tx,
          names.map((ref) => ({ ref })),
        );
  const idOf = new Map(names.map((name, i) => [fold(name), found[i]!.id]));
  const parents = new Map([...before.values()].map((d) => [d.id, d.parent]));
  for (const { value } of rows)
    if (value.parent !== undefined) parents.set(idOf.get(fold(value.name))!, idOf.get(fold(value.parent))!);
  for (const { row, value } of rows) {
    const id = idOf.get(fold(value.name))!;
    if (circles(parents, id))
      result.faults.push({ row, field: 'parent', fault: fault('H5.circle', '', { department: value.name }) });
    const old = byIdOrName(value.name);
    const head = value.head === undefined ? undefined : heads.get(row);
    const parent = value.parent === undefined ? undefined : idOf.get(fold(value.parent));
    const names = { ...old?.names, ...value.names };
    const calls = JSON.stringify(sorted(names)) !== JSON.stringify(sorted(old?.names ?? {}));
    const differs = calls || (head ?? old?.head) !== old?.head || (parent ?? old?.parent) !== old?.parent;
    if (old !== undefined && differs) result.changed.push(old.name);
    else if (old !== undefined) result.unchanged++;
    if (head === undefined && parent === undefined && !calls) continue;
    await tx
      .update(departments)
      .set({ head, parent, ...(calls ? departmentNames(old?.name ?? value.name.trim(), names) : {}) })
      .where(sql`${departments.id} = ${id}`);
  }
  return result;
}

/** A department above itself, by however many steps. */
function circles(parents: Map<DepartmentId, DepartmentId | null>, id: DepartmentId): boolean {
  const seen = new Set([id]);
  for (let up = parents.get(id); up; up = parents.get(up)) {
    if (up === id) return true;
    if (seen.has(up)) return false;
    seen.add(up);
  }
  return false;
}

function twiceDepartments(rows: Placed<ImportedDepartment>[]): Imported['faults'] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ row, value }) => {
    const first = seen.get(fold(value.name));
    if (first === undefined) seen.set(fold(value.name), row);
    return first === undefined ? [] : [{ row, field: 'name', fault: fault('import.twice', '', { first }) }];
  });
}

/** Heads are people whom the directory knows: a department is no reason to make somebody. By row. */
async function headsIn(tx: Db, rows: Placed<ImportedDepartment>[], result: Imported): Promise<Map<number, PersonId>> {
  const refs = rows.flatMap(({ row, value }) => (value.head === undefined ? [] : [{ row, ref: value.head }]));
  const known = await readPeople(tx, {
    ids: refs.map((r) => r.ref).filter(isPersonId),
    emails: refs
      .map((r) => r.ref)
      .filter((ref) => ref.includes('@'))
      .map(foldEmail),
    nameKeys: refs.map((r) => fold(r.ref)),
  });
  const found = new Map<number, PersonId>();
  for (const { row, ref } of refs) {
    const is = (p: PersonRow): boolean =>
      p.id === ref || (ref.includes('@') ? p.email === foldEmail(ref) : p.nameKeys.includes(fold(ref)));
    const some = known.filter(is);
    if (some.length === 1) found.set(row, some[0]!.id);
    else if (some.length === 0)
      result.faults.push({ row, field: 'head', fault: fault('H4.unknown', '', { person: ref }) });
    else {
      const candidates = some.slice(0, 5).map((p) => p.email ?? p.id);
      result.faults.push({ row, field: 'head', fault: fault('H4.ambiguous', '', { person: ref, candidates }) });
    }
  }
  return found;
}
