/** F2: nobody misses a date on registered leave, and their silence does not count; whoever is gone cannot be asked at all. */
import { dueAt, workingDaysAfter } from '../../calendar/index.js';
import type { Instant, LocalDate } from '../../calendar/index.js';
import { arm, changed, disarm, mail, then } from '../change.js';
import type { Change, EffectReply } from '../effects.js';
import type { By, MeetingState } from '../state.js';
import { dateOf, silenceAt } from './dates.js';
import { escalate } from './escalation.js';
import { findItem, itemById, openTask, putTask } from './items.js';
import type { Item } from './items.js';
import { miss, ownerSilent, setDue, settleTalk } from './ladder.js';
import { dueOccasion } from './mails.js';
import { trackerOf } from './people.js';

const clock: By = { via: 'clock' };
/** Working days until it is asked again, should no answer come: it never stalls. */
const askAgainWd = 1;

/**
 * The due instant, or the owner's time to answer, is over: the archive knows who is on leave today. Leave that is registered
 * later applies to what is still ahead, since nobody asks before.
 */
export function askStanding(state: MeetingState, item: Item, rung: 'due' | 'silence', now: Instant): Change {
  const kind = rung === 'due' ? 'missed' : 'ownerSilent';
  const again = silenceAt(state, now, askAgainWd);
  return changed(arm(state, now, { kind, at: again, ref: item.id }, true), [
    { type: 'findStanding', about: item.id, rung, dueAt: item.dueAt, person: item.owner, date: dateOf(state, now) },
  ]);
}

/** The answer. One that comes twice, or when the item has moved on, changes nothing. */
export function standingFound(
  state: MeetingState,
  found: Extract<EffectReply, { type: 'standingFound' }>,
  now: Instant,
): Change {
  const item = findItem(state, found.about);
  const wanted = found.rung === 'due' ? 'open' : 'overdue';
  if (item?.status !== wanted || item.dueAt !== found.dueAt || item.block?.acceptedAt !== undefined)
    return changed(state);
  if (found.left) return ownerLeft(state, item, now);
  if (found.leaveUntil !== undefined) {
    if (found.rung === 'due') return dueAfterLeave(state, item, found.leaveUntil, now);
    return silentOnLeave(state, item, found.leaveUntil, now);
  }
  if (found.rung === 'due') return miss(state, item, now);
  return ownerSilent(disarm(state, ['ownerSilent'], item.id), item, now);
}

/** 18:00 of the first working day after the leave. */
export function backAt({ calendar, zone }: Pick<MeetingState, 'calendar' | 'zone'>, leaveUntil: LocalDate): Instant {
  return dueAt(zone, workingDaysAfter(calendar, leaveUntil, 1));
}

/** F2: no miss and nobody's decision: the date moves behind the leave, and the record says so. */
function dueAfterLeave(state: MeetingState, item: Item, leaveUntil: LocalDate, now: Instant): Change {
  const due = { dueAt: backAt(state, leaveUntil), by: clock, reason: 'leave' };
  const next = setDue(state, item, due, now);
  const moved = itemById(next, item.id);
  const params = { dueAt: moved.dueAt, was: item.dueAt, back: leaveUntil, silence: false };
  const told = mail(
    'onLeave',
    `${item.id}:${dueOccasion(moved)}`,
    [item.owner, trackerOf(state, item)],
    params,
    item.id,
  );
  return changed(next, told);
}

/** F2: the owner's time to answer runs on when they are back; whoever tracks it may act before. */
function silentOnLeave(state: MeetingState, item: Item, leaveUntil: LocalDate, now: Instant): Change {
  const at = backAt(state, leaveUntil);
  // The answer to a question that was asked again comes a second time.
  if (state.timers.some((t) => t.kind === 'ownerSilent' && t.ref === item.id && t.at === at)) return changed(state);
  const armed = arm(state, now, { kind: 'ownerSilent', at, ref: item.id }, true);
  const talk = openTask(armed, item.id, 'talk');
  if (!talk) return changed(armed);
  const later = putTask(armed, { ...talk, dueAt: silenceAt(state, at, state.norms.coordinatorSilentWd) });
  const params = { dueAt: at, was: item.dueAt, back: leaveUntil, silence: true };
  return changed(later, mail('onLeave', `${item.id}:silence${leaveUntil}`, [talk.assignee], params, item.id));
}

/** H4: nobody is left to miss it: who leads the department decides what becomes of it. */
export function ownerLeft(state: MeetingState, item: Item, now: Instant): Change {
  const settled = changed(settleTalk(state, item.id, clock, now));
  return then(settled, (s) => escalate(s, item, now, 'ownerLeft'));
}
