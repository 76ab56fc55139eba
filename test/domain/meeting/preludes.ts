/** Moves that lead to where a random life begins, so that it is not over before anything has happened. */
import type { Move } from './moves.js';

const move = (what: Move['what'], n = 2): Move => ({ what, which: 0, who: 0, n, m: 1, k: 0 });
/** Due in four days. */
const action = (owner: number, department: number): Move => ({ ...move('action', owner), m: 9, k: department });
const present = Array.from({ length: 8 }, (_, i) => move('attendance', i + 12));
/** Open, and people 1 to 8 are there. */
export const opened: Move[] = [move('toStart', 3), move('open'), ...present];
/** What leads to where a run begins. */
export const preludes: Record<string, Move[]> = {
  draft: [],
  notice: [],
  execution: [...opened, move('startTopic'), move('openVote', 1)],
  // One owner who stands in the middle of the house, with an action of a department under theirs.
  followUp: [...opened, action(6, 7), action(1, 9), move('close'), move('confirmMinutes')],
};
