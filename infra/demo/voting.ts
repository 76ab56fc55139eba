import type { TopicAnswer } from '../../api/schemas/answers.js';
import type { Choice } from '../../domain/meeting/state.js';
import { defaultNorms } from '../../domain/norms.js';
import { translator } from '../../locales/index.js';
import { StoryProblem } from './problems.js';
import type { Api } from './api.js';
import type { Stage } from './stage.js';

/** How many agree, by how many must. */
export type Ballots = (required: number) => number;

export interface Motion {
  topic: TopicAnswer;
  motion: string;
  secret: boolean;
  agreeing: Ballots;
}

interface Result {
  agree: number;
  against: number;
  neutral: number;
  passed: boolean;
}

/** E8, E9: opened by the host, a ballot each with the voter's own key, closed and counted. False also when nobody may vote. */
export async function takeVote(stage: Stage, host: Api, { topic, motion, secret, agreeing }: Motion): Promise<boolean> {
  const { say } = stage.words;
  const present = (await stage.meeting()).participants.filter((p) => p.present === true).map((p) => p.person);
  const voters = stage.cast.everyone.filter((p) => p.votes && present.includes(p.id));
  if (voters.length === 0) return false;
  const body = { topicId: topic.topicId, motion, secret };
  const vote = await host.post<{ id: string; electorate: number; required: number }>(stage.path('/votes'), body);
  const { electorate, required } = vote;
  const term = translator(stage.props.locale);
  const kind = capital(term(secret ? 'minutes.vote.secret' : 'minutes.vote.open'));
  await stage.tell(say('voteOpened', { kind, motion }));
  stage.detail(needs(stage, electorate, required));
  const agree = agreeing(required);
  for (const [i, voter] of voters.entries()) {
    const own = await stage.as(voter);
    await own.put(stage.path(`/votes/${vote.id}/ballots/${voter.id}`), { choice: choiceOf(i, agree) });
  }
  await stage.pass(1);
  const result = await host.post<Result>(stage.path(`/votes/${vote.id}/close`));
  const verdict = (passed: boolean): string => term(passed ? 'minutes.vote.passed' : 'minutes.vote.failed');
  const { against, neutral } = result;
  const counted = say('voteCounted', { agree: result.agree, against, neutral, result: verdict(result.passed) });
  const expected = agree >= required;
  if (result.passed !== expected) throw new StoryProblem(say('expect.vote', { result: verdict(expected) }), counted);
  await stage.tell(counted, result.passed ? 'green' : 'yellow');
  return result.passed;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function needs(stage: Stage, electorate: number, required: number): string {
  const { majorityFloor: floor, majorityFloorFrom: from } = defaultNorms;
  const key = electorate >= from ? 'voteNeeds' : 'voteNeedsSimple';
  return stage.words.say(key, { electorate, required, floor, from });
}

/** The first so many agree; of the others every second is against. */
function choiceOf(i: number, agree: number): Choice {
  if (i < agree) return 'agree';
  return (i - agree) % 2 === 0 ? 'against' : 'neutral';
}
