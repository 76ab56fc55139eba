import type { DepartmentId, MeetingState, PersonId } from '../domain/meeting/state.js';

/** All that is searched by, beside the state itself. */
export function meetingRow(state: MeetingState) {
  return {
    id: state.id,
    phase: state.phase,
    kind: state.kind,
    title: state.title,
    departments: departmentsOf(state),
    people: peopleOf(state),
    seriesId: state.seriesId,
    startsAt: state.startsAt,
    plannedEndAt: state.plannedEndAt,
    timeZone: state.zone.name,
    locale: state.locale,
    host: state.host,
  };
}

/** Everyone with a part in the meeting: they may see it, and `?person=` finds it. */
export function peopleOf(state: MeetingState): PersonId[] {
  const people = new Set<PersonId | undefined>([
    state.host,
    state.deputyHost,
    state.actingHost,
    state.coordinator,
    state.recorder,
    state.sponsor,
    state.initiator.person,
    ...state.participants.flatMap((p) => [p.person, p.standsFor]),
    ...state.supportDepartments.map((d) => d.person),
    ...Object.values(state.rsvps).map((rsvp) => rsvp.delegate),
    ...state.agenda.flatMap((topic) => [topic.presenter, ...topic.materials.map((m) => m.owner)]),
    ...state.actions.map((action) => action.owner),
    ...state.plans.map((plan) => plan.owner),
    // also those who were asked before it went one up
    ...state.tasks.flatMap((task) => [task.assignee, ...(task.chain ?? []).slice(0, (task.step ?? 0) + 1)]),
  ]);
  people.delete(undefined);
  return [...people] as PersonId[];
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
    data: action,
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
    data: plan,
  }));
  const tasks = state.tasks.map((task) => ({
    id: task.id,
    kind: task.kind,
    assignee: task.assignee,
    about: task.about,
    status: task.status,
    dueAt: task.dueAt,
    data: task,
  }));
  const alternates = (state.alternates ?? []).map((task) => ({
    id: task.id,
    kind: task.kind,
    assignee: task.person,
    about: undefined,
    status: task.status,
    dueAt: task.dueAt,
    data: task,
  }));
  return [...plans, ...tasks, ...alternates];
}
