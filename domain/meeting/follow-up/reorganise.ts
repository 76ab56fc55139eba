/** H4, H5: a reorganisation keeps the old names on records and moves open work; so does somebody's leaving. */
import type { Instant } from '../../calendar/index.js';
import { changed, then } from '../change.js';
import type { CommandInput, CommandResult } from '../commands.js';
import type { Change } from '../effects.js';
import type { By, DepartmentId, FollowUpTask, MeetingState, PersonId } from '../state.js';
import { ownerLeft } from './absence.js';
import { askHead, renewed } from './blocks.js';
import { dueIn } from './dates.js';
import { searchAgain } from './escalation.js';
import { isBlocked, isEnded, isPlan, itemById, itemsOf, openTask, putItem, putTask } from './items.js';
import type { Item } from './items.js';
import { setDue } from './ladder.js';
import { ask, decidedMail, dueOccasion } from './mails.js';
import { trackerOf } from './people.js';

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

/** H4: their open items go to the successor at once, else to a decision of the head; nobody is waited for who is gone. */
export function personLeft(
  state: MeetingState,
  { left, successor }: CommandInput<'personLeft'>,
  now: Instant,
): Change<CommandResult<'personLeft'>> {
  const owned = itemsOf(state).filter((x) => x.owner === left && (x.status === 'open' || x.status === 'overdue'));
  const decisions = openTasks(state, 'escalation', left);
  const talks = openTasks(state, 'talk', left);
  const coordinates = state.coordinator === left;
  let change: Change = changed(coordinates ? { ...state, coordinator: successor } : state);
  for (const { id } of owned) change = then(change, (s) => handOver(s, itemById(s, id), successor, now));
  for (const task of decisions)
    change = then(change, (s) => {
      const open = openTask(s, task.about, 'escalation');
      return open?.assignee === left ? searchAgain(s, itemById(s, task.about), open, now) : changed(s);
    });
  for (const task of talks) change = then(change, (s) => passTalk(s, task, left));
  const moved = owned.length + decisions.length + talks.length + (coordinates ? 1 : 0);
  return { ...change, result: { moved } };
}

function openTasks(state: MeetingState, kind: FollowUpTask['kind'], assignee: PersonId): FollowUpTask[] {
  return state.tasks.filter((t) => t.kind === kind && t.status === 'open' && t.assignee === assignee);
}

/** The successor gets the date that stands, or after a miss as long as after anybody's silence. */
function handOver(state: MeetingState, item: Item, successor: PersonId | undefined, now: Instant): Change {
  if (successor === undefined || successor === item.owner) return ownerLeft(state, item, now);
  const given: Item = { ...item, owner: successor };
  const late = item.status === 'overdue' || (item.dueAt <= now && !isBlocked(item));
  const due = { dueAt: dueIn(state, now, state.norms.silentExtensionWd), by: clock, reason: 'reassign' };
  const next = late ? setDue(state, given, due, now) : putItem(state, given);
  const after = itemById(next, item.id);
  const told = decidedMail(next, after, 'reassign', `left:${dueOccasion(after)}:${item.owner}`, item.owner);
  return changed(next, told);
}

/** F2: the talk falls to who tracks it now; while they were asked already, nobody is asked twice. */
function passTalk(state: MeetingState, given: FollowUpTask, left: PersonId): Change {
  const task = state.tasks.find((t) => t.id === given.id);
  if (task?.status !== 'open' || task.assignee !== left) return changed(state);
  const item = itemById(state, task.about);
  const tracker = trackerOf(state, item);
  if (tracker === undefined || tracker === left) return changed(state);
  const passed = { ...task, assignee: tracker };
  const asked = ask(putTask(state, passed), passed, [tracker], { item, replyBy: task.dueAt });
  return changed(asked.state, asked.effects);
}
