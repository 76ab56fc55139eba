/** Open actions of before: a meeting that is only followed up, so that each has its durable timer and its ladder (F1–F3). */
import type { Instant, WorkingCalendar, ZoneData } from '../calendar/index.js';
import { Refusal } from '../errors.js';
import type { Fault } from '../errors.js';
import type { Norms } from '../norms.js';
import { changed, nextId } from './change.js';
import type { Change } from './effects.js';
import { dueFaults, dueOn } from './follow-up/dates.js';
import { newTracked, putItem } from './follow-up/items.js';
import { armDue } from './follow-up/ladder.js';
import type { Action, By, DepartmentId, Locale, MeetingState, PersonId } from './state.js';

/** As many as one meeting's history carries well. */
export const mostImported = 200;

export interface ImportedAction {
  task: string;
  owner: PersonId;
  dueAt: Instant;
  department?: DepartmentId;
  supporting?: DepartmentId[];
}

export interface ImportedInput {
  id: string;
  title: string;
  /** Who tracks them, and for whom. */
  coordinator: PersonId;
  department: DepartmentId;
  actions: ImportedAction[];
  locale: Locale;
}

export interface ImportContext {
  now: Instant;
  norms: Norms;
  calendar: WorkingCalendar;
  zone: ZoneData;
  by: By;
}

/** Faults of one action, by field: due dates of the past are no open promise any more. */
export function importFaults({ dueAt }: Pick<ImportedAction, 'dueAt'>, context: ImportContext): Fault[] {
  return dueFaults(context, dueAt, context.now, 'due', false);
}

/** No agenda, no minutes, no survey: it begins where a meeting's actions are, and closes when they are done. */
export function importedMeeting(input: ImportedInput, context: ImportContext): Change {
  const { now, by } = context;
  const faults = input.actions.flatMap((a, i) =>
    importFaults(a, context).map((f) => ({ ...f, path: `actions[${i}].${f.path}` })),
  );
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  const start = emptyMeeting(input, context);
  const state = input.actions.reduce((before, { task, owner, dueAt, department, supporting = [] }) => {
    const { id, state: counted } = nextId(before, 'a');
    const tracked = newTracked({ id, owner, department, dueAt: dueOn(before, dueAt) }, now, by);
    const item: Action = {
      ...tracked,
      task,
      topicId: undefined,
      supporting: supporting.filter((d) => d !== department),
    };
    return armDue(putItem({ ...counted, actions: [...counted.actions, item] }, item), item, now);
  }, start);
  return changed(state);
}

function emptyMeeting(input: ImportedInput, { now, norms, calendar, zone, by }: ImportContext): MeetingState {
  const { id, title, coordinator, department, locale } = input;
  return {
    schemaVersion: 1,
    id,
    revision: 1,
    counters: {},
    phase: 'followUp',
    kind: 'regular',
    title,
    goal: title,
    issueKind: 'other',
    complex: false,
    startsAt: now,
    zone,
    calendar,
    norms,
    durationMinutes: 0,
    plannedEndAt: now,
    initiator: { department, person: coordinator },
    host: coordinator,
    coordinator,
    participants: [],
    supportDepartments: [],
    agenda: [],
    openDiscussionMinutes: 0,
    breakMinutes: 0,
    locale,
    warnings: [],
    createdAt: now,
    createdBy: by,
    closedAt: now,
    rsvps: {},
    attendance: {},
    keyPoints: [],
    votes: [],
    actions: [],
    plans: [],
    tasks: [],
    timers: [],
  };
}
