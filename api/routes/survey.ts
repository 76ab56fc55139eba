/** F5: the result of the anonymous survey, published once. */
import { z } from 'zod';
import { toIso } from '../../domain/calendar/index.js';
import { problem } from '../errors.js';
import { present } from '../present/context.js';
import { answers, meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { iso } from '../schemas/common.js';

const counts = z.object(Object.fromEntries(['1', '2', '3', '4', '5'].map((score) => [score, z.int()])));

const resultShape = z
  .object({
    status: z.string().describe('open, closing or published; the rest is there once it is published.'),
    closesAt: iso('F5.'),
    eligible: z.int().optional().describe('How many could answer.'),
    answers: z.int().optional(),
    mean: z.number().optional().describe('From 3 answers on.'),
    scores: counts.optional().describe('How many gave each score; from 3 answers on.'),
    suggestions: z
      .array(z.string())
      .optional()
      .describe('In no order; from 5 answers on, fewer are held for the next survey of the series.'),
  })
  .meta({ id: 'SurveyResult', description: 'Never who answered what.' });

export const surveyRoutes: Routes = (app, api) => {
  app.get(
    '/v1/meetings/:id/survey',
    {
      schema: {
        tags: ['follow-up'],
        summary: 'What the anonymous survey came to (F5)',
        params: meetingParams,
        response: answers({ 200: resultShape }, 404),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { state } = await api.seen(request, id);
      const { survey, zone } = state;
      if (survey === undefined) return problem('NotFound', 'F5.unknownSurvey', 'id', { id });
      const shown = { status: survey.status, closesAt: toIso(zone, survey.closesAt) };
      const result = survey.status === 'published' ? await api.deps.archive.surveys.result(id) : null;
      return result === null ? shown : present({ ...shown, ...result });
    },
  );
};
