/** E3: what everybody sees at the opening. */
import { isAdjourned } from './floor.js';
import { isPresent, leader, recorder } from './people.js';
import type { MeetingState, Participant, PersonId, Topic } from './state.js';

/**
 * E3: who of those present has no own topic left and may leave: neither one they are named for or present, nor one of
 * their department that nobody is named for. Who leads and who keeps the record stay.
 */
export function mayLeave(state: MeetingState): PersonId[] {
  if (state.phase !== 'execution' || isAdjourned(state)) return [];
  const left = state.agenda.filter((t) => t.status !== 'finished');
  const needed = [leader(state), recorder(state)];
  return state.participants
    .filter((p) => isPresent(state, p.person) && !needed.includes(p.person))
    .filter((p) => !left.some((t) => isOwn(p, t)))
    .map((p) => p.person);
}

function isOwn(p: Participant, topic: Topic): boolean {
  if (p.topics.includes(topic.topicId) || topic.presenter === p.person) return true;
  return topic.presenter === undefined && topic.department === p.department;
}
