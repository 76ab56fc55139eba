/**
 * R2: which series are inefficient, what could be changed about them, and what says so. Only what their last three meetings
 * show all alike counts, and only meetings that were as the series is now: a change that was made is not proposed again.
 */
import type { Norms } from '../norms.js';
import { hasVote } from '../meeting/people.js';
import type { MeetingTemplate, SeriesPlan } from '../series/plan.js';
import type { MeetingFacts } from './facts.js';
import type { Proposal, ProposalChange } from './proposals.js';
import type { Quarter } from './report.js';
import { fits, halves, longEnough, mergeable } from './series-change.js';

/** Of one meeting of a series that was held and has ended. */
export type HeldFacts = Pick<
  MeetingFacts,
  | 'meetingId'
  | 'startsAt'
  | 'createdAt'
  | 'seats'
  | 'plannedMinutes'
  | 'minutes'
  | 'overMinutes'
  | 'topics'
  | 'carriedTopics'
  | 'decided'
  | 'actions'
  | 'silent'
  | 'effectiveness'
> & {
  /** Topics without a conclusion at its end: by id and title. */
  unfinished: { topicId: string; title: string }[];
};

export interface SeriesHistory {
  plan: SeriesPlan;
  /** The earliest first. */
  held: HeldFacts[];
}

/** What three meetings in a row have to show. */
const inARow = 3;
/** Minutes from which an end counts as early, or as late. */
const early = 10;
const late = 5;
/** Series that a review proposes something for; the worst. */
const mostSeries = 10;

export function propose(all: SeriesHistory[], quarter: Quarter, norms: Norms): Proposal[] {
  const found = all.map((series) => ofSeries(series, quarter, norms)).filter((list) => list.length > 0);
  const worst = (list: Proposal[]): number => list[0]?.score ?? 0;
  const order = (a: Proposal[], b: Proposal[]): number =>
    worst(b) - worst(a) || ((a[0]?.seriesId ?? '') < (b[0]?.seriesId ?? '') ? -1 : 1);
  return found.sort(order).slice(0, mostSeries).flat();
}

function ofSeries({ plan, held }: SeriesHistory, quarter: Quarter, norms: Norms): Proposal[] {
  const last = held.slice(-inARow);
  if (last.length < inARow || plan.template.confidential === true) return [];
  const score = inefficiency(held.slice(-2 * inARow));
  const found = [dropping, shortening, splitting, merging, halving].flatMap((rule) => rule(plan, last, norms) ?? []);
  return found.map(({ change, params }) => ({
    id: `${quarter}-${plan.id}-${change.kind}`,
    seriesId: plan.id,
    title: plan.template.title,
    change,
    because: last.map((m) => m.meetingId),
    becauseAt: last.map((m) => m.startsAt),
    params,
    score,
  }));
}

interface Found {
  change: ProposalChange;
  params: Record<string, number>;
}
type Rule = (plan: SeriesPlan, last: HeldFacts[], norms: Norms) => Found | undefined;

/** Who neither spoke nor voted in any of them; offices, key people, presenters and the last seat of a head's department stay. */
const dropping: Rule = ({ template }, last, norms) => {
  const { participants } = template;
  const people: string[] = [];
  // A head stays before the others of their department.
  const inOrder = [...participants].sort((a, b) => Number(a.role === 'head') - Number(b.role === 'head'));
  for (const p of inOrder) {
    const left = participants.filter((q) => !people.includes(q.person) && q.person !== p.person);
    const lastSeat = p.role === 'head' && !left.some((q) => q.department === p.department);
    const silent = last.every((m) => m.silent.includes(p.person));
    if (silent && mayLeave(template, p) && !lastSeat && left.length >= Math.max(2, norms.participantsMin))
      people.push(p.person);
  }
  if (people.length === 0) return undefined;
  return { change: { kind: 'dropPeople', people }, params: { people: people.length, meetings: last.length } };
};

