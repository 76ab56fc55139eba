/**
 * Y1: what a year's meetings say about the norms: proposals with the figures that say so, and what they would have meant for
 * that year's own meetings. Pure; nothing is said of fewer meetings than `minSample`.
 */
import type { Norms } from './norms.js';
import { orderFaults, valueFaults } from './norms-check.js';
import type { NormChanges } from './norms-check.js';
import { withChanges } from './norms-history.js';
import { normNames } from './norms-table.js';
import { durationFaults } from './meeting/checks.js';
import type { MeetingFacts } from './review/facts.js';

/** Of one meeting that was announced and is over; confidential ones are left out (H10). */
export type YearFacts = Pick<
  MeetingFacts,
  | 'meetingId'
  | 'emergency'
  | 'held'
  | 'plannedMinutes'
  | 'overMinutes'
  | 'seats'
  | 'noticeMinutes'
  | 'invited'
  | 'replied'
  | 'effectiveness'
  | 'actions'
  | 'actionsInTime'
>;

export type NormProposalKind = 'participantsCap' | 'durationMaxMinutes' | 'noticeHours' | 'planDueWd';

/** What would have become of last year's meetings, all else as it was. */
export interface Effect {
  meetings: number;
  /** Creating or publishing them would have been refused; of those, how many are refused as it is. */
  refused: number;
  refusedBefore: number;
  hinted: number;
  hintedBefore: number;
}

export interface NormProposal {
  /** `<year>-<kind>`: the same year proposes the same under the same id. */
  id: string;
  year: number;
  kind: NormProposalKind;
  changes: NormChanges;
  from: number;
  to: number;
  /** What the reason counts: meetings in both groups and their means. */
  params: Record<string, number>;
  effect: Effect;
}

/** Why a change was made that came from a proposal: a code and its figures, never a sentence. */
export const becauseOf = ({
  kind,
  params,
  from,
  to,
}: NormProposal): { code: string; params: Record<string, number> } => ({
  code: kind,
  params: { ...params, from, to },
});

const minSample = 10;
/** How much worse one group has to score, on the scale of 1 to 5. */
const worse = 0.3;

export function proposeNorms(year: number, all: YearFacts[], norms: Norms): NormProposal[] {
  const regular = all.filter((m) => !m.emergency);
  return rules.flatMap((rule) => {
    const found = rule(regular, norms);
    if (found === undefined) return [];
    const next = withChanges(norms, found.changes, norms.version);
    const values = Object.fromEntries(normNames.map((n) => [n, next[n]]));
    if (valueFaults(values).length > 0 || orderFaults(next, found.changes).length > 0) return [];
    return { id: `${year}-${found.kind}`, year, ...found, effect: simulate(regular, norms, next) };
  });
}

type Found = Omit<NormProposal, 'id' | 'year' | 'effect'>;
type Rule = (meetings: YearFacts[], norms: Norms) => Found | undefined;

const mean = (numbers: number[]): number => numbers.reduce((sum, n) => sum + n, 0) / Math.max(1, numbers.length);
const tenth = (n: number): number => Math.round(n * 10) / 10;

/** Two groups by whether meetings are above a limit, when both are large enough and those above score lower. */
function lower(meetings: YearFacts[], above: (m: YearFacts) => boolean): Record<string, number> | undefined {
  const rated = meetings.filter((m) => m.held && m.effectiveness !== undefined);
  const scores = (group: YearFacts[]): number[] => group.flatMap((m) => m.effectiveness ?? []);
  const over = scores(rated.filter(above));
  const under = scores(rated.filter((m) => !above(m)));
  if (over.length < minSample || under.length < minSample || mean(under) - mean(over) < worse) return undefined;
  return { above: over.length, aboveMean: tenth(mean(over)), below: under.length, belowMean: tenth(mean(under)) };
}

/** P4: the cap goes down to four fifths where larger meetings score lower. The hint stays below it. */
const smaller: Rule = (meetings, norms) => {
  const from = norms.participantsCap;
  const to = Math.floor(from * 0.8);
  const params = lower(meetings, (m) => m.seats > to);
  if (params === undefined || to < 5) return undefined;
  const hint = Math.min(norms.participantsHintFrom, Math.max(3, to - 1));
  const changes = {
    participantsCap: to,
    ...(hint === norms.participantsHintFrom ? {} : { participantsHintFrom: hint }),
  };
  return { kind: 'participantsCap', changes, from, to, params };
};

