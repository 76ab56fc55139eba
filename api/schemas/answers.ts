/** What callers get: the shapes of answers, as they stand in the OpenAPI document. */
import { z } from 'zod';
import { departmentShape, faultShape, id, iso, isoDate, personShape } from './common.js';
import { alternateShape, writtenInputShape } from './before.js';
import { actionShape, enteredShape, taskShape } from './follow-up.js';
import { roomShape } from './room-answers.js';

export { departmentShape, faultShape, personShape, problemShape } from './common.js';
export { actionShape, taskShape } from './follow-up.js';

const participantShape = z.object({
  person: z.string(),
  name: z.string(),
  email: z.string().optional(),
  department: departmentShape,
  role: z.string(),
  key: z.boolean(),
  topics: z.array(z.string()),
  reply: z.string().optional().describe('accepted, declined or tentative; absent: silent.'),
  comment: z.string().optional(),
  delegate: personShape.optional(),
  standsFor: personShape.optional().describe('N3: this delegate holds the seat of that person.'),
  entered: enteredShape.optional().describe('H8: entered by somebody else.'),
  readAt: iso('E1: confirmed that the materials are read.').optional(),
  repliedAt: iso('When.').optional(),
  present: z.boolean().optional(),
});

export const fileShape = z.object({
  name: z.string(),
  size: z.int(),
  type: z.string(),
  hash: z.string().describe('SHA-256.'),
});

export const materialShape = z.object({
  id: z.string(),
  title: z.string(),
  owner: personShape,
  dueAt: iso('P8.'),
  link: z.string().optional(),
  released: z.boolean().optional().describe('H7: external people see it too.'),
  version: z.int().optional().describe('Rises with every file or link that is handed in.'),
  handedInAt: iso('When.').optional(),
  file: fileShape.optional().describe('The newest version, when it is a file.'),
});

const deferralShape = z.object({
  reason: z.string(),
  factQuestion: z.string().optional(),
  department: departmentShape.optional(),
  bringsMaterial: z.string().optional(),
  date: isoDate('By when.').optional(),
});

const topicShape = z.object({
  topicId: id("The topic's identity across meetings.", 'q3mzk7c2x5w4ra6t-t1'),
  title: z.string(),
  minutes: z.int(),
  priority: z.int(),
  department: departmentShape.optional(),
  presenter: personShape.optional(),
  expectedConclusion: z.string().optional(),
  format: z.string().optional(),
  materials: z.array(materialShape),
  status: z.string().describe('planned, live or finished.'),
  startedAt: iso('When it was called last.').optional(),
  endsAt: iso('E4: while it is live, when its planned minutes are up; what a countdown shows.').optional(),
  endedAt: iso('When it ended.').optional(),
  actualMinutes: z.number().describe('E4: what it took so far, to a tenth.'),
  outcome: z.string().optional(),
  basis: z.string().optional(),
  voteId: z.string().optional().describe('E9: the vote that it was decided by.'),
  conclusion: z.string().optional(),
  deferral: deferralShape.optional(),
  writtenInput: z.array(writtenInputShape).optional().describe('N3: of who cannot come.'),
  confidential: z.boolean().optional().describe('H10'),
  hidden: z.boolean().optional().describe('H10: what it is about is not for this reader.'),
  carried: z
    .object({
      from: z.string().describe('The meeting that left it.'),
      times: z.int().describe('How many meetings were held and left it open.'),
      reason: z.string(),
      factQuestion: z.string().optional(),
      department: departmentShape.optional(),
      bringsMaterial: z.string().optional(),
      date: isoDate('By when.').optional(),
    })
    .optional()
    .describe('S1: it comes from an earlier meeting.'),
  timesCarried: z
    .int()
    .optional()
    .describe('F4: at how many meetings in a row, the last held included, it had unfinished actions.'),
  lastChoice: z
    .object({ choice: z.string().describe('escalate, simplify or hold.'), reason: z.string(), at: iso('When.') })
    .optional()
    .describe('F4: what was chosen when it was stuck.'),
});

export const voteShape = z
  .object({
    id: id('Vote id.', 'q3mzk7c2x5w4ra6t-v1'),
    topicId: z.string(),
    motion: z.string(),
    secret: z.boolean(),
    status: z.string().describe('open, counting or closed.'),
    electorate: z.int().describe('Seats with a vote that were present when it opened (E8).'),
    required: z.int().describe('E9'),
    openedAt: iso('When.'),
    complete: z.boolean().describe('Everybody has voted.'),
    voted: z.int().optional().describe('How many have voted, while it is open.'),
    closedAt: iso('When.').optional(),
    agree: z.int().optional(),
    against: z.int().optional(),
    neutral: z.int().optional(),
    passed: z.boolean().optional(),
  })
  .meta({ id: 'Vote', description: 'Never who voted what.' });

const minutesStateShape = z.object({
  version: z.int(),
  dueAt: iso('M1: 24 h.'),
  nextMeetingAt: iso('M2.').optional(),
  confirmedAt: iso('When.').optional(),
  sentAt: iso('When.').optional(),
  sentAsDraft: z.boolean().optional(),
  late: z.boolean().optional(),
  objectionsUntil: iso('M3.').optional(),
});

