/** R3: the quarter's actions by due date, as a Gantt chart and as a table; a slipped date stays visible. */
import type { ActionBar } from '../../../domain/review/report.js';
import { oneLine } from '../../text.js';
import { ganttChart } from '../charts/gantt.js';
import type { ReviewBlock, ReviewSection } from '../document.js';
import { note } from '../document.js';
import type { ReviewView } from '../reader.js';

/** So many rows of the chart fit a page. */
const page = 24;

export function actions(v: ReviewView): ReviewSection {
  const { say, report } = v;
  const list = byDue(report.actions);
  if (list.length === 0)
    return { id: 'actions', heading: say('review.section.actions'), blocks: [note(say('review.empty.actions'))] };
  // Parts of about the same height rather than one full and one with a single row.
  const parts = Math.ceil(list.length / page);
  const size = Math.ceil(list.length / parts);
  const charts = Array.from({ length: parts }, (_, i): ReviewBlock => ({
    type: 'chart',
    chart: ganttChart(v, list, list.slice(i * size, (i + 1) * size), i),
  }));
  const legend =
    say('review.legend.actions') +
    (list.length >= 60 ? (v.locale === 'en' ? ' ' : '') + say('review.legend.actionsCut') : '');
  return { id: 'actions', heading: say('review.section.actions'), blocks: [...charts, note(legend), tableOf(v, list)] };
}

export const byDue = (list: ActionBar[]): ActionBar[] =>
  [...list].sort((a, b) => a.dueAt - b.dueAt || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));

/** Missed dates as small marks (look.md, Actions): so many circles. */
export const missedMarks = (missed: number): string =>
  missed === 0 ? '' : missed > 5 ? `○ × ${missed}` : '○'.repeat(missed);

const tableOf = (v: ReviewView, list: ActionBar[]): ReviewBlock => ({
  type: 'table',
  label: v.say('review.section.actions'),
  dense: true,
  columns: [
    { label: v.say('review.column.task'), width: 3 },
    { label: v.say('review.column.owner'), width: 1.5 },
    { label: v.say('review.column.due'), width: 1.1, keep: true },
    { label: v.say('review.column.missed'), width: 0.8 },
    { label: v.say('review.column.status'), width: 1.6 },
  ],
  rows: list.map((action) => [
    {
      text: oneLine(action.task),
      ...v.href({ of: 'action', actionId: action.id, meetingId: action.meetingId }),
    },
    {
      text: v.names.person(action.owner),
      ...(action.department === undefined ? {} : { notes: [{ text: v.names.department(action.department) }] }),
    },
    { text: v.when.day(action.dueAt) },
    { text: missedMarks(action.missed.length) || v.say('review.nothing') },
    { text: v.say(`words.status.${action.status}`) },
  ]),
});
