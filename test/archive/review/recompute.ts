/** The figures of R1 counted from the meetings themselves, one question at a time: shares no code with the archive's way. */
import type { Instant } from '../../../domain/calendar/index.js';
import type { Action, MeetingState, Topic } from '../../../domain/meeting/state.js';
import type { FigureName } from '../../../domain/review/figures.js';

const minute = 60_000;
type Pair = [part: number, whole: number];
export interface Scope {
  department?: string;
  series?: string;
  host?: string;
}

/** `one`: topics that were said to be one, each group with all its ids (R2). */
export function recompute(
  all: MeetingState[],
  from: Instant,
  to: Instant,
  scope: Scope,
  one: string[][] = [],
): Record<FigureName, Pair> {
  const open = all.filter((m) => !m.confidential);
  const inScope = (m: MeetingState): boolean =>
    (scope.series === undefined || m.seriesId === scope.series) && (scope.host === undefined || m.host === scope.host);
  const mine = (m: MeetingState): boolean =>
    inScope(m) && (scope.department === undefined || m.initiator.department === scope.department);
  const within = (t: Instant): boolean => from <= t && t < to;
  const asked = open.filter((m) => within(m.startsAt) && mine(m) && m.publishedAt !== undefined);
  const held = asked.filter((m) => m.openedAt !== undefined);
  const lapsed = asked.filter((m) => m.openedAt === undefined && m.phase === 'lapsed');
  const both = [...held, ...lapsed];
  const ended = held.filter((m) => m.closedAt !== undefined);
  const regular = both.filter((m) => m.kind !== 'emergency');
  const sent = held.filter((m) => m.minutes?.sentAt !== undefined);
  const means = held.flatMap((m) => m.survey?.mean ?? []);
  const rated = held.flatMap((m) => m.effectiveness ?? []);
  const plans = held.flatMap((m) => m.plans);
  const talked = ended.map(shares).filter((s) => s.departments >= 3 && s.total > 0);
  const actions = open
    .filter(inScope)
    .flatMap((m) => m.actions.map((a) => ({ a, m })))
    .filter(({ a, m }) => within(a.firstDueAt) && !a.cancelledByDecision && !isSecret(m, a.topicId))
    .filter(({ a, m }) => [undefined, a.department ?? m.initiator.department].includes(scope.department));
  const topics = held.flatMap((m) => m.agenda.filter((t) => !t.confidential).map((t) => ({ t, m })));
  const count = <T>(list: T[], is: (x: T) => unknown): Pair => [list.filter(is).length, list.length];
  const total = (list: number[]): number => list.reduce((sum, x) => sum + x, 0);
  return {
    held: count(both, (m) => m.openedAt),
    lapsed: count(both, (m) => m.phase === 'lapsed'),
    emergency: count(held, (m) => m.kind === 'emergency'),
    noticeOnTime: count(regular, (m) => m.startsAt - m.publishedAt! >= 24 * 60 * minute),
    replies: [total(both.map((m) => asks(m).filter((p) => m.rsvps[p]).length)), total(both.map((m) => asks(m).length))],
    overCap: count(held, (m) => m.participants.filter((p) => p.role !== 'observer').length > m.norms.participantsCap),
    overTime: count(ended, (m) => m.closedAt! - m.startsAt >= (m.durationMinutes + 1) * minute),
    minutesOnTime: count(sent, (m) => !m.minutes!.late),
    actionCompletion: count(actions, ({ a }) => inTime(a)),
    repeatedTopics: count(topics, ({ t, m }) => open.some((e) => wasEarlier(e, m, t, one))),
    survey: [total(means), means.length],
    effectiveness: [total(rated), rated.length],
    plansRaised: [plans.length, ended.length],
    plansDone: count(plans, (p) => p.status === 'done'),
    speakingBalance: count(talked, (s) => s.most * 2 <= s.total),
  };
}

const asks = (m: MeetingState): string[] => {
  const seats = m.participants.map((p) => p.person);
  const offices = [m.deputyHost, m.coordinator, m.recorder, m.initiator.person].flatMap((p) => p ?? []);
  return [...new Set([...seats, ...offices])].filter((p) => p !== m.host);
};

const inTime = (a: Action): boolean => a.status === 'done' && (a.reportedAt ?? a.endedAt!) <= a.firstDueAt;
const isSecret = (m: MeetingState, topicId: string | undefined): boolean =>
  m.agenda.some((t) => t.topicId === topicId && t.confidential);

const wasEarlier = (e: MeetingState, m: MeetingState, topic: Topic, one: string[][]): boolean =>
  e.openedAt !== undefined &&
  (e.startsAt < m.startsAt || (e.startsAt === m.startsAt && e.id < m.id)) &&
  e.agenda.some((t) => isSame(t.topicId, topic.topicId, one) && !t.confidential);
const isSame = (a: string, b: string, one: string[][]): boolean =>
  a === b || one.some((group) => group.includes(a) && group.includes(b));

function shares(m: MeetingState): { departments: number; total: number; most: number } {
  const said = new Map<string, number>();
  for (const turn of m.floor?.turns ?? []) {
    if (turn.kind !== 'discussion' || isSecret(m, turn.topicId ?? '')) continue;
    said.set(turn.department!, (said.get(turn.department!) ?? 0) + turn.endedAt! - turn.startedAt!);
  }
  const there = m.participants.filter((p) => ['head', 'core', 'support'].includes(p.role) && m.attendance[p.person]);
  const all = [...said.values()];
  return {
    departments: new Set(there.map((p) => p.department)).size,
    total: all.reduce((sum, ms) => sum + ms, 0),
    most: Math.max(0, ...all),
  };
}
