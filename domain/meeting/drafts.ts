/** N1: what the clock does with a draft. */
import { atTime, toLocal, workingDaysBefore } from '../calendar/index.js';
import type { Instant } from '../calendar/index.js';
import { arm, changed, disarm, mail } from './change.js';
import type { Change } from './effects.js';
import { armReminder, remindedBy } from './hours.js';
import { noticeLimit } from './preparation.js';
import { armAutoPublish } from './series.js';
import type { MeetingState, Timer } from './state.js';

/** N1, Phases: the next of the reminders on the two working days before the notice limit, and the lapse at the start. */
export function armDraft(state: MeetingState, now: Instant): MeetingState {
  const next = draftRungs(state).find((at) => at > now);
  const armed = armAutoPublish(arm(state, now, { kind: 'lapse', at: state.startsAt }), now);
  const quiet = disarm(armed, ['draftReminder']);
  if (next === undefined) return quiet;
  const deadline = noticeLimit(state.startsAt, state.kind, state.norms);
  return armReminder(quiet, now, { kind: 'draftReminder', at: next, deadline, people: [state.host] });
}

function draftRungs({ startsAt, kind, norms, calendar, zone }: MeetingState): Instant[] {
  const { date } = toLocal(zone, noticeLimit(startsAt, kind, norms));
  const daysBefore = Array.from({ length: norms.draftReminderWd }, (_, i) => norms.draftReminderWd - i);
  return daysBefore.map((n) => atTime(zone, workingDaysBefore(calendar, date, n), norms.draftReminderAt));
}

/**
 * N1: the host is told until when the notice can still go out; a draft is mailed to nobody else. H1: a host who is off at a
 * rung is told before it, by a timer of their own; the rung itself then goes on to the next one.
 */
export function draftReminder(state: MeetingState, timer: Timer, now: Instant): Change {
  const limit = noticeLimit(state.startsAt, state.kind, state.norms);
  const to = remindedBy(state, timer, [state.host]);
  const next = timer.ref === undefined ? armDraft(state, now) : state;
  return changed(next, mail('draftLimit', `${limit}:${timer.at}`, to, { limit }));
}
