import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { arm, changed, disarm, mail } from './change.js';
import { unconfirmed, versionsOf } from './corrections.js';
import type { Change } from './effects.js';
import { floorOf } from './floor.js';
import { invitees } from './people.js';
import type { By, MeetingState, Objection, Topic } from './state.js';

const hour = 3_600_000;
const minute = 60_000;

/**
 * M3: the close is taken back, before the confirmation and within 24 h of it: minutes → execution. Topics that the close
 * deferred are planned again and leave the backlog, as does what was parked (E6); votes, actions with their ladders, and the one survey stay as they are.
 * The next close makes a new draft. Objections to the old one stay on record, and who raised one that nobody had answered
 * is told that it goes back to the meeting.
 */
export function takeBackClose(state: MeetingState, { reason }: { reason: string }, now: Instant, by: By): Change {
  const minutes = unconfirmed(state);
  const { closedAt = now, closedBy: _, closedAt: __, minutes: ___, ...rest } = state;
  const until = closedAt + state.norms.reopenHours * hour;
  if (now > until) refuse('Conflict', 'M3.reopenTooLate', '', { until, hours: state.norms.reopenHours });
  const objections = minutes.objections?.map((o) => answered(o, { at: now, by, reason }));
  const kept = { at: now, by, reason, closedAt, versions: minutes.versions, ...(objections ? { objections } : {}) };
  const deferred = state.agenda.filter((t) => t.outcome === 'deferred').map((t) => t.topicId);
  const waiting = [...deferred, ...floorOf(state).parked.map((p) => p.topicId)];
  const reopened: MeetingState = {
    ...disarm(rest, ['minutesMorning', 'minutesLastHour', 'minutesLimit', 'objectionsEnd', 'objectionSilent']),
    phase: 'execution',
    agenda: state.agenda.map(again),
    lastEventAt: now,
    reopenings: [...(state.reopenings ?? []), kept],
  };
  const version = versionsOf(state).at(-1)?.version ?? 1;
  return changed(armAgain(reopened, now), [
    ...(waiting.length === 0 ? [] : [{ type: 'withdrawBacklog' as const, topics: waiting }]),
    ...mail('reopened', `v${version}`, invitees(state), { version, reason }),
    ...(minutes.objections ?? [])
      .filter((o) => o.status === 'open')
      .flatMap((o) => mail('objectionAnswered', `${o.id}:reopened`, [o.person], {}, o.id)),
  ]);
}

/** M3: the meeting itself answers what was still open; what was answered, or stands as unanswered, stays so. */
function answered(objection: Objection, answer: { at: Instant; by: By; reason: string }): Objection {
  return objection.status === 'open' ? { ...objection, status: 'reopened', answer } : objection;
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
