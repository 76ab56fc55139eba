/** N4: a cancellation holds at once, can be undone for ten seconds, and is then told and final (revive = copy). */
import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { alternatesMoot } from './alternates.js';
import { informed } from './announce.js';
import { giveBack } from './carry.js';
import { arm, changed, mail } from './change.js';
import type { CommandInput, CommandResult } from './commands.js';
import type { Change } from './effects.js';
import { preparersCancelled } from './preparers.js';
import type { MeetingState, Timer } from './state.js';

/** Only before execution. Everything waits until it is final. */
export function cancel(
  state: MeetingState,
  { reason }: CommandInput<'cancel'>,
  now: Instant,
): Change<CommandResult<'cancel'>> {
  const until = now + state.norms.cancelUndoSeconds * 1_000;
  const { phase, timers } = state;
  const over: MeetingState = { ...state, phase: 'cancelled', cancelReason: reason, endedAt: now, timers: [] };
  const undoable = { ...over, cancelling: { until, phase, timers } };
  return changed(arm(undoable, now, { kind: 'cancelFinal', at: until }, true), [], { undoUntil: until });
}

/** Everything is as it was; timers that passed meanwhile fire now. */
export function undoCancel(state: MeetingState, now: Instant): Change {
  const { cancelling, cancelReason: _, endedAt: __, ...rest } = state;
  if (cancelling === undefined || now >= cancelling.until) refuse('Conflict', 'N4.cancelFinal', '', {});
  const { phase, timers } = cancelling;
  return changed({ ...rest, phase, timers: timers.map((t): Timer => ({ ...t, at: Math.max(t.at, now) })) });
}

/** What was asked for before comes back meanwhile: it is for the meeting that an undo leaves, and tells nobody anything. */
export function meanwhile(state: MeetingState, rule: (suspended: MeetingState) => Change): Change {
  const { cancelling, ...rest } = state;
  if (cancelling === undefined) return changed(state);
  const suspended: MeetingState = { ...rest, phase: cancelling.phase, timers: cancelling.timers };
  const { state: next, effects } = rule(suspended);
  if (next === suspended) return changed(state);
  const again: MeetingState = { ...next, phase: state.phase, timers: state.timers };
  return changed(
    { ...again, cancelling: { ...cancelling, timers: next.timers } },
    effects.filter((e) => e.type !== 'mail'),
  );
}

/** Who had the notice gets the CANCEL, a draft is never mailed; the topics go back. */
export function cancelFinal(state: MeetingState, now: Instant): Change {
  const { cancelling, pendingChange: _, ...rest } = state;
  if (cancelling === undefined) return changed(state);
  const told = cancelling.phase === 'notice' ? informed(state) : [];
  const effects = mail('cancellation', 'cancelled', told, { reason: state.cancelReason ?? '' });
  return changed({ ...alternatesMoot(rest, now), timers: [] }, [
    ...effects,
    ...(cancelling.phase === 'notice' ? preparersCancelled(state, told) : []),
    ...giveBack(state, state.agenda, 'cancelled'),
  ]);
}