const surveyShape = z.object({
  status: z.string(),
  closesAt: iso('F5.'),
  answers: z.int().optional().describe('Once published.'),
  mean: z.number().optional().describe('From 3 answers on.'),
});

export const meetingShape = z
  .object({
    id: id('Meeting id.', 'q3mzk7c2x5w4ra6t'),
    phase: z.string().describe('preparation, notice, execution, minutes, followUp, closed, cancelled or lapsed.'),
    revision: z.int().describe('Rises with every change.'),
    now: iso("The workflow's time; pages count from it."),
    stale: z.boolean().optional().describe('From the archive, because no worker answered.'),
    kind: z.string(),
    emergencyReason: z.string().optional(),
    title: z.string(),
    goal: z.string(),
    sharedGoal: z.string().optional(),
    confidential: z.boolean().optional().describe('H10'),
    issueKind: z.string(),
    complex: z.boolean(),
    startsAt: iso('Start.'),
    timeZone: z.string(),
    durationMinutes: z.int(),
    plannedEndAt: iso('As announced or extended.'),
    place: z.string().optional(),
    onlineLink: z.string().optional(),
    initiator: z.object({ department: departmentShape, person: personShape }),
    host: personShape,
    actingHost: personShape.optional(),
    deputyHost: personShape.optional(),
    coordinator: personShape.optional(),
    recorder: personShape.optional(),
    sponsor: personShape.optional(),
    participants: z.array(participantShape),
    others: z
      .array(participantShape.pick({ person: true, name: true, email: true, reply: true, present: true, readAt: true }))
      .describe('Invited for an office they hold, without a seat.'),
    proposals: z
      .array(
        z.object({
          id: z.string(),
          person: personShape,
          startsAt: iso('Proposed start.'),
          durationMinutes: z.int(),
          comment: z.string().optional(),
          at: iso('When it was proposed.'),
        }),
      )
      .optional()
      .describe('N2: other times that invited people proposed.'),
    heldReplies: z
      .array(
        z.object({
          id: z.string(),
          reply: z.string(),
          person: personShape.optional(),
          status: z.string().describe('waiting, counted or dismissed.'),
          at: iso('When it came.'),
        }),
      )
      .optional()
      .describe('N2: answers from addresses that are not on the list.'),
    supportDepartments: z.array(z.object({ department: departmentShape, person: personShape })),
    agenda: z.array(topicShape).describe('In priority order (P5).'),
    openDiscussionMinutes: z.int(),
    breakMinutes: z.int(),
    successStory: z.object({ id: z.string(), title: z.string() }).optional().describe('P9.'),
    capReason: z.string().optional(),
    locale: z.string(),
    secondLocale: z.string().optional().describe('M4: the minutes are in both.'),
    seriesId: z.string().optional(),
    warnings: z.array(faultShape),
    createdAt: iso('When.'),
    publishedAt: iso('When.').optional(),
    openedAt: iso('When.').optional(),
    endReachedAt: iso('The planned end passed.').optional(),
    closedAt: iso('When.').optional(),
    closedBy: z.string().optional(),
    endedAt: iso('When.').optional(),
    cancelReason: z.string().optional(),
    undoCancelUntil: iso('N4: cancelled, but not told yet; can be undone until then.').optional(),
    changesToldAt: iso('N4: when what was changed just now is told.').optional(),
    unreachable: z.array(personShape).describe('H4: invited, but no channel is known for them.'),
    alternates: z.array(alternateShape).describe('N3: key people who were asked for an alternate.'),
    keyPoints: z.array(
      z.object({
        id: z.string(),
        topicId: z.string(),
        kind: z.string(),
        text: z.string(),
        department: departmentShape.optional(),
        dueDate: isoDate('E5.').optional(),
        at: iso('When.'),
      }),
    ),
    votes: z.array(voteShape),
    ...roomShape.shape,
    actions: z.array(actionShape),
    tasks: z.array(taskShape),
    minutes: minutesStateShape.optional(),
    survey: surveyShape.optional(),
    effectiveness: z.number().nullable().optional().describe('F6, at the end; null: not rated.'),
    temporalUrl: z.string().optional().describe('This meeting in the Temporal UI.'),
  })
  .meta({ id: 'Meeting' });

export type MeetingAnswer = z.output<typeof meetingShape>;
export type ActionAnswer = z.output<typeof actionShape>;
export type TaskAnswer = z.output<typeof taskShape>;
export type VoteAnswer = z.output<typeof voteShape>;
export type TopicAnswer = z.output<typeof topicShape>;
export type PersonAnswer = z.output<typeof personShape>;
export type DepartmentAnswer = z.output<typeof departmentShape>;

/** What every command answers with. */
export const changedShape = z
  .object({
    id: z.string().describe('The meeting, or the thing that was made.'),
    revision: z.int(),
    now: iso("The workflow's time."),
    warnings: z.array(faultShape).optional(),
  })
  .meta({ id: 'Changed' });
