/** F6: what the meeting was worth, and its end. */
import type { Instant } from '../../calendar/index.js';
import { changed } from '../change.js';
import type { Change } from '../effects.js';
import type { Action, MeetingState } from '../state.js';
import { isEnded, itemsOf } from './items.js';
import { raisePlan } from './plans.js';

/** F6: done by the first due date ÷ not cancelled by decision; undefined without such actions. */
export function completion(actions: Action[]): number | undefined {
  const counted = actions.filter((a) => !a.cancelledByDecision);
  if (counted.length === 0) return undefined;
  return counted.filter(doneInTime).length / counted.length;
}

/** The owner's report counts, not the day of the check. */
export function doneInTime(action: Action): boolean {
  const at = action.reportedAt ?? action.endedAt;
  return action.status === 'done' && at !== undefined && at <= action.firstDueAt;
}

/**
 * F6: ½·mean + ½·(1 + 4·completion), on the survey's scale of 1 to 5; the half that exists if one is missing; null (not
 * rated) without either. `mean` is given from surveyMinForMean answers on.
 */
export function effectiveness(mean: number | undefined, actions: Action[]): number | null {
  const rate = completion(actions);
  const halves = [mean, rate === undefined ? undefined : 1 + 4 * rate].filter((x) => x !== undefined);
  return halves.length === 0 ? null : halves.reduce((sum, x) => sum + x, 0) / halves.length;
}

/** Phases: actions, plans and tasks ended, survey published, objection window over. */
export function isFollowedUp(state: MeetingState, now: Instant): boolean {
  return (
    state.phase === 'followUp' &&
    itemsOf(state).every(isEnded) &&
    state.tasks.every((t) => t.status !== 'open') &&
    (state.survey === undefined || state.survey.status === 'published') &&
    (state.minutes?.objectionsUntil ?? 0) <= now &&
    (state.minutes?.objections ?? []).every((o) => o.status !== 'open') &&
    !state.timers.some((t) => t.kind === 'objectionsEnd')
  );
}

/** followUp → closed, when nothing is left. F6: a low effectiveness first raises a plan, unless one was raised before. */
export function finish(state: MeetingState, now: Instant): Change {
  if (!isFollowedUp(state, now)) return changed(state);
  const score = effectiveness(state.survey?.mean, state.actions);
  const rated = { ...state, effectiveness: score };
  if (score !== null && score < state.norms.planBelow && state.plans.length === 0)
    return raisePlan(rated, 'effectiveness', score, now);
  return changed({ ...rated, phase: 'closed', endedAt: now, timers: [] });
}
