import { asc, or, sql } from 'drizzle-orm';
import { fault, Refusal } from '../domain/errors.js';
import type { DepartmentId } from '../domain/meeting/state.js';
import type { Db } from './driver.js';
import { fold, isDepartmentId, mintId } from './ids.js';
import { preparedOnce } from './prepared.js';
import { departments } from './schema/index.js';

/** A department as a request names it: id or name. */
export interface DepartmentRef {
  ref: string;
  /** Where in the request; comes back in the faults. */
  path?: string;
}

type DepartmentRow = typeof departments.$inferSelect;

/** In the order of the references; a name that is new makes a department. */
export async function ensureDepartments(db: Db, refs: DepartmentRef[]): Promise<DepartmentRow[]> {
  let rows = await readRefs(db, refs);
  const missing = new Map<string, string>();
  for (const { ref } of refs) {
    if (!isDepartmentId(ref) && fold(ref) !== '' && match(rows, ref) === undefined) missing.set(fold(ref), ref.trim());
  }
  if (missing.size > 0) {
    const values = [...missing.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([nameKey, name]) => ({ id: mintId('d'), name, nameKey }));
    await db.insert(departments).values(values).onConflictDoNothing({ target: departments.nameKey });
    rows = await readRefs(db, refs);
  }
  return allOf(rows, refs);
}

export async function findDepartments(db: Db, refs: DepartmentRef[]): Promise<DepartmentRow[]> {
  return allOf(await readRefs(db, refs), refs);
}

async function readRefs(db: Db, refs: DepartmentRef[]): Promise<DepartmentRow[]> {
  if (refs.length === 0) return [];
  return readDepartments(
    db,
    refs.map(({ ref }) => ref).filter(isDepartmentId),
    refs.map(({ ref }) => fold(ref)),
  );
}

/** By id, or by what they are called in some language. */
export async function readDepartments(db: Db, ids: DepartmentId[], keys: string[] = []): Promise<DepartmentRow[]> {
  return byAnyName(db).execute({ ids, keys });
}

const byAnyName = preparedOnce(prepare);

function prepare(db: Db) {
  return db
    .select()
    .from(departments)
    .where(
      or(
        sql`${departments.id} = any(${sql.placeholder('ids')}::text[])`,
        sql`${departments.nameKey} = any(${sql.placeholder('keys')}::text[])`,
        sql`${departments.otherKeys} && ${sql.placeholder('keys')}::text[]`,
      ),
    )
    .orderBy(asc(departments.id))
    .prepare('departments_by_any_name');
}

/** H5: called one of these in some language. */
export const named = (...keys: string[]) => sql`${departments.otherKeys} && ${sql.param(keys, departments.otherKeys)}`;

/** Its own name counts before what others are called elsewhere. */
function match(rows: DepartmentRow[], ref: string): DepartmentRow | undefined {
  const key = fold(ref);
  return (
    rows.find((row) => row.id === ref) ??
    rows.find((row) => row.nameKey === key) ??
    rows.find((row) => row.otherKeys.includes(key))
  );
}

/** Every fault at once. */
function allOf(rows: DepartmentRow[], refs: DepartmentRef[]): DepartmentRow[] {
  const found = refs.map(({ ref }) => match(rows, ref));
  const faults = refs
    .filter((_, i) => found[i] === undefined)
    .map(({ ref, path = '' }) => fault('H5.unknown', path, { department: ref }));
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  return found.filter((row) => row !== undefined);
}
