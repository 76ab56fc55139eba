/** R3: eight quarters as lines, one small panel per figure, and the same numbers in a table. */
import type { FigureName } from '../../../domain/review/figures.js';
import { figureNames } from '../../../domain/review/figures.js';
import { trendChart } from '../charts/trend.js';
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
  const counted = report.trend.some(({ figures }) => figureNames.some((name) => figures[name].whole > 0));
  if (!counted) return [];
  const blocks: ReviewBlock[] =
    report.trend.length < 2
      ? [note(say('review.empty.trend'))]
      : [{ type: 'chart', chart: trendChart(v, trendFigures) }, trendTable(v)];
  return [{ id: 'trend', heading: say('review.section.trend'), blocks }];
}

const trendTable = ({ say, report, href }: ReviewView): ReviewBlock => ({
  type: 'table',
  label: say('review.section.trend'),
  dense: true,
  columns: [
    { label: say('review.column.quarter'), width: 1 },
    ...trendFigures.map((name) => ({ label: say(`review.figure.${name}`), end: true })),
  ],
  rows: report.trend.map(({ quarter, figures }) => [
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
