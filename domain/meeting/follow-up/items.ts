import type { Instant } from '../../calendar/index.js';
import { refuse } from '../../errors.js';
import { disarm, replace } from '../change.js';
import type { CommandName } from '../commands.js';
import type { Action, By, FollowUpTask, MeetingState, Plan, TimerKind, Tracked, TrackedStatus } from '../state.js';

/** What the deadline machine moves. */
export type Item = Action | Plan;

/** What people may do with an item as it stands; of an overdue one the talk task can be completed, too. */
const possible: Record<TrackedStatus, CommandName[]> = {
  open: ['progress', 'complete', 'extendAction', 'blocked', 'unblock'],
  overdue: ['progress', 'complete', 'extendAction', 'blocked'],
  escalated: ['progress', 'complete', 'decide'],
  reported: ['progress', 'confirm'],
  done: [],
  cancelled: [],
};

const ladderTimers: TimerKind[] = [
  'reminder',
  'missed',
  'ownerSilent',
  'coordinatorSilent',
  'acceptSilence',
  'blockCheck',
];

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

/** Conflict when a command is not possible as the item stands, saying which are. */
export function requirePossible(item: Item, command: CommandName): void {
  const { id, status } = item;
  const now = possibleOf(item);
  if (now.includes(command)) return;
  if (command === 'blocked' || command === 'unblock') refuse('Conflict', 'F2.notBlocked', 'id', { id, status });
  refuse('Conflict', 'F1.notNow', '', { id, status, command, possible: now });
}

/** What is said to block it can be accepted, what is accepted can end (F2). */
function possibleOf({ status, block }: Item): CommandName[] {
  return possible[status].filter(
    (name) => (name !== 'blocked' || block) && (name !== 'unblock' || block?.acceptedAt !== undefined),
  );
}

/** F2: whether the coordinator accepted that it is blocked; while so, no date is missed. */
export function isBlocked(item: Item): boolean {
  return item.status === 'open' && item.block?.acceptedAt !== undefined;
}

/** Keeps what was said about an item, if anything was. */
export function noted(item: Item, at: Instant, by: By, note?: string, percent?: number): Item {
  if (!note && percent === undefined) return item;
  return { ...item, percent: percent ?? item.percent, notes: [...item.notes, { at, by, percent, note }] };
}

/** What an item starts with. */
export function newTracked(
  given: Pick<Tracked, 'id' | 'owner' | 'department' | 'dueAt'>,
  now: Instant,
  by: By,
): Tracked {
  return {
    ...given,
    status: 'open',
    firstDueAt: given.dueAt,
    dues: [{ dueAt: given.dueAt, setAt: now, by, missed: false }],
    missed: 0,
    missedTotal: 0,
    obstacles: [],
    percent: 0,
    notes: [],
    reports: 0,
    createdAt: now,
    createdBy: by,
  };
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
