/**
 * R1: what one meeting adds to the figures, in one flat row; the archive keeps it beside the meeting and adds up rows alone.
 * What is said in the room is in it from the close on, and replies from the opening (or lapsing) on: until then there is
 * nothing to count, and nothing to write with each word.
 */
import type { Instant } from '../calendar/index.js';
import { normsOf } from '../meeting/floor.js';
import { countedParticipants, hasVote, invitees } from '../meeting/people.js';
import type { DepartmentId, MeetingId, MeetingState, Outcome, PersonId, Phase, Topic } from '../meeting/state.js';
import { effectivenessFacts, followUpFacts } from './facts-follow-up.js';
import { activeIn, attendedBy, silentIn, speakingIn } from './room.js';

const minute = 60_000;

export interface MeetingFacts {
  meetingId: MeetingId;
  phase: Phase;
  /** H10: counts in no figure that others see. */
  confidential: boolean;
  emergency: boolean;
  /** Initiating department: the one that a meeting counts for. */
  department: DepartmentId;
  /** Of the seats, each once. */
  departments: DepartmentId[];
  seriesId?: string;
  host: PersonId;
  /** As announced; an adjourned meeting keeps its first start (E15). */
  startsAt: Instant;
  createdAt: Instant;
  /** Absent: it was never announced (a draft, or a bundle of imported actions). */
  announcedAt?: Instant;
  openedAt?: Instant;
  /** Absent: not ended yet, or never held. */
  endedAt?: Instant;
  cancelled: boolean;
  /** Opened at least once. */
  held: boolean;
  /** Announced, and lapsed without having been opened. */
  lapsed: boolean;
  /** Announced, and either held or lapsed: what the shares of R1 are of. */
  counted: boolean;
  /** N1: announced at least norms.noticeHours before its start. */
  noticeOnTime: boolean;
  /** N1: from the notice to the start; absent: never announced. */
  noticeMinutes?: number;
  /** N2: people asked for a reply (the host is not), and those who gave one before the start; 0 before the opening. */
  invited: number;
  replied: number;
  /** P4: seats but the observers'. */
  seats: number;
  overCap: boolean;
  /** Length as announced, and time sat together in all sittings; absent: not ended. */
  plannedMinutes: number;
  minutes?: number;
  /** Whole minutes from the announced end to the real one; below 0: it ended early. Absent: not ended. */
  overMinutes?: number;
  overTime: boolean;
  /** M1: they were sent, or the limit has passed; within the norm's hours. */
  minutesDue: boolean;
  minutesOnTime: boolean;
  /** Topics on the agenda, without confidential ones (H10); those an earlier held meeting left open (S1). */
  topics: number;
  carriedTopics: number;
  decided: number;
  informed: number;
  deferred: number;
  dropped: number;
  /** E7: discussion per department in milliseconds, without what is said to confidential topics. */
  speaking: Record<DepartmentId, number>;
  /** E7: enough departments were there and spoke for a balance to be told; none of them dominated. */
  speakingRated: boolean;
  balanced: boolean;
  /** E3: were there, for however short a time. */
  attended: PersonId[];
  /** R2: took a part that is known, or may have (a vote's electorate: who voted is not asked); docs/review.md. */
  active: PersonId[];
  /** R2: seats with a vote that are not active, offices left out. */
  silent: PersonId[];
  /** F5: absent below the norm's number of answers. */
  survey?: number;
  surveyAnswers?: number;
  /** F6: absent when not rated (yet). */
  effectiveness?: number;
  /** F6: not cancelled by decision; done by the first due date. Without those of confidential topics. */
  actions: number;
  actionsInTime: number;
  plansRaised: number;
  plansDone: number;
}

export function factsOf(state: MeetingState): MeetingFacts {
  const held = state.openedAt !== undefined;
  const announced = state.publishedAt !== undefined && state.phase !== 'cancelled';
  const lapsed = announced && !held && state.phase === 'lapsed';
  const endedAt = held ? endOf(state) : undefined;
  return {
    meetingId: state.id,
    phase: state.phase,
    confidential: state.confidential === true,
    emergency: state.kind === 'emergency',
    department: state.initiator.department,
    departments: [...new Set(state.participants.map((p) => p.department))],
    ...(state.seriesId === undefined ? {} : { seriesId: state.seriesId }),
    host: state.host,
    createdAt: state.createdAt,
    cancelled: state.phase === 'cancelled',
    held,
    lapsed,
    counted: announced && (held || lapsed),
    ...noticeFacts(state, held || lapsed),
    ...lengthFacts(state, endedAt),
    minutesDue: state.minutes?.sentAt !== undefined,
    minutesOnTime: state.minutes?.sentAt !== undefined && state.minutes.late !== true,
    ...topicFacts(state, endedAt !== undefined),
    ...roomFacts(state, endedAt),
    ...effectivenessFacts(state),
    ...followUpFacts(state),
  };
}

