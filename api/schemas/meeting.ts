/** POST and PATCH of a meeting: what the caller may say, before people, departments and times are resolved. */
import { z } from 'zod';
import { DAY, offsetIsValid, parseIsoInstant } from '../../domain/calendar/index.js';
import { fault } from '../../domain/errors.js';
import type { Fault } from '../../domain/errors.js';
import type { IssueKind, MeetingKind, ParticipantRole } from '../../domain/meeting/state.js';
import { withCross } from '../validate.js';
import { zoneFor } from '../zones.js';
import {
  bounds,
  date,
  departmentRef,
  instant,
  isTimeZone,
  lines,
  link,
  locale,
  minutes,
  personRef,
  text,
  timeZone,
} from './base.js';

const kinds = ['regular', 'emergency'] as const satisfies readonly MeetingKind[];
const issueKinds = ['progress', 'resources', 'process', 'other'] as const satisfies readonly IssueKind[];
const roles = ['head', 'core', 'support', 'observer', 'external'] as const satisfies readonly ParticipantRole[];

export const topicId = () =>
  z
    .string()
    .regex(/^[a-z2-7]{16}-t[0-9]{1,9}$/)
    .meta({ description: "A topic's identity across meetings.", examples: ['q3mzk7c2x5w4ra6t-t1'] });

const personName = () =>
  text(bounds.name).meta({ description: 'Name; fills an empty one, never renames.', examples: ['林美'] });

const material = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z2-7]{16}-m[0-9]{1,9}$/)
    .optional()
    .describe('Of a material that is on the agenda: it keeps what was handed in, whatever its title is now (P8).'),
  title: text(bounds.title).meta({ description: 'What is to be prepared.', examples: ['進度報表'] }),
  owner: personRef().describe('Who prepares it: e-mail, id or name.'),
  dueAt: instant().optional().describe('Default: 12:00 on the last working day before the start (P8).'),
  link: link().optional(),
  released: z.boolean().optional().describe('External people see it too (H7).'),
});

const topic = z.strictObject({
  title: text(bounds.title).meta({ description: 'What is to be settled.', examples: ['專案 A 進度'] }),
  minutes: minutes(0, 1440).meta({ description: 'Planned minutes (P6).', examples: [15] }),
  priority: z
    .int()
    .min(1)
    .max(99)
    .meta({ description: '1 comes first; equal ones stay in the order given (P5).', examples: [1] }),
  topicId: topicId().optional().describe('Puts a topic of an earlier meeting on the agenda again.'),
  department: departmentRef().optional(),
  presenter: personRef().optional(),
  expectedConclusion: lines(bounds.text)
    .optional()
    .meta({ description: 'E2', examples: ['決定第二批量產日期'] }),
  format: z
    .enum(['common', 'free'])
    .optional()
    .describe('P8. common, the default: its spreadsheets need the columns of the template; free: they need none.'),
  materials: z.array(material).max(bounds.materials).optional(),
  confidential: z
    .boolean()
    .optional()
    .describe('Only who has the topic, and the offices, see more than its minutes (H10).'),
});

const participant = z.strictObject({
  email: personRef().describe('E-mail; or id or name of a person known already.'),
  name: personName().optional(),
  department: departmentRef().describe('The department this person stands for (P3).'),
  role: z
    .enum(roles)
    .meta({ description: 'head, core and support vote; observer and external do not.', examples: ['core'] }),
  key: z.boolean().optional().describe('Must be there or be replaced (N3).'),
  topics: z.array(text(bounds.title)).max(bounds.topics).optional().describe('Own topics, by title or topicId.'),
});

export const fields = {
  title: text(bounds.title).meta({
    description: 'Title, in the subject of every mail.',
    examples: ['新產品試產協調會'],
  }),
  goal: lines(bounds.text).meta({
    description: 'The goal and the core issue (P1).',
    examples: ['確認試產時程與人力缺口'],
  }),
  sharedGoal: lines(bounds.sentence).optional().describe('A shared goal, said in notice, opening and minutes (C1).'),
  confidential: z
    .boolean()
    .optional()
    .describe('Hidden from everyone without a part in it, in lists, search and reports too (H10).'),
  issueKind: z.enum(issueKinds).meta({ description: 'Kind of issue (P1).', examples: ['progress'] }),
  complex: z.boolean().optional().describe('Over 60 minutes only for complex issues (P2).'),
  startsAt: instant().describe("Start, with the zone's offset; within 2 years."),
  durationMinutes: minutes(1, 1440).meta({ description: 'Planned length (P2).', examples: [60] }),
  place: text(bounds.title)
    .optional()
    .meta({ description: 'Room; place or online link is needed to publish (N1).', examples: ['第一會議室'] }),
  onlineLink: link().optional(),
  initiator: z
    .strictObject({
      department: departmentRef(),
      email: personRef(),
      name: personName().optional(),
    })
    .describe('Initiating department and person.'),
  host: personRef().optional().describe('Default: head of the initiating department, else the initiator (E2).'),
  deputyHost: personRef().optional(),
  coordinator: personRef().optional().describe('Tracks the actions (F1).'),
  recorder: personRef().optional().describe('Keeps the minutes (M1).'),
  sponsor: personRef().optional().describe('Next in the escalation chain after the heads (F3).'),
  participants: z.array(participant).max(bounds.people),
  supportDepartments: z
    .array(z.strictObject({ name: departmentRef(), email: personRef() }))
    .max(bounds.departments)
    .optional()
    .describe('Departments that only get the minutes (P3, M1).'),
  agenda: z.array(topic).max(bounds.topics),
  openDiscussionMinutes: minutes(0, 1440).optional().describe('Default 10 (P7).'),
  breakMinutes: minutes(0, 1440).optional().describe('Default 15 from 90 minutes on (P9).'),
  successStory: z
    .string()
    .regex(/^s[a-z2-7]{16}$/)
    .optional()
    .describe('P9: a released story that is told in this meeting.'),
  capReason: lines(bounds.sentence).optional().describe('Why more people than the cap (P4).'),
  locale: locale().optional(),
  secondLocale: locale().optional().describe('A second language: the minutes are in both (M4).'),
  seriesId: text(64).optional().describe('Series this meeting belongs to (S1).'),
};

