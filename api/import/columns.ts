/** What an imported table may hold, column by column; headings in any of the three languages, or the field's own name. */
import { fold } from '../../archive/ids.js';
import { fault } from '../../domain/errors.js';
import type { Fault } from '../../domain/errors.js';
import { locales, translator } from '../../locales/index.js';
import { parse } from '../validate.js';
import { Problem } from '../errors.js';
import type { z } from 'zod';
import { rows } from '../schemas/imports.js';
import type { ImportKind } from '../schemas/imports.js';

export type Cells = Record<string, string>;

/** A row of the table that can be used, with its number in the file (the headings are 1). */
export interface ReadRow<T> {
  row: number;
  value: T;
}

export interface ReadTable<T> {
  good: ReadRow<T>[];
  faults: Fault[];
  /** Fields by the file's own headings. */
  headings: Map<string, string>;
}

/** At most so many faults are told; a table of one wrong column would have thousands. */
const mostFaults = 200;

export const fieldsOf = (kind: ImportKind): string[] => Object.keys(rows[kind].shape);

const keyOf = (heading: string): string => fold(heading).replace(/[\s*:：_-]/gu, '');

/** Every spelling of every heading → its field. */
function spellings(kind: ImportKind): Map<string, string> {
  const all = fieldsOf(kind).flatMap((field) => [
    [keyOf(field), field] as const,
    ...locales.map((l) => [keyOf(translator(l)(`imports.${kind}.${field}`)), field] as const),
  ]);
  return new Map(all);
}

export function isHeading(kind: ImportKind): (text: string) => boolean {
  const known = spellings(kind);
  return (text) => known.has(keyOf(text));
}

/** Every fault by row and column; a row with a fault is left out of `good`. */
export function readRows<K extends ImportKind>(kind: K, table: string[][]): ReadTable<z.output<(typeof rows)[K]>> {
  const [head = [], ...body] = table;
  const known = spellings(kind);
  const fields = head.map((text) => known.get(keyOf(text)));
  const headings = new Map(
    fields.flatMap((field, i) => (field === undefined ? [] : [[field, head[i] ?? ''] as const])),
  );
  const faults = headFaults(kind, head, fields);
  if (faults.length > 0) return { good: [], faults, headings };
  const good: ReadRow<z.output<(typeof rows)[K]>>[] = [];
  body.forEach((cells, i) => {
    if (cells.length === 0) return;
    const row = i + 2;
    const given = Object.fromEntries(
      fields.flatMap((field, j) => (field !== undefined && cells[j] ? [[field, cells[j]]] : [])),
    );
    try {
      good.push({ row, value: parse(rows[kind], given) as z.output<(typeof rows)[K]> });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      faults.push(...error.faults.map((f) => at(f, row, f.path, headings)));
    }
  });
  return { good, faults: faults.slice(0, mostFaults), headings };
}

function headFaults(kind: ImportKind, head: string[], fields: (string | undefined)[]): Fault[] {
  if (fields.every((field) => field === undefined))
    return [fault('import.noHeadings', '', { columns: fieldsOf(kind) })];
  return head.flatMap((text, i) => {
    if (text === '') return [];
    const column = text.slice(0, 60);
    const field = fields[i];
    if (field === undefined) return [fault('import.unknownColumn', `column[${i + 1}]`, { column })];
    return fields.indexOf(field) === i ? [] : [fault('import.columnTwice', `column[${i + 1}]`, { column })];
  });
}

/** The same fault, where it is in the file. */
export function at(found: Fault, row: number, field: string, headings: Map<string, string>): Fault {
  const name = field.split(/[.[]/)[0] ?? '';
  const column = (headings.get(name) ?? name).slice(0, 60);
  return {
    ...found,
    path: name === '' ? `row[${row}]` : `row[${row}].${name}`,
    params: { ...found.params, row, column },
  };
}
