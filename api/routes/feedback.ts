/** The survey's answer (F5): the signed link is the login, and nothing about it is logged or counted by person. */
import { z } from 'zod';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { feedbackBody } from '../schemas/commands.js';
import { answerSurvey, surveyClaims } from '../survey.js';

export const feedbackRoutes: Routes = (app, api) => {
  app.post(
    '/v1/feedback/:token',
    {
      config: { open: true, secretive: true, rateLimit: {} },
      schema: {
        tags: ['minutes'],
        summary: 'Answer the survey (F5): no login, once; anonymous',
        security: [],
        params: z.object({ token: z.string().describe('From the link in the mail.') }),
        body: feedbackBody,
        response: answers({ 201: z.object({ outcome: z.literal('counted') }) }, 400, 403, 404, 409, 413, 422, 429),
      },
    },
    async (request, reply) => {
      const claims = await surveyClaims(api, request.params.token);
      await answerSurvey(api, claims, request.body.score, request.body.suggestion);
      return reply.code(201).send({ outcome: 'counted' as const });
    },
  );
};
