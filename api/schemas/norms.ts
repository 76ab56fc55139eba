/** Y1: the norms of the organisation and their changes. */
import { z } from 'zod';
import { bounds, date, departmentRef, lines, personRef } from './base.js';
import { departmentShape, iso, isoDate, personShape } from './common.js';

const pmo = z
  .strictObject({ person: personRef().optional(), department: departmentRef().optional() })
  .nullable()
  .optional()
  .describe('Who acts as PMO: a known person or department. null: nobody.');

/** Names and bounds are the domain's (GET /v1/norms lists them), so that each fault has its own sentence. */
export const putNormsBody = z
  .strictObject({
    changes: z.looseObject({ pmo }).meta({
      description: 'Norm → value; null puts the standard’s own value back. What is not named stays.',
      examples: [{ participantsCap: 12, replyReminderAt: '09:30' }],
    }),
    effectiveFrom: date()
      .optional()
      .describe(
        'From this day of the organisation’s zone on; without it from now on. Meetings that exist keep theirs.',
      ),
    reason: lines(bounds.text),
    version: z
      .int()
      .min(1)
      .optional()
      .describe('`newest` as it was read; 409 when somebody has made another change since.'),
  })
  .meta({ id: 'PutNorms' });
export type PutNormsBody = z.output<typeof putNormsBody>;

const value = z.union([z.number(), z.string(), z.null()]);
const pmoShape = z.object({ person: personShape.optional(), department: departmentShape.optional() });

export const normShape = z
  .object({
    name: z.string().meta({ examples: ['participantsCap'] }),
    label: z.string().meta({ description: 'By Accept-Language.', examples: ['Most people'] }),
    rule: z.string().meta({ description: 'Number of the rule in the standard.', examples: ['P4'] }),
    unit: z.string().meta({ examples: ['people'] }),
    value: z.union([z.number(), z.string()]).meta({ description: 'In force now.', examples: [12] }),
    default: z.union([z.number(), z.string()]).meta({ description: 'Of the standard.', examples: [15] }),
    min: z.union([z.number(), z.string()]),
    max: z.union([z.number(), z.string()]),
  })
  .meta({ id: 'Norm' });

export const normChangeShape = z
  .object({
    version: z.int(),
    state: z.enum(['coming', 'inForce', 'withdrawn']).describe('inForce: it has come into force.'),
    effectiveFrom: isoDate('The day from which it holds.'),
    effectiveAt: iso('The moment from which it holds.'),
    changes: z
      .array(
        z.object({
          name: z.string(),
          label: z.string(),
          before: z.union([value, pmoShape]),
          after: z.union([value, pmoShape]),
        }),
      )
      .describe('Beside what would hold without it.'),
    reason: z.string(),
    by: z.object({ person: personShape.optional(), key: z.string().optional() }),
    at: iso('When it was made.'),
    proposals: z.array(z.string()).describe('Proposals that it came from.'),
    withdrawnAt: iso('When it was withdrawn.').optional(),
    withdrawnBy: z.string().optional().describe('Person or key.'),
  })
  .meta({ id: 'NormChange' });

export const normsShape = z
  .object({
    version: z.int().describe('The change that came into force last; 1: the standard’s own values.'),
    newest: z.int().describe('The newest change made; for `version` of the next PUT.'),
    now: iso('The moment that this is of.'),
    norms: z.array(normShape),
    pmo: pmoShape.optional(),
    coming: z.array(normChangeShape).describe('Changes that are not in force yet, the next first.'),
  })
  .meta({ id: 'Norms' });
