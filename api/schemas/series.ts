/** POST and PATCH of a series (S1): when it meets, and what each of its meetings is like. */
import { z } from 'zod';
import { isLocalTime } from '../../domain/calendar/index.js';
import { departmentShape, id, iso, isoDate, personShape } from './common.js';
import { date, timeZone } from './base.js';
import { fields } from './meeting.js';

const localTime = () =>
  z
    .string()
    .trim()
    .refine(isLocalTime, { params: { code: 'input.time' } })
    .meta({ description: "Clock time in the series' zone, HH:MM.", examples: ['09:30'] });

const weekday = () =>
  z
    .int()
    .min(1)
    .max(7)
    .meta({ description: 'ISO weekday, 1 = Monday.', examples: [2] });

export const recurrence = z
  .strictObject({
    every: z.enum(['week', 'month', 'year']).meta({ examples: ['month'] }),
    interval: z.int().min(1).max(52).default(1).describe('Every so many weeks, months or years.'),
    weekdays: z.array(weekday()).min(1).max(7).optional().describe('For weeks: on these days.'),
    month: z.int().min(1).max(12).optional().describe('For years: in this month.'),
    day: z.int().min(1).max(31).optional().describe('For months and years: on this date.'),
    ifMissing: z
      .enum(['lastDay', 'skip'])
      .optional()
      .describe('When the month has no such date (29 February, the 31st): its last day (default), or no meeting.'),
    nth: z
      .int()
      .min(-5)
      .max(20)
      .refine((n) => n !== 0, { params: { code: 'S1.pattern' } })
      .optional()
      .describe('For months and years: the so-manieth weekday or working day; -1 the last.'),
    weekday: weekday().optional(),
    working: z
      .boolean()
      .optional()
      .describe('With nth and weekday: count only those that are working days ("the first working Tuesday").'),
    time: localTime(),
    starts: date().describe('No meeting before this date.'),
    until: date().optional().describe('The last date.'),
    count: z.int().min(1).max(500).optional().describe('How many meetings; those skipped by hand count.'),
    onDayOff: z
      .enum(['skip', 'next', 'previous'])
      .default('next')
      .describe('A date on a day off: no meeting, the next working day, or the one before.'),
  })
  .meta({ id: 'Recurrence', description: 'Local time; whatever the clock changes, the wall clock shows the same.' });

const { startsAt: _, seriesId: __, ...template } = fields;

const settings = {
  leadDays: z.int().min(1).max(60).optional().describe('A meeting is made so many days ahead; default 7.'),
  publish: z
    .enum(['host', 'auto'])
    .optional()
    .describe('Who publishes: the host (default), or the clock, publishDaysBefore days ahead (N1 holds).'),
  publishDaysBefore: z.int().min(1).max(60).optional().describe('Default 5; at most leadDays.'),
  paused: z.boolean().optional().describe('While it is paused no meetings are made.'),
};

export const createSeriesBody = z
  .strictObject({ ...template, timeZone: timeZone(), recurrence, ...settings })
  .meta({ id: 'CreateSeries', description: 'A series: all fields of a meeting but its start, and when it meets.' });

const nullable = [
  'sharedGoal',
  'place',
  'onlineLink',
  'host',
  'deputyHost',
  'coordinator',
  'recorder',
  'sponsor',
  'capReason',
] as const;
const clearable = Object.fromEntries(nullable.map((k) => [k, template[k].nullable()])) as {
  [K in (typeof nullable)[number]]: z.ZodNullable<(typeof template)[K]>;
};

export const patchSeriesBody = z
  .strictObject({
    ...z.strictObject(template).partial().shape,
    ...clearable,
    recurrence: recurrence.optional(),
    ...settings,
  })
  .meta({
    id: 'PatchSeries',
    description: 'Counts for meetings that are not made yet. Lists replace; null clears.',
  });

export const skipBody = z.strictObject({ date: date().describe('A date of the series.') }).meta({ id: 'SeriesDate' });
export const moveBody = z
  .strictObject({
    date: date().describe('A date of the series.'),
    to: z.strictObject({ date: date(), time: localTime().optional().describe('Default: the usual time.') }),
  })
  .meta({ id: 'MoveSeriesDate' });

const occurrenceShape = z.object({
  date: isoDate('The day it takes place.'),
  startsAt: iso('Start.'),
  key: isoDate('The date by the pattern alone: names this meeting whatever the calendar says.'),
  meetingId: z.string().optional().describe('The meeting, once it is made.'),
});

export const seriesShape = z
  .object({
    id: id('Series id; `seriesId` of its meetings.', 'sq3mzk7c2x5w4ra6t'),
    revision: z.int(),
    title: z.string(),
    goal: z.string(),
    durationMinutes: z.int(),
    place: z.string().optional(),
    onlineLink: z.string().optional(),
    initiator: z.object({ department: departmentShape, person: personShape }),
    host: personShape.optional().describe('Absent: the head of the initiating department, else the initiator (E2).'),
    coordinator: personShape.optional(),
    participants: z.array(
      z.object({ person: personShape, department: departmentShape, role: z.string(), key: z.boolean() }),
    ),
    agenda: z.array(z.object({ title: z.string(), minutes: z.int(), priority: z.int() })),
    timeZone: z.string(),
    recurrence: z.record(z.string(), z.unknown()).describe('As in CreateSeries.'),
    leadDays: z.int(),
    publish: z.string(),
    publishDaysBefore: z.int(),
    paused: z.boolean(),
    skipped: z.array(z.string()).describe('Keys of dates that do not take place.'),
    moved: z.array(z.object({ key: z.string(), date: z.string(), time: z.string() })),
    upcoming: z.array(occurrenceShape).describe('The next dates, ten at most.'),
    waiting: z.int().describe('Topics that wait for its next meeting.'),
    endedAt: iso('When it was ended.').optional(),
  })
  .meta({ id: 'Series' });

export type Recurrence = z.output<typeof recurrence>;
export type CreateSeriesBody = z.output<typeof createSeriesBody>;
export type PatchSeriesBody = z.output<typeof patchSeriesBody>;
export type SeriesAnswer = z.output<typeof seriesShape>;
