/** From the body of POST or PATCH to the domain's input: who is mentioned where, and then ids and instants for names and texts. */
import type { ZoneData } from '../domain/calendar/index.js';
import type { CreateMeetingInput, PatchInput, TopicInput } from '../domain/meeting/commands.js';
import type { PersonId } from '../domain/meeting/state.js';
import { instantIn } from './dates.js';
import { Mentions } from './mentions.js';
import type { Resolved } from './mentions.js';
import type { CreateMeetingBody, PatchMeetingBody } from './schemas/meeting.js';

type Body = CreateMeetingBody | PatchMeetingBody;

const offices = ['host', 'deputyHost', 'coordinator', 'recorder', 'sponsor'] as const;

/** Everybody and every department that the body names, by path. */
export function mentionsOf(body: Body): Mentions {
  const mentions = new Mentions();
  const { initiator, participants = [], supportDepartments = [], agenda = [] } = body;
  mentions.department(initiator?.department, 'initiator.department');
  const home = { name: initiator?.name, departmentPath: 'initiator.department' };
  mentions.person(initiator?.email, 'initiator.email', home);
  participants.forEach((p, i) => {
    const departmentPath = `participants[${i}].department`;
    mentions.department(p.department, departmentPath);
    mentions.person(p.email, `participants[${i}].email`, { name: p.name, departmentPath });
  });
  supportDepartments.forEach((d, i) => {
    mentions.department(d.name, `supportDepartments[${i}].name`);
    const departmentPath = `supportDepartments[${i}].name`;
    mentions.person(d.email, `supportDepartments[${i}].email`, { departmentPath });
  });
  agenda.forEach((t, i) => {
    mentions.department(t.department, `agenda[${i}].department`);
    mentions.person(t.presenter, `agenda[${i}].presenter`);
    t.materials?.forEach((m, j) => mentions.person(m.owner, `agenda[${i}].materials[${j}].owner`));
  });
  for (const office of offices) mentions.person(body[office], office);
  return mentions;
}

function participantsOf(body: Body, who: Resolved): CreateMeetingInput['participants'] {
  return (body.participants ?? []).map((p, i) => ({
    person: who.person(`participants[${i}].email`),
    department: who.department(`participants[${i}].department`),
    role: p.role,
    ...(p.key === undefined ? {} : { key: p.key }),
    ...(p.topics === undefined ? {} : { topics: p.topics }),
  }));
}

function supportOf(body: Body, who: Resolved): CreateMeetingInput['supportDepartments'] {
  return (body.supportDepartments ?? []).map((_, i) => ({
    department: who.department(`supportDepartments[${i}].name`),
    person: who.person(`supportDepartments[${i}].email`),
  }));
}

function agendaOf(body: Body, who: Resolved, zone: ZoneData): TopicInput[] {
  return (body.agenda ?? []).map(({ materials, department: _, presenter: __, ...topic }, i) => ({
    ...topic,
    ...given('department', who.maybeDepartment(`agenda[${i}].department`)),
    ...given('presenter', who.maybePerson(`agenda[${i}].presenter`)),
    ...(materials === undefined
      ? {}
      : {
          materials: materials.map(({ dueAt, ...m }, j) => ({
            ...m,
            owner: who.person(`agenda[${i}].materials[${j}].owner`),
            ...(dueAt === undefined ? {} : { dueAt: instantIn(zone, dueAt, `agenda[${i}].materials[${j}].dueAt`) }),
          })),
        }),
  }));
}

function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}

const pairOf = (key: string, id: PersonId | undefined): [string, PersonId][] => (id === undefined ? [] : [[key, id]]);

const initiatorOf = (who: Resolved): CreateMeetingInput['initiator'] => ({
  department: who.department('initiator.department'),
  person: who.person('initiator.email'),
});

/** What of a new meeting does not stand in its body. */
export interface Made {
  id: string;
  zone: ZoneData;
  locale: CreateMeetingInput['locale'];
  requestHash?: string | undefined;
  story?: Story | undefined;
}

/** P9: the released story that the body names by its id. */
type Story = NonNullable<CreateMeetingInput['successStory']>;

export function createInput(body: CreateMeetingBody, who: Resolved, made: Made): CreateMeetingInput {
  const {
    timeZone: _,
    initiator: __,
    participants: ___,
    agenda: ____,
    supportDepartments: _____,
    successStory: ______,
    ...plain
  } = body;
  const initiator = initiatorOf(who);
  return {
    ...plain,
    ...Object.fromEntries(offices.flatMap((o) => pairOf(o, who.maybePerson(o)))),
    id: made.id,
    startsAt: instantIn(made.zone, body.startsAt, 'startsAt'),
    initiator,
    // E2: the head of the initiating department, else the initiator.
    host: who.maybePerson('host') ?? who.headOf('initiator.department') ?? initiator.person,
    participants: participantsOf(body, who),
    supportDepartments: supportOf(body, who),
    agenda: agendaOf(body, who, made.zone),
    locale: body.locale ?? made.locale,
    ...given('requestHash', made.requestHash),
    ...given('successStory', made.story),
  };
}

/** Only what the body names; `null` takes an office or a text away. */
export function patchInput(body: PatchMeetingBody, who: Resolved, zone: ZoneData, story?: Story): PatchInput {
  const { initiator, participants, agenda, supportDepartments, startsAt, successStory, ...plain } = body;
  const held = offices
    .filter((o) => body[o] !== undefined)
    .map((o) => [o, body[o] === null ? null : who.person(o)] as const);
  return {
    ...plain,
    ...(Object.fromEntries(held) as Pick<PatchInput, (typeof offices)[number]>),
    ...(successStory === null ? { successStory: null } : given('successStory', story)),
    ...(startsAt === undefined ? {} : { startsAt: instantIn(zone, startsAt, 'startsAt') }),
    ...(initiator === undefined ? {} : { initiator: initiatorOf(who) }),
    ...(participants === undefined ? {} : { participants: participantsOf(body, who) }),
    ...(supportDepartments === undefined ? {} : { supportDepartments: supportOf(body, who) }),
    ...(agenda === undefined ? {} : { agenda: agendaOf(body, who, zone) }),
  };
}

/** The domain's names for fields, as the body calls them. */
export function bodyPath(path: string): string {
  return path
    .replace(/^(participants\[\d+\]|initiator)\.person$/, '$1.email')
    .replace(/^dueAt$/, 'dueDate')
    .replace(/^newDueAt$/, 'newDueDate');
}
