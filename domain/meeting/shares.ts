/** E7: equal speaking, from the recorded turns. */
import type { Instant } from '../calendar/index.js';
import { floorOf, normsOf } from './floor.js';
import { hasVote, isPresent } from './people.js';
import type { DepartmentId, MeetingState, TopicId } from './state.js';
import { spokenMs } from './turns.js';

export interface Share {
  department: DepartmentId;
  ms: number;
  /** Of all discussion, 0 to 1. */
  share: number;
}

/** Departments of the present seats with a vote, each once, in the order of the list. */
export function departmentsPresent(state: MeetingState): DepartmentId[] {
  const seats = state.participants.filter((p) => hasVote(p) && isPresent(state, p.person));
  return [...new Set(seats.map((p) => p.department))];
}

/** E7: share of discussion time per department; reports are no discussion. In the order of the list: nobody is ranked. */
export function discussionShares(state: MeetingState, now: Instant): Share[] {
  const spoken = new Map<DepartmentId, number>();
  for (const turn of floorOf(state).turns) {
    if (turn.kind !== 'discussion' || turn.department === undefined || turn.startedAt === undefined) continue;
    spoken.set(turn.department, (spoken.get(turn.department) ?? 0) + spokenMs(turn, now));
  }
  const total = [...spoken.values()].reduce((sum, ms) => sum + ms, 0);
  const seats = [...new Set([...state.participants.map((p) => p.department), ...spoken.keys()])];
  return seats
    .filter((d) => spoken.has(d))
    .map((department) => {
      const ms = spoken.get(department) ?? 0;
      return { department, ms, share: total === 0 ? 0 : ms / total };
    });
}

/**
 * E7: the department with more than half of the discussion, while three or more are present. Whoever speaks first has all
 * of it for a moment, so one turn alone gives no hint.
 */
export function dominating(state: MeetingState, now: Instant): Share | undefined {
  const { speakingSharePercent, speakingShareFromDepartments } = normsOf(state);
  if (departmentsPresent(state).length < speakingShareFromDepartments) return undefined;
  const begun = floorOf(state).turns.filter((t) => t.kind === 'discussion' && t.startedAt !== undefined);
  if (begun.length < 2) return undefined;
  return discussionShares(state, now).find((s) => s.share * 100 > speakingSharePercent);
}

/** E7: which of the departments present have not been heard on a topic, be it in a discussion or with a report. */
export function notHeard(state: MeetingState, topicId: TopicId): DepartmentId[] {
  const turns = floorOf(state).turns.filter((t) => t.topicId === topicId && t.startedAt !== undefined);
  return departmentsPresent(state).filter((d) => turns.every((t) => t.department !== d));
}
