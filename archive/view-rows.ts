import type { Action, Alternate, DepartmentId, FollowUpTask, MeetingState, Plan } from '../domain/meeting/state.js';
import { involved, isExternal, readersOfItem } from '../domain/meeting/visibility.js';

/** All that is searched by, beside the state itself. */
export function meetingRow(state: MeetingState) {
  const people = involved(state);
  return {
    id: state.id,
    phase: state.phase,
    kind: state.kind,
    title: state.title,
    departments: departmentsOf(state),
    people,
    outsiders: people.filter((person) => isExternal(state, person)),
    confidentialBy: state.confidential ? (state.createdBy.key ?? '') : null,
    seriesId: state.seriesId,
    startsAt: state.startsAt,
    plannedEndAt: state.plannedEndAt,
    timeZone: state.zone.name,
    locale: state.locale,
    host: state.host,
  };
}

/** Initiating, represented and support departments, and those that an action falls to. */
function departmentsOf(state: MeetingState): DepartmentId[] {
  const departments = new Set<DepartmentId | undefined>([
    state.initiator.department,
    ...state.participants.map((p) => p.department),
    ...state.supportDepartments.map((d) => d.department),
    ...state.actions.flatMap((action) => [action.department, ...action.supporting]),
  ]);
  departments.delete(undefined);
  return [...departments] as DepartmentId[];
}

/** Agenda order: by priority, equal ones in the host's order (P5). */
export function topicRows(state: MeetingState) {
  return [...state.agenda]
    .sort((a, b) => a.priority - b.priority || a.order - b.order)
    .map((topic, position) => ({
      topicId: topic.topicId,
      position,
      title: topic.title,
      department: topic.department,
      status: topic.status,
      outcome: topic.outcome,
      data: topic,
    }));
}

export function actionRows(state: MeetingState) {
  return state.actions.map((action) => ({
    id: action.id,
    topicId: action.topicId,
    owner: action.owner,
    department: action.department,
    status: action.status,
    dueAt: action.dueAt,
    data: kept(state, action),
  }));
}

/** What a person's inbox shows: improvement plans, talks, decisions, alternates. */
export function taskRows(state: MeetingState) {
  const plans = state.plans.map((plan) => ({
    id: plan.id,
    kind: plan.kind,
    assignee: plan.owner,
    about: undefined,
    status: plan.status,
    dueAt: plan.dueAt,
    data: kept(state, plan),
  }));
  const tasks = state.tasks.map((task) => ({
    id: task.id,
    kind: task.kind,
    assignee: task.assignee,
    about: task.about,
    status: task.status,
    dueAt: task.dueAt,
    data: kept(state, task),
  }));
  const alternates = (state.alternates ?? []).map((task) => ({
    id: task.id,
    kind: task.kind,
    assignee: task.person,
    about: undefined,
    status: task.status,
    dueAt: task.dueAt,
    data: kept(state, task),
  }));
  return [...plans, ...tasks, ...alternates];
}

/** H7, H10: the item with who may see it, where that is not everybody who sees the meeting. */
function kept<T extends Action | Plan | FollowUpTask | Alternate>(
  state: MeetingState,
  item: T,
): T & { readers?: string[] } {
  const readers = readersOfItem(state, item);
  return readers === undefined ? item : { ...item, readers };
}
