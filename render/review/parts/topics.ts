/** R1, R3: what became of the topics, and which came back. */
import { oneLine } from '../../text.js';
import { outcomesChart, outcomesOf } from '../charts/outcomes.js';
import type { ReviewBlock, ReviewSection, ReviewTable } from '../document.js';
import { heading, note } from '../document.js';
import { percent } from '../numbers.js';
import type { ReviewView } from '../reader.js';

export function topics(v: ReviewView): ReviewSection {
  const { say } = v;
  const all = outcomesOf(v).reduce((sum, { count }) => sum + count, 0);
  const blocks: ReviewBlock[] =
    all === 0
      ? [note(say('review.empty.topics'))]
      : [{ type: 'pair', chart: outcomesChart(v), table: outcomesTable(v, all) }];
  return { id: 'topics', heading: say('review.section.topics'), blocks: [...blocks, ...repeated(v)] };
}

const outcomesTable = (v: ReviewView, all: number): ReviewTable => ({
  type: 'table',
  label: v.say('review.section.topics'),
  columns: [
    { label: v.say('review.column.outcome'), width: 2 },
    { label: v.say('review.column.topics'), end: true },
    { label: v.say('review.column.share'), end: true },
  ],
  rows: outcomesOf(v).map(({ outcome, count }) => [
    { text: v.say(`words.outcome.${outcome}`) },
    { text: String(count), ...(count === 0 ? {} : v.href({ of: 'outcome', outcome, quarter: v.quarter })) },
    { text: percent(count, all) },
  ]),
});

function repeated(v: ReviewView): ReviewBlock[] {
  const { say, report, names } = v;
  if (report.organisation.now.held.part === 0) return [];
  if (report.repeated.length === 0) return [heading(say('review.repeated.heading')), note(say('review.repeated.none'))];
  return [
    heading(say('review.repeated.heading')),
    {
      type: 'table',
      label: say('review.repeated.heading'),
      columns: [
        { label: say('review.column.topic'), width: 3 },
        { label: say('review.column.department'), width: 1.4 },
        { label: say('review.column.times'), width: 1, end: true },
      ],
      rows: report.repeated.map((topic) => [
        { text: oneLine(topic.title) },
        { text: topic.department === undefined ? say('review.nothing') : names.department(topic.department) },
        { text: String(topic.times), ...v.href({ of: 'topic', topicId: topic.topicId, quarter: v.quarter }) },
      ]),
    },
  ];
}
