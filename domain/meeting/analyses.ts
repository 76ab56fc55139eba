/** E12: 5W1H and problem → cause → solution → risk control, per topic. The text is in the archive under its hash. */
import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { changed } from './change.js';
import type { CommandInput, CommandResult } from './commands.js';
import type { Change } from './effects.js';
import { topicOf } from './execution.js';
import { floorOf, withFloor } from './floor.js';
import type { By, MeetingState } from './state.js';

/** E12: a new version; who wrote on top of an older one than there is learns so, and loses nothing. */
export function analysis(
  state: MeetingState,
  input: CommandInput<'analysis'>,
  now: Instant,
  by: By,
): Change<CommandResult<'analysis'>> {
  const { topicId, hash } = input;
  topicOf(state, topicId);
  const { analyses } = floorOf(state);
  const before = analyses.find((a) => a.topicId === topicId);
  const version = before?.version ?? 0;
  if (input.version !== undefined && input.version !== version) refuse('Conflict', 'E12.newer', 'version', { version });
  if (before?.hash === hash) return changed(state, [], { version });
  const next = { topicId, version: version + 1, hash, at: now, by };
  const others = analyses.filter((a) => a.topicId !== topicId);
  return changed(withFloor(state, { analyses: [...others, next] }), [], { version: next.version });
}
