import type { Instant } from '../calendar/index.js';
import type { Change, Effect, MailEffect, MailKind } from './effects.js';
import type { MeetingState, PersonId, Timer, TimerKind } from './state.js';

/** A change with nothing for the caller. */
export function changed(state: MeetingState, effects?: Effect[]): Change;
/** A change that tells the caller `result`. */
export function changed<R>(state: MeetingState, effects: Effect[], result: R): Change<R>;
export function changed<R>(state: MeetingState, effects: Effect[] = [], result?: R): Change<R | undefined> {
  return { state, effects, result };
}

/** Runs the next rule on the state a change left, collecting effects; the first result stays. */
export function then<R>(first: Change<R>, next: (state: MeetingState) => Change<unknown>): Change<R> {
  const second = next(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects], result: first.result };
}

/** The next id of a letter inside the meeting, `<meetingId>-<letter><n>`, with the state that has counted it. */
export function nextId(state: MeetingState, letter: string): { id: string; state: MeetingState } {
  const n = (state.counters[letter] ?? 0) + 1;
  return { id: `${state.id}-${letter}${n}`, state: { ...state, counters: { ...state.counters, [letter]: n } } };
}

/** A timer's key: one timer of a kind per thing it is about. */
export function timerKey(kind: TimerKind, ref?: string): string {
  return ref === undefined ? kind : `${kind}:${ref}`;
}

/**
 * Arms a timer, replacing the one of the same kind and ref. A rung already past is skipped (standard.md, working days),
 * unless `evenIfPast`, for deadlines that must act at once rather than never.
 */
export function arm(
  state: MeetingState,
  now: Instant,
  timer: { kind: TimerKind; at: Instant; ref?: string },
  evenIfPast = false,
): MeetingState {
  const key = timerKey(timer.kind, timer.ref);
  const others = state.timers.filter((t) => t.key !== key);
  if (timer.at <= now && !evenIfPast) return { ...state, timers: others };
  const added: Timer = { key, kind: timer.kind, at: timer.at, ...(timer.ref === undefined ? {} : { ref: timer.ref }) };
  return { ...state, timers: [...others, added] };
}

/** Takes timers away: all of these kinds, or those of them about `ref`. */
export function disarm(state: MeetingState, kinds: TimerKind[], ref?: string): MeetingState {
  const timers = state.timers.filter((t) => !kinds.includes(t.kind) || (ref !== undefined && t.ref !== ref));
  return timers.length === state.timers.length ? state : { ...state, timers };
}

/** A mail to some people, each once; nobody → no effect. */
export function mail(
  kind: MailKind,
  occasion: string,
  to: (PersonId | undefined)[],
  params: MailEffect['params'] = {},
  ref?: string,
): Effect[] {
  const people = [...new Set(to.filter((p): p is PersonId => p !== undefined))];
  if (people.length === 0) return [];
  return [{ type: 'mail', mail: kind, occasion, to: people, params, ...(ref === undefined ? {} : { ref }) }];
}

/** Replaces the element with this id. */
export function replace<T extends { id: string }>(list: T[], item: T): T[] {
  return list.map((x) => (x.id === item.id ? item : x));
}