/** The first announced start: adjourning moves `startsAt` (E15). */
const startOf = (state: MeetingState): Instant => state.adjournments?.[0]?.startsAt ?? state.startsAt;

/** The first close, if it was taken back (M3); of a meeting that the clock closed, its last sign of life (E15). */
function endOf(state: MeetingState): Instant | undefined {
  const first = state.reopenings?.[0]?.closedAt;
  if (first !== undefined) return first;
  return state.closedBy === 'clock' ? (state.lastEventAt ?? state.closedAt) : state.closedAt;
}

function noticeFacts(state: MeetingState, begun: boolean) {
  const { publishedAt, rsvps } = state;
  const { noticeHours } = normsOf(state);
  const startsAt = startOf(state);
  const asked = begun && publishedAt !== undefined ? invitees(state).filter((p) => p !== state.host) : [];
  const lead = publishedAt === undefined ? undefined : Math.floor((startsAt - publishedAt) / minute);
  return {
    startsAt,
    ...(publishedAt === undefined ? {} : { announcedAt: publishedAt }),
    ...(lead === undefined ? {} : { noticeMinutes: lead }),
    noticeOnTime: lead !== undefined && lead >= noticeHours * 60,
    invited: asked.length,
    replied: asked.filter((p) => rsvps[p] !== undefined && rsvps[p].at <= startsAt).length,
  };
}

/** P4, E15. Interrupted ones are over time when they sat longer in all than was planned. */
function lengthFacts(state: MeetingState, endedAt: Instant | undefined) {
  const seats = countedParticipants(state.participants);
  const plannedMinutes = state.durationMinutes;
  const size = { seats, overCap: seats > normsOf(state).participantsCap, plannedMinutes };
  if (state.openedAt !== undefined) Object.assign(size, { openedAt: state.openedAt });
  if (state.openedAt === undefined || endedAt === undefined) return { ...size, overTime: false };
  const minutes = Math.round(satMs(state, state.openedAt, endedAt) / minute);
  const overMinutes =
    state.adjournments === undefined
      ? Math.trunc((endedAt - (state.startsAt + plannedMinutes * minute)) / minute)
      : minutes - plannedMinutes;
  return { ...size, endedAt, minutes, overMinutes, overTime: overMinutes > 0 };
}

/** Time in which they sat together. */
function satMs(state: MeetingState, openedAt: Instant, endedAt: Instant): number {
  const breaks = state.adjournments ?? [];
  const apart = breaks.reduce((sum, b) => sum + Math.max(0, Math.min(b.resumedAt ?? endedAt, endedAt) - b.at), 0);
  return Math.max(0, endedAt - openedAt - apart);
}

function topicFacts(state: MeetingState, ended: boolean) {
  const shown = state.agenda.filter((t) => t.confidential !== true);
  const came = (outcome: Outcome): number => (ended ? shown.filter((t) => t.outcome === outcome).length : 0);
  return {
    topics: shown.length,
    carriedTopics: shown.filter(isCarried).length,
    decided: came('decided'),
    informed: came('informed'),
    deferred: came('deferred'),
    dropped: came('dropped'),
  };
}

const isCarried = (topic: Topic): boolean => (topic.carried?.times ?? 0) > 0;

const nothingSaid = { speaking: {}, speakingRated: false, balanced: false, attended: [], active: [], silent: [] };

function roomFacts(state: MeetingState, endedAt: Instant | undefined) {
  if (endedAt === undefined) return nothingSaid;
  const { speakingSharePercent, speakingShareFromDepartments } = normsOf(state);
  const speaking = speakingIn(state, endedAt);
  const all = Object.values(speaking);
  const total = all.reduce((sum, ms) => sum + ms, 0);
  const attended = attendedBy(state);
  const there = state.participants.filter((p) => hasVote(p) && attended.includes(p.person)).map((p) => p.department);
  const speakingRated = total > 0 && new Set(there).size >= speakingShareFromDepartments;
  const active = activeIn(state);
  return {
    speaking,
    speakingRated,
    balanced: speakingRated && all.every((ms) => ms * 100 <= total * speakingSharePercent),
    attended,
    active,
    silent: silentIn(state, active),
  };
}
