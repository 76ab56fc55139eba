/** Who reads a review: their language, names as they are now, and where the rows behind a figure are found. */
import { zoneData } from '../../domain/calendar/index.js';
import type { DepartmentId, Locale, MeetingId, Outcome } from '../../domain/meeting/state.js';
import type { FigureName } from '../../domain/review/figures.js';
import type { Quarter, ReviewReport } from '../../domain/review/report.js';
import { translator } from '../../locales/index.js';
import type { Translate } from '../../locales/index.js';
import type { Names } from '../names.js';
import { oneLine, webLink } from '../text.js';
import type { When } from '../when.js';
import { whenFor } from '../when.js';

/** Whose figures. */
export type ReviewScope = { kind: 'organisation' } | { kind: 'department' | 'series'; id: string };

/** What a number or line of the report is made of. */
export type RowsOf =
  | { of: 'figure'; figure: FigureName; scope: ReviewScope; quarter: Quarter }
  | { of: 'meetings'; scope: ReviewScope; quarter: Quarter }
  | { of: 'meeting'; meetingId: MeetingId }
  | { of: 'action'; actionId: string; meetingId: MeetingId }
  | { of: 'outcome'; outcome: Outcome; quarter: Quarter }
  | { of: 'topic'; topicId: string; quarter: Quarter }
  | { of: 'speaking'; department: DepartmentId; quarter: Quarter }
  | { of: 'proposal'; proposalId: string };

/**
 * Times are the organisation's (the report names its zone once), so that one language has one report, the same to the
 * byte for every reader.
 */
export interface ReviewReader {
  locale: Locale;
  names: Names;
  /** The address of the filtered list, or nothing where there is none; other schemes than http and https are dropped. */
  links: (rows: RowsOf) => string | undefined;
  /** Where the whole report is read. */
  reviewUrl: string;
  /** The same as files, where they are reached as the page is. */
  files?: { pdf: string; csv: string } | undefined;
}

/** The same with what every part needs at hand. */
export interface ReviewView {
  report: ReviewReport;
  locale: Locale;
  say: Translate;
  names: Names;
  when: When;
  quarter: Quarter;
  href(rows: RowsOf): { href?: string };
}

const year = 366 * 86_400_000;

export function viewOf(report: ReviewReport, { locale, names, links }: ReviewReader): ReviewView {
  const clean = (name: string): string => oneLine(name);
  return {
    report,
    locale,
    say: translator(locale),
    names: {
      person: (id) => clean(names.person(id)),
      department: (id) => clean(names.department(id)),
      people: (ids) => clean(names.people(ids)),
      departments: (ids) => clean(names.departments(ids)),
    },
    when: whenFor(locale, zoneOf(report)),
    quarter: report.quarter,
    href: (rows) => {
      const href = webLink(links(rows));
      return href === undefined ? {} : { href };
    },
  };
}

export const zoneOf = ({ timeZone, from, to }: ReviewReport) => zoneData(timeZone, from - 3 * year, to + year);
