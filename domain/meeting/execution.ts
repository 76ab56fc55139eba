import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { changed, nextId } from './change.js';
import { attendanceThen } from './amend.js';
import type { Actor, CommandInput, CommandResult } from './commands.js';
import type { Change } from './effects.js';
import { deferralOf } from './deferral.js';
import { isAdjourned, normsOf, sittingSince } from './floor.js';
import { armEnd } from './notice.js';
import { invitees } from './people.js';
import type { By, MeetingState, Timer, Topic } from './state.js';
import { decidingVote } from './votes.js';

const minute = 60_000;

/** E3: roll call; arrivals and departures with times. Whoever was invited may be marked. */
export function attendance(
  state: MeetingState,
  input: CommandInput<'attendance'>,
  now: Instant,
  by: By,
  actor?: Actor,
): Change<{ present: boolean }> {
  if (!invitees(state).includes(input.person)) refuse('NotFound', 'E3.notInvited', 'person', { person: input.person });
  const after = state.phase === 'minutes' || state.phase === 'followUp';
  if (actor && (after || input.at !== undefined)) return attendanceThen(state, input, now, by, actor);
  refuseTooEarly(state, now);
  const before = state.attendance[input.person];
  const result = { present: input.present };
  if (before?.present === input.present) return changed(state, [], result);
  const log = [...(before?.log ?? []), { at: now, present: input.present, by }];
  const entry = { present: input.present, log };
  return changed({ ...state, attendance: { ...state.attendance, [input.person]: entry } }, [], result);
}

/** E3: signing in begins an hour before the start of a sitting. */
function refuseTooEarly(state: MeetingState, now: Instant): void {
  if (state.phase === 'execution' && !isAdjourned(state)) return;
  const from = state.startsAt - normsOf(state).signInMinutes * minute;
  if (now < from) refuse('Conflict', 'E3.signInFrom', '', { from });
}

export function topicOf(state: MeetingState, topicId: string): Topic {
  const topic = state.agenda.find((t) => t.topicId === topicId);
  return topic ?? refuse('NotFound', 'E4.noSuchTopic', 'topicId', { topicId });
}

export function withTopic(state: MeetingState, topic: Topic): MeetingState {
  return { ...state, agenda: state.agenda.map((t) => (t.topicId === topic.topicId ? topic : t)) };
}

/** E4: one live topic. One that was deferred or dropped may be taken up again while the meeting lasts. */
export function startTopic(state: MeetingState, input: CommandInput<'startTopic'>, now: Instant): Change {
  const topic = topicOf(state, input.topicId);
  const live = state.agenda.find((t) => t.status === 'live');
  if (live) refuse('Conflict', 'E4.otherLive', 'topicId', { topicId: live.topicId, title: live.title });
  return changed(withTopic(state, { ...unfinished(topic), status: 'live', startedAt: now }));
}

function unfinished(topic: Topic): Topic {
  if (topic.status !== 'finished') return topic;
  const { outcome, deferral: _, conclusion: __, endedAt: ___, ...rest } = topic;
  if (outcome === 'decided' || outcome === 'informed')
    refuse('Conflict', 'E4.finished', 'topicId', { title: topic.title });
  return rest;
}

/** E9, E11, E14: a topic ends decided, informed, deferred or dropped; planned ones can only be deferred or dropped. */
export function finishTopic(state: MeetingState, input: CommandInput<'finishTopic'>, now: Instant): Change {
  const topic = topicOf(state, input.topicId);
  const needsLive = input.outcome === 'decided' || input.outcome === 'informed';
  if (topic.status === 'finished') refuse('Conflict', 'E4.finished', 'topicId', { title: topic.title });
  if (needsLive && topic.status !== 'live') refuse('Conflict', 'E4.notLive', 'topicId', { title: topic.title });
  const vote = state.votes.find((v) => v.topicId === topic.topicId && v.status === 'open');
  if (vote) refuse('Conflict', 'E8.voteOpen', 'topicId', { title: topic.title, voteId: vote.id });
  const decided = input.outcome === 'decided' ? decision(state, topic, input) : { conclusion: input.conclusion };
  const deferral = input.outcome === 'deferred' ? { deferral: deferralOf(state, topic, input.deferral, now) } : {};
  return changed(withTopic(state, { ...ended(topic, now), outcome: input.outcome, ...decided, ...deferral }));
}

/**
 * E9: decided only on a passed vote, on no objection, or as a superior's ruling, each named so; always with a conclusion.
 * A vote is named with its id: its motion is what was decided, whatever words the conclusion has for it.
 */
function decision(
  state: MeetingState,
  topic: Topic,
  input: CommandInput<'finishTopic'>,
): Pick<Topic, 'basis' | 'conclusion' | 'voteId'> {
  const vote = decidingVote(state, topic.topicId);
  const basis = input.basis ?? (vote ? 'vote' : undefined);
  if (basis === undefined) refuse('Conflict', 'E9.basisNeeded', 'basis', { title: topic.title });
  if (basis === 'vote' && !vote) refuse('Conflict', 'E9.notPassed', 'basis', { title: topic.title });
  const conclusion = input.conclusion ?? (basis === 'vote' ? vote?.motion : undefined);
  if (conclusion === undefined) refuse('BadInput', 'E14.conclusionNeeded', 'conclusion', { title: topic.title });
  return { basis, conclusion, ...(basis === 'vote' && vote ? { voteId: vote.id } : {}) };
}

/** E4: actual minutes are what a topic was live. */
export function ended(topic: Topic, now: Instant): Topic {
  const spent = topic.status === 'live' ? now - (topic.startedAt ?? now) : 0;
  return { ...topic, status: 'finished', endedAt: now, spentMs: topic.spentMs + spent };
}

/** E5 */
export function keyPoint(
  state: MeetingState,
  input: CommandInput<'keyPoint'>,
  now: Instant,
  by: By,
): Change<CommandResult<'keyPoint'>> {
  topicOf(state, input.topicId);
  const { id, state: counted } = nextId(state, 'k');
  const point = { id, ...input, at: now, by };
  return changed({ ...counted, keyPoints: [...state.keyPoints, point] }, [], { id });
}

/** E15: a later planned end; from now when the planned one has passed. At most the longest meeting allowed (P2). */
export function extend(
  state: MeetingState,
  input: CommandInput<'extend'>,
  now: Instant,
): Change<CommandResult<'extend'>> {
  const plannedEndAt = Math.max(state.plannedEndAt, now) + input.minutes * minute;
  const cap = sittingSince(state) + state.norms.durationCapMinutes * minute;
  if (plannedEndAt > cap)
    refuse('Conflict', 'E15.extendCap', 'minutes', { cap: state.norms.durationCapMinutes, until: cap });
  const { endReachedAt: _, ...rest } = state;
  return changed(armEnd({ ...rest, plannedEndAt }, now), [], { plannedEndAt });
}

/** E15: the planned end is shown to the host; the meeting goes on until it is extended or closed. */
export function plannedEnd(state: MeetingState, now: Instant): Change {
  return changed({ ...state, endReachedAt: now });
}

/** E15: never closed by itself within 60 min of activity; returns when to look again, or undefined to close now. */
export function lookAgainAt(state: MeetingState, timer: Timer, now: Instant): Instant | undefined {
  const quietFrom = (state.lastEventAt ?? timer.at) + state.norms.autoCloseIdleMinutes * minute;
  return quietFrom > now ? quietFrom : undefined;
}
