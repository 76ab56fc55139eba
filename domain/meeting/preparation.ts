import { atTime, lastWorkingDayBefore, toLocal } from '../calendar/index.js';
import type { Instant } from '../calendar/index.js';
import { fault, Refusal } from '../errors.js';
import type { Fault } from '../errors.js';
import type { Norms } from '../norms.js';
import { materialsDueAt } from './agenda.js';
import { foreign, takeEffects } from './carry.js';
import { arm, changed, disarm, mail } from './change.js';
import { hints } from './checks.js';
import type { CreateMeetingInput } from './commands.js';
import type { Change } from './effects.js';
import { armReminder } from './hours.js';
import { countTopics } from './follow-up/topics.js';
import { invitees } from './people.js';
import { askPreparers, preparers } from './preparers.js';
import type { Material, MeetingState, PersonId, Timer, TimerKind } from './state.js';

const hour = 3_600_000;
const minute = 60_000;

/** Timers that belong to a meeting that has not begun; re-armed by a new time, gone with the opening. */
export const noticeTimers: TimerKind[] = [
  'lapse',
  'draftReminder',
  'autoPublish',
  'replyReminder',
  'keyReplyReminder',
  'preRead',
  'alternateCheck',
  'hostBrief',
  'notOpenedFirst',
  'notOpenedSecond',
];

/** N1: the last moment at which this start can still be announced. */
export function noticeLimit(startsAt: Instant, kind: MeetingState['kind'], norms: Norms): Instant {
  return kind === 'emergency' ? startsAt - norms.emergencyLeadMinutes * minute : startsAt - norms.noticeHours * hour;
}

/** N1, X1: too late for a notice; says until when it was possible, and for a regular meeting that X1 exists. */
export function noticeFaults(
  meeting: Pick<CreateMeetingInput, 'startsAt' | 'kind'>,
  norms: Norms,
  now: Instant,
): Fault[] {
  const until = noticeLimit(meeting.startsAt, meeting.kind, norms);
  if (now <= until) return [];
  return meeting.kind === 'emergency'
    ? [
        fault('X1.leadTooShort', 'startsAt', {
          minutes: norms.emergencyLeadMinutes,
          earliest: now + norms.emergencyLeadMinutes * minute,
        }),
      ]
    : [fault('N1.tooLate', 'startsAt', { until, hours: norms.noticeHours, earliest: now + norms.noticeHours * hour })];
}

/** N1: a notice says where: a place or a link. */
export function placeFaults(meeting: Pick<CreateMeetingInput, 'place' | 'onlineLink'>): Fault[] {
  return meeting.place === undefined && meeting.onlineLink === undefined ? [fault('N1.placeNeeded', 'place')] : [];
}

/** N1: a notice says about what. */
export function agendaNeeded(meeting: { agenda: readonly unknown[] }): Fault[] {
  return meeting.agenda.length === 0 ? [fault('N1.agendaNeeded', 'agenda')] : [];
}

/**
 * N1: preparation → notice. Everyone invited gets one mail with the calendar object; the host counts as coming. What is
 * too short for the materials is measured from here (P8).
 */
export function publish(state: MeetingState, now: Instant): Change {
  const faults = [...placeFaults(state), ...agendaNeeded(state), ...noticeFaults(state, state.norms, now)];
  if (faults.length > 0) throw new Refusal('Conflict', faults);
  const published = armNotice(
    {
      ...state,
      phase: 'notice',
      publishedAt: now,
      warnings: hints(state, now),
      rsvps: { [state.host]: { reply: 'accepted', at: now, by: { via: 'engine' } } },
    },
    now,
  );
  const kind = state.kind === 'emergency' ? 'emergency' : 'notice';
  const told = mail(kind, 'notice', invitees(state), { replyBy: replyBy(published, now) });
  // S1: what waits is on the agenda before the notice is written.
  const asked = askPreparers(published);
  const taken = takeEffects(published, foreign(published));
  return changed(asked.state, [...taken, ...countTopics(published), ...told, ...asked.effects]);
}

/** N2: by when a reply is asked for: the reminder's hour, the key people's hour, or the start, whichever is still ahead. */
export function replyBy(state: Pick<MeetingState, 'startsAt' | 'calendar' | 'zone' | 'norms'>, now: Instant): Instant {
  const { zone, calendar, norms, startsAt } = state;
  const day = lastWorkingDayBefore(calendar, toLocal(zone, startsAt).date);
  const rungs = [atTime(zone, day, norms.replyReminderAt), atTime(zone, day, norms.keyReplyReminderAt)];
  return rungs.find((at) => at > now) ?? startsAt;
}

/** Another start or length, and what follows: the planned end, and the due dates of materials that were the default (P8). */
export function retimed(state: MeetingState, startsAt: Instant, durationMinutes: number): MeetingState {
  const { calendar, zone, norms } = state;
  const [from, to] = [state.startsAt, startsAt].map((at) => materialsDueAt(at, calendar, zone, norms)) as [
    Instant,
    Instant,
  ];
  const moved = (m: Material): Material => (m.dueAt === from ? { ...m, dueAt: to } : m);
  const agenda = state.agenda.map((t) => ({ ...t, materials: t.materials.map(moved) }));
  return { ...state, startsAt, durationMinutes, plannedEndAt: startsAt + durationMinutes * minute, agenda };
}

/** Arms what a published time needs: reply reminders (N2), pre-reading (E1), alternates (N3), the host's brief (E2), the unopened meeting (E15), lapsing (Phases). */
export function armNotice(state: MeetingState, now: Instant): MeetingState {
  const { zone, calendar, norms, startsAt } = state;
  const day = lastWorkingDayBefore(calendar, toLocal(zone, startsAt).date);
  let next = disarm(state, noticeTimers);
  const before = { deadline: startsAt, people: invitees(state) };
  const readers = [...before.people, ...preparers(state)];
  next = armReminder(next, now, { kind: 'replyReminder', at: atTime(zone, day, norms.replyReminderAt), ...before });
  next = armReminder(next, now, {
    kind: 'keyReplyReminder',
    at: atTime(zone, day, norms.keyReplyReminderAt),
    ...before,
  });
  next = armReminder(next, now, {
    kind: 'preRead',
    at: atTime(zone, day, norms.preReadAt),
    ...before,
    people: readers,
  });
  next = arm(next, now, { kind: 'alternateCheck', at: atTime(zone, day, norms.alternateAt) });
  next = arm(next, now, { kind: 'hostBrief', at: atTime(zone, day, norms.hostBriefAt) });
  next = arm(next, now, { kind: 'notOpenedFirst', at: startsAt + norms.notOpenedFirstMinutes * minute });
  next = arm(next, now, { kind: 'notOpenedSecond', at: startsAt + norms.notOpenedSecondMinutes * minute });
  return arm(next, now, { kind: 'lapse', at: next.plannedEndAt + norms.lapseAfterEndHours * hour }, true);
}

/** H3: armed again for the same start: whom a timer of their own has reminded of it is not reminded again. */
export function onceEach(before: MeetingState, armed: MeetingState, found: PersonId[] = []): MeetingState {
  if (before.startsAt !== armed.startsAt) return armed;
  const waited = new Set(before.timers.map((t) => t.key));
  const isOver = ({ key, ref = '' }: Timer): boolean =>
    before.clocks?.away[ref] !== undefined && !found.includes(ref) && !waited.has(key);
  const timers = armed.timers.filter((t) => !isOver(t));
  return timers.length === armed.timers.length ? armed : { ...armed, timers };
}
