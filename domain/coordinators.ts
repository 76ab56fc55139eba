/** R4: who learns to lead meetings, who could coordinate the next one, and what a host's own habits are. */
import type { Instant } from './calendar/index.js';
import type { MeetingId, PersonId } from './meeting/words.js';

/** Meetings held that somebody was at, by what they were there. */
export interface Experience {
  observed: number;
  /** As coordinator or deputy host: one step before leading alone. */
  coHosted: number;
  hosted: number;
}

/** observer → co-host → host; a newcomer has not begun. */
export const stages = ['newcomer', 'observer', 'coHost', 'host'] as const;
export type Stage = (typeof stages)[number];

export interface Ladder extends Experience {
  stage: Stage;
  /** What leads to the next stage, and how often still; absent at the top. */
  next?: { step: 'observe' | 'coHost'; left: number };
}

/** R4: how often somebody watches before they coordinate, and coordinates before they lead alone. */
export const ladderSteps = { observe: 2, coHost: 3 } as const;

/** Who has done more has done less: whoever hosted once is a host, whoever coordinated needs not watch any more. */
export function ladderOf(experience: Experience, steps: { observe: number; coHost: number } = ladderSteps): Ladder {
  const { observed, coHosted, hosted } = experience;
  if (hosted > 0 || coHosted >= steps.coHost) return { ...experience, stage: 'host' };
  if (coHosted > 0 || observed >= steps.observe)
    return { ...experience, stage: 'coHost', next: { step: 'coHost', left: steps.coHost - coHosted } };
  const next = { step: 'observe' as const, left: steps.observe - observed };
  return { ...experience, stage: observed > 0 ? 'observer' : 'newcomer', next };
}

export interface Candidate extends Experience {
  person: PersonId;
  /** Meetings that are not over and that they coordinate. */
  load: number;
  /** When they last coordinated one. */
  lastAt?: Instant;
  /** On leave that day, or gone. */
  away: boolean;
}

export type Reason =
  | { code: 'stage'; stage: Stage }
  | { code: 'load'; open: number }
  | { code: 'never' }
  | { code: 'last'; at: Instant }
  /** Nobody is further: they would watch some more first. */
  | { code: 'observeFirst'; left: number };

export interface Suggestion {
  person: PersonId;
  ladder: Ladder;
  reasons: Reason[];
}

/**
 * R4: the suitable ones, the next first. Fair: who has least to coordinate now, then who did it longest ago, then who is
 * nearest to leading alone. Who has not watched enough comes after all who have; who is away does not come at all.
 */
export function nextCoordinators(candidates: readonly Candidate[]): Suggestion[] {
  const here = candidates.filter((c) => !c.away).map((c) => ({ ...c, ladder: ladderOf(c) }));
  const ready = (c: { ladder: Ladder }): number => (c.ladder.stage === 'host' || c.ladder.stage === 'coHost' ? 0 : 1);
  const sorted = here.sort(
    (a, b) =>
      ready(a) - ready(b) ||
      (ready(a) === 1 ? b.observed - a.observed : 0) ||
      a.load - b.load ||
      (a.lastAt ?? 0) - (b.lastAt ?? 0) ||
      b.coHosted - a.coHosted ||
      (a.person < b.person ? -1 : 1),
  );
  return sorted.map(({ person, load, lastAt, ladder }) => ({
    person,
    ladder,
    reasons: [
      { code: 'stage', stage: ladder.stage },
      { code: 'load', open: load },
      lastAt === undefined ? { code: 'never' } : { code: 'last', at: lastAt },
      ...(ladder.next?.step === 'observe' ? [{ code: 'observeFirst' as const, left: ladder.next.left }] : []),
    ],
  }));
}

/** Of one meeting that somebody hosted, as the figures keep it (domain/review/facts.ts). */
export interface HostedMeeting {
  meetingId: MeetingId;
  startsAt: Instant;
  plannedMinutes: number;
  /** Below 0: ended early. */
  overMinutes?: number;
  overTime: boolean;
  speakingRated: boolean;
  balanced: boolean;
  minutesDue: boolean;
  minutesOnTime: boolean;
}

export interface Habit {
  part: number;
  whole: number;
  /** The meetings of the part. */
  meetings: MeetingId[];
}

export interface Habits {
  meetings: number;
  /** E15: ended after the announced end, and by how many minutes on average. */
  overTime: Habit;
  minutesOver?: number;
  /** Ended in three quarters of its time or less. */
  endedEarly: Habit;
  /** E7: one department spoke for too much of the time. */
  unbalanced: Habit;
  /** M1: minutes that went out late. */
  minutesLate: Habit;
}

/** R4: what a host sees of their own meetings, and nobody else does. */
export function habitsOf(hosted: readonly HostedMeeting[]): Habits {
  const ended = hosted.filter((m) => m.overMinutes !== undefined);
  const late = ended.filter((m) => m.overTime);
  const over = late.reduce((sum, m) => sum + (m.overMinutes ?? 0), 0);
  return {
    meetings: hosted.length,
    overTime: habit(late, ended),
    ...(late.length === 0 ? {} : { minutesOver: over / late.length }),
    endedEarly: habit(
      ended.filter((m) => -(m.overMinutes ?? 0) * 4 >= m.plannedMinutes),
      ended,
    ),
    unbalanced: pick(hosted, 'speakingRated', (m) => !m.balanced),
    minutesLate: pick(hosted, 'minutesDue', (m) => !m.minutesOnTime),
  };
}

const habit = (part: readonly HostedMeeting[], whole: readonly HostedMeeting[]): Habit => ({
  part: part.length,
  whole: whole.length,
  meetings: part.map((m) => m.meetingId),
});

function pick(
  hosted: readonly HostedMeeting[],
  rated: 'speakingRated' | 'minutesDue',
  bad: (meeting: HostedMeeting) => boolean,
): Habit {
  const whole = hosted.filter((m) => m[rated]);
  return habit(whole.filter(bad), whole);
}
