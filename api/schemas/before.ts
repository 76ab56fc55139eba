/** Bodies and answers of what happens before the start: alternates (N3), reading (E1), copies (N4). */
import { z } from 'zod';
import type { AlternateWay, Channel } from '../../domain/meeting/state.js';
import { bounds, departmentRef, instant, lines, link, minutes, personRef, text } from './base.js';
import { iso, personShape } from './common.js';
import { emergencyReason, kind, topicId } from './meeting.js';

const channels = ['telephone', 'inPerson', 'mail', 'message', 'other'] as const satisfies readonly Channel[];
export const channel = () =>
  z
    .enum(channels)
    .optional()
    .meta({ description: 'H8: how it was said, when it is entered for somebody else.', examples: ['telephone'] });

const ways = ['delegate', 'written', 'otherTime'] as const satisfies readonly AlternateWay[];
export const alternateBody = z.discriminatedUnion('way', [
  z.strictObject({
    way: z.literal(ways[0]),
    delegate: personRef().describe('Who attends instead, by e-mail, id or name: takes over seat, vote and survey.'),
    name: text(bounds.name).optional().describe('Name, for somebody new.'),
    department: departmentRef().optional().describe('Home of somebody new; default: the department of the seat.'),
  }),
  z.strictObject({
    way: z.literal(ways[1]),
    topicId: topicId(),
    text: lines(bounds.longText).meta({ description: 'Stands under its topic in agenda, brief and minutes.' }),
  }),
  z.strictObject({
    way: z.literal(ways[2]),
    proposedAt: instant().optional().describe('The time asked for; the host decides.'),
    comment: lines(bounds.sentence).optional(),
  }),
]);

export const readingBody = z.strictObject({
  read: z.boolean().default(true).describe('E1: confirmed; false takes it back.'),
});

export const undoReplyBody = z.strictObject({});

export const copyBody = z
  .strictObject({
    startsAt: instant().describe('Start of the copy.'),
    title: text(bounds.title).optional(),
    goal: lines(bounds.text).optional(),
    durationMinutes: minutes(1, 1440).optional(),
    place: text(bounds.title).optional(),
    onlineLink: link().optional(),
    kind: kind
      .optional()
      .describe(
        'Default: that of the model when it was cancelled or never held, else regular. An emergency is published at once (X1).',
      ),
    emergencyReason: emergencyReason.describe('Default: that of the model (X1).'),
  })
  .meta({ id: 'CopyMeeting', description: 'What the copy has otherwise than its model; all else stays.' });

export const alternateShape = z
  .object({
    id: z.string(),
    person: personShape.describe('The key person.'),
    reason: z.string().describe('declined or silent.'),
    status: z.string().describe('open, done, moot, or unsettled: the meeting began without one.'),
    dueAt: iso('By when it is asked for.'),
    way: z.string().optional().describe('delegate, written or otherTime.'),
    delegate: personShape.optional(),
    proposedAt: iso('The time asked for.').optional(),
    comment: z.string().optional(),
  })
  .meta({ id: 'Alternate' });

export const writtenInputShape = z.object({ person: personShape, text: z.string(), at: iso('When.') });
