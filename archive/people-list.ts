/** H4, H5: the directory as lists, by name. */
import { and, asc, or, sql, type SQL } from 'drizzle-orm';
import type { DepartmentId } from '../domain/meeting/state.js';
import { pageOf, readCursor, type Page } from './cursor.js';
import type { Db } from './driver.js';
import { fold } from './ids.js';
import { readPeople, type PersonRow } from './people.js';
import { departments, memberships, people } from './schema/index.js';

export interface PeopleFilter {
  /** Part of a name in any language, or of the address. */
  q?: string;
  department?: DepartmentId;
  cursor?: string;
  limit: number;
}

const likely = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** After the row that the page before ended with; a row that is gone ends the list where it was. */
const beyond = (table: typeof people | typeof departments, id: string): SQL =>
  sql`(${table.name}, ${table.id}) > (select x.name, x.id from ${table} x where x.id = ${id})`;

export async function listPeople(db: Db, { q, department, cursor, limit }: PeopleFilter): Promise<Page<PersonRow>> {
  const after = readCursor(cursor);
  const wanted = q === undefined ? undefined : likely(fold(q));
  const found = await db
    .select({ id: people.id })
    .from(people)
    .where(
      and(
        // H4: who was erased is in no list.
        sql`not exists (select 1 from record.erasures e where e.person = ${people.id})`,
        wanted === undefined
          ? undefined
          : or(
              sql`exists (select 1 from unnest(${people.nameKeys}) k where k like ${wanted})`,
              sql`${people.email} like ${wanted}`,
            ),
        department === undefined
          ? undefined
          : sql`exists (select 1 from ${memberships} m where m.person = ${people.id} and m.department = ${department})`,
        after === undefined ? undefined : beyond(people, after.id),
      ),
    )
    .orderBy(asc(people.name), asc(people.id))
    .limit(limit + 1);
  const rows = new Map((await readPeople(db, { ids: found.map((row) => row.id) })).map((row) => [row.id, row]));
  const inOrder = found.flatMap((row) => rows.get(row.id) ?? []);
  return pageOf(
    inOrder,
    limit,
    (row) => row,
    ({ id }) => ({ at: 0, id }),
  );
}

export async function listDepartments(
  db: Db,
  { q, cursor, limit }: Omit<PeopleFilter, 'department'>,
): Promise<Page<typeof departments.$inferSelect>> {
  const after = readCursor(cursor);
  const rows = await db
    .select()
    .from(departments)
    .where(
      and(
        q === undefined
          ? undefined
          : sql`(${departments.nameKey} like ${likely(fold(q))}
              or exists (select 1 from unnest(${departments.otherKeys}) k where k like ${likely(fold(q))}))`,
        after === undefined ? undefined : beyond(departments, after.id),
      ),
    )
    .orderBy(asc(departments.name), asc(departments.id))
    .limit(limit + 1);
  return pageOf(
    rows,
    limit,
    (row) => row,
    ({ id }) => ({ at: 0, id }),
  );
}