/** P2: the usual length goes down by a quarter where longer meetings run over more often than not. */
const shorter: Rule = (meetings, norms) => {
  const from = norms.durationMaxMinutes;
  const to = Math.max(norms.durationMinMinutes, Math.round((from * 0.75) / 5) * 5);
  const long = meetings.filter((m) => m.held && m.overMinutes !== undefined && m.plannedMinutes > to);
  const short = meetings.filter((m) => m.held && m.overMinutes !== undefined && m.plannedMinutes <= to);
  const share = (group: YearFacts[]): number =>
    Math.round((100 * group.filter((m) => (m.overMinutes ?? 0) > 0).length) / Math.max(1, group.length));
  if (to >= from || long.length < minSample || short.length < minSample) return undefined;
  if (share(long) < 50 || share(long) - share(short) < 20) return undefined;
  const params = { above: long.length, aboveShare: share(long), below: short.length, belowShare: share(short) };
  return { kind: 'durationMaxMinutes', changes: { durationMaxMinutes: to }, from, to, params };
};

/** N1: twice the notice where meetings with less than that get fewer replies. */
const earlier: Rule = (meetings, norms) => {
  const from = norms.noticeHours;
  const to = from * 2;
  const known = meetings.filter((m) => m.noticeMinutes !== undefined && m.invited > 0);
  const late = known.filter((m) => (m.noticeMinutes ?? 0) < to * 60);
  const good = known.filter((m) => (m.noticeMinutes ?? 0) >= to * 60);
  const share = (group: YearFacts[]): number =>
    Math.round(100 * mean(group.map((m) => Math.min(1, m.replied / m.invited))));
  if (late.length < minSample || good.length < minSample || share(good) - share(late) < 15) return undefined;
  const params = { above: good.length, aboveShare: share(good), below: late.length, belowShare: share(late) };
  return { kind: 'noticeHours', changes: { noticeHours: to }, from, to, params };
};

/** F6: plans get longer where hardly any action is done by its first date. */
const longer: Rule = (meetings, norms) => {
  const actions = meetings.reduce((sum, m) => sum + m.actions, 0);
  const inTime = meetings.reduce((sum, m) => sum + m.actionsInTime, 0);
  if (actions < 3 * minSample || inTime / actions >= 0.4) return undefined;
  const from = norms.planDueWd;
  const to = from + 3;
  const params = { actions, inTimeShare: Math.round((100 * inTime) / actions) };
  return { kind: 'planDueWd', changes: { planDueWd: to }, from, to, params };
};

const rules: Rule[] = [smaller, shorter, earlier, longer];

/** What the checks of a meeting would have said under these norms. A reason over the cap, or `complex`, is not assumed. */
export function refusedUnder(m: YearFacts, norms: Norms): boolean {
  const { plannedMinutes, seats, noticeMinutes } = m;
  return (
    durationFaults({ durationMinutes: plannedMinutes }, norms).length > 0 ||
    seats > norms.participantsCap ||
    (noticeMinutes !== undefined && noticeMinutes < norms.noticeHours * 60)
  );
}

export function hintedUnder({ plannedMinutes, seats }: YearFacts, norms: Norms): boolean {
  const usual = plannedMinutes >= norms.durationMinMinutes && plannedMinutes <= norms.durationMaxMinutes;
  return !usual || seats >= norms.participantsHintFrom;
}

/** The year once more, under both norms. */
export function simulate(meetings: YearFacts[], before: Norms, after: Norms): Effect {
  const count = (test: (m: YearFacts, norms: Norms) => boolean, norms: Norms): number =>
    meetings.filter((m) => test(m, norms)).length;
  const hinted = (m: YearFacts, norms: Norms): boolean => !refusedUnder(m, norms) && hintedUnder(m, norms);
  return {
    meetings: meetings.length,
    refused: count(refusedUnder, after),
    refusedBefore: count(refusedUnder, before),
    hinted: count(hinted, after),
    hintedBefore: count(hinted, before),
  };
}
