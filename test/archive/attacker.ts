import { sql } from 'drizzle-orm';
import type { Archive } from '../../archive/open.js';
import { rowsOf } from './support.js';

/** One row as SQL shows it, hidden columns included. */
export interface DumpedRow {
  table: string;
  ctid: string;
  xmin: string;
  row: Record<string, unknown>;
}

/** One row version as it stands in the table's file, dead ones included. */
export interface RawTuple {
  table: string;
  xmin: number;
  /** Position in the file. */
  place: number;
  bytes: Buffer;
}

/** Everything that is in the database: each row of each table, and each table's file. */
export interface Dump {
  rows: DumpedRow[];
  tuples: RawTuple[];
  files: { table: string; bytes: Buffer }[];
}

export async function dump(archive: Archive, schemas = ['record', 'view']): Promise<Dump> {
  const query = (text: string) => rowsOf(archive, sql.raw(text));
  await query('checkpoint');
  const tables = await query(`select n.nspname || '.' || c.relname as name, c.oid::text as oid,
      pg_relation_filepath(c.oid) as path, t.relname as toast, pg_relation_filepath(t.oid) as toast_path
    from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_class t on t.oid = c.reltoastrelid
    where c.relkind = 'r' and n.nspname in (${schemas.map((s) => `'${s}'`).join(', ')}) order by 1`);
  const result: Dump = { rows: [], tuples: [], files: [] };
  for (const { name, path, toast_path } of tables) {
    const table = String(name);
    const rows = await query(`select t.ctid::text as ctid, t.xmin::text as xmin, to_jsonb(t) as row from ${table} t`);
    result.rows.push(...rows.map((row) => ({ ...(row as unknown as DumpedRow), table })));
    for (const file of [path, toast_path]) {
      if (typeof file !== 'string') continue;
      const [read] = await query(`select encode(pg_read_binary_file('${file}'), 'hex') as hex`);
      const bytes = Buffer.from(String(read!['hex']), 'hex');
      result.files.push({ table, bytes });
      result.tuples.push(...tuplesOf(table, bytes));
    }
  }
  return result;
}

const pageSize = 8192;
const pageHeader = 24;

/** PostgreSQL's heap pages: after the header an array of line pointers {offset:15, flags:2, length:15}. */
function tuplesOf(table: string, file: Buffer): RawTuple[] {
  const tuples: RawTuple[] = [];
  for (let start = 0; start + pageSize <= file.length; start += pageSize) {
    const page = file.subarray(start, start + pageSize);
    const lower = page.readUInt16LE(12);
    for (let at = pageHeader; at + 4 <= lower; at += 4) {
      const pointer = page.readUInt32LE(at);
      const [offset, length] = [pointer & 0x7fff, pointer >>> 17];
      if (length === 0) continue;
      const bytes = page.subarray(offset, offset + length);
      tuples.push({ table, xmin: bytes.readUInt32LE(0), place: start + at, bytes });
    }
  }
  return tuples;
}
