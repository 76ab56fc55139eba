/** E14, F1, F2: what people say about actions and plans. */
import type { Instant } from '../../calendar/index.js';
import { fault, refuse, Refusal } from '../../errors.js';
import type { Fault } from '../../errors.js';
import { may } from '../authorize.js';
import { changed, nextId } from '../change.js';
import type { Actor, CommandInput, CommandResult } from '../commands.js';
import type { Change } from '../effects.js';
import { topicOf } from '../execution.js';
import { participantOf } from '../people.js';
import { entered } from '../replies.js';
import type { Action, By, MeetingState } from '../state.js';
import { sayBlocked } from './blocks.js';
import { dueFaults, dueOn } from './dates.js';
import { isPlan, itemById, newTracked, noted, putItem, requirePossible } from './items.js';
import type { Item } from './items.js';
import { armDue, setDue } from './ladder.js';
import { decidedMail, dueOccasion, reminderMail } from './mails.js';
import { contactOf } from './people.js';
import { handIn } from './plans.js';
import { accept, report, sendBack } from './reports.js';

export { amendAction, withdrawAction } from './amend.js';
export { decide } from './decisions.js';
export { blocked, unblock } from './blocks.js';
export { moveDepartment, personLeft } from './reorganise.js';
export { completeTask } from './talks.js';
export { chooseForTopic } from './topics.js';

/** E14: one owner and a date, else refused; lead department is the owner's unless named: of the seat, else at home. */
export function action(
  state: MeetingState,
  input: CommandInput<'action'>,
  now: Instant,
  by: By,
): Change<CommandResult<'action'>> {
  const faults = actionFaults(state, input, now);
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  if (input.topicId !== undefined) topicOf(state, input.topicId);
  const { id, state: counted } = nextId(state, 'a');
  const { owner, task, topicId } = input;
  const department = input.department ?? participantOf(state, owner)?.department ?? input.ownerDepartment;
  const dueAt = dueOn(state, input.dueAt);
  const supporting = [...new Set(input.supporting ?? [])].filter((d) => d !== department);
  const item: Action = {
    ...newTracked({ id, owner, department, dueAt }, now, by),
    task,
    topicId,
    supporting,
    ...contactOf(state, owner, input.internalContact),
  };
  const added = armDue({ ...counted, actions: [...counted.actions, item] }, item, now);
  // In the follow-up no minutes will bring it to its owner any more.
  const told = state.phase === 'followUp' && by.person !== owner ? reminderMail(item, 'new') : [];
  return changed(added, told, { id, task, owner, dueAt });
}

function actionFaults(state: MeetingState, input: Partial<CommandInput<'action'>>, now: Instant): Fault[] {
  return [
    ...(input.task?.trim() ? [] : [fault('E14.taskNeeded', 'task')]),
    ...(input.owner ? [] : [fault('E14.ownerNeeded', 'owner')]),
    ...(input.dueAt === undefined
      ? [fault('E14.dateNeeded', 'dueDate')]
      : dueFaults(state, input.dueAt, now, 'dueDate', false)),
  ];
}

/** F1, F2: how far it is, what blocks it, and after a miss a new date. */
export function progress(
  state: MeetingState,
  input: CommandInput<'progress'>,
  now: Instant,
  sender: By,
  actor: Actor,
): Change<CommandResult<'progress'>> {
  const item = itemById(state, input.id);
  const by = entered(sender, item.owner, input.channel);
  requirePossible(item, 'progress');
  const { percent, note, obstacle, newDueAt, blockedBy } = input;
  if (percent === undefined && !note && !obstacle && newDueAt === undefined && blockedBy === undefined)
    refuse('BadInput', 'F1.progressEmpty', '', {});
  const said: Item = {
    ...noted(item, now, by, note, percent),
    obstacles: obstacle ? [...item.obstacles, { at: now, by, text: obstacle }] : item.obstacles,
  };
  if (blockedBy !== undefined) return dated(sayBlocked(state, said, blockedBy, input, now, by), item.id);
  if (newDueAt === undefined) return dated(changed(putItem(state, said)), item.id);
  if (item.status === 'open' && !may(state, 'extendAction', input, actor))
    refuse('Forbidden', 'F2.ownerMovesAfterMiss', 'newDueDate', { id: item.id });
  return moved(state, said, { dueAt: newDueAt, path: 'newDueDate', reason: obstacle ?? note }, now, by);
}

/** F2: before the due date coordinator, host or head move it, after a miss the owner as well (authorize.ts). */
export function extendAction(
  state: MeetingState,
  input: CommandInput<'extendAction'>,
  now: Instant,
  by: By,
): Change<CommandResult<'extendAction'>> {
  const item = itemById(state, input.id);
  return moved(state, item, { dueAt: input.dueAt, path: 'dueDate', reason: input.reason }, now, by);
}

function moved(
  state: MeetingState,
  item: Item,
  to: { dueAt: Instant; path: string; reason?: string },
  now: Instant,
  by: By,
): Change<CommandResult<'progress'>> {
  requirePossible(item, 'extendAction');
  const faults = dueFaults(state, to.dueAt, now, to.path, item.status === 'overdue');
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  const next = setDue(state, item, { dueAt: dueOn(state, to.dueAt), by, reason: to.reason }, now);
  const redated = itemById(next, item.id);
  const told = decidedMail(next, redated, 'moved', dueOccasion(redated), by.person);
  return dated(changed(next, told), item.id);
}

/** F1: reported done, from open, overdue or escalated; an improvement plan is handed in with its text. */
export function complete(
  state: MeetingState,
  input: CommandInput<'complete'>,
  now: Instant,
  by: By,
): Change<CommandResult<'complete'>> {
  const item = itemById(state, input.id);
  requirePossible(item, 'complete');
  const { note } = input;
  if (isPlan(item)) return standing(handIn(state, item, note ?? item.text, now, by), item.id);
  return standing(report(state, noted(item, now, by, note), now, by), item.id);
}

/** F1: the check of what was reported done; accepted unless it says no. */
export function confirm(
  state: MeetingState,
  input: CommandInput<'confirm'>,
  now: Instant,
  by: By,
): Change<CommandResult<'confirm'>> {
  const item = itemById(state, input.id);
  requirePossible(item, 'confirm');
  if (input.accepted === false) return standing(sendBack(state, item, input, now, by), item.id);
  return standing(accept(state, noted(item, now, by, input.note), now), item.id);
}

function standing(change: Change, id: string): Change<{ status: string }> {
  return { ...change, result: { status: itemById(change.state, id).status } };
}

function dated(change: Change, id: string): Change<{ status: string; dueAt: Instant }> {
  const { status, dueAt } = itemById(change.state, id);
  return { ...change, result: { status, dueAt } };
}
