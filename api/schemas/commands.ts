/** The bodies of the commands that change one meeting. */
import { z } from 'zod';
import type { Basis, Choice, Decision, KeyPointKind, Outcome, Reply, TopicChoice } from '../../domain/meeting/state.js';
import { bounds, date, departmentRef, instant, lines, minutes, personRef } from './base.js';
import { channel } from './before.js';
import { dueDate, topicId } from './meeting.js';

const reason = () =>
  lines(bounds.sentence).meta({ description: 'Why; the people concerned read it.', examples: ['供應商改期'] });

/** For commands that need no words. */
export const nothing = z.strictObject({});

export const rescheduleBody = z.strictObject({
  startsAt: instant(),
  durationMinutes: minutes(1, 1440).optional(),
  reason: reason(),
});
export const cancelBody = z.strictObject({ reason: reason() });
export const extendBody = z.strictObject({
  minutes: minutes(1, 240).meta({ description: 'Minutes to add to the planned end (E15).', examples: [15] }),
});

const replies = ['accepted', 'declined', 'tentative'] as const satisfies readonly Reply[];
export const rsvpBody = z.strictObject({
  reply: z.enum(replies).meta({ description: 'The last answer before the start counts (N2).', examples: ['accepted'] }),
  comment: lines(bounds.sentence).optional().describe('Shown to the host.'),
  delegate: personRef().optional().describe('N3, with declined: who comes instead; takes over seat, vote and survey.'),
  channel: channel(),
});
export const attendanceBody = z.strictObject({
  present: z
    .boolean()
    .describe('E3: the roll call. After the close without `at`: there from the opening on, or not at all.'),
  at: instant()
    .optional()
    .describe('E3, M3: when, as the paper sheet has it; from an hour before the start until now.'),
});

const outcomes = ['decided', 'informed', 'deferred', 'dropped'] as const satisfies readonly Outcome[];
const bases = ['vote', 'noObjection', 'ruling'] as const satisfies readonly Basis[];
export const finishTopicBody = z.strictObject({
  outcome: z.enum(outcomes).meta({ description: 'How the topic ends.', examples: ['decided'] }),
  basis: z.enum(bases).optional().describe('On what a decision rests (E9).'),
  conclusion: lines(bounds.text)
    .optional()
    .meta({ description: 'The conclusion, for the minutes.', examples: ['二月一日起試產'] }),
  deferral: z
    .strictObject({
      factQuestion: lines(bounds.sentence).optional(),
      department: departmentRef().optional().describe('Who brings what is missing.'),
      bringsMaterial: lines(bounds.sentence).optional(),
      date: date().optional(),
    })
    .optional()
    .describe('E11: the open question of fact, who brings what, and when.'),
});

const keyPointKinds = ['information', 'decision', 'concern'] as const satisfies readonly KeyPointKind[];
export const keyPointBody = z.strictObject({
  topicId: topicId(),
  text: lines(bounds.text).meta({ description: 'What was said (E5).', examples: ['模具驗收延後一週'] }),
  kind: z.enum(keyPointKinds).default('information'),
  department: departmentRef().optional(),
  dueDate: dueDate().optional(),
});

export const editKeyPointBody = z.strictObject({
  text: lines(bounds.text).optional(),
  kind: z.enum(keyPointKinds).optional(),
  department: departmentRef().optional(),
  dueDate: dueDate().optional(),
});

export const openVoteBody = z.strictObject({
  topicId: topicId(),
  motion: lines(bounds.sentence).meta({ description: 'What is voted on.', examples: ['同意二月一日試產'] }),
  secret: z.boolean().optional().describe('E8: kept as counters, never with a name, order or time.'),
});
const choices = ['agree', 'against', 'neutral'] as const satisfies readonly Choice[];
export const ballotBody = z.strictObject({ choice: z.enum(choices).meta({ examples: ['agree'] }) });

export const actionBody = z.strictObject({
  task: lines(bounds.sentence).meta({ description: 'What is to be done (E14).', examples: ['完成模具驗收'] }),
  owner: personRef().describe('The one owner: e-mail, id or name.'),
  dueDate: dueDate(),
  topicId: topicId().optional(),
  department: departmentRef().optional().describe('Lead department.'),
  supporting: z.array(departmentRef()).max(bounds.departments).optional().describe('Supporting departments.'),
  internalContact: personRef()
    .optional()
    .describe('For an external owner: who in the house they turn to; default the coordinator (H7).'),
});

export const progressBody = z.strictObject({
  percent: z
    .int()
    .min(0)
    .max(100)
    .optional()
    .meta({ examples: [40] }),
  note: lines(bounds.text).optional(),
  obstacle: lines(bounds.text).optional().describe('What blocks it (F2).'),
  newDueDate: dueDate().optional().describe('A new date after a miss, at most 10 working days on (F2).'),
  channel: channel(),
  blockedBy: departmentRef()
    .optional()
    .describe('The department that it waits for (F2); the note says for what. The coordinator accepts it or not.'),
});
export const blockedBody = z.strictObject({
  accepted: z.boolean().meta({ description: 'false: not accepted, or not blocked any longer.', examples: [true] }),
  until: date().optional().describe('When it is asked again; in 5 working days by default.'),
  dueDate: dueDate().optional().describe('The new date when an accepted block ends; in 3 working days by default.'),
  note: lines(bounds.sentence).optional(),
});
export const unblockBody = z.strictObject({ dueDate: dueDate(), note: lines(bounds.sentence).optional() });

const topicChoices = ['escalate', 'simplify', 'hold'] as const satisfies readonly TopicChoice[];
export const chooseForTopicBody = z.strictObject({
  choice: z.enum(topicChoices).meta({ description: 'F4: what shall happen to the topic.', examples: ['simplify'] }),
  reason: reason(),
});
export const completeBody = z.strictObject({ note: lines(bounds.text).optional() });
export const confirmBody = z.strictObject({
  accepted: z.boolean().optional().describe('false sends it back (F1). Default true.'),
  note: lines(bounds.text).optional(),
  newDueDate: dueDate().optional(),
});
export const amendActionBody = z.strictObject({
  task: lines(bounds.sentence).optional(),
  owner: personRef().optional(),
  department: departmentRef().optional(),
  dueDate: dueDate().optional(),
  reason: reason(),
});
export const withdrawActionBody = z.strictObject({ reason: reason() });

export const extendActionBody = z.strictObject({ dueDate: dueDate(), reason: reason() });

const decisions = ['reassign', 'simplify', 'cancel', 'extend'] as const satisfies readonly Decision['decision'][];
export const decideBody = z.strictObject({
  decision: z.enum(decisions).meta({ description: 'F3: what the superior decides.', examples: ['extend'] }),
  reason: reason().optional(),
  owner: personRef().optional().describe('reassign: the new owner.'),
  department: departmentRef().optional(),
  task: lines(bounds.sentence).optional().describe('simplify: what is left to do.'),
  dueDate: dueDate().optional().describe('The new date.'),
});

export const completeTaskBody = z.strictObject({
  text: lines(bounds.longText).meta({
    description: "The talk's result, or the improvement plan.",
    examples: ['與採購談定交期'],
  }),
  with: personRef().optional().describe('talk: with whom.'),
  talkedAt: instant().optional().describe('talk: when.'),
  newDueDate: dueDate().optional(),
});

export const feedbackBody = z.strictObject({
  score: z
    .int()
    .min(1)
    .max(5)
    .meta({ description: 'F5: 1 to 5.', examples: [4] }),
  suggestion: lines(bounds.text).optional().meta({ description: 'Read only among others, never with a name.' }),
});
