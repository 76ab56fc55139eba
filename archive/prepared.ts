import type { Db } from './driver.js';

/** A statement that nearly every request asks: its text is made once. A transaction has a text of its own, the same. */
export function preparedOnce<T>(prepare: (db: Db) => T): (db: Db) => T {
  const made = new WeakMap<Db, { statement: T }>();
  return (db) => {
    const known = made.get(db) ?? { statement: prepare(db) };
    made.set(db, known);
    return known.statement;
  };
}
