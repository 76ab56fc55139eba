import type { Instant } from '../domain/calendar/index.js';
import type { KnowledgeKind } from '../domain/knowledge/retention.js';
import type { DepartmentId } from '../domain/meeting/state.js';
import type { Caller } from './view-read.js';

export interface Filter {
  kind?: KnowledgeKind[] | undefined;
  department?: DepartmentId | undefined;
  series?: string | undefined;
  /** `from` ≤ at < `to`. */
  from?: Instant | undefined;
  to?: Instant | undefined;
  /** Undefined: an administrator. */
  visibleTo?: Caller | undefined;
}

/** Values of one statement; without a name, so that the server plans it for what is asked. */
export class Values {
  readonly list: unknown[] = [];
  add(value: unknown): string {
    return `$${this.list.push(value)}`;
  }
}
export const unnamed = (text: string) => ({ name: '', text });

/** H7, H10; who comes from outside never gets here. */
export function visible(values: Values, caller: Caller | undefined): string {
  if (caller === undefined) return 'true';
  const mine = `k.readers && ${values.add(caller.people)}::text[]`;
  if (caller.all === undefined) return `(k.readers is null or ${mine})`;
  return `(not k.secret or ${mine} or k.made_by_key = ${values.add(caller.all.key ?? ' ')})`;
}

export function conditions(values: Values, filter: Filter): string {
  const { kind, department, series, from, to, visibleTo } = filter;
  const parts = ["k.state = 'open' and not k.withdrawn", visible(values, visibleTo)];
  if (kind !== undefined) parts.push(`k.kind = any (${values.add(kind)}::text[])`);
  if (department !== undefined) parts.push(`k.department = ${values.add(department)}`);
  if (series !== undefined) parts.push(`k.series_id = ${values.add(series)}`);
  if (from !== undefined) parts.push(`k.at >= ${values.add(from)}`);
  if (to !== undefined) parts.push(`k.at < ${values.add(to)}`);
  return parts.join(' and ');
}
