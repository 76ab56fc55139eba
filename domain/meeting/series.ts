/** S1: what a meeting does because it belongs to a series. */
import { addDays, atTime, toLocal } from '../calendar/index.js';
import type { Instant } from '../calendar/index.js';
import { fault, Refusal } from '../errors.js';
import { takeEffects } from './carry.js';
import { arm, changed, disarm } from './change.js';
import type { Change } from './effects.js';
import type { CommandInput } from './commands.js';
import { noticeLimit, publish } from './preparation.js';
import type { MeetingState } from './state.js';

/** The same clock time so many days before the start, and in time for the notice period (N1) whatever the clocks do. */
export function autoPublishAt(
  state: Pick<MeetingState, 'startsAt' | 'zone' | 'kind' | 'norms'>,
  days: number,
): Instant {
  const { date, time } = toLocal(state.zone, state.startsAt);
  const at = atTime(state.zone, addDays(date, -days), time);
  return Math.min(at, noticeLimit(state.startsAt, state.kind, state.norms));
}

/** At once where that time has passed: a meeting made late is still published in time, or says that it could not be. */
export function armAutoPublish(state: MeetingState, now: Instant): MeetingState {
  const days = state.publishDaysBefore;
  if (days === undefined || state.phase !== 'preparation') return disarm(state, ['autoPublish']);
  return arm(state, now, { kind: 'autoPublish', at: autoPublishAt(state, days) }, true);
}

/** The clock publishes like a host; what is missing stays a hint, and the draft reminds its host (N1). */
export function autoPublish(state: MeetingState, now: Instant): Change {
  if (state.phase !== 'preparation') return changed(state);
  try {
    return publish(state, now);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const missing = error.faults.map((f) => f.code);
    return changed({ ...state, warnings: [...state.warnings, fault('S1.notPublished', '', { missing })] });
  }
}

/** S1: topics that wait without a series are offered to their department's next host; the reply puts them on the agenda. */
export function takeTopics(state: MeetingState, { topicIds }: CommandInput<'takeTopics'>): Change {
  const wanted = [...new Set(topicIds)].filter((id) => !state.agenda.some((t) => t.topicId === id));
  if (wanted.length === 0) return changed(state);
  const leftOut = (state.leftOut ?? []).filter((id) => !wanted.includes(id));
  const next = { ...state, leftOut, took: true as const };
  return changed(next, takeEffects(next, wanted, true));
}
