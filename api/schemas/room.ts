/** Bodies of what happens in the room: turns, parking lot, groups, analyses, notes, adjourning. */
import { z } from 'zod';
import type { KeyPointKind, TurnKind } from '../../domain/meeting/state.js';
import { bounds, departmentRef, instant, lines, minutes, personRef, text } from './base.js';
import { dueDate, topicId } from './meeting.js';

/** Shorter than elsewhere, since there are many and each is part of the meeting's state. */
const [noteLength, columnLength, reportLength, groupName] = [200, 40, 1_000, 60];

const turnKinds = ['discussion', 'report'] as const satisfies readonly TurnKind[];
export const turnBody = z.strictObject({
  person: personRef().optional().describe('Who wants to speak; or a department.'),
  department: departmentRef().optional().describe('A department, whoever speaks for it.'),
  topicId: topicId().optional().describe('Default: the live topic.'),
  kind: z
    .enum(turnKinds)
    .optional()
    .describe('discussion (3 min, the default) or report (the topic’s minutes; no discussion time).'),
});

export const parkBody = z.strictObject({
  text: text(bounds.title).meta({ description: 'The topic for the next agenda.', examples: ['倉儲費用分攤'] }),
  turnId: z.string().max(40).optional().describe('The turn that led there; it ends.'),
  department: departmentRef().optional().describe('Default: the department of that turn, else the initiating one.'),
});

export const breakoutsBody = z.strictObject({
  topicId: topicId(),
  minutes: minutes(1, 240).meta({ description: 'How long the groups sit.', examples: [15] }),
  groups: z
    .array(
      z.strictObject({
        name: text(groupName).meta({ examples: ['甲組'] }),
        members: z.array(personRef()).min(1).max(30).describe('Those present; nobody in two groups.'),
      }),
    )
    .min(1)
    .max(10),
});
export const groupReportBody = z.strictObject({
  group: text(groupName).meta({ description: 'Name of the group.', examples: ['甲組'] }),
  text: lines(reportLength).meta({ description: 'What it reports back.', examples: ['建議改走海運'] }),
});

const part = (description: string) => lines(bounds.text).optional().describe(description);
/** E12: both parts of the form. */
export const analysisFields = {
  what: part('5W1H: what.'),
  why: part('5W1H: why.'),
  who: part('5W1H: who.'),
  where: part('5W1H: where.'),
  when: part('5W1H: when.'),
  how: part('5W1H: how.'),
  problem: part('The problem.'),
  cause: part('Its cause.'),
  solution: part('The solution.'),
  riskControl: part('How its risks are controlled.'),
};
const onVersion = z.int().min(0).max(10_000).optional().describe('The version it was written on; refused when newer.');
export const analysisBody = z.strictObject({ topicId: topicId(), ...analysisFields, version: onVersion });
export const analysisPutBody = z.strictObject({ ...analysisFields, version: onVersion });

const column = () =>
  text(columnLength).meta({
    description: 'problem, cause, idea, question, or a name of your own.',
    examples: ['idea'],
  });
export const noteBody = z.strictObject({
  text: lines(noteLength).meta({ description: 'What stands on it.', examples: ['模具交期可否提前?'] }),
  column: column().optional(),
});
export const moveNoteBody = z.strictObject({
  column: column(),
  position: z.int().min(0).max(300).optional().describe('0 is the top; default: the end.'),
  from: column().optional().describe('Only if it still hangs there: of two who move it at once, one is told.'),
});

const pointKinds = ['information', 'decision', 'concern'] as const satisfies readonly KeyPointKind[];
const words = lines(bounds.title).optional().describe('Other words than the note’s.');
export const noteBecomesBody = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('topic'),
    text: text(bounds.title).optional().describe('Other words than the note’s.'),
    minutes: minutes(0, 240).optional(),
    department: departmentRef().optional(),
  }),
  z.strictObject({
    kind: z.literal('keyPoint'),
    text: words,
    topicId: topicId().optional().describe('Default: the live topic.'),
    pointKind: z.enum(pointKinds).optional(),
    department: departmentRef().optional(),
    dueDate: dueDate().optional(),
  }),
  z.strictObject({
    kind: z.literal('action'),
    text: words,
    owner: personRef(),
    dueDate: dueDate(),
    topicId: topicId().optional(),
    department: departmentRef().optional(),
    supporting: z.array(departmentRef()).max(bounds.departments).optional(),
  }),
]);

export const adjournBody = z.strictObject({
  until: instant().describe('When the same meeting goes on (E15).'),
  minutes: minutes(1, 240).optional().describe('How long it then takes; default: what was left of the planned time.'),
  reason: lines(bounds.sentence).optional().describe('Told with the new time.'),
});
