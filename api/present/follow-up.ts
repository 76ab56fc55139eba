/** Actions, plans and tasks as callers see them. */
import type { Action, Alternate, By, FollowUpTask, PersonId, Plan, Tracked } from '../../domain/meeting/state.js';
import { actionText } from '../../render/action-text.js';
import { meetingIdOf } from '../../workflows/contracts.js';
import type { ActionAnswer, TaskAnswer } from '../schemas/answers.js';
import { dateOf, iso, maybeIso, present } from './context.js';
import type { Telling } from './context.js';

/** E14: the exact sentence, in the meeting's language, the owner by name. */
export function sentenceOf(telling: Telling, action: Pick<Action, 'task' | 'owner' | 'dueAt'>): string {
  const { task, dueAt } = action;
  return actionText(
    telling.meetingLocale,
    { task, owner: telling.names.personName(action.owner), dueAt },
    telling.zone,
  );
}

/** H8: by whom and how something was entered for somebody else. */
export function enteredBy(telling: Telling, { person, channel }: By) {
  return channel === undefined ? undefined : present({ person: telling.names.maybePerson(person), channel });
}

function tracked(telling: Telling, item: Tracked) {
  return {
    id: item.id,
    meetingId: meetingIdOf(item.id) ?? '',
    owner: telling.names.person(item.owner),
    department: telling.names.maybeDepartment(item.department),
    status: item.status,
    missed: item.missed,
    missedTotal: item.missedTotal,
    dueDate: dateOf(telling, item.dueAt),
    dueAt: iso(telling, item.dueAt),
    firstDueDate: dateOf(telling, item.firstDueAt),
    dues: item.dues.map((d) =>
      present({ dueAt: iso(telling, d.dueAt), setAt: iso(telling, d.setAt), missed: d.missed, reason: d.reason }),
    ),
    percent: item.percent,
    waitsFor: waitsFor(telling, item),
    formerDepartments: item.formerDepartments?.map((f) => ({
      department: telling.names.department(f.department),
      until: iso(telling, f.until),
    })),
    obstacles: item.obstacles.map((o) => ({ at: iso(telling, o.at), text: o.text })),
    notes: item.notes.map((n) =>
      present({ at: iso(telling, n.at), percent: n.percent, note: n.note, entered: enteredBy(telling, n.by) }),
    ),
    reportedAt: maybeIso(telling, item.reportedAt),
    endedAt: maybeIso(telling, item.endedAt),
    cancelledByDecision: item.cancelledByDecision,
    createdAt: iso(telling, item.createdAt),
  };
}

/** F2: who waits for whom. */
function waitsFor(telling: Telling, { block }: Tracked) {
  if (block === undefined) return undefined;
  return present({
    department: telling.names.department(block.department),
    note: block.note,
    status: block.acceptedAt === undefined ? 'asked' : 'accepted',
    until: maybeIso(telling, block.until),
  });
}

export function presentAction(telling: Telling, action: Action): ActionAnswer {
  return present({
    ...tracked(telling, action),
    text: sentenceOf(telling, action),
    task: action.task,
    topicId: action.topicId,
    internalContact: telling.names.maybePerson(action.internalContact),
    supporting: action.supporting.map((d) => telling.names.department(d)),
  });
}

export function presentTask(telling: Telling, task: FollowUpTask): TaskAnswer {
  return present({
    id: task.id,
    meetingId: meetingIdOf(task.id) ?? '',
    kind: task.kind,
    about: task.about,
    assignee: telling.names.maybePerson(task.assignee),
    status: task.status,
    dueAt: iso(telling, task.dueAt),
    createdAt: iso(telling, task.createdAt),
    endedAt: maybeIso(telling, task.endedAt),
    result: task.result ?? task.decision?.decision,
    cause: task.cause,
    choice: task.choice,
    timesCarried: task.timesCarried,
  });
}

/** F6: an improvement plan is a task of its owner, on the same ladder as an action. */
export function presentPlan(telling: Telling, plan: Plan): TaskAnswer {
  return present({
    id: plan.id,
    meetingId: meetingIdOf(plan.id) ?? '',
    kind: plan.kind,
    assignee: telling.names.person(plan.owner),
    status: plan.status,
    dueAt: iso(telling, plan.dueAt),
    createdAt: iso(telling, plan.createdAt),
    endedAt: maybeIso(telling, plan.endedAt),
    result: plan.text,
    score: plan.score,
    missed: plan.missed,
  });
}

/** N3: a task of the key person. */
export function presentAlternateTask(telling: Telling, task: Alternate): TaskAnswer {
  return present({
    id: task.id,
    meetingId: meetingIdOf(task.id) ?? '',
    kind: task.kind,
    assignee: telling.names.person(task.person),
    status: task.status,
    dueAt: iso(telling, task.dueAt),
    createdAt: iso(telling, task.createdAt),
    endedAt: maybeIso(telling, task.endedAt),
    result: task.way,
  });
}

type AnyTask = FollowUpTask | Plan | Alternate;

export function presentAnyTask(telling: Telling, task: AnyTask): TaskAnswer {
  if ('owner' in task) return presentPlan(telling, task);
  return task.kind === 'alternate' ? presentAlternateTask(telling, task) : presentTask(telling, task);
}

/** Whom a task asks. */
export function peopleOfTask(task: AnyTask): PersonId[] {
  if ('owner' in task) return [task.owner];
  if (task.kind === 'alternate') return [task.person];
  return task.assignee === undefined ? [] : [task.assignee];
}
