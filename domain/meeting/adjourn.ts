/** E15: the same meeting goes on later, with a new roll call and a new planned end; and how any sitting ends. */
import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { arm, changed, disarm, mail } from './change.js';
import type { Actor, CommandInput, CommandName, CommandResult, ReadBack } from './commands.js';
import type { Change } from './effects.js';
import { endRounds } from './breakouts.js';
import { finishTopic } from './execution.js';
import { isAdjourned, normsOf } from './floor.js';
import { close } from './minutes.js';
import { actingHost, armEnd, unopenedTimers } from './notice.js';
import { parkedToBacklog } from './parking.js';
import { invitees, leader } from './people.js';
import { possibleNow } from './phases.js';
import { presentersAdjourned, presentersCalledOff } from './preparers.js';
import { notHeard } from './shares.js';
import type { Adjournment, By, MeetingState, PersonId, Topic } from './state.js';
import { silence } from './turns.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * What goes on while the sitting is interrupted: the follow-up does, since its dates do not wait (F2, F3, H4, H5); what the
 * next sitting needs is prepared and read (P8, E1), and what was recorded wrongly is mended (M3).
 */
const whileAdjourned: CommandName[] = [
  ...(['material', 'reading', 'editKeyPoint', 'deleteKeyPoint', 'amendAction', 'withdrawAction'] as const),
  ...(['open', 'close', 'adjourn', 'attendance', 'action', 'analysis'] as const),
  ...(['progress', 'complete', 'confirm', 'extendAction', 'decide', 'completeTask', 'blocked', 'unblock'] as const),
  ...(['chooseForTopic', 'moveDepartment', 'personLeft'] as const),
];

/** E15: nothing is called, said, noted or voted on while nobody sits together; and only what was interrupted is taken up again. */
export function refuseInterrupted(state: MeetingState, name: CommandName): void {
  if (state.phase !== 'execution') return;
  const stopped = isAdjourned(state);
  if (stopped && !whileAdjourned.includes(name))
    refuse('Conflict', 'E15.adjourned', '', { until: state.startsAt, command: name, possible: whileAdjourned });
  if (!stopped && name === 'open') {
    const possible = possibleNow(state.phase).filter((x) => x !== 'open');
    refuse('Conflict', 'phase.notNow', '', { command: name, phase: state.phase, possible });
  }
}

/**
 * E15: interrupts the sitting until then. What is live goes back on the agenda with its minutes, turns and groups end, all
 * are absent until the new roll call. An open vote is closed first: it is counted once, by those who were there. Again
 * while it is interrupted: another time.
 */
export function adjourn(
  state: MeetingState,
  input: CommandInput<'adjourn'>,
  now: Instant,
  by: By,
): Change<CommandResult<'adjourn'>> {
  const { until } = input;
  if (until <= now) refuse('BadInput', 'E15.untilPast', 'until', { now });
  const latest = now + normsOf(state).adjournMaxDays * day;
  if (until > latest) refuse('BadInput', 'input.tooFar', 'until', { latest });
  const vote = state.votes.find((v) => v.status === 'open');
  if (vote) refuse('Conflict', 'E8.voteOpen', '', { title: titleOf(state, vote.topicId), voteId: vote.id });
  const plannedEndAt = until + lengthLeft(state, input.minutes, now);
  const moved: MeetingState = {
    ...stopped(state, now, by),
    adjournments: noted(state, until, now),
    startsAt: until,
    plannedEndAt,
  };
  const { reason } = input;
  const params = { whatChanged: 'time', adjourned: true, ...(reason === undefined ? {} : { reason }) };
  const told = mail('change', `r${state.revision + 1}`, invitees(state), params);
  return changed(armAdjourned(moved, now), [...told, ...presentersAdjourned(moved)], { until, plannedEndAt });
}

const titleOf = (state: MeetingState, topicId: string): string =>
  state.agenda.find((t) => t.topicId === topicId)?.title ?? '';

/** What was left of the planned time; at least the shortest meeting when it was used up. */
function lengthLeft(state: MeetingState, minutes: number | undefined, now: Instant): number {
  if (minutes !== undefined) return minutes * minute;
  const left = isAdjourned(state) ? state.plannedEndAt - state.startsAt : state.plannedEndAt - now;
  return left > 0 ? left : state.norms.durationMinMinutes * minute;
}

function noted(state: MeetingState, until: Instant, now: Instant): Adjournment[] {
  const all = state.adjournments ?? [];
  const last = all.at(-1);
  if (last && isAdjourned(state)) return [...all.slice(0, -1), { ...last, until }];
  return [...all, { startsAt: state.startsAt, plannedEndAt: state.plannedEndAt, at: now, until }];
}

function stopped(state: MeetingState, now: Instant, by: By): MeetingState {
  const { endReachedAt: _, ...rest } = quiet(state, now);
  return { ...rest, agenda: state.agenda.map((t) => putBack(t, now)), attendance: allGone(state, now, by) };
}

