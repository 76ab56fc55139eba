/** Y1: whether norms are what they can be, one by one and beside each other. */
import { isLocalTime } from './calendar/index.js';
import { fault } from './errors.js';
import type { Fault } from './errors.js';
import type { Norms } from './norms.js';
import { normOrder, normTable } from './norms-table.js';
import type { NormName } from './norms-table.js';

/** What may stand in a change: a value, or null for the standard's own. */
export type NormValue = number | string | null;
export type NormChanges = Partial<Record<NormName, NormValue>> & { pmo?: Norms['pmo'] | null };

const has = (name: string): name is NormName => Object.hasOwn(normTable, name);

/** Of each value in a change: known, of its unit, in its bounds. Everything that is wrong, in the order given. */
export function valueFaults(changes: Record<string, unknown>): Fault[] {
  return Object.entries(changes).flatMap(([name, value]) => {
    if (name === 'pmo') return [];
    const path = `changes.${name}`;
    if (!has(name)) return [fault('Y1.unknown', path, { name })];
    return value === null ? [] : faultsOf(name, value, path);
  });
}

function faultsOf(name: NormName, value: unknown, path: string): Fault[] {
  const { unit, min, max } = normTable[name];
  if (unit === 'time') {
    if (typeof value !== 'string' || !isLocalTime(value)) return [fault('Y1.time', path, { norm: name })];
    return value < min || value > max ? [fault('Y1.bounds', path, { norm: name, min, max })] : [];
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return [fault('Y1.number', path, { norm: name })];
  if (value < min || value > max) return [fault('Y1.bounds', path, { norm: name, min, max })];
  const step = unit === 'score' ? 10 : 1;
  return Number.isInteger(Math.round(value * step * 1e6) / 1e6) ? [] : [fault('Y1.whole', path, { norm: name })];
}

/** Clock times compare as minutes of the day. */
function amount(norms: Norms, name: NormName): number {
  const value = norms[name];
  return typeof value === 'number' ? value : Number(value.slice(0, 2)) * 60 + Number(value.slice(3, 5));
}

/** What of the norms as a whole does not go together; told at what was changed, if it was one of the two. */
export function orderFaults(norms: Norms, changes: NormChanges = {}): Fault[] {
  return normOrder.flatMap(({ less, more, factor = 1, slack = 0 }) => {
    if (amount(norms, less) <= amount(norms, more) * factor + slack) return [];
    const at = Object.hasOwn(changes, less) || !Object.hasOwn(changes, more) ? less : more;
    const values = { value: norms[less], other: norms[more] };
    return [fault('Y1.order', `changes.${at}`, { norm: less, than: more, ...values })];
  });
}
