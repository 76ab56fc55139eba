import { asc, or, sql } from 'drizzle-orm';
import { fault, Refusal, type Fault } from '../domain/errors.js';
import type { DepartmentId, PersonId } from '../domain/meeting/state.js';
import type { Db } from './driver.js';
import { fold, foldEmail, isPersonId, mintId } from './ids.js';
import { preparedOnce } from './prepared.js';
import { memberships, people } from './schema/index.js';

/** Somebody as a request names them: an id alone, or an e-mail with perhaps a name, or a name alone. */
export interface PersonMention {
  id?: PersonId;
  email?: string;
  name?: string;
  departments?: DepartmentId[];
  /** Where in the request; comes back in the faults. */
  path?: string;
}

/** A reference to somebody who must exist: id, e-mail or name. */
export interface PersonRef {
  ref: string;
  path?: string;
}

export type PersonRow = Awaited<ReturnType<typeof readPeople>>[number];

/** All people that any of these names; one round trip. */
export async function readPeople(db: Db, by: { ids?: string[]; emails?: string[]; nameKeys?: string[] }) {
  const { ids = [], emails = [], nameKeys = [] } = by;
  return byAnyName(db).execute({ ids, emails, nameKeys });
}

const byAnyName = preparedOnce(prepare);

function prepare(db: Db) {
  return db
    .select({
      id: people.id,
      name: people.name,
      email: people.email,
      names: people.names,
      nameKeys: people.nameKeys,
      locale: people.locale,
      timeZone: people.timeZone,
      channels: people.channels,
      digestOnly: people.digestOnly,
      active: sql<boolean>`${people}.active`,
      departments: sql<string[]>`array(select m.department from record.memberships m
        where m.person = ${people}.id order by m.recorded_at, m.department)`,
    })
    .from(people)
    .where(
      or(
        sql`${people.id} = any(${sql.placeholder('ids')}::text[])`,
        sql`${people.email} = any(${sql.placeholder('emails')}::text[])`,
        sql`${people.nameKeys} && ${sql.placeholder('nameKeys')}::text[]`,
      ),
    )
    .orderBy(asc(people.id))
    .prepare('people_by_any_name');
}

interface Wanted {
  mention: PersonMention;
  id?: string;
  email?: string;
  nameKey: string;
}

const wantedOf = (mention: PersonMention): Wanted => {
  const name = mention.name ?? '';
  if (mention.id !== undefined) return { mention, id: mention.id, nameKey: fold(name) };
  if (mention.email !== undefined && mention.email.trim() !== '')
    return { mention, email: foldEmail(mention.email), nameKey: fold(name) };
  return { mention, nameKey: fold(name) };
};

export async function ensurePeople(db: Db, mentions: PersonMention[]): Promise<PersonRow[]> {
  const wanted = mentions.map(wantedOf);
  let rows = await readWanted(db, wanted);
  throwFaults(wanted.flatMap((w) => faultsOf(w, matches(rows, w), false)));
  const inserted = await insertMissing(db, wanted, rows);
  const filled = await fillNames(db, wanted, rows);
  if (inserted || filled) {
    rows = await readWanted(db, wanted);
    // A name alone may have become ambiguous while we looked.
    throwFaults(wanted.flatMap((w) => faultsOf(w, matches(rows, w), true)));
  }
  if (await addMemberships(db, wanted, rows)) rows = await readWanted(db, wanted);
  return wanted.map((w) => matches(rows, w)[0]!);
}

export async function findPeople(db: Db, refs: PersonRef[]): Promise<PersonRow[]> {
  const wanted = refs.map(({ ref, path }): Wanted => {
    if (isPersonId(ref)) return wantedOf({ id: ref, path });
    return wantedOf(ref.includes('@') ? { email: ref, path } : { name: ref, path });
  });
  const rows = await readWanted(db, wanted);
  throwFaults(wanted.flatMap((w) => faultsOf(w, matches(rows, w), true)));
  return wanted.map((w) => matches(rows, w)[0]!);
}

