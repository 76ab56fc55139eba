/** F1: "done" waits for a check; silence for 2 wd from when the checker is told (H2) accepts. While an item is reported, no miss is counted. */
import { addWorkingDays } from '../../calendar/index.js';
import type { Instant } from '../../calendar/index.js';
import { refuse, Refusal } from '../../errors.js';
import { arm, changed } from '../change.js';
import type { CommandInput } from '../commands.js';
import type { Change } from '../effects.js';
import { digestSlot } from '../hours.js';
import type { By, MeetingState } from '../state.js';
import { dueFaults, dueOn } from './dates.js';
import { reopen } from './escalation.js';
import { endTask, itemById, noted, openTask, putItem, stopClock } from './items.js';
import type { Item } from './items.js';
import { armDue, askForDate, setDue, settleTalk } from './ladder.js';
import { checkMail, decidedMail } from './mails.js';
import { checkerOf } from './people.js';

/** The owner says done: this ends the talk and the decision about it. Who would check needs no check of their own. */
export function report(state: MeetingState, item: Item, now: Instant, by: By): Change {
  const reported: Item = {
    ...item,
    status: 'reported',
    block: undefined,
    reports: item.reports + 1,
    reportedAt: now,
    reportedBy: by,
  };
  const next = settleTasks(putItem(stopClock(state, item.id), reported), item.id, by, now);
  const checker = checkerOf(state, reported);
  if (checker !== undefined && by.person === checker) return accept(next, reported, now);
  const told = checker === undefined ? now : digestSlot(state, checker, now);
  const at = addWorkingDays(state.calendar, state.zone, told, state.norms.acceptSilenceWd);
  const armed = arm(next, now, { kind: 'acceptSilence', at, ref: item.id }, true);
  return changed(armed, checkMail(reported, checker, at));
}

/** Checked, or nobody objected in time (`acceptSilence`). */
export function accept(state: MeetingState, item: Item, now: Instant): Change {
  return changed(end(state, { ...item, status: 'done', percent: 100 }, now));
}

/** Nothing more happens to it: no timer, no task is left. */
export function end(state: MeetingState, item: Item, now: Instant): MeetingState {
  return stopClock(putItem(state, { ...item, endedAt: now }), item.id);
}

/**
 * Not done: back on the ladder where it stood. With its due date ahead, or a new one, it is open; else it is overdue and
 * the owner's time to answer runs again; after the third miss the same decision is wanted again.
 */
export function sendBack(
  state: MeetingState,
  item: Item,
  input: Pick<CommandInput<'confirm'>, 'note' | 'newDueAt'>,
  now: Instant,
  by: By,
): Change {
  const { note, newDueAt } = input;
  const back = placeBack(state, noted(item, now, by, note), newDueAt, now, by);
  const after = itemById(back.state, item.id);
  const told = decidedMail(back.state, after, 'returned', `returned${item.reports}`, by.person);
  return changed(back.state, [...told, ...back.effects]);
}

function placeBack(state: MeetingState, item: Item, newDueAt: Instant | undefined, now: Instant, by: By): Change {
  const past = item.dueAt <= now;
  if (item.missed >= state.norms.missesToEscalate) {
    if (newDueAt !== undefined)
      refuse('Conflict', 'F3.decisionNeeded', 'newDueDate', { id: item.id, possible: ['decide'] });
    return reopen(state, item, now);
  }
  if (newDueAt !== undefined) {
    const faults = dueFaults(state, newDueAt, now, 'newDueDate', past);
    if (faults.length > 0) throw new Refusal('BadInput', faults);
    return changed(setDue(state, item, { dueAt: dueOn(state, newDueAt), by, reason: 'returned' }, now));
  }
  if (past) return changed(askForDate(state, item, now));
  const open: Item = { ...item, status: 'open' };
  return changed(armDue(putItem(state, open), open, now));
}

export function settleTasks(state: MeetingState, itemId: string, by: By, now: Instant): MeetingState {
  const decision = openTask(state, itemId, 'escalation');
  const settled = settleTalk(state, itemId, by, now);
  return decision ? endTask(settled, decision, { status: 'moot', endedAt: now, endedBy: by }) : settled;
}
