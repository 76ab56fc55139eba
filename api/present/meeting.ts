/** A meeting's state as JSON of design §6: names resolved, times in the meeting's zone, nothing of the machinery. */
import type { Instant } from '../../domain/calendar/index.js';
import { inOrder } from '../../domain/meeting/agenda.js';
import { invitees } from '../../domain/meeting/people.js';
import type {
  Alternate,
  Deferral,
  KeyPoint,
  Material,
  MeetingState,
  Participant,
  PersonId,
  Topic,
  Vote,
} from '../../domain/meeting/state.js';
import { shownFault } from '../problem-json.js';
import type { MeetingAnswer, PersonAnswer, TopicAnswer, VoteAnswer } from '../schemas/answers.js';
import { dateOf, iso, maybeIso, present } from './context.js';
import type { Telling } from './context.js';
import { presentRoom } from './room.js';
import { enteredBy, presentAction, presentAlternateTask, presentPlan, presentTask } from './follow-up.js';

export interface Extra {
  now: Instant;
  stale?: boolean;
  /** How many have voted, by vote. */
  voted?: Record<string, number>;
  temporalUrl?: string | undefined;
  /** N3: written input by its hash. */
  inputs?: Record<string, string>;
  /** H4 */
  unreachable: PersonAnswer[];
}

export function presentMeeting(telling: Telling, state: MeetingState, extra: Extra): MeetingAnswer {
  return present({
    ...head(telling, state, extra),
    ...people(telling, state),
    ...record(telling, state, extra),
    ...presentRoom(telling, state, extra.now),
    minutes: minutes(telling, state),
    survey: survey(telling, state),
    effectiveness: state.effectiveness,
    temporalUrl: extra.temporalUrl,
  });
}

function head(telling: Telling, state: MeetingState, { now, stale, unreachable }: Extra) {
  return {
    id: state.id,
    phase: state.phase,
    revision: state.revision,
    now: iso(telling, now),
    stale,
    kind: state.kind,
    emergencyReason: state.emergencyReason,
    title: state.title,
    goal: state.goal,
    sharedGoal: state.sharedGoal,
    confidential: state.confidential,
    issueKind: state.issueKind,
    complex: state.complex,
    startsAt: iso(telling, state.startsAt),
    timeZone: state.zone.name,
    durationMinutes: state.durationMinutes,
    plannedEndAt: iso(telling, state.plannedEndAt),
    place: state.place,
    onlineLink: state.onlineLink,
    openDiscussionMinutes: state.openDiscussionMinutes,
    breakMinutes: state.breakMinutes,
    successStory: state.successStory,
    capReason: state.capReason,
    locale: state.locale,
    secondLocale: state.secondLocale,
    seriesId: state.seriesId,
    warnings: state.warnings.map((w) => shownFault(w, telling.locale, state.zone)),
    createdAt: iso(telling, state.createdAt),
    publishedAt: maybeIso(telling, state.publishedAt),
    openedAt: maybeIso(telling, state.openedAt),
    endReachedAt: maybeIso(telling, state.endReachedAt),
    closedAt: maybeIso(telling, state.closedAt),
    closedBy: state.closedBy,
    endedAt: maybeIso(telling, state.endedAt),
    cancelReason: state.cancelReason,
    undoCancelUntil: maybeIso(telling, state.cancelling?.until),
    changesToldAt: maybeIso(telling, state.timers.find((t) => t.kind === 'changeMail')?.at),
    unreachable,
    alternates: (state.alternates ?? []).map((a) => presentAlternate(telling, a)),
  };
}

