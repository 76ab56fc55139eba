/** R1: figures as people read them. A change is the difference of the two numbers shown, so that anybody can check it. */
import type { Figure, FigureName, Figures } from '../../domain/review/figures.js';
import { figureKind, figureSense, valueOf } from '../../domain/review/figures.js';
import type { Quarter, ScopeFigures } from '../../domain/review/report.js';
import type { Translate } from '../../locales/index.js';

export type Verdict = 'better' | 'worse' | 'plain';

/** The number that is shown: whole per cent, or one decimal of 1 to 5, as a whole number of tenths. */
export function shownUnits(name: FigureName, figure: Figure | undefined): number | undefined {
  const value = figure && valueOf(figure);
  if (value === undefined) return undefined;
  return Math.round(value * (figureKind(name) === 'share' ? 100 : 10));
}

/** `82%`, `4.2`, `–`. */
export function figureText(say: Translate, name: FigureName, figure: Figure | undefined): string {
  const units = shownUnits(name, figure);
  if (units === undefined) return say('review.nothing');
  return figureKind(name) === 'share' ? `${units}%` : (units / 10).toFixed(1);
}

/** `18 of 22`, `mean of 12`, or why there is nothing to say. */
export function wholeText(say: Translate, name: FigureName, { part, whole }: Figure): string {
  if (whole === 0) return say(`review.none.${name}`);
  return figureKind(name) === 'share'
    ? say('review.of', { part: String(part), whole: String(whole) })
    : say('review.ofMean', { count: String(whole) });
}

export interface Change {
  /** `+4`, `−0.2`, `0`. */
  number: string;
  units: number;
  verdict: Verdict;
  /** `▲ +4`: filled where it is better, hollow where it is worse, none where neither is. */
  marked: string;
}

/** Undefined where one of the two has nothing to say. */
export function changeOf(name: FigureName, now: Figure, before: Figure | undefined): Change | undefined {
  const [a, b] = [shownUnits(name, now), shownUnits(name, before)];
  if (a === undefined || b === undefined) return undefined;
  const units = a - b;
  const size = figureKind(name) === 'share' ? String(Math.abs(units)) : (Math.abs(units) / 10).toFixed(1);
  const number = units === 0 ? '0' : `${units > 0 ? '+' : '−'}${size}`;
  const verdict = verdictOf(name, units);
  return { number, units, verdict, marked: `${markOf(verdict, units)}${number}` };
}

function verdictOf(name: FigureName, units: number): Verdict {
  const sense = figureSense[name];
  if (units === 0 || sense === undefined) return 'plain';
  return units > 0 === (sense === 'more') ? 'better' : 'worse';
}

function markOf(verdict: Verdict, units: number): string {
  if (verdict === 'plain') return '';
  return verdict === 'better' ? (units > 0 ? '▲ ' : '▼ ') : units > 0 ? '△ ' : '▽ ';
}

/** `▲ +4 points, better`; without the unit where a legend has it. */
export function changeText(say: Translate, name: FigureName, change: Change, unit = true): string {
  if (change.units === 0) return say('review.same');
  const key = figureKind(name) === 'share' ? 'review.points' : 'review.score';
  const text = unit ? say(key, { change: change.marked }) : change.marked;
  if (change.verdict === 'plain') return text;
  return say('review.change.line', { change: text, verdict: say(`review.${change.verdict}`) });
}

/** As a number: for the CSV. */
export const plainValue = (figure: Figure): string => {
  const value = valueOf(figure);
  return value === undefined ? '' : String(Math.round(value * 10_000) / 10_000);
};

export const periods = ['now', 'before', 'yearBefore'] as const;
export type Period = (typeof periods)[number];
export const figuresOf = (scope: ScopeFigures, period: Period): Figures | undefined => scope[period];

const parts = (quarter: Quarter): [number, number] => [Number(quarter.slice(0, 4)), Number(quarter.slice(6))];

export function quarterOf(quarter: Quarter, period: Period): Quarter {
  const [year, q] = parts(quarter);
  if (period === 'now') return quarter;
  if (period === 'yearBefore') return `${year - 1}-Q${q as 1}`;
  return q === 1 ? `${year - 1}-Q4` : `${year}-Q${(q - 1) as 1}`;
}

export function quarterName(say: Translate, quarter: Quarter): string {
  const [year, q] = parts(quarter);
  return say('review.quarter', { year: String(year), q: String(q) });
}

/** `2026 Q4`, in every language: for axes. */
export const quarterShort = (quarter: Quarter): string => quarter.replace('-', ' ');

export const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((100 * part) / whole)}%`;

/** `3:05`: hours and minutes. */
export function hours(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
