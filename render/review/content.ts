/** R1–R3: the whole report in the order in which it is read: what matters, the numbers, what to change, how it is counted. */
import { toLocal } from '../../domain/calendar/index.js';
import type { ReviewReport } from '../../domain/review/report.js';
import type { ReviewDocument } from './document.js';
import { quarterName } from './numbers.js';
import { actions } from './parts/actions.js';
import { definitions, keyFigures, summary } from './parts/figures.js';
import { proposals, results } from './parts/proposals.js';
import { meetings, scopes } from './parts/scopes.js';
import { speaking } from './parts/speaking.js';
import { topics } from './parts/topics.js';
import { trend } from './parts/trend.js';
import type { ReviewReader, ReviewView } from './reader.js';
import { viewOf, zoneOf } from './reader.js';
import { zoneName } from '../when.js';

/** Host figures are for the host alone (R4) and stand nowhere in here. */
export function reviewDocument(report: ReviewReport, reader: ReviewReader): ReviewDocument {
  const v = viewOf(report, reader);
  const { say } = v;
  const { files } = reader;
  return {
    locale: v.locale,
    title: `${quarterName(say, report.quarter)} ${say('review.title')}`,
    heading: say('review.heading', { quarter: quarterName(say, report.quarter) }),
    period: periodOf(v),
    made: say('review.made', { at: v.when.dateTime(report.madeAt) }),
    madeAt: report.madeAt,
    confidential: say('review.confidential'),
    contents: say('review.nav.label'),
    page: (page, pages) => say('review.page', { page: String(page), pages: String(pages) }),
    links: files && [
      { text: 'PDF', href: files.pdf },
      { text: 'CSV', href: files.csv },
    ],
    sections: [summary(v), ...everythingElse(v), definitions(v)],
  };
}

/** Nothing was announced, nothing due: the summary says so and what to do, and that is all. */
function everythingElse(v: ReviewView) {
  const { now } = v.report.organisation;
  if (now.held.whole === 0 && v.report.actions.length === 0) return trend(v);
  return [
    keyFigures(v),
    ...trend(v),
    ...proposals(v),
    topics(v),
    actions(v),
    speaking(v),
    ...scopes(v),
    ...results(v),
    ...meetings(v),
  ];
}

export function periodOf({ say, when, report, locale }: ReviewView): string {
  const [from, to] = [when.date(dateOf(report, report.from)), when.date(dateOf(report, report.to - 1))];
  return say('review.period', { from, to, zone: zoneName(locale, zoneOf(report), report.from) });
}

const dateOf = (report: ReviewReport, t: number) => toLocal(zoneOf(report), t).date;
