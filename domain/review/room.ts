/** R1, R2, E7: who took part in the room, as far as it is known without asking who voted. */
import type { Instant } from '../calendar/index.js';
import { floorOf } from '../meeting/floor.js';
import { hasVote } from '../meeting/people.js';
import type { DepartmentId, MeetingState, PersonId } from '../meeting/state.js';
import { spokenMs } from '../meeting/turns.js';

/** E7: discussion per department; reports are none. H10: without what was said to confidential topics. */
export function speakingIn(state: MeetingState, endedAt: Instant): Record<DepartmentId, number> {
  const secret = new Set(state.agenda.filter((t) => t.confidential).map((t) => t.topicId));
  const said: Record<DepartmentId, number> = {};
  for (const turn of floorOf(state).turns) {
    if (turn.kind !== 'discussion' || turn.department === undefined || turn.startedAt === undefined) continue;
    if (turn.topicId !== undefined && secret.has(turn.topicId)) continue;
    said[turn.department] = (said[turn.department] ?? 0) + spokenMs(turn, endedAt);
  }
  return Object.fromEntries(Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** E3: for however short a time. */
export const attendedBy = (state: MeetingState): PersonId[] =>
  Object.entries(state.attendance)
    .filter(([, a]) => a.present || a.log.some((entry) => entry.present))
    .map(([person]) => person)
    .sort();

/**
 * R2: who spoke, reported, presented what was called, noted something, sat in a group, or was in the electorate of a vote. Who
 * of an electorate voted is asked of no box, least of all a secret one: all of it counts as having voted. A turn that a
 * department took without a name counts for all of its seats that were there.
 */
export function activeIn(state: MeetingState): PersonId[] {
  const { turns, breakouts, notes } = floorOf(state);
  const attended = attendedBy(state);
  const spoken = turns.filter((t) => t.startedAt !== undefined);
  const unnamed = spoken.filter((t) => t.person === undefined).map((t) => t.department);
  const called = state.agenda.filter((t) => t.startedAt !== undefined);
  const people = [
    ...spoken.map((t) => t.person),
    ...state.participants.filter((p) => unnamed.includes(p.department)).map((p) => p.person),
    ...called.map((t) => t.presenter),
    ...state.keyPoints.map((k) => k.by.person),
    ...notes.map((n) => n.by.person),
    ...breakouts.flatMap((b) => b.groups.flatMap((g) => g.members)),
    ...state.votes.flatMap((v) => v.electorate),
  ];
  return [...new Set(people)].filter((p): p is PersonId => p !== undefined && attended.includes(p)).sort();
}

/** R2: seats with a vote that took no part, there or not; who holds an office has one by that. */
export function silentIn(state: MeetingState, active: PersonId[]): PersonId[] {
  const { host, deputyHost, actingHost, coordinator, recorder, sponsor, initiator } = state;
  const offices = [host, deputyHost, actingHost, coordinator, recorder, sponsor, initiator.person];
  return state.participants
    .filter((p) => hasVote(p) && !offices.includes(p.person) && !active.includes(p.person))
    .map((p) => p.person)
    .sort();
}
