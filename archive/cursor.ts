import { refuse } from '../domain/errors.js';

/** Where a page ended: the sort key and the id of its last row. Opaque to callers. */
export interface Position {
  at: number;
  id: string;
}

export interface Page<T> {
  items: T[];
  /** Hand it back as `cursor` for the next page; absent on the last. */
  next?: string;
}

export function readCursor(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  const match = /^(-?\d{1,16}):(.+)$/s.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (match === null) refuse('BadInput', 'input.cursor', 'cursor');
  return { at: Number(match[1]), id: match[2]! };
}

/** `rows` has one row more than the page when there is a next one. */
export function pageOf<R, T>(rows: R[], limit: number, item: (row: R) => T, position: (row: R) => Position): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items: items.map(item) };
  const { at, id } = position(last);
  return { items: items.map(item), next: Buffer.from(`${at}:${id}`).toString('base64url') };
}