async function readWanted(db: Db, wanted: Wanted[]): Promise<PersonRow[]> {
  if (wanted.length === 0) return [];
  return readPeople(db, {
    ids: wanted.flatMap((w) => w.id ?? []),
    emails: wanted.flatMap((w) => w.email ?? []),
    nameKeys: wanted.flatMap((w) => (isByName(w) ? w.nameKey : [])),
  });
}

const isByName = (w: Wanted): boolean => w.id === undefined && w.email === undefined;

function matches(rows: PersonRow[], w: Wanted): PersonRow[] {
  if (w.id !== undefined) return rows.filter((row) => row.id === w.id);
  if (w.email !== undefined) return rows.filter((row) => row.email === w.email);
  return rows.filter((row) => row.nameKeys.includes(w.nameKey));
}

function faultsOf(w: Wanted, found: PersonRow[], mustExist: boolean): Fault[] {
  const { path = '' } = w.mention;
  const person = w.id ?? w.email ?? w.mention.name ?? '';
  if (found.length === 1) return [];
  if (found.length === 0) {
    const makeable = w.id === undefined && (w.email !== undefined || w.nameKey !== '');
    return makeable && !mustExist ? [] : [fault('H4.unknown', path, { person })];
  }
  const candidates = found.map((row) =>
    row.email === null ? `${row.name} (${row.id})` : `${row.name} <${row.email}>`,
  );
  return [fault('H4.ambiguous', path, { person, candidates })];
}

function throwFaults(faults: Fault[]): void {
  if (faults.length > 0) throw new Refusal('BadInput', faults);
}

/** In a fixed order, so that two processes that make the same people never wait for each other in a ring. */
async function insertMissing(db: Db, wanted: Wanted[], rows: PersonRow[]): Promise<boolean> {
  const missing = new Map<string, Wanted>();
  for (const w of wanted) {
    if (matches(rows, w).length > 0) continue;
    const key = w.email ?? `name ${w.nameKey}`;
    const earlier = missing.get(key);
    if (earlier === undefined || earlier.nameKey === '') missing.set(key, w);
  }
  if (missing.size === 0) return false;
  const values = [...missing.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { mention, email, nameKey }]) => ({
      id: mintId('p'),
      name: mention.name?.trim() ?? '',
      email,
      nameKeys: nameKey === '' ? [] : [nameKey],
    }));
  await db.insert(people).values(values).onConflictDoNothing();
  return true;
}

/** A name given later fills an empty one (design §6), and only an empty one. */
async function fillNames(db: Db, wanted: Wanted[], rows: PersonRow[]): Promise<boolean> {
  const names = new Map<string, { id: string; name: string; key: string }>();
  for (const w of wanted) {
    const row = matches(rows, w)[0];
    if (row?.name !== '' || w.nameKey === '' || names.has(row.id)) continue;
    names.set(row.id, { id: row.id, name: w.mention.name?.trim() ?? '', key: w.nameKey });
  }
  if (names.size === 0) return false;
  const given = JSON.stringify([...names.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
  await db.execute(sql`update record.people p set name = v.name, name_keys = array_append(p.name_keys, v.key)
    from jsonb_to_recordset(${given}::jsonb) as v(id text, name text, key text) where p.id = v.id and p.name = ''`);
  return true;
}

async function addMemberships(db: Db, wanted: Wanted[], rows: PersonRow[]): Promise<boolean> {
  const added = new Map<string, { person: string; department: string }>();
  for (const w of wanted) {
    const row = matches(rows, w)[0]!;
    for (const department of w.mention.departments ?? []) {
      if (!row.departments.includes(department)) added.set(`${row.id} ${department}`, { person: row.id, department });
    }
  }
  if (added.size === 0) return false;
  const values = [...added.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  await db.insert(memberships).values(values).onConflictDoNothing();
  return true;
}
