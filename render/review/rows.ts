/** R1: what a number of the report is made of, as a page and as a sheet. */
import { toIso } from '../../domain/calendar/index.js';
import type { Instant } from '../../domain/calendar/index.js';
import type { Outcome } from '../../domain/meeting/state.js';
import { figureKind, isOutcome, type Figure, type ListName } from '../../domain/review/figures.js';
import type { ReviewReport } from '../../domain/review/report.js';
import { byteOrderMark, csvLine } from '../table/csv.js';
import { oneLine } from '../text.js';
import { periodOf } from './content.js';
import type { Cell, ReviewBlock, ReviewDocument, ReviewTable } from './document.js';
import { note, text } from './document.js';
import { figureText, quarterName, wholeText } from './numbers.js';
import type { ReviewReader, ReviewView } from './reader.js';
import { viewOf, zoneOf } from './reader.js';

/** One of the meetings, actions or topics. */
export interface RowLine {
  kind: 'meeting' | 'action' | 'topic';
  id: string;
  title: string;
  meetingId: string;
  meetingTitle: string;
  at: Instant;
  department: string;
  seriesId?: string;
  part: number;
  whole: number;
}

export interface RowsList {
  list: ListName;
  /** Whose: the organisation, a department, a series; in the reader's words. */
  scope: string;
  /** The number itself, where the report tells it. */
  told?: Figure | undefined;
  /** The reader sees some of them only. */
  isPart: boolean;
  rows: RowLine[];
  /** Back to the report, the same as a sheet. */
  links: Cell[];
}

/** As many as a page shows; the sheet has all. */
export const mostRows = 500;

export function rowsDocument(report: ReviewReport, reader: ReviewReader, shown: RowsList): ReviewDocument {
  const v = viewOf(report, reader);
  const { say } = v;
  const title = nameOf(v, shown.list);
  return {
    locale: v.locale,
    title: `${title} · ${shown.scope}`,
    heading: title,
    period: `${quarterName(say, report.quarter)} · ${periodOf(v)}`,
    made: say('review.made', { at: v.when.dateTime(report.madeAt) }),
    madeAt: report.madeAt,
    confidential: say('review.confidential'),
    contents: say('review.nav.label'),
    page: (page, pages) => say('review.page', { page: String(page), pages: String(pages) }),
    links: shown.links,
    sections: [{ id: 'rows', heading: say('review.rows.heading'), blocks: blocksOf(v, shown) }],
  };
}

const nameOf = ({ say }: ReviewView, list: ListName): string =>
  isOutcome(list) ? outcomeName(say, list) : say(`review.figure.${list}`);
const outcomeName = (say: ReviewView['say'], outcome: Outcome): string =>
  say('review.rows.outcome', { outcome: say(`words.outcome.${outcome}`) });

function blocksOf(v: ReviewView, { list, told, isPart, rows }: RowsList): ReviewBlock[] {
  const { say } = v;
  const number =
    told === undefined
      ? []
      : isOutcome(list)
        ? [text(String(told.part), true)]
        : [text(say('words.brackets', { text: figureText(say, list, told), note: wholeText(say, list, told) }), true)];
  return [
    ...number,
    ...(isOutcome(list) ? [] : [note(say(`review.definition.${list}`))]),
    ...(isPart ? [note(say('review.rows.part'))] : []),
    ...(rows.length === 0 ? [note(say('review.rows.none'))] : [tableOf(v, list, rows.slice(0, mostRows))]),
    ...(rows.length > mostRows ? [note(say('review.rows.most', { count: String(mostRows) }))] : []),
  ];
}

const first = { meeting: 'meeting', action: 'task', topic: 'topic' } as const;

function tableOf(v: ReviewView, list: ListName, rows: RowLine[]): ReviewTable {
  const { say, names, when } = v;
  const kind = rows[0]?.kind ?? 'meeting';
  return {
    type: 'table',
    label: nameOf(v, list),
    columns: [
      { label: say(`review.column.${first[kind]}`), width: 3 },
      { label: say(kind === 'action' ? 'review.column.due' : 'review.column.date'), width: 1.2, keep: true },
      { label: say('review.column.department'), width: 1.4 },
      { label: say('review.rows.counts'), end: true },
    ],
    rows: rows.map((row) => [
      {
        text: oneLine(row.title),
        ...(row.kind === 'meeting' ? {} : { notes: [{ text: oneLine(row.meetingTitle) }] }),
      },
      { text: when.day(row.at) },
      { text: names.department(row.department) },
      { text: counts(v, list, row) },
    ]),
  };
}

/** What it adds: yes or no where it is one of many, else a number. */
function counts({ say }: ReviewView, list: ListName, { part, whole }: RowLine): string {
  if (isOutcome(list) || part > whole) return String(part);
  if (figureKind(list) === 'mean') return (part / whole).toFixed(1);
  if (whole === 1) return say(part === 1 ? 'review.rows.yes' : 'review.rows.no');
  return say('review.of', { part: String(part), whole: String(whole) });
}

const columns = [
  'kind',
  'id',
  'name',
  'meetingId',
  'meeting',
  'starts',
  'department',
  'seriesId',
  'part',
  'whole',
] as const;

/** Every one of them. */
export function rowsCsv(report: ReviewReport, reader: ReviewReader, rows: RowLine[]): string {
  const v = viewOf(report, reader);
  const zone = zoneOf(report);
  const lines = rows.map((row) => [
    ...[row.kind, row.id, row.title, row.meetingId, row.meetingTitle, toIso(zone, row.at)],
    ...[v.names.department(row.department), row.seriesId, row.part, row.whole],
  ]);
  return `${byteOrderMark}${[columns.map((c) => v.say(`review.csv.${c}`)), ...lines].map(csvLine).join('')}`;
}