function people(telling: Telling, state: MeetingState) {
  const { names } = telling;
  const seats = new Set(state.participants.map((p) => p.person));
  return {
    initiator: {
      department: names.department(state.initiator.department),
      person: names.person(state.initiator.person),
    },
    host: names.person(state.host),
    actingHost: names.maybePerson(state.actingHost),
    deputyHost: names.maybePerson(state.deputyHost),
    coordinator: names.maybePerson(state.coordinator),
    recorder: names.maybePerson(state.recorder),
    sponsor: names.maybePerson(state.sponsor),
    participants: state.participants.map((p) => participant(telling, state, p)),
    others: invitees(state)
      .filter((p) => !seats.has(p))
      .map((p) =>
        present({
          ...who(telling, p),
          reply: state.rsvps[p]?.reply,
          present: state.attendance[p]?.present,
          readAt: maybeIso(telling, state.readings?.[p]?.at),
        }),
      ),
    proposals: state.proposals?.map((p) =>
      present({
        id: p.id,
        person: names.person(p.person),
        startsAt: iso(telling, p.startsAt),
        durationMinutes: p.durationMinutes,
        comment: p.comment,
        at: iso(telling, p.at),
      }),
    ),
    heldReplies: state.heldReplies?.map((h) =>
      present({
        id: h.id,
        reply: h.reply,
        person: names.maybePerson(h.person),
        status: h.status,
        at: iso(telling, h.at),
      }),
    ),
    supportDepartments: state.supportDepartments.map((d) => ({
      department: names.department(d.department),
      person: names.person(d.person),
    })),
  };
}

function who(telling: Telling, id: PersonId) {
  const { name, email } = telling.names.person(id);
  return { person: id, name, email };
}

function participant(telling: Telling, state: MeetingState, p: Participant) {
  const reply = state.rsvps[p.person];
  return present({
    ...who(telling, p.person),
    department: telling.names.department(p.department),
    role: p.role,
    key: p.key,
    topics: p.topics,
    reply: reply?.reply,
    comment: reply?.comment,
    delegate: telling.names.maybePerson(reply?.delegate),
    standsFor: telling.names.maybePerson(p.standsFor),
    entered: reply && enteredBy(telling, reply.by),
    repliedAt: maybeIso(telling, reply?.at),
    readAt: maybeIso(telling, state.readings?.[p.person]?.at),
    present: state.attendance[p.person]?.present,
  });
}

function record(telling: Telling, state: MeetingState, extra: Extra) {
  return {
    agenda: inOrder(state.agenda).map((t) =>
      present({ ...presentTopic(telling, t, extra.now), writtenInput: written(telling, state, t, extra.inputs) }),
    ),
    keyPoints: state.keyPoints.map((k) => keyPoint(telling, k)),
    votes: state.votes.map((v) => presentVote(telling, v, extra.voted?.[v.id])),
    actions: state.actions.map((a) => presentAction(telling, a)),
    tasks: [
      ...state.tasks.map((t) => presentTask(telling, t)),
      ...state.plans.map((p) => presentPlan(telling, p)),
      ...(state.alternates ?? []).map((a) => presentAlternateTask(telling, a)),
    ],
  };
}

/** N3: what those who cannot come have to say. */
function written(telling: Telling, state: MeetingState, { topicId }: Topic, texts: Extra['inputs']) {
  const own = (state.writtenInputs ?? []).filter((w) => w.topicId === topicId && texts?.[w.hash] !== undefined);
  if (own.length === 0) return undefined;
  return own.map((w) => ({
    person: telling.names.person(w.person),
    text: texts?.[w.hash] ?? '',
    at: iso(telling, w.at),
  }));
}

function presentAlternate(telling: Telling, a: Alternate) {
  return present({
    id: a.id,
    person: telling.names.person(a.person),
    reason: a.reason,
    status: a.status,
    dueAt: iso(telling, a.dueAt),
    way: a.way,
    delegate: telling.names.maybePerson(a.delegate),
    proposedAt: maybeIso(telling, a.proposedAt),
    comment: a.comment,
  });
}

