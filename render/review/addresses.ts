/** R1: where the rows behind a number of the report are listed. */
import type { Quarter } from '../../domain/review/report.js';
import type { ListName } from '../../domain/review/figures.js';
import type { ReviewScope, RowsOf } from './reader.js';

/**
 * Beside the report, and by the same token, if there is one. `reportOf`: where a quarter's report is read; the figures of a
 * quarter without one lead nowhere.
 */
export function rowsUrl(
  rows: RowsOf,
  quarter: Quarter,
  reportOf: (quarter: Quarter) => string | undefined,
): string | undefined {
  const at = (of: Quarter, list: ListName, scope: ReviewScope = { kind: 'organisation' }): string | undefined => {
    const report = reportOf(of);
    if (report === undefined) return undefined;
    const url = new URL(report);
    url.pathname = url.pathname.replace(/\.html$/, '/rows.html');
    url.searchParams.set('figure', list);
    if (scope.kind !== 'organisation') {
      url.searchParams.set('scope', scope.kind);
      url.searchParams.set('id', scope.id);
    }
    return url.href;
  };
  switch (rows.of) {
    case 'figure':
      return at(rows.quarter, rows.figure, rows.scope);
    case 'meetings':
      return at(rows.quarter, 'held', rows.scope);
    case 'topic':
      return at(rows.quarter, 'repeatedTopics');
    case 'outcome':
      return at(rows.quarter, rows.outcome);
    case 'speaking':
      return at(quarter, 'speakingBalance');
    default:
      return undefined;
  }
}
