/** R1–R3: reviews as callers see them. */
import { z } from 'zod';
import { figureNames, listNames, type FigureName } from '../../domain/review/figures.js';
import { isQuarter } from '../../domain/review/quarter.js';
import { departmentShape, personShape } from './answers.js';

export const quarterText = z
  .string()
  .refine((text) => isQuarter(text), { params: { code: 'R1.quarter' } })
  .transform((text) => text)
  .describe('`2026-Q3`: by the calendar of the organisation’s zone.');

const figure = z.object({
  part: z.number(),
  whole: z.number(),
  value: z.number().optional().describe('part ÷ whole; absent where there is nothing to say (whole is 0).'),
});
export const figuresShape = z
  .object(Object.fromEntries(figureNames.map((name) => [name, figure])) as Record<FigureName, typeof figure>)
  .meta({ id: 'ReviewFigures' });

const compared = {
  now: figuresShape,
  before: figuresShape.optional().describe('The quarter before; absent when there was nothing.'),
  yearBefore: figuresShape.optional().describe('The same quarter last year.'),
  meetings: z.array(z.string()).describe('Those that the figures are of, as far as the caller sees them.'),
};
const topicOrAction = { title: z.string(), department: departmentShape.optional() };

export const reviewShape = z
  .object({
    quarter: z.string(),
    from: z.string(),
    to: z.string(),
    timeZone: z.string(),
    madeAt: z.string(),
    organisation: z.object(compared),
    departments: z.array(z.object({ department: departmentShape, ...compared })),
    series: z.array(z.object({ seriesId: z.string(), title: z.string(), ...compared })),
    host: z.object(compared).optional().describe('R4: the caller’s own meetings as host, shown to nobody else.'),
    trend: z.array(z.object({ quarter: z.string(), figures: figuresShape })),
    outcomes: z.object({ decided: z.number(), informed: z.number(), deferred: z.number(), dropped: z.number() }),
    speaking: z.array(z.object({ department: departmentShape, minutes: z.number() })),
    actions: z.array(
      z.object({
        ...topicOrAction,
        id: z.string(),
        meetingId: z.string(),
        owner: personShape,
        status: z.string(),
        createdAt: z.string(),
        missed: z.array(z.string()).describe('Dates that passed undone.'),
        dueAt: z.string(),
        endedAt: z.string().optional(),
      }),
    ),
    repeated: z.array(
      z.object({
        ...topicOrAction,
        topicId: z.string(),
        times: z.number().describe('On how many agendas of held meetings it stood.'),
        meetings: z.array(z.string()),
      }),
    ),
    meetings: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        startsAt: z.string(),
        department: departmentShape,
        departments: z.array(departmentShape),
        seriesId: z.string().optional(),
        phase: z.string(),
        survey: z.number().optional(),
        effectiveness: z.number().optional(),
      }),
    ),
    proposals: z.array(z.looseObject({ id: z.string(), seriesId: z.string(), title: z.string() })),
    results: z.array(z.looseObject({ proposalId: z.string(), seriesId: z.string(), title: z.string() })),
  })
  .meta({ id: 'Review' });
export type ReviewAnswer = z.output<typeof reviewShape>;

export const rowsQuery = {
  figure: z.enum(listNames).describe('A figure, or what became of topics.'),
  scope: z.enum(['organisation', 'department', 'series', 'host']).default('organisation'),
  id: z.string().max(120).optional().describe('Of the department, series or host.'),
};

export const reviewRowShape = z
  .object({
    kind: z.enum(['meeting', 'action', 'topic']),
    id: z.string(),
    title: z.string(),
    meetingId: z.string(),
    meetingTitle: z.string(),
    at: z.string().describe('The meeting’s start; of an action its first due date.'),
    department: departmentShape,
    seriesId: z.string().optional(),
    part: z.number().describe('What it adds to the part of the figure, when the review was made.'),
    whole: z.number(),
  })
  .meta({ id: 'ReviewRow' });
