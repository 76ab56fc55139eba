/** E6: the parking lot: what leads away now, and belongs on the next agenda. */
import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { changed, nextId } from './change.js';
import type { CommandInput, CommandResult } from './commands.js';
import type { Change, Effect } from './effects.js';
import { floorOf, withFloor } from './floor.js';
import type { By, MeetingState } from './state.js';
import { silence, turnOf } from './turns.js';

export const mostParked = 50;

/** E6: parks a digression, with an identity of its own; the turn that led there is over. */
export function park(
  state: MeetingState,
  input: CommandInput<'park'>,
  now: Instant,
  by: By,
): Change<CommandResult<'park'>> {
  const { parked } = floorOf(state);
  if (parked.length >= mostParked) refuse('Conflict', 'E6.parkFull', '', { max: mostParked });
  const turn = input.turnId === undefined ? undefined : turnOf(state, input.turnId);
  const { id: topicId, state: counted } = nextId(state, 't');
  const department = input.department ?? turn?.department ?? state.initiator.department;
  const entry = { topicId, text: input.text, department, ...(turn ? { turnId: turn.id } : {}), at: now, by };
  const next = withFloor(counted, { parked: [...parked, entry] });
  return changed(turn ? silence(next, (t) => t.id === turn.id && t.status === 'speaking', now) : next, [], { topicId });
}

/** Takes it off again, before the close has put it on the next agenda. */
export function unpark(state: MeetingState, input: CommandInput<'unpark'>): Change<CommandResult<'unpark'>> {
  const { topicId } = input;
  const { parked } = floorOf(state);
  if (!parked.some((p) => p.topicId === topicId)) refuse('NotFound', 'E6.notParked', 'topicId', { topicId });
  return changed(withFloor(state, { parked: parked.filter((p) => p.topicId !== topicId) }), [], { topicId });
}

/** E6: what was parked waits for the next agenda, beside what was deferred. */
export function parkedToBacklog(state: MeetingState): Effect[] {
  const { parked } = floorOf(state);
  if (parked.length === 0) return [];
  const { seriesId } = state;
  return [
    {
      type: 'putBacklog',
      topics: parked.map((p) => ({
        topicId: p.topicId,
        title: p.text,
        reason: 'parked',
        department: p.department,
        seriesId,
        ...(state.confidential ? { confidential: true } : {}),
      })),
    },
  ];
}
