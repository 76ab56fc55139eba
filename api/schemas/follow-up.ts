/** Actions, plans and tasks as callers get them. */
import { z } from 'zod';
import { departmentShape, id, iso, isoDate, personShape } from './common.js';

const dueShape = z.object({
  dueAt: iso('A due date it had.'),
  setAt: iso('When it was set.'),
  missed: z.boolean(),
  reason: z.string().optional(),
});

/** H8 */
export const enteredShape = z.object({ person: personShape.optional(), channel: z.string() });

const trackedShape = z.object({
  id: id('Id.', 'q3mzk7c2x5w4ra6t-a1'),
  meetingId: z.string(),
  text: z.string().meta({ description: 'E14', examples: ['[完成模具驗收](負責人:林美,截止日期:2026-12-18)'] }),
  owner: personShape,
  department: departmentShape.optional(),
  status: z.string().describe('open, overdue, escalated, reported, done or cancelled.'),
  missed: z.int().describe('Misses since the last decision (F3).'),
  missedTotal: z.int(),
  dueDate: isoDate('Now due on.'),
  dueAt: iso('Now due at.'),
  firstDueDate: isoDate('First due on.'),
  dues: z.array(dueShape),
  percent: z.int(),
  waitsFor: z
    .object({
      department: departmentShape,
      note: z.string().optional(),
      status: z.string().describe('asked, or accepted: then no date is missed (F2).'),
      until: iso('When it is asked again.').optional(),
    })
    .optional()
    .describe('The department that blocks it.'),
  formerDepartments: z
    .array(z.object({ department: departmentShape, until: iso('Until when.') }))
    .optional()
    .describe('Before reorganisations (H5).'),
  obstacles: z.array(z.object({ at: iso('When.'), text: z.string() })),
  notes: z.array(
    z.object({
      at: iso('When.'),
      percent: z.int().optional(),
      note: z.string().optional(),
      entered: enteredShape.optional(),
    }),
  ),
  reportedAt: iso('Reported done.').optional(),
  endedAt: iso('Ended.').optional(),
  cancelledByDecision: z.boolean().optional(),
  createdAt: iso('Created.'),
});

export const actionShape = trackedShape
  .extend({
    task: z.string(),
    topicId: z.string().optional(),
    supporting: z.array(departmentShape),
    internalContact: personShape.optional().describe('H7: whom an external owner turns to.'),
  })
  .meta({ id: 'Action' });

export const taskShape = z
  .object({
    id: id('Task id.', 'q3mzk7c2x5w4ra6t-q1'),
    meetingId: z.string(),
    kind: z.string().describe('talk, escalation, topicStuck, improvementPlan or alternate.'),
    about: z.string().optional().describe('The action or plan it is about; of topicStuck the topic (F4).'),
    assignee: personShape.optional(),
    status: z.string(),
    dueAt: iso('When silence acts, or the plan is due.'),
    createdAt: iso('Created.'),
    endedAt: iso('Ended.').optional(),
    result: z.string().optional(),
    cause: z.string().optional().describe('escalation: ownerLeft, when not for three misses.'),
    choice: z.string().optional().describe('topicStuck: escalate, simplify or hold.'),
    timesCarried: z.int().optional().describe('topicStuck: meetings in a row with unfinished actions.'),
    score: z.number().optional().describe('improvementPlan: what raised it (F6).'),
    missed: z.int().optional(),
  })
  .meta({ id: 'Task' });
