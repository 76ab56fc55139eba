/**
 * S1, design §3, Carry-over: a topic that a meeting did not settle waits in the backlog, and one meeting takes it from
 * there. The archive sees to it that only one does; here it comes onto the agenda, each once, and goes back when the
 * meeting ends without having settled it.
 */
import type { Instant } from '../calendar/index.js';
import { inOrder } from './agenda.js';
import { announceLater } from './announce.js';
import { changed } from './change.js';
import { hints } from './checks.js';
import { withOwnTopics } from './create.js';
import type { BacklogTopic, Change, Effect, EffectReply } from './effects.js';
import { floorOf, withFloor } from './floor.js';
import { countTopics } from './follow-up/topics.js';
import { invitees } from './people.js';
import type { Carried, MeetingState, Topic, TopicId } from './state.js';

type Taken = Extract<EffectReply, { type: 'backlogTaken' }>;

/** Asks for what waits for this meeting's series, and for topics of other meetings that the agenda names. */
export function takeEffects(state: MeetingState, topicIds: TopicId[] = [], announce = false): Effect[] {
  if (state.seriesId === undefined && topicIds.length === 0) return [];
  const except = state.leftOut ?? [];
  return [{ type: 'takeBacklog', topicIds, except, ...(announce ? { announce: true as const } : {}) }];
}

/** Topics on an agenda that another meeting raised. */
export function foreign(state: Pick<MeetingState, 'id' | 'agenda'>): TopicId[] {
  return state.agenda.map((t) => t.topicId).filter((id) => !id.startsWith(`${state.id}-t`));
}

/** What was taken comes first on the agenda, without minutes (P6 hints), with what is asked and who brings what (E11). */
export function backlogTaken(state: MeetingState, reply: Taken, now: Instant): Change {
  const open = state.phase === 'preparation' || state.phase === 'notice' || state.phase === 'execution';
  // What came after the close was given back with the rest.
  if (!open) return changed(state);
  const before = previous(state, reply);
  const marked = before.agenda.map((t) => withCarried(t, reply.topics));
  const there = new Set([...marked.map((t) => t.topicId), ...(before.leftOut ?? [])]);
  const added = reply.topics.filter((t) => !there.has(t.topicId));
  if (added.length === 0 && marked.every((t, i) => t === before.agenda[i])) return changed(before);
  const first = Math.min(0, ...marked.map((t) => t.order)) - added.length;
  const agenda = inOrder([...added.map((t, i) => topicOf(before, t, first + i)), ...marked]);
  const filled = { ...before, agenda, participants: withOwnTopics(before.participants, agenda) };
  const next = { ...filled, warnings: hints(filled, state.publishedAt ?? now) };
  const told = reply.announce === true && added.length > 0 ? announced(state, next, now) : next;
  // F4: on the agenda of a draft it is counted with the publication.
  return changed(told, state.phase === 'preparation' || added.length === 0 ? [] : countTopics(told));
}

/**
 * M3: a topic that another meeting has taken since the close is that one's; a reopened meeting leaves it deferred, and has
 * it no more in its parking lot (E6), from which the next close would put it onto an agenda once again.
 */
export function backlogKept(state: MeetingState, topics: TopicId[], now: Instant): Change {
  if (state.phase !== 'execution') return changed(state);
  const gone = (t: Topic): boolean => t.status === 'planned' && topics.includes(t.topicId);
  const { parked } = floorOf(state);
  const here = parked.filter((p) => !topics.includes(p.topicId));
  const kept = here.length === parked.length ? state : withFloor(state, { parked: here });
  if (!state.agenda.some(gone)) return changed(kept);
  const left: Partial<Topic> = {
    status: 'finished',
    outcome: 'deferred',
    deferral: { reason: 'unreached' },
    endedAt: now,
  };
  return changed({ ...kept, agenda: state.agenda.map((t) => (gone(t) ? { ...t, ...left } : t)) });
}

/** S1, M2: which meeting of the series was before this one, and when the next is. */
function previous(state: MeetingState, { previousMeeting, nextInSeries }: Taken): MeetingState {
  const before = previousMeeting ?? state.previousMeeting;
  const after = nextInSeries ?? state.nextInSeries;
  if (before === state.previousMeeting && after === state.nextInSeries) return state;
  return {
    ...state,
    ...(before === undefined ? {} : { previousMeeting: before }),
    ...(after === undefined ? {} : { nextInSeries: after }),
  };
}

