/** E7, R3: how speaking time was shared between departments; never between persons. */
import { speakingChart } from '../charts/speaking.js';
import type { ReviewSection } from '../document.js';
import { note } from '../document.js';
import { hours, percent } from '../numbers.js';
import type { ReviewView } from '../reader.js';

export function speaking(v: ReviewView): ReviewSection {
  const { say, report } = v;
  const list = report.speaking.filter(({ ms }) => ms > 0);
  const all = list.reduce((sum, { ms }) => sum + ms, 0);
  const head = { id: 'speaking', heading: say('review.section.speaking') };
  if (all === 0) return { ...head, blocks: [note(say('review.empty.speaking'))] };
  return {
    ...head,
    blocks: [
      {
        type: 'pair',
        chart: speakingChart(v, list, all),
        table: {
          type: 'table',
          label: say('review.section.speaking'),
          columns: [
            { label: say('review.column.department'), width: 2 },
            { label: say('review.column.time'), end: true },
            { label: say('review.column.share'), end: true },
          ],
          rows: list.map(({ department, ms }) => [
            { text: v.names.department(department) },
            { text: hours(ms), ...v.href({ of: 'speaking', department, quarter: v.quarter }) },
            { text: percent(ms, all) },
          ]),
        },
      },
      note(say('review.legend.speaking')),
    ],
  };
}
