import type { Instant } from '../../calendar/index.js';
import { mail } from '../change.js';
import type { Effect } from '../effects.js';
import type { FollowUpTask, MeetingState, PersonId } from '../state.js';
import type { Item } from './items.js';
import { putTask } from './items.js';
import { trackerOf } from './people.js';

/** Why an item's date or owner changed, or what became of a report; the text of `decided`. */
export type Told =
  | 'reassign'
  | 'simplify'
  | 'cancel'
  | 'extend'
  | 'moved'
  | 'silence'
  | 'returned'
  | 'blockAccepted'
  | 'blockRefused'
  | 'blockEnded'
  /** M3 */
  | 'amended'
  | 'withdrawn';

/** F1: one wd before the due date, and for an action that no minutes will carry, at once. */
export function reminderMail(item: Item, occasion = `${item.dueAt}:reminder`): Effect[] {
  return mail('actionReminder', `${item.id}:${occasion}`, [item.owner], { dueAt: item.dueAt }, item.id);
}

/** F2, F3: the owner is asked what blocks it and for a new date; forewarned at the second miss, told at the third. */
export function missedMail(state: MeetingState, item: Item, to: (PersonId | undefined)[], latest: Instant): Effect[] {
  const { missesToEscalate } = state.norms;
  const params = {
    dueAt: item.dueAt,
    missed: item.missed,
    latest,
    forewarned: item.missed === missesToEscalate - 1,
    escalated: item.status === 'escalated',
  };
  return mail('missed', `${item.id}:${item.dueAt}:missed`, to, params, item.id);
}

/** Asks a person about a task, counting how often; each asking is an occasion of its own. */
export function ask(
  state: MeetingState,
  task: FollowUpTask,
  to: (PersonId | undefined)[],
  about: { item: Item; replyBy: Instant },
): { state: MeetingState; effects: Effect[] } {
  const asked = task.asked + 1;
  const { dueAt, missed } = about.item;
  const params = {
    dueAt,
    missed,
    replyBy: about.replyBy,
    again: asked > 1,
    forewarned: missed === state.norms.missesToEscalate - 1,
    nobody: task.assignee === undefined,
    ...(task.cause === undefined ? {} : { left: true }),
  };
  const kind = task.kind === 'talk' ? 'talk' : 'escalation';
  return {
    state: putTask(state, { ...task, asked }),
    effects: mail(kind, `${task.id}:${asked}`, to, params, task.id),
  };
}

/** F1: "done" waits for a check; silence until `acceptedAt` accepts. */
export function checkMail(item: Item, checker: PersonId | undefined, acceptedAt: Instant): Effect[] {
  return mail('pleaseCheck', `${item.id}:report${item.reports}`, [checker], { acceptedAt }, item.id);
}

/** Owner and who tracks learn what became of an item, but for the one who did it. */
export function decidedMail(
  state: MeetingState,
  item: Item,
  told: Told,
  occasion: string,
  doer?: PersonId,
  also?: PersonId,
): Effect[] {
  const people = [item.owner, also, trackerOf(state, item)].filter((p) => p !== doer);
  return mail('decided', `${item.id}:${occasion}`, people, { decision: told, dueAt: item.dueAt }, item.id);
}

/** The occasion of the due date that an item has now. A corrected action's dates are counted anew (M3). */
export function dueOccasion(item: Item): string {
  const times = 'corrected' in item ? (item.corrected ?? 0) : 0;
  return times === 0 ? `due${item.dues.length}` : `corrected${times}:due${item.dues.length}`;
}
