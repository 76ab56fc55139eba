/** R1: departments and series beside each other; the meetings of a small quarter by name. */
import { oneLine } from '../../text.js';
import type { ReviewSection } from '../document.js';
import { note } from '../document.js';
import type { ReviewView } from '../reader.js';
import { scopesTable } from './figures.js';

/** More are a list to filter and no longer a page to read; the CSV has all of them. */
const mostMeetings = 40;

export function scopes(v: ReviewView): ReviewSection[] {
  const { say, report } = v;
  const departments = say('review.section.departments');
  const series = say('review.section.series');
  return [
    {
      id: 'departments',
      heading: departments,
      blocks:
        report.departments.length === 0
          ? [note(say('review.empty.departments'))]
          : scopesTable(v, departments, say('review.column.department'), report.departments, 'department'),
    },
    ...(report.series.length === 0
      ? []
      : [
          {
            id: 'series',
            heading: series,
            blocks: scopesTable(v, series, say('review.column.series'), report.series, 'series'),
          },
        ]),
  ];
}

export function meetings(v: ReviewView): ReviewSection[] {
  const { say, report, when } = v;
  if (report.meetings.length === 0 || report.meetings.length > mostMeetings) return [];
  const score = (value: number | undefined): string => (value === undefined ? say('review.nothing') : value.toFixed(1));
  return [
    {
      id: 'meetings',
      heading: say('review.section.meetings'),
      blocks: [
        {
          type: 'table',
          label: say('review.section.meetings'),
          dense: true,
          columns: [
            { label: say('review.column.date'), width: 1.1, keep: true },
            { label: say('review.column.meeting'), width: 3.2 },
            { label: say('review.column.department'), width: 1.5 },
            { label: say('review.column.status'), width: 1 },
            { label: say('review.column.survey'), width: 0.8, end: true },
            { label: say('review.column.effectiveness'), width: 0.9, end: true },
          ],
          rows: report.meetings.map((m) => [
            { text: when.day(m.startsAt) },
            { text: oneLine(m.title), ...v.href({ of: 'meeting', meetingId: m.id }) },
            { text: v.names.department(m.department) },
            { text: say(`words.phase.${m.phase}`) },
            { text: score(m.survey) },
            { text: score(m.effectiveness) },
          ]),
        },
      ],
    },
  ];
}
