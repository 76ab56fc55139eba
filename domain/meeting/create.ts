import { addWorkingHours } from '../calendar/index.js';
import type { Instant, WorkingCalendar, ZoneData } from '../calendar/index.js';
import { fault, Refusal } from '../errors.js';
import type { Fault } from '../errors.js';
import type { Norms } from '../norms.js';
import { agendaFaults, buildAgenda, defaultBreak, duplicateTopicFaults, materialsDueAt } from './agenda.js';
import { arm, changed } from './change.js';
import type { CreateMeetingInput, TopicInput } from './commands.js';
import type { Change } from './effects.js';
import { countedParticipants } from './people.js';
import { noticeFaults, publish } from './preparation.js';
import type { By, MeetingState, Participant, Topic } from './state.js';

/** What creation takes from outside: the one wall-clock decision, and the copies the meeting keeps for life. */
export interface CreateContext {
  now: Instant;
  norms: Norms;
  calendar: WorkingCalendar;
  zone: ZoneData;
  by: By;
}

const minute = 60_000;

/**
 * P1–P9, N1, X1: a meeting from its request, or a refusal that names every fault. An emergency, or `publish: true`, is
 * published in the same step; the effects then hold the notice.
 */
export function createMeeting(input: CreateMeetingInput, context: CreateContext): Change {
  const openDiscussion = input.openDiscussionMinutes ?? context.norms.openDiscussionMinutes;
  const pause = input.breakMinutes ?? defaultBreak(input.durationMinutes, context.norms);
  const faults = [
    ...startFaults(input, context),
    ...durationFaults(input, context.norms),
    ...participantFaults(input, context.norms),
    ...agendaFaults(input.agenda, openDiscussion, pause, input.durationMinutes),
    ...duplicateTopicFaults(input.agenda),
    ...ownTopicFaults(input.participants, input.agenda),
  ];
  const publishing = input.publish === true || input.kind === 'emergency';
  if (publishing && faults.length === 0) faults.push(...noticeFaults(input, context.norms, context.now));
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  const draft = draftState(input, context, openDiscussion, pause);
  return publishing ? publish(draft, context.now) : changed(draft);
}

function draftState(
  input: CreateMeetingInput,
  context: CreateContext,
  openDiscussion: number,
  pause: number,
): MeetingState {
  const { now, norms, calendar, zone, by } = context;
  const due = materialsDueAt(input.startsAt, calendar, zone, norms);
  const { agenda, counters } = buildAgenda(input.id, input.agenda, due, {});
  const state: MeetingState = {
    schemaVersion: 1,
    id: input.id,
    revision: 1,
    counters,
    phase: 'preparation',
    kind: input.kind,
    emergencyReason: input.emergencyReason,
    title: input.title,
    goal: input.goal,
    sharedGoal: input.sharedGoal,
    issueKind: input.issueKind,
    complex: input.complex ?? false,
    startsAt: input.startsAt,
    zone,
    calendar,
    norms,
    durationMinutes: input.durationMinutes,
    plannedEndAt: input.startsAt + input.durationMinutes * minute,
    place: input.place,
    onlineLink: input.onlineLink,
    initiator: input.initiator,
    host: input.host,
    deputyHost: input.deputyHost,
    coordinator: input.coordinator,
    recorder: input.recorder,
    sponsor: input.sponsor,
    participants: withOwnTopics(input.participants, agenda),
    supportDepartments: input.supportDepartments,
    agenda,
    openDiscussionMinutes: openDiscussion,
    breakMinutes: pause,
    capReason: input.capReason,
    locale: input.locale,
    seriesId: input.seriesId,
    warnings: hints(input, context, due),
    createdAt: now,
    createdBy: by,
    requestHash: input.requestHash,
    rsvps: {},
    attendance: {},
    keyPoints: [],
    votes: [],
    actions: [],
    plans: [],
    tasks: [],
    timers: [],
  };
  // Phases: a draft at its start is lapsed.
  return arm(state, now, { kind: 'lapse', at: input.startsAt });
}

