import type { Instant } from '../calendar/index.js';
import type { Action, DepartmentId, MeetingId, PersonId } from '../meeting/state.js';

/** S1: what became of the actions of the last meeting, and what is still open of earlier ones; H10: nothing confidential. */
export interface FollowUp {
  meetingId: MeetingId;
  title: string;
  startsAt: Instant;
  /** By due date. */
  actions: Pick<Action, 'id' | 'task' | 'owner' | 'department' | 'status' | 'missed' | 'dueAt' | 'topicId'>[];
}

/** Whom and which departments it names. */
export function namedIn(followUp: FollowUp | undefined): { people: PersonId[]; departments: DepartmentId[] } {
  const actions = followUp?.actions ?? [];
  return { people: actions.map((a) => a.owner), departments: actions.flatMap((a) => a.department ?? []) };
}
