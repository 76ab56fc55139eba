/** H1, H2: when somebody may be reminded: on the recipient's own working calendar, by their own clock. */
import { insideHours, nextSlot, reminderTime } from '../calendar/index.js';
import type { Instant, WorkingCalendar, ZoneData } from '../calendar/index.js';
import { arm, timerKey } from './change.js';
import type { Effect } from './effects.js';
import type { MeetingState, PersonId, Timer, TimerKind } from './state.js';

/** How long after its time a digest leaves: what several meetings find out at the same minute is one mail. */
export const digestWaitMs = 60_000;

type Clock = Pick<MeetingState, 'calendar' | 'zone' | 'norms' | 'clocks'>;

/** The clock that somebody lives by; unknown, or the same: the meeting's. */
export function clockOf(state: Pick<MeetingState, 'zone' | 'clocks'>, person: PersonId): ZoneData {
  return state.clocks?.away[person] ?? state.zone;
}

/** The days that somebody works; unknown, or the same: the meeting's. */
export function calendarOf(state: Pick<MeetingState, 'calendar' | 'clocks'>, person: PersonId): WorkingCalendar {
  const own = state.clocks?.works?.[person];
  return (own === undefined ? undefined : state.clocks?.calendars?.[own]) ?? state.calendar;
}

/** Both of them. */
export function daysAndClockOf(state: Pick<MeetingState, 'calendar' | 'zone' | 'clocks'>, person: PersonId) {
  return { calendar: calendarOf(state, person), zone: clockOf(state, person) };
}

export function mayRemind(state: Clock, person: PersonId, t: Instant): boolean {
  return insideHours(calendarOf(state, person), clockOf(state, person), t);
}

/** H2: 08:40 of the day whose digest takes what is found at t; one that is just about to leave still does. */
export function digestSlot(state: Clock, person: PersonId, t: Instant): Instant {
  return nextSlot(calendarOf(state, person), clockOf(state, person), t - digestWaitMs + 1, state.norms.reminderAt);
}

/** H1, N1: a draft that reminds its host does so by the host's own days and hours. */
export function askHostsClock(state: MeetingState): { state: MeetingState; effects: Effect[] } {
  const asked = state.clocks?.asked ?? [];
  const reminds = state.timers.some((t) => t.kind === 'draftReminder');
  if (!reminds || asked.includes(state.host)) return { state, effects: [] };
  const clocks = { away: {}, ...state.clocks, asked: [...asked, state.host] };
  return { state: { ...state, clocks }, effects: [{ type: 'findClocks', people: [state.host] }] };
}

/**
 * H1: a rung with a clock time of its own, by the meeting's clock; who is not at work at that time is reminded earlier, by
 * a timer of their own, or when their hours begin, if that is still before the deadline.
 */
export function armReminder(
  state: MeetingState,
  now: Instant,
  rung: { kind: TimerKind; at: Instant; deadline: Instant; people: PersonId[] },
): MeetingState {
  const { kind, at, deadline, people } = rung;
  let next = arm(state, now, { kind, at });
  for (const person of people) {
    if (mayRemind(state, person, at)) continue;
    const own = reminderTime(calendarOf(state, person), clockOf(state, person), { at, deadline, now });
    if (own !== undefined) next = arm(next, now, { kind, at: own, ref: person });
  }
  return next;
}

/** Of the people that a rung is for, those whom this timer reminds: one person, or everyone without a timer of their own. */
export function remindedBy(state: MeetingState, timer: Timer, people: PersonId[]): PersonId[] {
  if (timer.ref !== undefined) return people.filter((p) => p === timer.ref);
  const waits = new Set(state.timers.map((t) => t.key));
  return people.filter((p) => mayRemind(state, p, timer.at) && !waits.has(timerKey(timer.kind, p)));
}
