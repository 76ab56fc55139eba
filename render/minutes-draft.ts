import { inOrder } from '../domain/meeting/agenda.js';
import type { MeetingState, Topic } from '../domain/meeting/state.js';
import { decidingVote } from '../domain/meeting/votes.js';
import type { MinutesText } from './types.js';

/**
 * M1: the draft from the record, in the words of the record: each topic with its conclusion, else with the motion that
 * its newest vote passed. Everything else (attendance, votes, actions) stands in the state and is not copied.
 */
export function draftMinutes(state: MeetingState): MinutesText {
  const topics = inOrder(state.agenda).map((t) => {
    const conclusion = conclusionOf(t, state);
    return { topicId: t.topicId, ...(conclusion === undefined ? {} : { conclusion }) };
  });
  const nextMeetingAt = state.minutes?.nextMeetingAt;
  return { topics, ...(nextMeetingAt === undefined ? {} : { nextMeetingAt }) };
}

/** E9: a motion counts only as long as no later vote on the topic failed. */
function conclusionOf(topic: Topic, state: MeetingState): string | undefined {
  return topic.conclusion ?? decidingVote(state, topic.topicId)?.motion;
}
