import { refuse } from '../../errors.js';
import { disarm, replace } from '../change.js';
import type { Action, FollowUpTask, MeetingState, Plan, TimerKind, TrackedStatus } from '../state.js';

/** What the deadline machine moves. */
export type Item = Action | Plan;

const ladderTimers: TimerKind[] = ['reminder', 'missed', 'ownerSilent', 'coordinatorSilent', 'acceptSilence'];

export function isPlan(item: Item): item is Plan {
  return 'kind' in item;
}

export function isEnded(item: { status: TrackedStatus }): boolean {
  return item.status === 'done' || item.status === 'cancelled';
}

export function itemsOf(state: MeetingState): Item[] {
  return [...state.actions, ...state.plans];
}

export function findItem(state: MeetingState, id: string): Item | undefined {
  return itemsOf(state).find((x) => x.id === id);
}

/** The action or plan, or NotFound. */
export function itemById(state: MeetingState, id: string): Item {
  return findItem(state, id) ?? refuse('NotFound', 'action.unknown', 'id', { id });
}

export function taskById(state: MeetingState, id: string): FollowUpTask | undefined {
  return state.tasks.find((t) => t.id === id);
}

/** The open talk or decision about an item; there is never more than one of a kind. */
export function openTask(state: MeetingState, about: string, kind: FollowUpTask['kind']): FollowUpTask | undefined {
  return state.tasks.find((t) => t.about === about && t.kind === kind && t.status === 'open');
}

export function putItem(state: MeetingState, item: Item): MeetingState {
  return isPlan(item)
    ? { ...state, plans: replace(state.plans, item) }
    : { ...state, actions: replace(state.actions, item) };
}

export function putTask(state: MeetingState, task: FollowUpTask): MeetingState {
  return { ...state, tasks: replace(state.tasks, task) };
}

/** Takes an item off the ladder's clock; its next rung arms what it needs. */
export function stopClock(state: MeetingState, itemId: string): MeetingState {
  return disarm(state, ladderTimers, itemId);
}

/** Ends a task of a person who answered it, or as moot when it is not needed any more. */
export function endTask(
  state: MeetingState,
  task: FollowUpTask,
  end: Pick<FollowUpTask, 'status' | 'endedAt' | 'endedBy'> & Partial<FollowUpTask>,
): MeetingState {
  return putTask(disarm(state, ['decisionSilent'], task.id), { ...task, ...end });
}
