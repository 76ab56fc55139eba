import type { Instant, WorkingCalendar, ZoneData } from '../calendar/index.js';
import { Refusal } from '../errors.js';
import type { Norms } from '../norms.js';
import { agendaFaults, buildAgenda, defaultBreak, materialsDueAt } from './agenda.js';
import { foreign, takeEffects } from './carry.js';
import { changed } from './change.js';
import {
  durationFaults,
  emergencyFaults,
  hints,
  localeFaults,
  ownTopicFaults,
  participantFaults,
  startFaults,
  materialIdFaults,
  topicIdFaults,
} from './checks.js';
import type { CreateMeetingInput } from './commands.js';
import { armDraft } from './drafts.js';
import type { Change } from './effects.js';
import { askHostsClock } from './hours.js';
import { withLinks } from './materials.js';
import { noticeFaults, placeFaults, publish, agendaNeeded } from './preparation.js';
import { routed } from './routing.js';
import { armAutoPublish } from './series.js';
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
    ...startFaults(input, context.now),
    ...emergencyFaults(input),
    ...localeFaults(input),
    ...durationFaults(input, context.norms),
    ...participantFaults(input, context.norms),
    ...agendaFaults(input.agenda, openDiscussion, pause, input.durationMinutes),
    ...topicIdFaults(input.id, input.agenda, {}),
    ...materialIdFaults(input.agenda),
    ...ownTopicFaults(input.participants, input.agenda),
  ];
  const publishing = input.publish === true || input.kind === 'emergency';
  if (publishing) faults.push(...placeFaults(input), ...agendaNeeded(input));
  if (publishing && input.startsAt > context.now) faults.push(...noticeFaults(input, context.norms, context.now));
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  const made = draftState(input, context, openDiscussion, pause);
  const { state: draft, effects: kept } = withLinks({ agenda: [] }, made, context.now, context.by);
  if (publishing) {
    const published = publish(draft, context.now);
    return routed({ ...published, effects: [...kept, ...published.effects] }, undefined, context.now);
  }
  const asked = askHostsClock(armAutoPublish(draft, context.now));
  return changed(asked.state, [...kept, ...asked.effects, ...takeEffects(draft, foreign(draft))]);
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
  const others = agenda.some((t) => !t.topicId.startsWith(`${input.id}-t`));
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
    confidential: input.confidential,
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
    ...(input.successStory === undefined ? {} : { successStory: input.successStory }),
    capReason: input.capReason,
    locale: input.locale,
    secondLocale: input.secondLocale,
    seriesId: input.seriesId,
    publishDaysBefore: input.publishDaysBefore,
    warnings: [],
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
    ...(others ? { took: true } : {}),
  };
  return armDraft({ ...state, warnings: hints(state, now) }, now);
}

/** P3: own topics by id or title; who presents a topic has it as their own. N3: a delegate stays one. */
export function withOwnTopics(participants: CreateMeetingInput['participants'], agenda: Topic[]): Participant[] {
  return participants.map((p) => {
    const named = (p.topics ?? []).map((name) => agenda.find((t) => t.topicId === name || t.title === name)?.topicId);
    const presented = agenda.filter((t) => t.presenter === p.person).map((t) => t.topicId);
    const topics = [...new Set([...named.filter((t) => t !== undefined), ...presented])];
    const seat = { person: p.person, department: p.department, role: p.role, key: p.key ?? false, topics };
    return p.standsFor === undefined ? seat : { ...seat, standsFor: p.standsFor };
  });
}
