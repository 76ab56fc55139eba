/** Who may see a meeting: whoever has a part in it, and keys that see all. To others it is as if it were not there. */
import { peopleOf } from '../archive/view-rows.js';
import type { MeetingState } from '../domain/meeting/state.js';
import type { Principal } from './auth.js';
import { problem } from './errors.js';

export function maySee({ seesAll, actor }: Principal, state: MeetingState): boolean {
  return seesAll || (actor.person !== undefined && peopleOf(state).includes(actor.person));
}

export function refuseStrangers(principal: Principal, state: MeetingState): void {
  if (!maySee(principal, state)) problem('NotFound', 'meeting.unknown', '', { id: state.id });
}
