/** E6: who speaks now, who is next, and for how long. */
import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { changed, nextId, replace } from './change.js';
import type { Actor, CommandInput, CommandResult } from './commands.js';
import type { Change } from './effects.js';
import { topicOf } from './execution.js';
import { floorOf, normsOf, withFloor } from './floor.js';
import type { Turn } from './floor.js';
import { hasVote, isPresent, participantOf } from './people.js';
import type { DepartmentId, MeetingState, PersonId, Topic } from './state.js';

const minute = 60_000;
/** A meeting of the longest kind with a turn every quarter of a minute. */
export const mostTurns = 1_000;

/** E6: joins the queue, or speaks at once when nobody does and nobody waits. */
export function queueTurn(
  state: MeetingState,
  input: CommandInput<'queueTurn'>,
  now: Instant,
  actor: Actor,
): Change<CommandResult<'queueTurn'>> {
  const { turns } = floorOf(state);
  if (turns.length >= mostTurns) refuse('Conflict', 'E6.full', '', { max: mostTurns });
  const topic = topicOfTurn(state, input);
  const whose = speakerOf(state, input, actor);
  if (turns.some((t) => t.status !== 'ended' && isSame(t, whose))) refuse('Conflict', 'E6.queued', 'person', {});
  const { id, state: counted } = nextId(state, 's');
  const free = turns.every((t) => t.status === 'ended');
  const turn: Turn = {
    id,
    kind: input.kind ?? 'discussion',
    ...whose,
    ...(topic === undefined ? {} : { topicId: topic.topicId }),
    status: free ? 'speaking' : 'queued',
    limitMs: limitOf(state, input, topic),
    at: now,
    ...(free ? { startedAt: now } : {}),
  };
  return changed(withFloor(counted, { turns: [...turns, turn] }), [], told(turn));
}

/** The topic it is about: the live one unless said; without one it is open discussion. A report is always about one. */
function topicOfTurn(state: MeetingState, input: CommandInput<'queueTurn'>): Topic | undefined {
  const topic =
    input.topicId === undefined ? state.agenda.find((t) => t.status === 'live') : topicOf(state, input.topicId);
  if (topic === undefined && input.kind === 'report') refuse('Conflict', 'E6.topicNeeded', 'topicId', {});
  if (topic?.status === 'finished') refuse('Conflict', 'E4.finished', 'topicId', { title: topic.title });
  return topic;
}

/** Only who is present speaks; a department speaks through whoever of it is there. Who has no vote is called by the host. */
function speakerOf(
  state: MeetingState,
  { person, department }: CommandInput<'queueTurn'>,
  actor: Actor,
): { person?: PersonId; department?: DepartmentId } {
  if (person === undefined) {
    if (department === undefined) refuse('BadInput', 'E6.whoNeeded', 'person', {});
    const there = state.participants.some((p) => p.department === department && isPresent(state, p.person));
    return there ? { department } : refuse('Conflict', 'E6.departmentAbsent', 'department', {});
  }
  if (!isPresent(state, person)) refuse('Conflict', 'E6.notPresent', 'person', { person });
  const seat = participantOf(state, person);
  if (seat && !hasVote(seat) && actor.person === person && actor.roles.includes('member'))
    refuse('Forbidden', 'E6.hostCalls', 'person', {});
  const spokenFor = seat?.department ?? department;
  return { person, ...(spokenFor === undefined ? {} : { department: spokenFor }) };
}

const isSame = (turn: Turn, whose: { person?: PersonId; department?: DepartmentId }): boolean =>
  whose.person === undefined
    ? turn.person === undefined && turn.department === whose.department
    : turn.person === whose.person;

/** E6: 3 min in a discussion; a report has the topic's minutes. */
function limitOf(state: MeetingState, { kind }: CommandInput<'queueTurn'>, topic: Topic | undefined): number {
  const { speakingMinutes } = normsOf(state);
  return (kind === 'report' ? Math.max(topic?.minutes ?? 0, speakingMinutes) : speakingMinutes) * minute;
}

function told(turn: Turn): CommandResult<'queueTurn'> {
  const endsAt = turn.startedAt === undefined ? undefined : turn.startedAt + turn.limitMs;
  return { id: turn.id, status: turn.status, ...(endsAt === undefined ? {} : { endsAt }) };
}

export function turnOf(state: MeetingState, id: string): Turn {
  return floorOf(state).turns.find((t) => t.id === id) ?? refuse('NotFound', 'E6.noSuchTurn', 'id', { id });
}

export const speaking = (state: Pick<MeetingState, 'floor'>): Turn | undefined =>
  floorOf(state).turns.find((t) => t.status === 'speaking');

/** E6: one speaks at a time. */
export function startTurn(
  state: MeetingState,
  input: CommandInput<'startTurn'>,
  now: Instant,
): Change<CommandResult<'startTurn'>> {
  const turn = turnOf(state, input.id);
  const other = speaking(state);
  if (other) refuse('Conflict', 'E6.otherSpeaks', 'id', { id: other.id });
  if (turn.status !== 'queued') refuse('Conflict', 'E6.turnOver', 'id', { id: turn.id });
  const started: Turn = { ...turn, status: 'speaking', startedAt: now };
  return changed(withFloor(state, { turns: replace(floorOf(state).turns, started) }), [], told(started));
}

/** E6: the host ends a turn, or who speaks is done. */
export function endTurn(
  state: MeetingState,
  input: CommandInput<'endTurn'>,
  now: Instant,
): Change<CommandResult<'endTurn'>> {
  const turn = turnOf(state, input.id);
  if (turn.status !== 'speaking') refuse('Conflict', 'E6.notSpeaking', 'id', { id: turn.id });
  const done = over(turn, now);
  const result = { id: turn.id, spokenMs: spokenMs(done, now), overMs: overMs(done, now) };
  return changed(withFloor(state, { turns: replace(floorOf(state).turns, done) }), [], result);
}

/** E6: takes a turn that has not begun out of the queue. */
export function withdrawTurn(
  state: MeetingState,
  input: CommandInput<'withdrawTurn'>,
): Change<CommandResult<'withdrawTurn'>> {
  const turn = turnOf(state, input.id);
  if (turn.status !== 'queued') refuse('Conflict', 'E6.turnOver', 'id', { id: turn.id });
  const turns = floorOf(state).turns.filter((t) => t.id !== turn.id);
  return changed(withFloor(state, { turns }), [], { id: turn.id });
}

export const over = (turn: Turn, now: Instant): Turn => ({ ...turn, status: 'ended', endedAt: now });

export function spokenMs(turn: Turn, now: Instant): number {
  return turn.startedAt === undefined ? 0 : Math.max(0, (turn.endedAt ?? now) - turn.startedAt);
}

/** E6: by how much a turn was too long. */
export const overMs = (turn: Turn, now: Instant): number => Math.max(0, spokenMs(turn, now) - turn.limitMs);

/** Who speaks is done and who waits is sent away, where the turn is of these. */
export function silence(state: MeetingState, of: (turn: Turn) => boolean, now: Instant): MeetingState {
  const { turns } = floorOf(state);
  if (!turns.some((t) => t.status !== 'ended' && of(t))) return state;
  const left = turns
    .filter((t) => t.status !== 'queued' || !of(t))
    .map((t) => (t.status === 'speaking' && of(t) ? over(t, now) : t));
  return withFloor(state, { turns: left });
}
