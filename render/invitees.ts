import { invitees } from '../domain/meeting/people.js';
import type { MeetingState, PersonId } from '../domain/meeting/state.js';

/** Whether a person is (still) to come, so that their calendar holds the meeting. */
export function isInvited(state: MeetingState, person: PersonId): boolean {
  return invitees(state).includes(person);
}
