import { toLocal } from '../calendar/index.js';
import type { Instant } from '../calendar/index.js';
import { Refusal, refuse } from '../errors.js';
import { alternateCheck, alternatesMoot, recordUnsettled, seatsGivenBack } from './alternates.js';
import { announcedOf, announceLater, tellChange } from './announce.js';
import { giveBack, takeEffects } from './carry.js';
import { arm, changed, disarm, mail, then } from './change.js';
import type { Actor, CommandInput } from './commands.js';
import { armDraft, draftReminder } from './drafts.js';
import { durationFaults, hints, startFaults } from './checks.js';
import { agendaFaults } from './agenda.js';
import type { Change, Effect } from './effects.js';
import { remindedBy } from './hours.js';
import { hostAccepts } from './patch.js';
import { invitees, isPresent, participantOf, repliers, silent } from './people.js';
import { armNotice, noticeFaults, noticeTimers, onceEach, replyBy, retimed } from './preparation.js';
import { hostBrief, preRead } from './reading.js';
import type { Attendance, MeetingState, PendingChange, PersonId, Timer, TimerKind } from './state.js';

const minute = 60_000;
const hour = 3_600_000;

/** E15: of a sitting that is late. */
export const unopenedTimers: TimerKind[] = ['notOpenedFirst', 'notOpenedSecond'];

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
  if (state.phase === 'preparation') return changed(armDraft(next, now));
  const cleared = onceEach(state, armNotice(clearedReplies(state, next, now), now));
  return changed(announceLater(state, cleared, input.reason, now));
}

/**
 * N4: a new time asks everyone anew, and gives delegates' seats back. When the time goes back to what people know, before
 * they were told of another, their answers stand as if nothing had been.
 */
function clearedReplies(before: MeetingState, next: MeetingState, now: Instant): MeetingState {
  const { announced, cleared } = before.pendingChange ?? {};
  const back = announced?.startsAt === next.startsAt && announced.durationMinutes === next.durationMinutes;
  if (back && cleared) return restored(next, cleared);
  const { rsvps, participants, alternates } = before;
  const anew = { ...seatsGivenBack(next, now), rsvps: hostAccepts(before, now), attendance: {} };
  const kept = cleared ?? { rsvps, participants, alternates };
  const pending = before.pendingChange ?? { announced: announcedOf(before), reasons: [] };
  return { ...anew, pendingChange: { ...pending, cleared: kept } };
}

/** Seats that were given back, and the answers of who is still invited; a later answer counts more. */
function restored(state: MeetingState, cleared: NonNullable<PendingChange['cleared']>): MeetingState {
  const participants = state.participants.map((p) => {
    const delegate = cleared.participants.find((x) => x.standsFor === p.person);
    return delegate && p.standsFor === undefined && !participantOf(state, delegate.person)
      ? { ...p, person: delegate.person, standsFor: p.person }
      : p;
  });
  const seated: MeetingState = { ...state, participants, alternates: cleared.alternates };
  const may = repliers(seated);
  const own = Object.entries({ ...cleared.rsvps, ...state.rsvps }).filter(([p]) => may.includes(p));
  return { ...seated, rsvps: Object.fromEntries(own) };
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

/**
 * notice → execution. H11: from 15 min before the start, earlier when all who accepted are present; E15: an acting host from
 * 10 min after it. What was changed and is not told yet is told before.
 */
export function open(before: MeetingState, actor: Actor, now: Instant): Change {
  const from = before.startsAt - before.norms.openEarlyMinutes * minute;
  if (now < from && !allAreHere(before)) refuse('Conflict', 'H11.tooEarly', '', { from });
  const acting = actingHost(before, actor, now);
  const leading = acting ?? before.host;
  const { state, effects } = tellChange(before, now);
  const opened: MeetingState = {
    ...disarm(recordUnsettled(state, now), noticeTimers),
    phase: 'execution',
    openedAt: now,
    lastEventAt: now,
    ...(acting === undefined ? {} : { actingHost: acting }),
    attendance: { ...state.attendance, [leading]: arrived(state, leading, now) },
  };
  return changed(armEnd(opened, now), [...effects, ...takeEffects(opened)]);
}

/** Who opens is there; a mark made before the opening stays. */
function arrived(state: MeetingState, person: PersonId, now: Instant): Attendance {
  const before = state.attendance[person];
  if (before?.present) return before;
  return { present: true, log: [...(before?.log ?? []), { at: now, present: true, by: { via: 'engine' } }] };
}

/** H11: all who accepted are marked as present (E3: from 60 min before the start); who opens need not be. */
function allAreHere(state: MeetingState): boolean {
  const coming = invitees(state).filter((p) => state.rsvps[p]?.reply === 'accepted' && p !== state.host);
  return coming.length > 0 && coming.every((p) => isPresent(state, p));
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
  if (state.pendingChange !== undefined) {
    // N4: never a reminder that comes before the change it rests on.
    return then(tellChange(state, now), (s) => noticeTimer(s, timer, now));
  }
  switch (timer.kind) {
    case 'draftReminder':
      return draftReminder(state, timer, now);
    case 'changeMail':
      return changed(state);
    case 'preRead':
      return preRead(state, timer);
    case 'alternateCheck':
      return alternateCheck(state, now);
    case 'hostBrief':
      return hostBrief(state);
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
  const those = remindedBy(state, timer, people);
  return mail('replyReminder', `${timer.kind}:${state.startsAt}`, those, { replyBy: replyBy(state, now) });
}

/** E15 */
function notOpened(state: MeetingState, stage: number, people: (PersonId | undefined)[]): Effect[] {
  return mail('notOpened', `${stage}:${state.startsAt}`, people, { stage });
}

/** Phases: never held. No minutes, no survey; topics released; initiator told. */
function lapse(state: MeetingState, now: Instant): Change {
  const ended: MeetingState = { ...alternatesMoot(state, now), phase: 'lapsed', endedAt: now, timers: [] };
  const told = mail('notHeld', 'lapsed', [state.initiator.person], { draft: state.phase === 'preparation' });
  return changed(ended, [...told, ...giveBack(state, state.agenda, 'lapsed')]);
}
