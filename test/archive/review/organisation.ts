/** A small organisation's meetings over two years and a quarter, the same on every run; everything that a figure looks at varies. */
import type { Instant } from '../../../domain/calendar/index.js';
import type { Action, MeetingState, Phase, Topic, Turn } from '../../../domain/meeting/state.js';
import { aMeeting, at } from '../../support/meeting.js';
import { fresh } from '../support.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const by = { via: 'api' } as const;

export function seeded(seed: number) {
  let state = seed;
  const next = (): number => (state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296;
  return {
    below: (n: number): number => Math.floor(next() * n),
    chance: (p: number): boolean => next() < p,
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
  };
}
type Random = ReturnType<typeof seeded>;

export const first = at('2024-07-01', '00:00');
export const last = at('2026-10-01', '00:00');

const phases: Phase[] = ['preparation', 'notice', 'lapsed', 'cancelled', 'execution', 'minutes', 'followUp', 'closed'];

export function organisation(count: number, seed = 7): MeetingState[] {
  const random = seeded(seed);
  /** Topics that were on an agenda, so that they come again. */
  const known: Topic[] = [];
  return Array.from({ length: count }, () => aRandomMeeting(random, known));
}

function aRandomMeeting(random: Random, known: Topic[]): MeetingState {
  const { below, chance, pick } = random;
  const id = fresh();
  // Some begin in the first or last minutes of a quarter.
  const quarters = ['2025-01-01', '2025-04-01', '2026-04-01', '2026-07-01'];
  const startsAt = chance(0.1)
    ? at(pick(quarters), '00:00') + (below(3) - 1) * minute
    : first + below((last - first) / minute) * minute;
  const phase = chance(0.6) ? pick<Phase>(['followUp', 'closed']) : pick(phases);
  const opened = ['execution', 'minutes', 'followUp', 'closed'].includes(phase);
  const closedAt = startsAt + (30 + below(60)) * minute;
  const agenda = topicsOf(random, id, known);
  const kind = chance(0.15) ? 'emergency' : 'regular';
  const base = aMeeting({ phase });
  const { minutes, openedAt: _, closedAt: __, closedBy: ___, publishedAt: ____, ...plain } = base;
  const sent = phase === 'followUp' || phase === 'closed';
  return {
    ...plain,
    id,
    kind,
    startsAt,
    plannedEndAt: startsAt + hour,
    title: `會議 ${id.slice(0, 4)}`,
    createdAt: startsAt - 5 * day,
    initiator: { department: pick(['d1', 'd2', 'd3']), person: 'p1' },
    host: pick(['p2', 'p6', 'p8']),
    ...(chance(0.5) ? { seriesId: pick(['s1', 's2', 's3']) } : {}),
    ...(chance(0.12) ? { confidential: true } : {}),
    norms: { ...base.norms, participantsCap: chance(0.2) ? 5 : 15 },
    agenda: agenda.map((t) => ({
      ...t,
      ...(sent ? { outcome: pick(['decided', 'deferred', 'dropped'] as const) } : {}),
    })),
    ...(phase === 'preparation' || (phase === 'lapsed' && chance(0.3))
      ? {}
      : { publishedAt: startsAt - (10 + below(40)) * hour }),
    rsvps: Object.fromEntries(
      ['p1', 'p2', 'p6', 'p7', 'p8']
        .filter(() => chance(0.6))
        .map((p) => [p, { reply: 'accepted' as const, at: startsAt - hour, by }]),
    ),
    ...(opened ? { openedAt: startsAt } : {}),
    ...(opened && phase !== 'execution' ? { closedAt, closedBy: 'host' as const } : {}),
    ...(opened && chance(0.7) ? { floor: floorOf(random, startsAt, agenda) } : {}),
    ...(minutes === undefined ? {} : { minutes: { ...minutes, ...(chance(0.3) ? { late: true } : {}) } }),
    ...(sent && chance(0.7)
      ? {
          survey: {
            eligible: [],
            opensAt: closedAt,
            closesAt: closedAt + 3 * day,
            status: 'published' as const,
            ...(chance(0.8) ? { answers: 5, mean: 1 + below(401) / 100 } : { answers: 1 }),
          },
        }
      : {}),
    ...(phase === 'closed' ? { effectiveness: chance(0.2) ? null : 1 + below(401) / 100 } : {}),
    actions: opened ? actionsOf(random, id, startsAt, agenda) : [],
    plans: sent && chance(0.3) ? [{ ...tracked(random, `${id}-p1`, startsAt), kind: 'improvementPlan' }] : [],
  };
}

function topicsOf({ below, chance, pick }: Random, id: string, known: Topic[]): Topic[] {
  const { agenda } = aMeeting();
  const own = Array.from({ length: 1 + below(3) }, (_, i): Topic => ({
    ...agenda[0]!,
    topicId: `${id}-t${i + 1}`,
    title: `議題 ${i}`,
    order: i,
    ...(chance(0.1) ? { confidential: true } : {}),
  }));
  const again = known.length > 0 && chance(0.4) ? [{ ...pick(known), order: -1 }] : [];
  const all = [...again, ...own];
  known.push(...own);
  return all;
}

function floorOf({ below, pick, chance }: Random, startsAt: Instant, agenda: Topic[]): MeetingState['floor'] {
  const turns = Array.from({ length: below(6) }, (_, i): Turn => ({
    id: `s${i}`,
    kind: chance(0.8) ? 'discussion' : 'report',
    person: 'p6',
    department: pick(['d1', 'd2', 'd3']),
    ...(chance(0.7) ? { topicId: pick(agenda).topicId } : {}),
    status: 'ended',
    limitMs: 3 * minute,
    at: startsAt,
    startedAt: startsAt + i * minute,
    endedAt: startsAt + i * minute + (1 + below(200)) * 1000,
  }));
  return { turns, parked: [], breakouts: [], analyses: [], notes: [] };
}

function actionsOf(random: Random, id: string, startsAt: Instant, agenda: Topic[]): Action[] {
  return Array.from({ length: random.below(4) }, (_, i): Action => ({
    ...tracked(random, `${id}-a${i + 1}`, startsAt),
    task: `任務 ${i}`,
    supporting: [],
    ...(random.chance(0.7) ? { topicId: random.pick(agenda).topicId } : {}),
    ...(random.chance(0.6) ? { department: random.pick(['d1', 'd2', 'd4']) } : {}),
  }));
}

function tracked({ below, chance, pick }: Random, id: string, startsAt: Instant) {
  const firstDueAt = startsAt + (1 + below(60)) * day;
  const misses = below(3);
  const status = pick(['open', 'overdue', 'done', 'done', 'done', 'cancelled'] as const);
  const ended = status === 'done' || status === 'cancelled';
  const dues = Array.from({ length: misses }, (_, i) => ({
    dueAt: firstDueAt + i * day,
    setAt: startsAt,
    by,
    missed: true,
  }));
  return {
    id,
    owner: pick(['p6', 'p7', 'p9']),
    status,
    firstDueAt,
    dueAt: firstDueAt + misses * day,
    dues,
    missed: misses,
    missedTotal: misses,
    obstacles: [],
    percent: 0,
    notes: [],
    reports: 0,
    createdAt: startsAt,
    createdBy: by,
    ...(ended ? { endedAt: firstDueAt + (below(5) - 2) * day } : {}),
    ...(ended && chance(0.5) ? { reportedAt: firstDueAt + (below(5) - 3) * day } : {}),
    ...(status === 'cancelled' && chance(0.6) ? { cancelledByDecision: true } : {}),
    reason: 'survey' as const,
    score: 2,
  };
}
