/** F2: the coordinator's talk about a missed date; and handing in an improvement plan, which the inbox shows as a task. */
import type { Instant } from '../../calendar/index.js';
import { fault, refuse, Refusal } from '../../errors.js';
import type { Fault } from '../../errors.js';
import { changed } from '../change.js';
import type { CommandInput, CommandResult } from '../commands.js';
import type { Change } from '../effects.js';
import type { By, FollowUpTask, MeetingState } from '../state.js';
import { dueFaults, dueOn } from './dates.js';
import { endTask, isPlan, itemById, requirePossible, taskById } from './items.js';
import { setDue } from './ladder.js';
import { decidedMail, dueOccasion } from './mails.js';
import { handIn } from './plans.js';

type Input = CommandInput<'completeTask'>;

/** Ends a talk, or hands in a plan; a decision task is ended by `decide` alone. */
export function completeTask(
  state: MeetingState,
  input: Input,
  now: Instant,
  by: By,
): Change<CommandResult<'completeTask'>> {
  const task = taskById(state, input.id);
  if (task?.kind === 'escalation') refuse('Conflict', 'F3.decisionNeeded', 'id', { id: task.id, possible: ['decide'] });
  if (task) return { ...endTalk(state, task, input, now, by), result: { status: 'done' } };
  const item = itemById(state, input.id);
  if (!isPlan(item)) refuse('NotFound', 'task.unknown', 'id', { id: input.id });
  requirePossible(item, 'complete');
  const change = handIn(state, item, input.text, now, by);
  return { ...change, result: { status: itemById(change.state, item.id).status } };
}

/** Who, when, result, new date. */
function endTalk(state: MeetingState, task: FollowUpTask, input: Input, now: Instant, by: By): Change {
  const { id, status } = task;
  if (status !== 'open') refuse('Conflict', 'F2.talkEnded', 'id', { id, status });
  const faults = talkFaults(state, input, now);
  if (faults.length > 0 || input.newDueAt === undefined) throw new Refusal('BadInput', faults);
  const item = itemById(state, task.about);
  const newDueAt = dueOn(state, input.newDueAt);
  const talk = { with: input.with ?? item.owner, at: input.talkedAt ?? now, newDueAt };
  const ended = endTask(state, task, { status: 'done', endedAt: now, endedBy: by, result: input.text, talk });
  const next = setDue(ended, item, { dueAt: newDueAt, by, reason: input.text }, now);
  const redated = itemById(next, item.id);
  return changed(next, decidedMail(next, redated, 'moved', dueOccasion(redated), by.person));
}

function talkFaults(state: MeetingState, input: Input, now: Instant): Fault[] {
  const { text, talkedAt, newDueAt } = input;
  return [
    ...(text.trim() ? [] : [fault('F2.resultNeeded', 'text')]),
    ...(talkedAt !== undefined && talkedAt > now ? [fault('F2.talkFuture', 'talkedAt')] : []),
    ...(newDueAt === undefined
      ? [fault('F2.newDateNeeded', 'newDueDate', { days: state.norms.newDateMaxWd })]
      : dueFaults(state, newDueAt, now, 'newDueDate', true)),
  ];
}
