/** R2: proposals on series. */
import { z } from 'zod';
import { bounds, lines } from './base.js';
import { iso, personShape } from './common.js';

export const proposalStates = ['open', 'accepted', 'rejected', 'undone'] as const;

export const rejectBody = z.strictObject({ reason: lines(bounds.text) }).meta({ id: 'RejectProposal' });

const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('dropPeople'), people: z.array(personShape) }),
  z.object({ kind: z.literal('shorten'), fromMinutes: z.number(), toMinutes: z.number() }),
  z.object({ kind: z.literal('split'), fromMinutes: z.number(), toMinutes: z.number() }),
  z.object({ kind: z.literal('mergeTopics'), topics: z.array(z.object({ topicId: z.string(), title: z.string() })) }),
  z.object({ kind: z.literal('everySecond') }),
]);

export const proposalShape = z
  .object({
    id: z.string().meta({ examples: ['2026-Q4-sq3mzk7c2x5w4ra6t-shorten'] }),
    quarter: z.string().meta({ examples: ['2026-Q4'] }),
    seriesId: z.string(),
    title: z.string(),
    change,
    because: z.array(z.string()).describe('The meetings that say so.'),
    becauseAt: z.array(iso('When each of them began.')).optional(),
    params: z.record(z.string(), z.number()).describe('What the reason counts.'),
    score: z.number().describe('How inefficient the series is, 0 to 1.'),
    state: z.enum(proposalStates),
    madeAt: iso('When it was made.'),
    decidedAt: iso('When it was answered.').optional(),
    by: z.object({ person: personShape.optional(), key: z.string().optional() }).optional(),
    reason: z.string().optional(),
    secondSeriesId: z.string().optional().describe('Of a split: the series that the other half of the agenda went to.'),
  })
  .meta({ id: 'Proposal' });
