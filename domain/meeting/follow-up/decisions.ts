/** F3: the four decisions about an item that missed three dates: reassign, simplify, cancel, a new date. */
import type { Instant } from '../../calendar/index.js';
import { fault, refuse, Refusal } from '../../errors.js';
import type { Fault } from '../../errors.js';
import { changed } from '../change.js';
import type { CommandInput, CommandResult } from '../commands.js';
import type { Change } from '../effects.js';
import { participantOf } from '../people.js';
import type { By, FollowUpTask, MeetingState } from '../state.js';
import { dueFaults, dueIn, dueOn } from './dates.js';
import { endTask, isPlan, itemById, openTask, requirePossible, taskById } from './items.js';
import type { Item } from './items.js';
import { setDue } from './ladder.js';
import { decidedMail } from './mails.js';
import { ownedBy } from './people.js';
import { end } from './reports.js';

type Input = CommandInput<'decide'>;

/** By the id of the item or of its decision task. A decision resets the count of misses. */
export function decide(state: MeetingState, input: Input, now: Instant, by: By): Change<CommandResult<'decide'>> {
  const { item, task } = decisionFor(state, input.id);
  const faults = decisionFaults(state, item, input, now);
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  const { id: _, ownerDepartment: __, ...decision } = input;
  const ended = endTask(state, task, { status: 'done', endedAt: now, endedBy: by, decision, result: input.reason });
  const next = carryOut(ended, { ...item, missed: 0 }, input, now, by);
  const after = itemById(next, item.id);
  const previous = after.owner === item.owner ? undefined : item.owner;
  const told = decidedMail(next, after, input.decision, `decided:${task.id}`, by.person, previous);
  return changed(next, told, { status: after.status, dueAt: after.dueAt });
}

function decisionFor(state: MeetingState, id: string): { item: Item; task: FollowUpTask } {
  const named = taskById(state, id);
  const item = itemById(state, named?.about ?? id);
  requirePossible(item, 'decide');
  const open = openTask(state, item.id, 'escalation');
  if (!open || (named && named.id !== open.id)) refuse('Conflict', 'F3.taskEnded', 'id', { id });
  return { item, task: open };
}

function decisionFaults(state: MeetingState, item: Item, input: Input, now: Instant): Fault[] {
  const { decision, owner, task, dueAt } = input;
  const date = dueAt === undefined ? [] : dueFaults(state, dueAt, now, 'dueDate', false);
  switch (decision) {
    case 'reassign':
      if (!owner) return [fault('E14.ownerNeeded', 'owner'), ...date];
      return owner === item.owner ? [fault('F3.sameOwner', 'owner'), ...date] : date;
    case 'simplify':
      return isPlan(item) || task?.trim() ? date : [fault('F3.taskNeeded', 'task'), ...date];
    case 'extend':
      return dueAt === undefined ? [fault('E14.dateNeeded', 'dueDate')] : date;
    case 'cancel':
      return [];
  }
}

/** Without a date of its own a decision gives the longest that F2 allows. */
function carryOut(state: MeetingState, item: Item, input: Input, now: Instant, by: By): MeetingState {
  const { decision, reason } = input;
  if (decision === 'cancel') return end(state, { ...item, status: 'cancelled', cancelledByDecision: true }, now);
  const dueAt = input.dueAt === undefined ? dueIn(state, now, state.norms.newDateMaxWd) : dueOn(state, input.dueAt);
  return setDue(state, changedBy(state, item, input), { dueAt, by, reason: reason ?? decision }, now);
}

function changedBy(state: MeetingState, item: Item, decision: Input): Item {
  const { owner, task } = decision;
  if (decision.decision === 'reassign' && owner !== undefined) {
    const home = participantOf(state, owner)?.department ?? decision.ownerDepartment;
    return { ...ownedBy(state, item, owner), department: decision.department ?? home ?? item.department };
  }
  return decision.decision === 'simplify' && task !== undefined && !isPlan(item) ? { ...item, task } : item;
}
