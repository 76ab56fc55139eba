import { inOrder } from '../domain/meeting/agenda.js';
import type { MeetingState, Topic, Vote } from '../domain/meeting/state.js';
import type { MinutesText } from './types.js';

/**
 * M1: the draft from the record, in the words of the record: each topic with its conclusion, else with the motion that
 * passed last. Everything else (attendance, votes, actions) stands in the state and is not copied.
 */
export function draftMinutes(state: MeetingState): MinutesText {
  const topics = inOrder(state.agenda).map((t) => {
    const conclusion = conclusionOf(t, state.votes);
    return { topicId: t.topicId, ...(conclusion === undefined ? {} : { conclusion }) };
  });
  const nextMeetingAt = state.minutes?.nextMeetingAt;
  return { topics, ...(nextMeetingAt === undefined ? {} : { nextMeetingAt }) };
}

function conclusionOf(topic: Topic, votes: Vote[]): string | undefined {
  if (topic.conclusion) return topic.conclusion;
  return votes.filter((v) => v.topicId === topic.topicId && v.passed === true).at(-1)?.motion;
}
