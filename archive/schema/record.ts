/** The tables of `archive/migrations` as drizzle knows them; the migrations are what counts. */
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type { AssistantScope } from '../../domain/meeting/assistants.js';
import type { Choice, Locale } from '../../domain/meeting/state.js';
import type { SeriesPlan } from '../../domain/series/plan.js';
import type { MinutesContent } from '../ports.js';

const record = pgSchema('record');
const recordedAt = () => timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow();
/** Epoch milliseconds. */
const instant = (name: string) => bigint(name, { mode: 'number' });

export const people = record.table('people', {
  id: text().primaryKey(),
  name: text().notNull().default(''),
  email: text().unique(),
  names: jsonb().$type<Partial<Record<Locale, string>>>().notNull().default({}),
  nameKeys: text('name_keys').array().notNull().default([]),
  locale: text().$type<Locale>(),
  timeZone: text('time_zone'),
  channels: jsonb().$type<Record<string, string>>().notNull().default({}),
  digestOnly: boolean('digest_only').notNull().default(false),
  recordedAt: recordedAt(),
});

export const assistants = record.table(
  'assistants',
  {
    person: text().notNull(),
    assistant: text().notNull(),
    scopes: text().array().$type<AssistantScope[]>().notNull(),
    from: date('from_date', { mode: 'string' }).notNull(),
    to: date('to_date', { mode: 'string' }).notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [primaryKey({ columns: [t.person, t.assistant] })],
);

export const departments = record.table('departments', {
  id: text().primaryKey(),
  name: text().notNull(),
  nameKey: text('name_key').notNull().unique(),
  names: jsonb().$type<Partial<Record<Locale, string>>>().notNull().default({}),
  otherKeys: text('other_keys').array().notNull().default([]),
  head: text(),
  parent: text(),
  acting: jsonb().$type<{ person: string; from: string; to: string }[]>().notNull().default([]),
  successor: text(),
  recordedAt: recordedAt(),
});

export const memberships = record.table(
  'memberships',
  { person: text().notNull(), department: text().notNull(), recordedAt: recordedAt() },
  (t) => [primaryKey({ columns: [t.person, t.department] })],
);

export const keys = record.table('keys', {
  id: text().primaryKey(),
  hash: text().notNull().unique(),
  role: text().$type<'admin' | 'service' | 'member'>().notNull(),
  person: text(),
  scopes: text().array().notNull().default([]),
  label: text().notNull().default(''),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  revokedAt: timestamp('revoked_at', { withTimezone: true }),
});

export const mail = record.table(
  'mail',
  {
    meetingId: text('meeting_id').notNull(),
    kind: text().notNull(),
    person: text().notNull(),
    occasion: text().notNull(),
    messageId: text('message_id'),
    status: text().$type<'claimed' | 'sent' | 'failed'>().notNull(),
    claims: integer().notNull().default(1),
    at: instant('at').notNull(),
    sentAt: instant('sent_at'),
    reason: text(),
    recordedAt: recordedAt(),
  },
  (t) => [primaryKey({ columns: [t.meetingId, t.kind, t.person, t.occasion] })],
);

export const invitations = record.table(
  'invitations',
  {
    meetingId: text('meeting_id').notNull(),
    person: text().notNull(),
    sequence: integer().notNull(),
    hash: text().notNull(),
    method: text().$type<'REQUEST' | 'CANCEL'>().notNull(),
    repeats: integer().notNull().default(0),
    recordedAt: recordedAt(),
  },
  (t) => [primaryKey({ columns: [t.meetingId, t.person] })],
);

export const minutes = record.table(
  'minutes',
  {
    meetingId: text('meeting_id').notNull(),
    hash: text().notNull(),
    content: jsonb().$type<MinutesContent>().notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [primaryKey({ columns: [t.meetingId, t.hash] })],
);

export const writtenInputs = record.table(
  'written_inputs',
  {
    meetingId: text('meeting_id').notNull(),
    hash: text().notNull(),
    content: text().notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [primaryKey({ columns: [t.meetingId, t.hash] })],
);

export const backlog = record.table('backlog', {
  topicId: text('topic_id').primaryKey(),
  title: text().notNull(),
  reason: text().notNull(),
  department: text().notNull(),
  seriesId: text('series_id'),
  factQuestion: text('fact_question'),
  bringsDepartment: text('brings_department'),
  bringsMaterial: text('brings_material'),
  date: text(),
  meetingId: text('meeting_id').notNull(),
  at: instant('at').notNull(),
  takenBy: text('taken_by'),
  takenAt: instant('taken_at'),
  times: integer(),
  presenter: text(),
  expectedConclusion: text('expected_conclusion'),
  confidential: boolean(),
  recordedAt: recordedAt(),
});

export const series = record.table('series', {
  id: text().primaryKey(),
  department: text().notNull(),
  people: text().array().notNull().default([]),
  data: jsonb().$type<SeriesPlan>().notNull(),
  revision: integer().notNull().default(1),
  requestHash: text('request_hash'),
  endedAt: instant('ended_at'),
  recordedAt: recordedAt(),
});

export const audit = record.table(
  'audit',
  {
    meetingId: text('meeting_id').notNull(),
    revision: integer().notNull(),
    event: text().notNull(),
    at: instant('at').notNull(),
    person: text(),
    key: text(),
    via: text().$type<'api' | 'link' | 'calendar' | 'clock' | 'engine'>().notNull(),
    onBehalfOf: text('on_behalf_of'),
    ref: text(),
    recordedAt: recordedAt(),
  },
  (t) => [primaryKey({ columns: [t.meetingId, t.revision, t.event, t.at] })],
);

export const ballotBoxes = record.table('ballot_boxes', {
  voteId: text('vote_id').primaryKey(),
  meetingId: text('meeting_id').notNull(),
  secret: boolean().notNull(),
  electorate: text().array().notNull(),
  status: text().$type<'open' | 'closed'>().notNull().default('open'),
  agree: integer(),
  against: integer(),
  neutral: integer(),
  voters: text().array(),
  ballots: jsonb().$type<Record<string, { choice: Choice; recordedAt: number }>>(),
  marks: jsonb().$type<Record<string, string>>(),
});

export const openBallotBoxes = record.table('open_ballot_boxes', {
  voteId: text('vote_id').primaryKey(),
  secret: boolean().notNull(),
  electorate: integer().notNull(),
  voted: integer().notNull().default(0),
});

export const openBallotSeats = record.table(
  'open_ballot_seats',
  {
    voteId: text('vote_id').notNull(),
    person: text().notNull(),
    voted: boolean().notNull().default(false),
    choice: text().$type<Choice>(),
    enteredBy: text('entered_by'),
  },
  (t) => [primaryKey({ columns: [t.voteId, t.person] })],
);

export const surveyBoxes = record.table('survey_boxes', {
  meetingId: text('meeting_id').primaryKey(),
  seriesId: text('series_id'),
  eligible: text().array().notNull(),
  closesAt: instant('closes_at').notNull(),
  status: text().$type<'open' | 'closed'>().notNull().default('open'),
  answers: integer(),
  scores: integer().array(),
  mean: doublePrecision(),
  answered: text().array(),
  suggestions: text().array(),
});

export const openSurveySeats = record.table(
  'open_survey_seats',
  {
    meetingId: text('meeting_id').notNull(),
    person: text().notNull(),
    answered: boolean().notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.meetingId, t.person] })],
);

export const digests = record.table('digests', {
  id: text().primaryKey(),
  person: text().notNull(),
  slot: instant('slot').notNull(),
  number: integer().notNull(),
  meetingId: text('meeting_id').notNull(),
  status: text().$type<'claimed' | 'sent' | 'failed'>().notNull(),
  at: instant('at').notNull(),
  messageId: text('message_id'),
  sentAt: instant('sent_at'),
  reason: text(),
  recordedAt: recordedAt(),
});

export const digestItems = record.table(
  'digest_items',
  {
    meetingId: text('meeting_id').notNull(),
    kind: text().notNull(),
    person: text().notNull(),
    occasion: text().notNull(),
    ref: text(),
    params: jsonb().$type<Record<string, string | number | boolean>>().notNull(),
    slot: instant('slot').notNull(),
    at: instant('at').notNull(),
    digest: text(),
    recordedAt: recordedAt(),
  },
  (t) => [primaryKey({ columns: [t.meetingId, t.kind, t.person, t.occasion] })],
);
