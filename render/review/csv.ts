/** R1: every figure of every scope and period as a row, then the meetings: those behind each scope, and each with its scores. */
import { toIso } from '../../domain/calendar/index.js';
import type { Quarter, ReviewReport, ScopeFigures } from '../../domain/review/report.js';
import { figureNames } from '../../domain/review/figures.js';
import { byteOrderMark, csvLine } from '../table/csv.js';
import { periods, plainValue, quarterOf } from './numbers.js';
import type { ReviewReader, ReviewView } from './reader.js';
import { viewOf, zoneOf } from './reader.js';

type Row = Partial<Record<(typeof columns)[number], string | number>>;
const columns = [
  'kind',
  'scope',
  'id',
  'name',
  'figure',
  'label',
  'period',
  'quarter',
  'part',
  'whole',
  'value',
  'starts',
  'phase',
  'meetings',
] as const;
interface Scope {
  scope: 'organisation' | 'department' | 'series' | 'trend';
  id: string;
  name: string;
  figures: ScopeFigures;
}

/** Hosts' figures are not in it (R4). */
export function reviewCsv(report: ReviewReport, reader: ReviewReader): string {
  const v = viewOf(report, reader);
  const scopes = scopesOf(v);
  const rows = [...scopes.flatMap((scope) => figureRows(v, scope)), ...trendRows(v), ...meetingRows(v)];
  const lines = [columns.map((c) => v.say(`review.csv.${c}`)), ...rows.map((row) => columns.map((c) => row[c]))];
  return `${byteOrderMark}${lines.map(csvLine).join('')}`;
}

function scopesOf({ report, say, names }: ReviewView): Scope[] {
  return [
    { scope: 'organisation', id: '', name: say('review.organisation'), figures: report.organisation },
    ...report.departments.map((figures): Scope => ({
      scope: 'department',
      id: figures.id ?? '',
      name: names.department(figures.id ?? ''),
      figures,
    })),
    ...report.series.map((figures): Scope => ({
      scope: 'series',
      id: figures.id ?? '',
      name: figures.title ?? '',
      figures,
    })),
  ];
}

/** The meetings behind a scope stand with each figure of this quarter; of earlier ones the report keeps numbers only. */
function figureRows({ say, quarter }: ReviewView, { scope, id, name, figures }: Scope): Row[] {
  return periods.flatMap((period) => {
    const of = figures[period];
    if (of === undefined) return [];
    return figureNames.map((figure) => ({
      kind: 'figure',
      scope,
      id,
      name,
      figure,
      label: say(`review.figure.${figure}`),
      period,
      quarter: quarterOf(quarter, period),
      part: number(of[figure].part),
      whole: of[figure].whole,
      value: plainValue(of[figure]),
      meetings: period === 'now' ? figures.meetings.join(' ') : '',
    }));
  });
}

/** The quarters of the trend that are not there already. */
function trendRows({ report, say }: ReviewView): Row[] {
  const there = new Set<Quarter>(
    periods.filter((p) => report.organisation[p]).map((p) => quarterOf(report.quarter, p)),
  );
  return report.trend
    .filter(({ quarter }) => !there.has(quarter))
    .flatMap(({ quarter, figures }) =>
      figureNames.map((figure) => ({
        kind: 'figure',
        scope: 'organisation',
        name: say('review.organisation'),
        figure,
        label: say(`review.figure.${figure}`),
        period: 'trend',
        quarter,
        part: number(figures[figure].part),
        whole: figures[figure].whole,
        value: plainValue(figures[figure]),
      })),
    );
}

function meetingRows({ report, names }: ReviewView): Row[] {
  const zone = zoneOf(report);
  return report.meetings.flatMap((m): Row[] => {
    const line: Row = {
      kind: 'meeting',
      scope: m.seriesId === undefined ? 'department' : 'series',
      id: m.id,
      name: m.title,
      label: names.department(m.department),
      quarter: report.quarter,
      starts: toIso(zone, m.startsAt),
      phase: m.phase,
      meetings: m.id,
    };
    const scores = (['survey', 'effectiveness'] as const).filter((figure) => m[figure] !== undefined);
    return scores.length === 0 ? [line] : scores.map((figure) => ({ ...line, figure, value: number(m[figure] ?? 0) }));
  });
}

/** Sums of means have a long tail of binary digits. */
const number = (value: number): number => Math.round(value * 10_000) / 10_000;