/** P3: own topics by id or title; who presents a topic has it as their own. */
export function withOwnTopics(participants: CreateMeetingInput['participants'], agenda: Topic[]): Participant[] {
  return participants.map((p) => {
    const named = (p.topics ?? []).map((name) => agenda.find((t) => t.topicId === name || t.title === name)?.topicId);
    const presented = agenda.filter((t) => t.presenter === p.person).map((t) => t.topicId);
    const topics = [...new Set([...named.filter((t) => t !== undefined), ...presented])];
    return { person: p.person, department: p.department, role: p.role, key: p.key ?? false, topics };
  });
}

/** P2, P4, P6, P8: what is allowed but kept, shown and reported. */
export function hints(
  input: Pick<CreateMeetingInput, 'durationMinutes' | 'participants' | 'agenda' | 'kind'>,
  { norms, now, calendar, zone }: Omit<CreateContext, 'by'>,
  materialsDue: Instant,
): Fault[] {
  const found: Fault[] = [];
  const { durationMinutes } = input;
  if (durationMinutes < norms.durationMinMinutes || durationMinutes > norms.durationMaxMinutes)
    found.push(
      fault('P2.unusualDuration', 'durationMinutes', {
        minutes: durationMinutes,
        min: norms.durationMinMinutes,
        max: norms.durationMaxMinutes,
      }),
    );
  const count = countedParticipants(input.participants);
  if (count >= norms.participantsHintFrom)
    found.push(fault('P4.many', 'participants', { count, cap: norms.participantsCap }));
  input.agenda.forEach((t, i) => {
    if (t.minutes === 0) found.push(fault('P6.noMinutes', `agenda[${i}].minutes`, { title: t.title }));
  });
  const earliest = addWorkingHours(calendar, zone, now, norms.materialsAfterNoticeWorkingHours);
  const needed = input.agenda.some((t) => (t.materials ?? []).some((m) => (m.dueAt ?? materialsDue) < earliest));
  if (needed) found.push(fault('P8.shortTime', 'agenda', { hours: norms.materialsAfterNoticeWorkingHours }));
  return found;
}

function startFaults(input: CreateMeetingInput, { now }: CreateContext): Fault[] {
  const found: Fault[] = [];
  if (input.startsAt <= now) found.push(fault('P2.startPast', 'startsAt'));
  if (input.kind === 'emergency' && !input.emergencyReason) found.push(fault('X1.reason', 'emergencyReason'));
  return found;
}

/** P2 */
export function durationFaults(input: { durationMinutes: number; complex?: boolean }, norms: Norms): Fault[] {
  const { durationMinutes: minutes } = input;
  if (minutes > norms.durationCapMinutes)
    return [fault('P2.tooLong', 'durationMinutes', { minutes, cap: norms.durationCapMinutes })];
  if (minutes > norms.durationMaxMinutes && input.complex !== true)
    return [fault('P2.complexNeeded', 'complex', { minutes, max: norms.durationMaxMinutes })];
  return [];
}

/** P3, P4 */
export function participantFaults(
  input: Pick<CreateMeetingInput, 'participants' | 'kind' | 'capReason'>,
  norms: Norms,
): Fault[] {
  const found: Fault[] = [];
  const { participants } = input;
  const seen = new Set<string>();
  participants.forEach((p, i) => {
    if (seen.has(p.person)) found.push(fault('P3.personTwice', `participants[${i}]`, {}));
    seen.add(p.person);
  });
  if (participants.length < norms.participantsMin)
    found.push(fault('P3.tooFew', 'participants', { min: norms.participantsMin }));
  const count = countedParticipants(participants);
  const cap = input.kind === 'emergency' ? norms.participantsEmergencyCap : norms.participantsCap;
  if (count > cap && !input.capReason) found.push(fault('P4.overCap', 'participants', { count, cap }));
  return found;
}

function ownTopicFaults(participants: CreateMeetingInput['participants'], agenda: TopicInput[]): Fault[] {
  return participants.flatMap((p, i) =>
    (p.topics ?? []).flatMap((name, j) =>
      agenda.some((t) => t.topicId === name || t.title === name)
        ? []
        : [fault('P3.unknownTopic', `participants[${i}].topics[${j}]`, { topic: name })],
    ),
  );
}
