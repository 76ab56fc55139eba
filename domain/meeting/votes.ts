import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import type { Norms } from '../norms.js';
import { changed, nextId, replace } from './change.js';
import type { CommandInput, CommandResult } from './commands.js';
import type { Change, Effect } from './effects.js';
import { electorate } from './people.js';
import type { MeetingState, Tally, Vote } from './state.js';

/** E9: ⌊electorate/2⌋+1, and at least 5 where the electorate is 7 or more; neutral and not voting stay in the denominator. */
export function requiredVotes(size: number, norms: Pick<Norms, 'majorityFloor' | 'majorityFloorFrom'>): number {
  const majority = Math.floor(size / 2) + 1;
  return size >= norms.majorityFloorFrom ? Math.max(majority, norms.majorityFloor) : majority;
}

/** E8: opens a vote on the live topic among the present seats with a vote; H11: never before the announced start. */
export function openVote(
  state: MeetingState,
  input: CommandInput<'openVote'>,
  now: Instant,
): Change<CommandResult<'openVote'>> {
  const topic = state.agenda.find((t) => t.topicId === input.topicId);
  if (!topic) refuse('NotFound', 'E4.noSuchTopic', 'topicId', { topicId: input.topicId });
  if (topic.status !== 'live') refuse('Conflict', 'E4.notLive', 'topicId', { title: topic.title });
  if (now < state.startsAt) refuse('Conflict', 'H11.noVoteYet', '', { from: state.startsAt });
  const running = state.votes.find((v) => v.status === 'open');
  if (running) refuse('Conflict', 'E8.voteOpen', 'topicId', { title: topic.title, voteId: running.id });
  const voters = input.electorate ?? electorate(state);
  if (voters.length === 0) refuse('Conflict', 'E8.nobodyPresent', '', {});
  const { id, state: counted } = nextId(state, 'v');
  const vote: Vote = {
    id,
    topicId: input.topicId,
    motion: input.motion,
    secret: input.secret ?? false,
    status: 'open',
    electorate: voters,
    required: requiredVotes(voters.length, state.norms),
    openedAt: now,
    complete: false,
  };
  const result = { id, electorate: voters.length, required: vote.required };
  return changed({ ...counted, votes: [...state.votes, vote] }, [], result);
}

/** E8, E9: ends a vote with its counts; a closed one answers its counts again. */
export function closeVote(
  state: MeetingState,
  input: CommandInput<'closeVote'>,
  now: Instant,
): Change<CommandResult<'closeVote'>> {
  const vote = state.votes.find((v) => v.id === input.voteId);
  if (!vote) refuse('NotFound', 'E8.noSuchVote', 'voteId', { voteId: input.voteId });
  if (vote.status === 'closed') return changed(state, [], outcome(vote));
  const done = counted(vote, input.tally ?? { agree: 0, against: 0, neutral: 0 }, now);
  return changed({ ...state, votes: replace(state.votes, done) }, [], outcome(done));
}

/** E9: the rule, denominator and counts are stored. */
function counted(vote: Vote, tally: Tally, now: Instant): Vote {
  return { ...vote, status: 'closed', closedAt: now, tally, passed: tally.agree >= vote.required };
}

function outcome(vote: Vote): CommandResult<'closeVote'> {
  const tally = vote.tally ?? { agree: 0, against: 0, neutral: 0 };
  return { ...tally, electorate: vote.electorate.length, required: vote.required, passed: vote.passed ?? false };
}

/** E9: the vote that decides a topic: its newest one, if that passed. One that passed before does not count any more. */
export function decidingVote({ votes }: Pick<MeetingState, 'votes'>, topicId: string): Vote | undefined {
  const newest = votes.filter((v) => v.topicId === topicId).at(-1);
  return newest?.passed === true ? newest : undefined;
}

/** Phases: at the close open votes are counted. */
export function countOpenVotes(state: MeetingState): Change {
  const open = state.votes.filter((v) => v.status === 'open');
  if (open.length === 0) return changed(state);
  const votes = state.votes.map((v) => (v.status === 'open' ? { ...v, status: 'counting' as const } : v));
  return changed(
    { ...state, votes },
    open.map((v): Effect => ({ type: 'countVote', voteId: v.id })),
  );
}

/** The count of a vote that was open at the close. */
export function voteCounted(state: MeetingState, voteId: string, tally: Tally, now: Instant): Change {
  const vote = state.votes.find((v) => v.id === voteId);
  if (!vote || vote.status === 'closed') return changed(state);
  return changed({ ...state, votes: replace(state.votes, counted(vote, tally, now)) });
}

/** The last ballot that could come has come. */
export function voteComplete(state: MeetingState, voteId: string): Change {
  const vote = state.votes.find((v) => v.id === voteId);
  if (!vote || vote.status !== 'open' || vote.complete) return changed(state);
  return changed({ ...state, votes: replace(state.votes, { ...vote, complete: true }) });
}
