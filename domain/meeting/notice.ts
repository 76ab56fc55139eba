import { toLocal } from '../calendar/index.js';
import type { Instant } from '../calendar/index.js';
import { Refusal, refuse } from '../errors.js';
import { arm, changed, disarm, mail } from './change.js';
import type { Actor, CommandInput } from './commands.js';
import { durationFaults, hints, startFaults } from './checks.js';
import { agendaFaults } from './agenda.js';
import type { Change, Effect } from './effects.js';
import { hostAccepts } from './patch.js';
import { invitees, participantOf, silent } from './people.js';
import { armNotice, noticeFaults, noticeTimers, replyBy, retimed } from './preparation.js';
import type { By, MeetingState, PersonId, Timer, TimerKind, Topic } from './state.js';

const minute = 60_000;
const hour = 3_600_000;

/** E15: of a sitting that is late. */
export const unopenedTimers: TimerKind[] = ['notOpenedFirst', 'notOpenedSecond'];

/** N2: the last answer before the start counts; a reversal is confirmed by mail, since mail scanners press buttons too. */
export function rsvp(
  state: MeetingState,
  input: CommandInput<'rsvp'>,
  now: Instant,
  by: By,
): Change<{ reply: typeof input.reply }> {
  if (!invitees(state).includes(input.person)) refuse('NotFound', 'N2.notInvited', 'person', { person: input.person });
  if (now >= state.startsAt) refuse('Conflict', 'N2.started', '', { startsAt: state.startsAt });
  const before = state.rsvps[input.person];
  const { reply, comment, delegate } = input;
  const next = { ...state, rsvps: { ...state.rsvps, [input.person]: { reply, comment, delegate, at: now, by } } };
  const reversed = before !== undefined && before.reply !== reply && before.by.via !== 'engine';
  const effects = reversed
    ? mail('replyChanged', `r${state.revision + 1}`, [input.person], { reply, before: before.reply })
    : [];
  return changed(next, effects, { reply });
}

/**
 * N4: a new time clears replies (but the host's), re-arms the reminders, and needs the notice period again. The same time
 * again is no change: nobody loses a reply over a button pressed twice.
 */
export function reschedule(state: MeetingState, input: CommandInput<'reschedule'>, now: Instant): Change {
  const durationMinutes = input.durationMinutes ?? state.durationMinutes;
  const codes = [
    ...(input.startsAt === state.startsAt ? [] : ['time']),
    ...(durationMinutes === state.durationMinutes ? [] : ['duration']),
  ];
  if (codes.length === 0) return changed(state);
  const moved = retimed(state, input.startsAt, durationMinutes);
  refuseBadTime(state, moved, now);
  const next = { ...moved, warnings: hints(moved, now) };
  if (state.phase === 'preparation') return changed(arm(next, now, { kind: 'lapse', at: next.startsAt }));
  const cleared = armNotice({ ...next, rsvps: hostAccepts(state, now), attendance: {} }, now);
  const params = { whatChanged: codes.join(','), reason: input.reason, replyBy: replyBy(cleared, now) };
  return changed(cleared, mail('change', `r${state.revision + 1}`, invitees(state), params));
}

function refuseBadTime(before: MeetingState, after: MeetingState, now: Instant): void {
  const { norms } = after;
  const faults = [
    ...startFaults(after, now),
    ...durationFaults(after, norms),
    ...agendaFaults(after.agenda, after.openDiscussionMinutes, after.breakMinutes, after.durationMinutes),
  ];
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  if (before.phase !== 'notice' || isLaterSameDay(before, after)) return;
  const late = noticeFaults(after, norms, now);
  if (late.length > 0) throw new Refusal('Conflict', late);
}

/** N4: a later start the same day needs no new notice period. */
function isLaterSameDay(before: MeetingState, after: MeetingState): boolean {
  const day = (s: MeetingState): string => toLocal(s.zone, s.startsAt).date;
  return after.startsAt >= before.startsAt && day(before) === day(after);
}

/** N4: only before execution, and final; who had the notice gets the CANCEL, a draft is never mailed. */
export function cancel(state: MeetingState, input: CommandInput<'cancel'>, now: Instant): Change {
  const ended: MeetingState = { ...state, phase: 'cancelled', cancelReason: input.reason, endedAt: now, timers: [] };
  const told =
    state.phase === 'notice' ? mail('cancellation', 'cancelled', invitees(state), { reason: input.reason }) : [];
  return changed(ended, [...told, ...backlog(state, state.agenda, 'cancelled')]);
}