function mayLeave(template: MeetingTemplate, p: MeetingTemplate['participants'][number]): boolean {
  const { host, deputyHost, coordinator, recorder, sponsor, initiator, agenda } = template;
  const needed = [host, deputyHost, coordinator, recorder, sponsor, initiator.person];
  const presents = agenda.some((t) => t.presenter === p.person || t.materials?.some((m) => m.owner === p.person));
  return (
    hasVote({ ...p, key: p.key ?? false, topics: [] }) &&
    p.key !== true &&
    !needed.includes(p.person) &&
    !presents &&
    !p.topics?.length
  );
}

const mean = (numbers: number[]): number => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
const asPlanned = ({ template }: SeriesPlan, last: HeldFacts[]): boolean =>
  last.every((m) => m.plannedMinutes === template.durationMinutes && m.overMinutes !== undefined);
const up5 = (n: number): number => Math.ceil(n / 5) * 5;

const shortening: Rule = (plan, last, norms) => {
  const overs = last.map((m) => m.overMinutes ?? 0);
  if (!asPlanned(plan, last) || overs.some((o) => o > -early)) return undefined;
  const from = plan.template.durationMinutes;
  const used = Math.max(...overs.map((o) => from + o), norms.durationMinMinutes);
  const to = longEnough(plan.template, plan.template.agenda, up5(used), norms);
  if (to > from - early) return undefined;
  return {
    change: { kind: 'shorten', fromMinutes: from, toMinutes: to },
    params: { meetings: last.length, minutes: Math.round(-mean(overs)) },
  };
};

const splitting: Rule = (plan, last, norms) => {
  const overs = last.map((m) => m.overMinutes ?? 0);
  if (!asPlanned(plan, last) || overs.some((o) => o < late) || plan.template.agenda.length < 2) return undefined;
  const from = plan.template.durationMinutes;
  const half = up5(Math.max((from + mean(overs)) / 2, norms.durationMinMinutes));
  const to = Math.max(...halves(plan.template).map((agenda) => longEnough(plan.template, agenda, half, norms)));
  if (to >= from || !fits(plan.template, to, norms)) return undefined;
  return {
    change: { kind: 'split', fromMinutes: from, toMinutes: to },
    params: { meetings: last.length, minutes: Math.round(mean(overs)) },
  };
};

/** Topics of the series that none of them brought to an end. */
const merging: Rule = ({ template }, last) => {
  const topics = mergeable(
    template,
    last.map((m) => m.unfinished),
  );
  if (topics.length < 2) return undefined;
  return { change: { kind: 'mergeTopics', topics }, params: { meetings: last.length, topics: topics.length } };
};

/** Hardly anything came of any of them. A series of so many dates is left alone: it would end at another time. */
const halving: Rule = ({ rule }, last) => {
  const decided = last.reduce((sum, m) => sum + m.decided, 0);
  const actions = last.reduce((sum, m) => sum + m.actions, 0);
  if (decided > 1 || actions > 1 || rule.pattern.every === 'year' || rule.count !== undefined) return undefined;
  if (rule.pattern.interval > 26) return undefined;
  return { change: { kind: 'everySecond' }, params: { meetings: last.length, decided, actions } };
};

/** 0 (not at all) to 1: the mean of what is known of silence, time, outcome, topics that come again, effectiveness. */
export function inefficiency(held: HeldFacts[]): number {
  const part = (n: number, of: number): number => (of === 0 ? 0 : Math.min(1, n / of));
  const rated = held.flatMap((m) => m.effectiveness ?? []);
  const parts = [
    mean(held.map((m) => part(m.silent.length, m.seats))),
    mean(held.map((m) => part(Math.abs(m.overMinutes ?? 0), m.plannedMinutes))),
    mean(held.map((m) => 1 - part(m.decided + m.actions, Math.max(1, m.topics)))),
    mean(held.map((m) => part(m.carriedTopics, m.topics))),
    ...(rated.length === 0 ? [] : [(5 - mean(rated)) / 4]),
  ];
  return Math.round(mean(parts) * 1000) / 1000;
}
