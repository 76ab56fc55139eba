/** R3: eight quarters as lines, one small panel per figure, and the same numbers in a table. */
import type { FigureName } from '../../../domain/review/figures.js';
import { figureNames } from '../../../domain/review/figures.js';
import { trendChart, type TrendQuarter } from '../charts/trend.js';
import type { ReviewBlock, ReviewSection } from '../document.js';
import { note } from '../document.js';
import { figureText, quarterShort } from '../numbers.js';
import type { ReviewView } from '../reader.js';

export const trendFigures: FigureName[] = [
  'actionCompletion',
  'repeatedTopics',
  'minutesOnTime',
  'effectiveness',
  'overTime',
  'speakingBalance',
];

export function trend(v: ReviewView): ReviewSection[] {
  const { say, report } = v;
  // An organisation that began two quarters ago has a line of two quarters.
  const first = report.trend.findIndex(({ figures }) => figureNames.some((name) => figures[name].whole > 0));
  if (first < 0) return [];
  const quarters = report.trend.slice(first);
  const blocks: ReviewBlock[] =
    quarters.length < 2
      ? [note(say('review.empty.trend'))]
      : [{ type: 'chart', chart: trendChart(v, quarters, trendFigures) }, trendTable(v, quarters)];
  return [{ id: 'trend', heading: say('review.section.trend'), blocks }];
}

const trendTable = ({ say, report, href }: ReviewView, quarters: TrendQuarter[]): ReviewBlock => ({
  type: 'table',
  label: say('review.section.trend'),
  dense: true,
  columns: [
    { label: say('review.column.quarter'), width: 1 },
    ...trendFigures.map((name) => ({ label: say(`review.figure.${name}`), end: true })),
  ],
  rows: quarters.map(({ quarter, figures }) => [
    { text: quarterShort(quarter), strong: quarter === report.quarter },
    ...trendFigures.map((name) => ({
      text: figureText(say, name, figures[name]),
      strong: quarter === report.quarter,
      ...(figures[name].whole === 0
        ? {}
        : href({ of: 'figure', figure: name, scope: { kind: 'organisation' }, quarter })),
    })),
  ]),
});
