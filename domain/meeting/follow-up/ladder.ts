/**
 * The one deadline machine (F1–F3): what happens to an action or an improvement plan as time passes and people answer.
 *
 *   open ── due ──▶ overdue ── owner silent ──▶ coordinator told again ── silent ──▶ open (due + 3 wd, by the clock)
 *    ▲                 └── new date by owner, coordinator, host or head ──▶ open
 *    └── decision ── escalated ◀── due, third miss              open, overdue, escalated ── complete ──▶ reported ──▶ done
 *
 * At D it is asked first whether the owner is on leave or gone (absence.ts); what the coordinator accepted as blocked waits
 * for `blockCheck` instead of D (blocks.ts).
 *
 * It never stalls: open waits for `missed` or `blockCheck`, overdue for `ownerSilent` or `coordinatorSilent`, escalated for
 * `decisionSilent` of its decision task, reported for `acceptSilence`.
 */
import { dueAt } from '../../calendar/index.js';
import type { Instant } from '../../calendar/index.js';
import { arm, changed, nextId, then } from '../change.js';
import type { Change } from '../effects.js';
import { daysAndClockOf, digestSlot } from '../hours.js';
import type { By, FollowUpTask, MeetingState } from '../state.js';
import { dueIn, latestNewDate, reminderBefore, silenceAt } from './dates.js';
import { escalate } from './escalation.js';
import { endTask, itemById, openTask, putItem, stopClock } from './items.js';
import type { Item } from './items.js';
import { ask, decidedMail, dueOccasion, missedMail, reminderMail } from './mails.js';
import { trackerOf } from './people.js';

const clock: By = { via: 'clock' };

/** Arms what an open item waits for: its reminder, if that is still ahead, and its due instant. */
export function armDue(state: MeetingState, item: Item, now: Instant): MeetingState {
  const reminded = arm(stopClock(state, item.id), now, reminderOf(state, item));
  return arm(reminded, now, { kind: 'missed', at: item.dueAt, ref: item.id }, true);
}

/** H1: by the owner's clock. */
function reminderOf(state: MeetingState, item: Item): { kind: 'reminder'; at: Instant; ref: string } {
  const { actionReminderWdBefore } = state.norms;
  const at = reminderBefore(state, item.dueAt, actionReminderWdBefore, daysAndClockOf(state, item.owner));
  return { kind: 'reminder', at, ref: item.id };
}

/** H1: the owner turns out to live by another clock: a reminder that is still ahead goes by that one. */
export function armItemReminder(state: MeetingState, item: Item, now: Instant): MeetingState {
  const waits = state.timers.some((t) => t.kind === 'reminder' && t.ref === item.id);
  return waits ? arm(state, now, reminderOf(state, item), true) : state;
}

/** A new due date: the item is open again and a talk about the old one is settled. */
export function setDue(
  state: MeetingState,
  item: Item,
  due: { dueAt: Instant; by: By; reason?: string },
  now: Instant,
): MeetingState {
  const dated: Item = {
    ...item,
    status: 'open',
    block: undefined,
    dueAt: due.dueAt,
    dues: [...item.dues, { ...due, setAt: now, missed: false }],
  };
  return armDue(settleTalk(putItem(state, dated), item.id, due.by, now), dated, now);
}

/** A talk that is not needed any more. */
export function settleTalk(state: MeetingState, itemId: string, by: By, now: Instant): MeetingState {
  const talk = openTask(state, itemId, 'talk');
  return talk ? endTask(state, talk, { status: 'moot', endedAt: now, endedBy: by }) : state;
}

/** F1 `reminder`: before the due date. One of a meeting that began under earlier rules may tell of a miss (H1). */
export function remind(state: MeetingState, item: Item, now: Instant): Change {
  return item.status === 'open' ? changed(state, reminderMail(item)) : tellMissed(state, item, now);
}

/** F2, F3 `missed`: the due instant passed. The third miss since the last decision goes up. */
export function miss(state: MeetingState, item: Item, now: Instant): Change {
  const dues = item.dues.map((due, i) => (i === item.dues.length - 1 ? { ...due, missed: true } : due));
  const counted: Item = { ...item, dues, missed: item.missed + 1, missedTotal: item.missedTotal + 1 };
  const third = counted.missed >= state.norms.missesToEscalate;
  const next = third ? escalate(state, counted, now) : changed(askForDate(state, counted, now));
  return then(next, (s) => tellMissed(s, itemById(s, item.id), now));
}

/** F2: overdue, with a talk task for who tracks it and the owner's time to answer, which runs from when they are told (H2). */
export function askForDate(state: MeetingState, item: Item, now: Instant): MeetingState {
  const { norms } = state;
  const ownerUntil = silenceAt(state, digestSlot(state, item.owner, now), norms.ownerSilentWd);
  const overdue: Item = { ...item, status: 'overdue' };
  const kept = putItem(stopClock(state, item.id), overdue);
  const armed = arm(kept, now, { kind: 'ownerSilent', at: ownerUntil, ref: item.id }, true);
  const assignee = trackerOf(state, item);
  if (assignee === undefined) return armed;
  const { id, state: next } = nextId(armed, 'q');
  const talkUntil = silenceAt(state, digestSlot(state, assignee, ownerUntil), norms.coordinatorSilentWd);
  const talk: FollowUpTask = {
    id,
    kind: 'talk',
    about: item.id,
    assignee,
    status: 'open',
    dueAt: talkUntil,
    asked: 0,
    createdAt: now,
  };
  return { ...next, tasks: [...next.tasks, talk] };
}

/** F2, H2: owner and coordinator are told, with the next digest of each. */
function tellMissed(state: MeetingState, item: Item, now: Instant): Change {
  const { zone, norms } = state;
  const latest = dueAt(zone, latestNewDate(state, now));
  if (item.missed >= norms.missesToEscalate)
    return changed(state, missedMail(state, item, [item.owner, trackerOf(state, item)], latest));
  const told = missedMail(state, item, [item.owner], latest);
  const talk = openTask(state, item.id, 'talk');
  if (!talk) return changed(state, told);
  const asked = ask(state, talk, [talk.assignee], { item, replyBy: talk.dueAt });
  return changed(asked.state, [...told, ...asked.effects]);
}

/** F2 `ownerSilent`: no new date from the owner; the coordinator is told again that it is on them. */
export function ownerSilent(state: MeetingState, item: Item, now: Instant): Change {
  const talk = openTask(state, item.id, 'talk');
  const told = talk?.assignee === undefined ? now : digestSlot(state, talk.assignee, now);
  const at = silenceAt(state, told, state.norms.coordinatorSilentWd);
  const armed = arm(state, now, { kind: 'coordinatorSilent', at, ref: item.id }, true);
  if (!talk) return changed(armed);
  const asked = ask(armed, { ...talk, dueAt: at }, [talk.assignee], { item, replyBy: at });
  return changed(asked.state, asked.effects);
}

/** F2 `coordinatorSilent`: nobody answered, so the clock sets the date: that day + 3 wd. */
export function coordinatorSilent(state: MeetingState, item: Item, now: Instant): Change {
  const due = { dueAt: dueIn(state, now, state.norms.silentExtensionWd), by: clock, reason: 'silence' };
  const next = setDue(state, item, due, now);
  const dated = itemById(next, item.id);
  return changed(next, decidedMail(next, dated, 'silence', dueOccasion(dated)));
}