/** E4: its minutes so far count; it is taken up again, neither deferred nor lost. */
function putBack(topic: Topic, now: Instant): Topic {
  if (topic.status !== 'live') return topic;
  return { ...topic, status: 'planned', spentMs: topic.spentMs + now - (topic.startedAt ?? now) };
}

/** E3: departures with times. */
function allGone(state: MeetingState, at: Instant, by: By): MeetingState['attendance'] {
  const gone = { at, present: false, by };
  return Object.fromEntries(
    Object.entries(state.attendance).map(([person, a]) => [
      person,
      a.present ? { present: false, log: [...a.log, gone] } : a,
    ]),
  );
}

/** E15: as for any meeting that nobody opens; and the end by itself only after the new planned end. */
function armAdjourned(state: MeetingState, now: Instant): MeetingState {
  const { norms, startsAt } = state;
  let next = disarm(state, ['plannedEnd', 'autoClose', ...unopenedTimers]);
  next = arm(next, now, { kind: 'notOpenedFirst', at: startsAt + norms.notOpenedFirstMinutes * minute });
  next = arm(next, now, { kind: 'notOpenedSecond', at: startsAt + norms.notOpenedSecondMinutes * minute });
  return arm(next, now, { kind: 'autoClose', at: state.plannedEndAt + norms.autoCloseAfterEndHours * hour }, true);
}

/** E15, H11: the next sitting, from 15 min before the time; whoever led goes on leading, another waits as at any opening. */
export function reopen(state: MeetingState, actor: Actor, now: Instant): Change {
  const from = state.startsAt - state.norms.openEarlyMinutes * minute;
  if (now < from) refuse('Conflict', 'H11.tooEarly', '', { from });
  const leading = leadingNow(state, actor, now);
  const { actingHost: _, ...rest } = disarm(state, [...unopenedTimers, 'autoClose']);
  const all = state.adjournments ?? [];
  const opened: MeetingState = {
    ...rest,
    adjournments: all.map((a, i) => (i === all.length - 1 ? { ...a, resumedAt: now } : a)),
    ...(leading === state.host ? {} : { actingHost: leading }),
    attendance: { ...state.attendance, [leading]: arrived(state, leading, now) },
    lastEventAt: now,
  };
  return changed(armEnd(opened, now));
}

function leadingNow(state: MeetingState, actor: Actor, now: Instant): PersonId {
  if (actor.person === undefined || actor.roles.includes('admin')) return leader(state);
  if (actor.person === state.actingHost) return actor.person;
  return actingHost(state, actor, now) ?? state.host;
}

function arrived(state: MeetingState, person: PersonId, at: Instant): MeetingState['attendance'][string] {
  const before = state.attendance[person];
  if (before?.present) return before;
  return { present: true, log: [...(before?.log ?? []), { at, present: true, by: { via: 'engine' } }] };
}

/** Nobody speaks, no group sits. */
function quiet(state: MeetingState, now: Instant): MeetingState {
  return endRounds(
    silence(state, () => true, now),
    () => true,
    now,
  );
}

/**
 * E14, E15: the close, with all that goes on in the room. What was parked goes onto the next agenda (E6). An interrupted
 * meeting that is closed by hand is not taken up again, and those who were to come back are told; by then its times are
 * those of the last sitting.
 */
export function closeMeeting(
  state: MeetingState,
  now: Instant,
  by: 'host' | 'clock',
): Change<{ readBack: ReadBack[] }> {
  const last = state.adjournments?.at(-1);
  const calledOff = by === 'host' && isAdjourned(state) && last !== undefined;
  const times = calledOff ? { startsAt: last.startsAt, plannedEndAt: last.plannedEndAt } : {};
  const closing = disarm({ ...quiet(state, now), ...times }, unopenedTimers);
  const told = calledOff
    ? mail('change', `r${state.revision + 1}`, invitees(state), { whatChanged: 'time', calledOff: true })
    : [];
  const freed = calledOff ? presentersCalledOff(state) : [];
  const closed = close(closing, now, by);
  return changed(closed.state, [...told, ...freed, ...parkedToBacklog(closed.state), ...closed.effects], closed.result);
}

/** E7: a topic ends, and with it who speaks and sits in groups on it; the answer says which departments were not heard. */
export function finishTopicInRoom(
  state: MeetingState,
  input: CommandInput<'finishTopic'>,
  now: Instant,
): Change<CommandResult<'finishTopic'>> {
  const unheard = notHeard(state, input.topicId);
  const { state: finished, effects } = finishTopic(state, input, now);
  const silent = silence(finished, (t) => t.topicId === input.topicId, now);
  return changed(
    endRounds(silent, (b) => b.topicId === input.topicId, now),
    effects,
    { notHeard: unheard },
  );
}