export const kind = z
  .enum(kinds)
  .meta({ description: 'An emergency is published at once (X1).', examples: ['regular'] });
export const emergencyReason = lines(bounds.sentence).optional().describe('Needed for an emergency (X1).');

const createShape = z
  .strictObject({
    ...fields,
    kind,
    emergencyReason,
    timeZone: timeZone(),
    publish: z.boolean().optional().describe('Publishes in the same step (N1).'),
  })
  .meta({ id: 'CreateMeeting', description: 'A new meeting.' });

/** The whole body, with what needs two fields: the zone has the offset at that moment, the start lies within two years. */
export const createMeetingBody = withCross(createShape, (raw, now) => {
  if (typeof raw !== 'object' || raw === null) return [];
  const { startsAt, timeZone: name, agenda } = raw as Record<string, unknown>;
  const moments: [path: string, value: unknown][] = [['startsAt', startsAt], ...dueMoments(agenda)];
  const latest = now + bounds.startDays * DAY;
  const start = typeof startsAt === 'string' ? parseIsoInstant(startsAt) : undefined;
  const late = start !== undefined && start > latest ? [fault('input.tooFar', 'startsAt', { latest })] : [];
  return [...late, ...moments.flatMap(([path, value]) => offsetFaults(name, now, path, value))];
});

function dueMoments(agenda: unknown): [path: string, value: unknown][] {
  if (!Array.isArray(agenda)) return [];
  return agenda.slice(0, bounds.topics).flatMap((t: unknown, i) => {
    const materials = (t as { materials?: unknown } | null)?.materials;
    if (!Array.isArray(materials)) return [];
    return materials
      .slice(0, bounds.materials)
      .map((m: unknown, j): [string, unknown] => [
        `agenda[${i}].materials[${j}].dueAt`,
        (m as { dueAt?: unknown } | null)?.dueAt,
      ]);
  });
}

function offsetFaults(name: unknown, now: number, path: string, value: unknown): Fault[] {
  if (typeof name !== 'string' || !isTimeZone(name) || typeof value !== 'string') return [];
  if (parseIsoInstant(value) === undefined) return [];
  return offsetIsValid(zoneFor(name, now), value) ? [] : [fault('input.offset', path, { timeZone: name })];
}

const cleared = <S extends z.ZodType>(schema: S) => schema.nullable();

export const patchMeetingBody = z
  .strictObject({
    ...z.strictObject(fields).partial().shape,
    sharedGoal: cleared(fields.sharedGoal),
    place: cleared(fields.place),
    onlineLink: cleared(fields.onlineLink),
    deputyHost: cleared(fields.deputyHost),
    coordinator: cleared(fields.coordinator),
    recorder: cleared(fields.recorder),
    sponsor: cleared(fields.sponsor),
    capReason: cleared(fields.capReason),
    successStory: cleared(fields.successStory),
    secondLocale: cleared(fields.secondLocale),
    seriesId: cleared(fields.seriesId),
    kind: kind.optional().describe('A draft that is too late for a notice may become an emergency (X1).'),
    emergencyReason,
    reason: lines(bounds.sentence)
      .optional()
      .describe('Told with the change; needed for another place within the notice period (N4).'),
  })
  .meta({
    id: 'PatchMeeting',
    description:
      'In preparation everything but id and zone; in notice agenda, people and place. Lists replace; null clears.',
  });

export type CreateMeetingBody = z.output<typeof createMeetingBody>;
export type PatchMeetingBody = z.output<typeof patchMeetingBody>;
export type TopicBody = z.output<typeof topic>;

export const dueDate = () => date().meta({ description: "Due date; means 18:00 in the meeting's zone (E14)." });