/** notice → execution. H11: from 15 min before the start; E15: an acting host from 10 min after it. */
export function open(state: MeetingState, actor: Actor, now: Instant): Change {
  const from = state.startsAt - state.norms.openEarlyMinutes * minute;
  if (now < from) refuse('Conflict', 'H11.tooEarly', '', { from });
  const acting = actingHost(state, actor, now);
  const leading = acting ?? state.host;
  const opened: MeetingState = {
    ...disarm(state, noticeTimers),
    phase: 'execution',
    openedAt: now,
    lastEventAt: now,
    ...(acting === undefined ? {} : { actingHost: acting }),
    attendance: {
      ...state.attendance,
      [leading]: { present: true, log: [{ at: now, present: true, by: { via: 'engine' } }] },
    },
  };
  return changed(armEnd(opened, now));
}

/** E15: deputy, coordinator and initiator may open as acting host once the meeting is 10 min late. */
export function actingHost(state: MeetingState, actor: Actor, now: Instant): PersonId | undefined {
  const { person } = actor;
  if (person === undefined || person === state.host || actor.roles.includes('admin')) return undefined;
  const from = state.startsAt + state.norms.notOpenedFirstMinutes * minute;
  if (now < from) refuse('Conflict', 'E15.waitForHost', '', { from });
  return person;
}

/** E15: the planned end, which one opened after it has reached at once, and the end by itself 4 h later. */
export function armEnd(state: MeetingState, now: Instant): MeetingState {
  const auto = state.plannedEndAt + state.norms.autoCloseAfterEndHours * hour;
  const next = arm(state, now, { kind: 'plannedEnd', at: state.plannedEndAt }, true);
  return arm(next, now, { kind: 'autoClose', at: auto }, true);
}

/** The clock's part of preparation and notice. */
export function noticeTimer(state: MeetingState, timer: Timer, now: Instant): Change {
  switch (timer.kind) {
    case 'replyReminder':
      return changed(state, remind(state, timer, silent(state), now));
    case 'keyReplyReminder':
      return changed(
        state,
        remind(
          state,
          timer,
          silent(state).filter((p) => participantOf(state, p)?.key),
          now,
        ),
      );
    case 'notOpenedFirst':
      return changed(
        state,
        notOpened(state, 1, [state.host, state.deputyHost, state.coordinator, state.initiator.person]),
      );
    case 'notOpenedSecond':
      return changed(state, notOpened(state, 2, [state.initiator.person]));
    default:
      return lapse(state, now);
  }
}

/** N2 */
function remind(state: MeetingState, timer: Timer, people: PersonId[], now: Instant): Effect[] {
  return mail('replyReminder', `${timer.kind}:${state.startsAt}`, people, { replyBy: replyBy(state, now) });
}

/** E15 */
function notOpened(state: MeetingState, stage: number, people: (PersonId | undefined)[]): Effect[] {
  return mail('notOpened', `${stage}:${state.startsAt}`, people, { stage });
}

/** Phases: never held. No minutes, no survey; topics released; initiator told. */
function lapse(state: MeetingState, now: Instant): Change {
  const ended: MeetingState = { ...state, phase: 'lapsed', endedAt: now, timers: [] };
  const told = mail('notHeld', 'lapsed', [state.initiator.person], { draft: state.phase === 'preparation' });
  return changed(ended, [...told, ...backlog(state, state.agenda, 'lapsed')]);
}

/** Design §3, Carry-over: topics that wait for a later meeting. */
export function backlog(state: MeetingState, topics: Topic[], reason: string): Effect[] {
  if (topics.length === 0) return [];
  return [
    {
      type: 'putBacklog',
      topics: topics.map((t) => ({
        topicId: t.topicId,
        title: t.title,
        reason: t.deferral?.reason ?? reason,
        department: t.department ?? state.initiator.department,
        seriesId: state.seriesId,
        factQuestion: t.deferral?.factQuestion,
        bringsDepartment: t.deferral?.department,
        bringsMaterial: t.deferral?.bringsMaterial,
        date: t.deferral?.date,
      })),
    },
  ];
}
