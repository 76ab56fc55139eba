/** R1: a report from the sums that the database made: here they are only put in their places. */
import type { Instant } from '../domain/calendar/index.js';
import type { Action, DepartmentId, MeetingId, Outcome, PersonId, TrackedStatus } from '../domain/meeting/state.js';
import { figureNames, type Figures } from '../domain/review/figures.js';
import { quarterBefore, sameQuarterLastYear } from '../domain/review/quarter.js';
import type {
  ActionBar,
  MeetingLine,
  Quarter,
  RepeatedTopic,
  ReviewReport,
  ScopeFigures,
} from '../domain/review/report.js';
import type { Row, Session } from './driver.js';
import type { ReviewInput } from './review-input.js';
import * as statements from './review-sql.js';

export interface ReviewSpan {
  quarter: Quarter;
  from: Instant;
  to: Instant;
}

/** As many as a page shows; the lists behind a figure have all. */
const mostBars = 60;
const mostRepeated = 100;

type Kind = 'organisation' | 'department' | 'series' | 'host';
type Sums = { quarter: Quarter; scope: Kind; id: string; figures: Figures };

/** Needs all statements to see one state of the database. */
export async function reviewOf(session: Pick<Session, 'query'>, input: ReviewInput): Promise<ReviewReport> {
  const { spans, timeZone, madeAt } = input;
  const { quarter, from, to } = spans.at(-1)!;
  const compared = [quarter, quarterBefore(quarter), sameQuarterLastYear(quarter)];
  const all = [spans.map((s) => s.quarter), spans.map((s) => s.from), spans.map((s) => s.to)];
  const now = [[quarter], [from], [to]];
  const sums = (await session.query(statements.sums.text, [...all, compared])).map(sumsOf);
  const held = (await session.query(statements.meetings.text, now)).map(meetingOf);
  const speaking = await session.query(statements.speaking.text, now);
  const bars = await session.query(statements.bars.text, [...now, mostBars]);
  const repeated = await session.query(statements.repeated.text, [...now, mostRepeated]);
  const scopes = (kind: Kind): ScopeFigures[] => scopesOf(kind, quarter, sums, held);
  return {
    schemaVersion: 1,
    quarter,
    from,
    to,
    timeZone,
    madeAt,
    organisation: scopes('organisation')[0] ?? { now: noFigures(), meetings: [] },
    departments: scopes('department'),
    series: scopes('series').map((s) => ({ ...s, title: titleOf(held, s.id) })),
    hosts: scopes('host'),
    trend: trendOf(spans, sums),
    outcomes: outcomesOf(held),
    speaking: speaking.map((row) => ({ department: String(row['department']), ms: Number(row['ms']) })),
    actions: bars.map(barOf),
    repeated: repeated.map(repeatedOf),
    meetings: held.map(({ host: _, outcomes: __, ...line }) => line),
    proposals: [],
    results: [],
  };
}

interface Meeting extends MeetingLine {
  host: PersonId;
  outcomes: Record<Outcome, number>;
}

function sumsOf(row: Row): Sums {
  const given = row['figures'] as Partial<Record<string, [number, number]>>;
  const figures = Object.fromEntries(
    figureNames.map((name) => [name, { part: given[name]?.[0] ?? 0, whole: given[name]?.[1] ?? 0 }]),
  ) as Figures;
  return { quarter: row['quarter'] as Quarter, scope: row['scope'] as Kind, id: String(row['id']), figures };
}

const noFigures = (): Figures => Object.fromEntries(figureNames.map((n) => [n, { part: 0, whole: 0 }])) as Figures;

/** Those of which there is something in the quarter; by number of meetings, most first. */
function scopesOf(kind: Kind, quarter: Quarter, sums: Sums[], held: Meeting[]): ScopeFigures[] {
  const own = sums.filter((s) => s.scope === kind);
  const of = (id: string, q: Quarter): Figures | undefined => own.find((s) => s.id === id && s.quarter === q)?.figures;
  const ids = [...new Set(own.map((s) => s.id))];
  const found = ids.flatMap((id): ScopeFigures[] => {
    const now = of(id, quarter);
    const [before, yearBefore] = [of(id, quarterBefore(quarter)), of(id, sameQuarterLastYear(quarter))];
    // The organisation has a report of a quarter without meetings, too.
    if (now === undefined && kind !== 'organisation') return [];
    const meetings = held.filter((m) => keyOf(kind, m) === id).map((m) => m.id);
    return [
      {
        ...(kind === 'organisation' ? {} : { id }),
        now: now ?? noFigures(),
        ...(before === undefined ? {} : { before }),
        ...(yearBefore === undefined ? {} : { yearBefore }),
        meetings,
      },
    ];
  });
  return found.sort((a, b) => b.meetings.length - a.meetings.length || ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
}

function keyOf(kind: Kind, { department, seriesId, host }: Meeting): string | undefined {
  return { organisation: '', department, series: seriesId, host }[kind];
}

/** A series is named as its last meeting. */
const titleOf = (held: Meeting[], id: string | undefined): string =>
  held.filter((m) => m.seriesId === id).at(-1)?.title ?? '';

/** From the first quarter on in which there was anything. */
function trendOf(spans: ReviewSpan[], sums: Sums[]): ReviewReport['trend'] {
  const all = spans.map(({ quarter }) => ({
    quarter,
    figures: sums.find((s) => s.scope === 'organisation' && s.quarter === quarter)?.figures,
  }));
  const first = all.findIndex((q) => q.figures !== undefined);
  const kept = first === -1 ? all.slice(-1) : all.slice(first);
  return kept.map(({ quarter, figures }) => ({ quarter, figures: figures ?? noFigures() }));
}

function meetingOf(row: Row): Meeting {
  const { series_id: seriesId, survey, effectiveness } = row;
  const count = (name: Outcome): number => Number(row[name]);
  return {
    id: String(row['id']),
    title: String(row['title']),
    startsAt: Number(row['starts_at']),
    department: String(row['department']),
    departments: row['departments'] as DepartmentId[],
    ...(typeof seriesId === 'string' ? { seriesId } : {}),
    phase: String(row['phase']),
    ...(survey === null ? {} : { survey: Number(survey) }),
    ...(effectiveness === null ? {} : { effectiveness: Number(effectiveness) }),
    host: String(row['host']),
    outcomes: {
      decided: count('decided'),
      informed: count('informed'),
      deferred: count('deferred'),
      dropped: count('dropped'),
    },
  };
}

function outcomesOf(held: Meeting[]): Record<Outcome, number> {
  const sum = (name: Outcome): number => held.reduce((n, m) => n + m.outcomes[name], 0);
  return { decided: sum('decided'), informed: sum('informed'), deferred: sum('deferred'), dropped: sum('dropped') };
}

function barOf(row: Row): ActionBar {
  const { task, createdAt, dueAt, dues, endedAt } = row['data'] as Action;
  return {
    id: String(row['id']),
    task,
    meetingId: String(row['meeting_id']),
    owner: String(row['owner']),
    department: String(row['department']),
    status: row['status'] as TrackedStatus,
    createdAt,
    missed: dues.filter((d) => d.missed).map((d) => d.dueAt),
    dueAt,
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

function repeatedOf(row: Row): RepeatedTopic {
  return {
    topicId: String(row['topic_id']),
    title: String(row['title']),
    times: Number(row['times']),
    department: String(row['department']),
    meetings: row['meetings'] as MeetingId[],
  };
}
