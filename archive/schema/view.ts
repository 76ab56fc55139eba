import { bigint, integer, json, jsonb, pgSchema, primaryKey, text } from 'drizzle-orm/pg-core';
import type {
  Action,
  Alternate,
  FollowUpTask,
  Locale,
  MeetingKind,
  MeetingState,
  Outcome,
  Phase,
  Plan,
  TaskKind,
  Topic,
} from '../../domain/meeting/state.js';

/** H7, H10: who may see it, where that is not everybody who sees its meeting. */
export interface Kept {
  readers?: string[];
}

const view = pgSchema('view');
/** Epoch milliseconds. */
const instant = (name: string) => bigint(name, { mode: 'number' });

export const meetings = view.table('meetings', {
  id: text().primaryKey(),
  phase: text().$type<Phase>().notNull(),
  kind: text().$type<MeetingKind>().notNull(),
  title: text().notNull(),
  departments: text().array().notNull(),
  people: text().array().notNull(),
  seriesId: text('series_id'),
  startsAt: instant('starts_at').notNull(),
  plannedEndAt: instant('planned_end_at').notNull(),
  timeZone: text('time_zone').notNull(),
  locale: text().$type<Locale>().notNull(),
  host: text().notNull(),
  /** H10: null when it is not confidential, else the key that made it, or nothing. */
  confidentialBy: text('confidential_by'),
  /** H7: of the people, those from outside. */
  outsiders: text().array(),
  revision: integer().notNull(),
  parts: text().array().notNull(),
  state: json().$type<MeetingState>().notNull(),
});

export const topics = view.table(
  'topics',
  {
    meetingId: text('meeting_id').notNull(),
    topicId: text('topic_id').notNull(),
    position: integer().notNull(),
    title: text().notNull(),
    department: text(),
    status: text().$type<Topic['status']>().notNull(),
    outcome: text().$type<Outcome>(),
    data: jsonb().$type<Topic>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.meetingId, t.topicId] })],
);

export const actions = view.table('actions', {
  id: text().primaryKey(),
  meetingId: text('meeting_id').notNull(),
  topicId: text('topic_id'),
  owner: text().notNull(),
  department: text(),
  status: text().$type<Action['status']>().notNull(),
  dueAt: instant('due_at').notNull(),
  data: jsonb().$type<Action & Kept>().notNull(),
});

export const tasks = view.table('tasks', {
  id: text().primaryKey(),
  meetingId: text('meeting_id').notNull(),
  kind: text().$type<TaskKind>().notNull(),
  assignee: text(),
  about: text(),
  status: text().notNull(),
  dueAt: instant('due_at').notNull(),
  data: jsonb().$type<(FollowUpTask | Plan | Alternate) & Kept>().notNull(),
});
