/** Y1: the norms as a row of changes, each with the moment from which it holds; what holds when follows from them. */
import type { Instant, LocalDate } from './calendar/index.js';
import { fault } from './errors.js';
import type { Fault } from './errors.js';
import { defaultNorms } from './norms.js';
import type { Norms } from './norms.js';
import { orderFaults, valueFaults } from './norms-check.js';
import type { NormChanges } from './norms-check.js';

export interface NormChange {
  /** From 2 on; 1 is the standard's own values. */
  version: number;
  effectiveFrom: LocalDate;
  /** That day's beginning in the organisation's zone; of a change that holds from today on, the moment it was made. */
  effectiveAt: Instant;
  changes: NormChanges;
  /** What somebody wrote; empty where it came from a proposal. */
  reason: string;
  /** Which proposal it came from, with its figures; told in the reader's language. */
  because?: { code: string; params: Record<string, number> };
  person?: string;
  key?: string;
  at: Instant;
  /** Proposals that it came from. */
  proposals: string[];
  withdrawnAt?: Instant;
  withdrawnBy?: string;
}

type Layer = Pick<NormChange, 'version' | 'effectiveAt' | 'changes' | 'withdrawnAt'>;

/** In the order in which they come into force; what was withdrawn never does. */
const layers = <T extends Layer>(history: T[]): T[] =>
  history
    .filter((c) => c.withdrawnAt === undefined)
    .sort((a, b) => a.effectiveAt - b.effectiveAt || a.version - b.version);

/** One change laid over norms; null puts the standard's own value back. */
export function withChanges(norms: Norms, changes: NormChanges, version: number): Norms {
  const next: Record<string, unknown> = { ...norms, version };
  for (const [name, value] of Object.entries(changes)) {
    if (value !== null) next[name] = value;
    else if (name === 'pmo') delete next[name];
    else next[name] = defaultNorms[name as keyof Norms];
  }
  return next as unknown as Norms;
}

/** The norms in force at a moment. Their version is the change that came into force last. */
export function normsAt(history: Layer[], at: Instant): Norms {
  return layers(history)
    .filter((c) => c.effectiveAt <= at)
    .reduce((norms, c) => withChanges(norms, c.changes, c.version), defaultNorms);
}

/** What is not in force yet, the next first. */
export const coming = (history: NormChange[], now: Instant): NormChange[] =>
  layers(history).filter((c) => c.effectiveAt > now);

/** What a change made of what would hold without it, name by name; an unset PMO is null. */
export function difference(history: Layer[], change: Layer): { name: string; before: unknown; after: unknown }[] {
  const others = history.filter((c) => c.version !== change.version);
  const earlier = others.filter((c) => c.effectiveAt < change.effectiveAt || c.version < change.version);
  const before = normsAt(earlier, change.effectiveAt);
  const after = withChanges(before, change.changes, change.version);
  const value = (norms: Norms, name: string): unknown => norms[name as keyof Norms] ?? null;
  return Object.keys(change.changes).map((name) => ({ name, before: value(before, name), after: value(after, name) }));
}

/** Whether the norms are other ones from its moment on. */
export const changesAnything = (history: Layer[], change: Layer): boolean =>
  difference(history, change).some(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));

/** Everything that is wrong with a change: its values, and what would not go together once it holds, then or later. */
export function changeFaults(history: Layer[], change: Layer): Fault[] {
  const faults = valueFaults(change.changes);
  return faults.length > 0 ? faults : laterFaults([...history, change], change.effectiveAt, change.changes);
}

/** What would not go together without a change that is to come. */
export function withdrawalFaults(history: Layer[], version: number): Fault[] {
  const gone = history.find((c) => c.version === version);
  const left = history.filter((c) => c.version !== version);
  return gone === undefined ? [] : laterFaults(left, gone.effectiveAt, gone.changes);
}

/** Each pair that does not go together, once, at any moment from `from` on. */
function laterFaults(history: Layer[], from: Instant, changes: NormChanges): Fault[] {
  const moments = [from, ...layers(history).flatMap((c) => (c.effectiveAt > from ? c.effectiveAt : []))];
  const found = moments.flatMap((at) => orderFaults(normsAt(history, at), changes));
  return found.filter(
    (f, i) =>
      found.findIndex((g) => g.params['norm'] === f.params['norm'] && g.params['than'] === f.params['than']) === i,
  );
}

/** From when on: today, or a day to come, at most two years ahead. */
export function effectiveFaults(effectiveFrom: LocalDate, today: LocalDate, latest: LocalDate): Fault[] {
  if (effectiveFrom < today) return [fault('Y1.past', 'effectiveFrom', { today })];
  return effectiveFrom > latest ? [fault('Y1.tooFar', 'effectiveFrom', { latest })] : [];
}
