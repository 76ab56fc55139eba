/** H4, H5: a reorganisation keeps the old names on records and moves open work; so does somebody's leaving. */
import type { Instant } from '../../calendar/index.js';
import { changed, then } from '../change.js';
import type { CommandInput, CommandResult } from '../commands.js';
import type { Change } from '../effects.js';
import { tracker } from '../people.js';
import type { By, DepartmentId, FollowUpTask, MeetingState, PersonId } from '../state.js';
import { ownerLeft } from './absence.js';
import { askHead, renewed } from './blocks.js';
import { dueIn } from './dates.js';
import { searchAgain } from './escalation.js';
import { isBlocked, isEnded, isPlan, itemById, itemsOf, openTask, putItem, putTask } from './items.js';
import type { Item } from './items.js';
import { setDue } from './ladder.js';
import { ask, decidedMail, dueOccasion } from './mails.js';
import { officesWithout } from './offices.js';
import { ownedBy, trackerOf } from './people.js';
import { askTopicAnew } from './topics.js';

const clock: By = { via: 'clock' };

/** H5: open actions and plans of a department, what waits for it, and its open decisions. Again → nothing is left to move. */
export function moveDepartment(
  state: MeetingState,
  { from, to }: CommandInput<'moveDepartment'>,
  now: Instant,
): Change<CommandResult<'moveDepartment'>> {
  const concerned = itemsOf(state).filter((item) => !isEnded(item) && names(item, from));
  const start: Change = changed(state);
  const all = concerned.reduce(
    (change, { id }) => then(change, (s) => moveItem(s, itemById(s, id), from, to, now)),
    start,
  );
  return { ...all, result: { moved: concerned.length } };
}

const names = (item: Item, department: DepartmentId): boolean =>
  item.department === department ||
  item.block?.department === department ||
  (!isPlan(item) && item.supporting.includes(department));

function moveItem(state: MeetingState, item: Item, from: DepartmentId, to: DepartmentId, now: Instant): Change {
  const its = item.department === from;
  const former = its ? [...(item.formerDepartments ?? []), { department: from, until: now }] : item.formerDepartments;
  const lead = its ? to : item.department;
  const block = item.block?.department === from ? { ...renewed(item.block), department: to } : item.block;
  const base: Item = { ...item, department: lead, formerDepartments: former, block };
  const moved: Item = isPlan(base) ? base : { ...base, supporting: renamed(base.supporting, from, to, lead) };
  const next = putItem(state, moved);
  const decision = its ? openTask(next, item.id, 'escalation') : undefined;
  const asked = block !== item.block && isBlocked(moved) ? [askHead(next, moved, now)] : [];
  const change = decision ? searchAgain(next, moved, decision, now) : changed(next);
  return { ...change, effects: [...change.effects, ...asked] };
}

function renamed(list: DepartmentId[], from: DepartmentId, to: DepartmentId, lead?: DepartmentId): DepartmentId[] {
  return [...new Set(list.map((d) => (d === from ? to : d)))].filter((d) => d !== lead);
}

/**
 * H4: their open items go to the successor at once, else to a decision of the head; their offices to the successor, else as
 * `officesWithout` says. Nobody is waited for who is gone. What moved is counted once each.
 */
export function personLeft(
  state: MeetingState,
  { left, successor }: CommandInput<'personLeft'>,
  now: Instant,
): Change<CommandResult<'personLeft'>> {
  const follows = successor === left ? undefined : successor;
  const offices = officesWithout(state, left, follows);
  let moved = offices.moved;
  let change: Change = changed(offices.state);
  const step = (rule: (s: MeetingState) => Change): void => {
    const before = change.state;
    change = then(change, rule);
    if (change.state !== before) moved += 1;
  };
  for (const { id, owner, status } of itemsOf(state))
    if (owner === left && (status === 'open' || status === 'overdue'))
      step((s) => handOver(s, itemById(s, id), follows, now));
  for (const { id, status } of state.actions) if (!isEnded({ status })) step((s) => passContact(s, id, left, follows));
  for (const { id, kind } of state.tasks)
    if (kind === 'talk') step((s) => passTalk(s, id, left));
    else if (kind === 'escalation') step((s) => passDecision(s, id, left, now));
    else if (kind === 'topicStuck') step((s) => passTopic(s, id, left, now));
  return { ...change, result: { moved } };
}

/** Of a task that is still open, whatever was moved before it; undefined: it is not. */
function openById(state: MeetingState, id: string): FollowUpTask | undefined {
  return state.tasks.find((t) => t.id === id && t.status === 'open');
}

/** F3: asked of the chain anew; who was still to be asked is passed over. */
function passDecision(state: MeetingState, id: string, left: PersonId, now: Instant): Change {
  const task = openById(state, id);
  if (task?.assignee === left) return searchAgain(state, itemById(state, task.about), task, now);
  return changed(task?.chain?.includes(left) ? putTask(state, withoutAbove(task, left)) : state);
}

/** F4: the same for a stuck topic; asked of host and coordinator, whoever they are now. */
function passTopic(state: MeetingState, id: string, left: PersonId, now: Instant): Change {
  const task = openById(state, id);
  if (task?.assignee === left) return askTopicAnew(state, task, now);
  return changed(task?.chain?.includes(left) ? putTask(state, withoutAbove(task, left)) : state);
}

/** Who stands below has had their time and stays on record. */
function withoutAbove(task: FollowUpTask, left: PersonId): FollowUpTask {
  const { chain = [], step = 0 } = task;
  return { ...task, chain: chain.filter((p, i) => i <= step || p !== left) };
}

/** H7: an external owner keeps somebody in the house. */
function passContact(state: MeetingState, id: string, left: PersonId, successor: PersonId | undefined): Change {
  const action = state.actions.find((a) => a.id === id);
  if (action?.internalContact !== left) return changed(state);
  return changed(putItem(state, { ...action, internalContact: successor ?? tracker(state) }));
}

/** The successor gets the date that stands, or after a miss as long as after anybody's silence. */
function handOver(state: MeetingState, item: Item, successor: PersonId | undefined, now: Instant): Change {
  if (successor === undefined) return ownerLeft(state, item, now);
  const given = ownedBy(state, item, successor);
  const late = item.status === 'overdue' || (item.dueAt <= now && !isBlocked(item));
  const due = { dueAt: dueIn(state, now, state.norms.silentExtensionWd), by: clock, reason: 'reassign' };
  const next = late ? setDue(state, given, due, now) : putItem(state, given);
  const after = itemById(next, item.id);
  const told = decidedMail(next, after, 'reassign', `left:${dueOccasion(after)}:${item.owner}`, item.owner);
  return changed(next, told);
}

/** F2: the talk falls to who tracks it now; while they were asked already, nobody is asked twice. */
function passTalk(state: MeetingState, id: string, left: PersonId): Change {
  const task = openById(state, id);
  if (task?.assignee !== left) return changed(state);
  const item = itemById(state, task.about);
  const tracks = trackerOf(state, item);
  if (tracks === undefined || tracks === left) return changed(state);
  const passed = { ...task, assignee: tracks };
  const asked = ask(putTask(state, passed), passed, [tracks], { item, replyBy: task.dueAt });
  return changed(asked.state, asked.effects);
}