/** E4: planned and actual; while it is live, up to now. */
export function presentTopic(telling: Telling, topic: Topic, now: Instant): TopicAnswer {
  const { names } = telling;
  const live = topic.status === 'live' && topic.startedAt !== undefined ? now - topic.startedAt : 0;
  const liveUntil = timeIsUp(topic);
  return present({
    topicId: topic.topicId,
    title: topic.title,
    minutes: topic.minutes,
    priority: topic.priority,
    department: names.maybeDepartment(topic.department),
    presenter: names.maybePerson(topic.presenter),
    expectedConclusion: topic.expectedConclusion,
    format: topic.format,
    materials: topic.materials.map((m) => presentMaterial(telling, m)),
    status: topic.status,
    startedAt: maybeIso(telling, topic.startedAt),
    endsAt: liveUntil === undefined ? undefined : iso(telling, liveUntil),
    endedAt: maybeIso(telling, topic.endedAt),
    actualMinutes: Math.round((topic.spentMs + live) / 6_000) / 10,
    outcome: topic.outcome,
    basis: topic.basis,
    voteId: topic.voteId,
    conclusion: topic.conclusion,
    deferral: topic.deferral && deferral(telling, topic.deferral),
    confidential: topic.confidential,
    hidden: topic.hidden,
    carried:
      topic.carried && present({ ...topic.carried, department: names.maybeDepartment(topic.carried.department) }),
    timesCarried: topic.timesCarried,
    lastChoice: topic.lastChoice && { ...topic.lastChoice, at: iso(telling, topic.lastChoice.at) },
  });
}

/** E4: when the planned minutes of a live topic are used up, what it took before counted. */
function timeIsUp({ status, startedAt, minutes, spentMs }: Topic): Instant | undefined {
  if (status !== 'live' || startedAt === undefined) return undefined;
  return startedAt + Math.max(0, minutes * 60_000 - spentMs);
}

export function presentMaterial(telling: Telling, m: Material) {
  return present({
    id: m.id,
    title: m.title,
    owner: telling.names.person(m.owner),
    dueAt: iso(telling, m.dueAt),
    link: m.link,
    released: m.released,
    version: m.version,
    handedInAt: maybeIso(telling, m.handedInAt),
    file: m.file,
  });
}

function deferral(telling: Telling, d: Deferral) {
  return present({ ...d, department: telling.names.maybeDepartment(d.department) });
}

function keyPoint(telling: Telling, k: KeyPoint) {
  return present({
    id: k.id,
    topicId: k.topicId,
    kind: k.kind,
    text: k.text,
    department: telling.names.maybeDepartment(k.department),
    dueDate: k.dueAt === undefined ? undefined : dateOf(telling, k.dueAt),
    at: iso(telling, k.at),
  });
}

/** E8: an open vote shows how many have voted; never who voted what. */
export function presentVote(telling: Telling, vote: Vote, voted?: number): VoteAnswer {
  return present({
    id: vote.id,
    topicId: vote.topicId,
    motion: vote.motion,
    secret: vote.secret,
    status: vote.status,
    electorate: vote.electorate.length,
    required: vote.required,
    openedAt: iso(telling, vote.openedAt),
    complete: vote.complete,
    voted: vote.status === 'closed' ? undefined : voted,
    closedAt: maybeIso(telling, vote.closedAt),
    agree: vote.tally?.agree,
    against: vote.tally?.against,
    neutral: vote.tally?.neutral,
    passed: vote.passed,
  });
}

function minutes(telling: Telling, { minutes: m }: MeetingState) {
  if (m === undefined) return undefined;
  return present({
    version: m.version,
    dueAt: iso(telling, m.dueAt),
    nextMeetingAt: maybeIso(telling, m.nextMeetingAt),
    confirmedAt: maybeIso(telling, m.confirmedAt),
    sentAt: maybeIso(telling, m.sentAt),
    sentAsDraft: m.sentAsDraft,
    late: m.late,
    objectionsUntil: maybeIso(telling, m.objectionsUntil),
  });
}

/** F5: nothing but the published figures; while it is open not even how many have answered. */
function survey(telling: Telling, { survey: s }: MeetingState) {
  if (s === undefined) return undefined;
  const figures = s.status === 'published' ? { answers: s.answers, mean: s.mean } : {};
  return present({ status: s.status, closesAt: iso(telling, s.closesAt), ...figures });
}
