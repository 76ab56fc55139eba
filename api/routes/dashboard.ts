/** The figures of today: the quarter so far, who waits for whom, open decisions, the trend. */
import { z } from 'zod';
import { soFarInput, zoneAround } from '../../archive/review-input.js';
import { toIso } from '../../domain/calendar/index.js';
import { reviewFor } from '../../domain/review/audience.js';
import { valueOf } from '../../domain/review/figures.js';
import { quarterOf } from '../../domain/review/quarter.js';
import { Names } from '../present/context.js';
import { audience } from '../reviews/audience.js';
import { presentFigures } from '../reviews/present.js';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { departmentShape, personShape } from '../schemas/answers.js';
import { figuresShape } from '../schemas/reviews.js';

const shape = z
  .object({
    now: z.string(),
    catchingUp: z
      .literal(true)
      .optional()
      .describe('After an upgrade: meetings of before it are still being counted, and the figures are short of them.'),
    quarter: z.string(),
    from: z.string(),
    organisation: figuresShape.describe('The quarter so far: what is due later is not late.'),
    departments: z.array(z.object({ department: departmentShape, figures: figuresShape })),
    trend: z.array(
      z.object({
        quarter: z.string(),
        effectiveness: z.number().optional().describe('Mean of the meetings rated, 1 to 5.'),
        survey: z.number().optional(),
        actionCompletion: z.number().optional().describe('0 to 1.'),
      }),
    ),
    waiting: z
      .array(
        z.object({
          from: personShape.describe('Who cannot go on.'),
          to: personShape.describe('With whom it lies.'),
          count: z.number(),
          overdue: z.number(),
          oldestDueAt: z.string(),
        }),
      )
      .describe(
        'Open, reported and escalated actions, plans and tasks that the caller may see; the longest due first.',
      ),
    escalations: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        meetingId: z.string(),
        meetingTitle: z.string(),
        assignee: personShape,
        createdAt: z.string(),
        dueAt: z.string(),
      }),
    ),
  })
  .meta({ id: 'Dashboard' });

export const dashboardRoutes: Routes = (app, api) => {
  app.get(
    '/v1/dashboard',
    {
      schema: {
        tags: ['reviews'],
        summary:
          'The figures of today: the quarter so far, who waits for whom, open decisions, as far as the caller may see',
        response: answers({ 200: shape }, 403),
      },
    },
    async (request) => {
      const { archive, clock, config } = api.deps;
      const { principal } = request;
      const now = clock();
      const zone = zoneAround(config.timeZone, now);
      const iso = (t: number): string => toIso(zone, t);
      const who = await audience(api, principal);
      const caller = await api.seeing.caller(principal.actor);
      const onlooker = {
        people: caller?.people ?? (who.person === undefined ? [] : [who.person]),
        all: caller === undefined || caller.all !== undefined,
      };
      const [catchingUp, whole, waiting, escalations] = await Promise.all([
        archive.reviews.behind(),
        archive.reviews.soFar(soFarInput(config, quarterOf(now, zone), now)),
        archive.dashboard.waiting(onlooker),
        archive.dashboard.escalations(onlooker),
      ]);
      const report = reviewFor(whole, who);
      const names = await Names.load(
        archive.directory,
        {
          people: [...waiting.flatMap((w) => [w.from, w.to]), ...escalations.map((e) => e.assignee)],
          departments: report.departments.flatMap((d) => d.id ?? []),
        },
        api.locale(request),
      );
      return {
        now: iso(now),
        ...(catchingUp ? { catchingUp } : {}),
        quarter: report.quarter,
        from: iso(report.from),
        organisation: presentFigures(report.organisation.now),
        departments: report.departments.map((d) => ({
          department: names.department(d.id ?? ''),
          figures: presentFigures(d.now),
        })),
        trend: report.trend.map(({ quarter, figures }) => ({
          quarter,
          effectiveness: valueOf(figures.effectiveness),
          survey: valueOf(figures.survey),
          actionCompletion: valueOf(figures.actionCompletion),
        })),
        waiting: waiting.map(({ from, to, oldestDueAt, ...counts }) => ({
          from: names.person(from),
          to: names.person(to),
          ...counts,
          oldestDueAt: iso(oldestDueAt),
        })),
        escalations: escalations.map(({ assignee, createdAt, dueAt, ...rest }) => ({
          ...rest,
          assignee: names.person(assignee),
          createdAt: iso(createdAt),
          dueAt: iso(dueAt),
        })),
      };
    },
  );
};
