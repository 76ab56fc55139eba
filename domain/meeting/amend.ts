/**
 * M3: what the record itself says can be mended until the minutes are confirmed: key points, who was there (the paper sign-in
 * sheet of E3), actions. What was mended after the close is told with the difference.
 */
import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { may, permissions } from './authorize.js';
import { changed } from './change.js';
import type { Actor, CommandInput, CommandResult } from './commands.js';
import { unconfirmed } from './corrections.js';
import type { Change } from './effects.js';
import { normsOf } from './floor.js';
import type { Amendment, By, KeyPoint, MeetingState } from './state.js';

const minute = 60_000;

/** What is confirmed stands; before the close there is nothing to confirm. */
export function refuseConfirmed(state: MeetingState): void {
  if (state.minutes) unconfirmed(state);
}

type Amended<A = Amendment> = A extends Amendment ? Omit<A, 'version' | 'at' | 'by' | 'reason'> : never;

/** Remembers it for the difference; the first one after a sending makes a version of its own, the others join it. */
export function amended(state: MeetingState, what: Amended, now: Instant, by: By, reason?: string): MeetingState {
  const { minutes } = state;
  if (!minutes) return state;
  const why = reason === undefined ? {} : { reason };
  const kept = minutes.hash === undefined ? {} : { hash: minutes.hash };
  const sent = minutes.sentVersion === minutes.version;
  const version = sent ? minutes.version + 1 : minutes.version;
  const made = { version, kind: 'edit' as const, at: now, by, ...kept, ...why };
  const versions = sent ? [...minutes.versions, made] : minutes.versions;
  const amendment: Amendment = { ...what, version, at: now, by, ...why };
  return {
    ...state,
    minutes: { ...minutes, version, versions, amendments: [...(minutes.amendments ?? []), amendment] },
  };
}

function pointOf(state: MeetingState, id: string): KeyPoint {
  return state.keyPoints.find((k) => k.id === id) ?? refuse('NotFound', 'E5.noSuchPoint', 'id', { id });
}

/** E5, M3 */
export function editKeyPoint(
  state: MeetingState,
  input: CommandInput<'editKeyPoint'>,
  now: Instant,
  by: By,
): Change<CommandResult<'editKeyPoint'>> {
  const point = pointOf(state, input.id);
  refuseConfirmed(state);
  const after: KeyPoint = { ...point, ...given(input) };
  if (Object.entries(after).every(([key, value]) => point[key as keyof KeyPoint] === value))
    refuse('Conflict', 'M3.nothingChanged', '', {});
  const keyPoints = state.keyPoints.map((k) => (k === point ? after : k));
  const what = {
    part: 'keyPoint' as const,
    id: point.id,
    topicId: point.topicId,
    before: point.text,
    after: after.text,
  };
  return changed(amended({ ...state, keyPoints }, what, now, by), [], { id: point.id });
}

/** E13: a note that had become this key point has become nothing. */
function onTheWallAgain(state: MeetingState, keyPoint: string): MeetingState {
  if (!state.floor?.notes.some(({ became }) => became?.id === keyPoint)) return state;
  const notes = state.floor.notes.map((note) => {
    const { became, ...rest } = note;
    return became?.id === keyPoint ? rest : note;
  });
  return { ...state, floor: { ...state.floor, notes } };
}

/** What was not named stays. */
const given = <T extends object>(input: T): Partial<T> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<T>;

export function deleteKeyPoint(
  state: MeetingState,
  input: CommandInput<'deleteKeyPoint'>,
  now: Instant,
  by: By,
): Change<CommandResult<'deleteKeyPoint'>> {
  const point = pointOf(state, input.id);
  refuseConfirmed(state);
  const keyPoints = state.keyPoints.filter((k) => k !== point);
  const what = { part: 'keyPoint' as const, id: point.id, topicId: point.topicId, before: point.text, after: '' };
  return changed(amended({ ...onTheWallAgain(state, point.id), keyPoints }, what, now, by), [], { id: point.id });
}

/**
 * E3, M3: somebody's coming or going at a time that has passed, as the paper sheet says. After the close without a time:
 * there from the opening on, or not there at all.
 */
export function attendanceThen(
  state: MeetingState,
  input: CommandInput<'attendance'>,
  now: Instant,
  by: By,
  actor: Actor,
): Change<CommandResult<'attendance'>> {
  const { person, present } = input;
  if (!may(state, 'keyPoint', {}, actor)) {
    // Whoever signs in for themselves came too late, that is all.
    if (state.phase !== 'execution' && by.via === 'link')
      refuse('Conflict', 'phase.notNow', '', { command: 'attendance', phase: state.phase, possible: [] });
    refuse('Forbidden', 'auth.notAllowed', '', { command: 'attendance', who: [...permissions.keyPoint] });
  }
  refuseConfirmed(state);
  const [from, until] = [state.startsAt - normsOf(state).signInMinutes * minute, Math.min(now, state.closedAt ?? now)];
  const first = state.openedAt ?? state.startsAt;
  if (input.at !== undefined && (input.at < from || input.at > until))
    refuse('BadInput', 'E3.at', 'at', { from, until });
  const at = input.at ?? (present ? first : undefined);
  const before = state.attendance[person]?.log ?? [];
  const others = before.filter((entry) => entry.at !== at);
  const log = at === undefined ? [] : [...others, { at, present, by }].sort((a, b) => a.at - b.at);
  const { [person]: _, ...rest } = state.attendance;
  const last = log.at(-1)?.present ?? false;
  const was = before.some((e) => e.present);
  const what = { part: 'attendance' as const, person, before: was, after: log.some((e) => e.present) };
  const marked = log.length === 0 ? rest : { ...state.attendance, [person]: { present: last, log } };
  return changed(amended({ ...state, attendance: marked }, what, now, by), [], { present: last });
}
