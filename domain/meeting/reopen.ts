import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { arm, changed, disarm, mail } from './change.js';
import { unconfirmed, versionsOf } from './corrections.js';
import type { Change } from './effects.js';
import { invitees } from './people.js';
import type { By, MeetingState, Topic } from './state.js';

const hour = 3_600_000;
const minute = 60_000;

/**
 * M3: the close is taken back, before the confirmation and within 24 h of it: minutes → execution. Topics that the close
 * deferred are planned again and leave the backlog; votes, actions with their ladders, and the one survey stay as they are.
 * The next close makes a new draft.
 */
export function takeBackClose(state: MeetingState, { reason }: { reason: string }, now: Instant, by: By): Change {
  const minutes = unconfirmed(state);
  const { closedAt = now, closedBy: _, closedAt: __, minutes: ___, ...rest } = state;
  const until = closedAt + state.norms.reopenHours * hour;
  if (now > until) refuse('Conflict', 'M3.reopenTooLate', '', { until, hours: state.norms.reopenHours });
  const kept = { at: now, by, reason, closedAt, versions: minutes.versions };
  const reopened: MeetingState = {
    ...disarm(rest, ['minutesMorning', 'minutesLastHour', 'minutesLimit', 'objectionsEnd', 'objectionSilent']),
    phase: 'execution',
    agenda: state.agenda.map(again),
    lastEventAt: now,
    reopenings: [...(state.reopenings ?? []), kept],
  };
  const carried = state.agenda.filter((t) => t.outcome === 'deferred').map((t) => t.topicId);
  const version = versionsOf(state).at(-1)?.version ?? 1;
  return changed(armAgain(reopened, now), [
    ...(carried.length === 0 ? [] : [{ type: 'withdrawBacklog' as const, topics: carried }]),
    ...mail('reopened', `v${version}`, invitees(state), { version, reason }),
  ]);
}

/** What the close deferred by itself can be called again; what people deferred stays so until they take it up (E4). */
function again(topic: Topic): Topic {
  if (topic.outcome !== 'deferred' || topic.deferral?.reason === 'facts') return topic;
  const { outcome: _, deferral: __, endedAt: ___, ...rest } = topic;
  return { ...rest, status: 'planned' };
}

/** E15: the planned end if it is still ahead; closed by itself as any meeting, but not within 60 min of the reopening. */
function armAgain(state: MeetingState, now: Instant): MeetingState {
  const { autoCloseAfterEndHours, autoCloseIdleMinutes } = state.norms;
  const auto = Math.max(state.plannedEndAt + autoCloseAfterEndHours * hour, now + autoCloseIdleMinutes * minute);
  const planned = arm(state, now, { kind: 'plannedEnd', at: state.plannedEndAt });
  return arm(planned, now, { kind: 'autoClose', at: auto });
}