/** N4: who has the notice already learns of a topic that the host took in afterwards. */
function announced(before: MeetingState, state: MeetingState, now: Instant): MeetingState {
  return state.phase === 'notice' ? announceLater(before, state, undefined, now) : state;
}

function withCarried(topic: Topic, taken: Taken['topics']): Topic {
  const found = taken.find((t) => t.topicId === topic.topicId);
  const fixed = topic.carried !== undefined || topic.status === 'finished';
  return found === undefined || fixed ? topic : { ...topic, carried: carriedOf(found) };
}

function topicOf(state: MeetingState, taken: Taken['topics'][number], order: number): Topic {
  const here = invitees(state);
  return {
    topicId: taken.topicId,
    title: taken.title,
    minutes: 0,
    priority: 1,
    order,
    department: taken.department,
    ...(taken.presenter !== undefined && here.includes(taken.presenter) ? { presenter: taken.presenter } : {}),
    ...(taken.expectedConclusion === undefined ? {} : { expectedConclusion: taken.expectedConclusion }),
    ...(taken.confidential ? { confidential: true } : {}),
    materials: [],
    status: 'planned',
    spentMs: 0,
    carried: carriedOf(taken),
  };
}

function carriedOf(taken: Taken['topics'][number]): Carried {
  const { from, times, reason, factQuestion, bringsDepartment, bringsMaterial, date } = taken;
  return { from, times: times ?? 1, reason, factQuestion, department: bringsDepartment, bringsMaterial, date };
}

/**
 * A new agenda (PATCH): a carried topic that is not on it any more goes back and is not taken again by itself; one of
 * another meeting that is new on it is taken.
 */
export function recarried(before: MeetingState, after: MeetingState): Change {
  const is = new Set(after.agenda.map((t) => t.topicId));
  const was = new Set(before.agenda.map((t) => t.topicId));
  const dropped = before.agenda.filter((t) => t.carried !== undefined && !is.has(t.topicId));
  const added = foreign(after).filter((id) => !was.has(id));
  const newSeries = after.seriesId !== undefined && after.seriesId !== before.seriesId;
  if (dropped.length === 0 && added.length === 0 && !newSeries) return changed(after);
  const leftOut = [...(before.leftOut ?? []), ...dropped.map((t) => t.topicId)].filter((id) => !is.has(id));
  const next = { ...after, leftOut, ...(added.length > 0 ? { took: true as const } : {}) };
  const back = dropped.map((t) => waiting(before, t, t.carried?.reason ?? 'leftOut', t.carried?.times ?? 0));
  const effects: Effect[] = back.length === 0 ? [] : [{ type: 'putBacklog', topics: back }];
  return changed(next, [...effects, ...(added.length > 0 || newSeries ? takeEffects(next, added) : [])]);
}

/**
 * The end of the meeting: what was not settled waits for a later one; what was is done with. `reason`: deferred, cancelled
 * or lapsed; only a meeting that was held counts as one more that the topic was carried over.
 */
export function giveBack(state: MeetingState, topics: Topic[], reason: string): Effect[] {
  const has = state.seriesId !== undefined || state.took === true || state.agenda.some((t) => t.carried !== undefined);
  if (topics.length === 0 && !has) return [];
  const held = reason === 'deferred' ? 1 : 0;
  const put = topics.map((t) => {
    const why = t.deferral?.reason ?? (held === 0 ? t.carried?.reason : undefined) ?? reason;
    return waiting(state, t, why, (t.carried?.times ?? 0) + held);
  });
  const done = state.agenda.map((t) => t.topicId).filter((id) => !topics.some((t) => t.topicId === id));
  return [{ type: 'putBacklog', topics: put, ...(has ? { final: true as const, done } : {}) }];
}

/** An unanswered question stays with the topic, also when a meeting did not reach it. */
function waiting(state: MeetingState, t: Topic, reason: string, times: number): BacklogTopic {
  const { deferral, carried } = t;
  const asked = deferral?.factQuestion ?? deferral?.department ?? deferral?.bringsMaterial ?? deferral?.date;
  const open: Partial<Carried> = (asked === undefined ? carried : deferral) ?? {};
  return {
    topicId: t.topicId,
    title: t.title,
    reason,
    department: t.department ?? state.initiator.department,
    seriesId: state.seriesId,
    factQuestion: open.factQuestion,
    bringsDepartment: open.department,
    bringsMaterial: open.bringsMaterial,
    date: open.date,
    times,
    presenter: t.presenter,
    expectedConclusion: t.expectedConclusion,
    ...(t.confidential || state.confidential ? { confidential: true } : {}),
  };
}
