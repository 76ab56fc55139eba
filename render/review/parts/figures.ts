/** R1: the headline, the whole table of figures, and how each is counted. */
import type { FigureName } from '../../../domain/review/figures.js';
import { figureNames } from '../../../domain/review/figures.js';
import type { ScopeFigures } from '../../../domain/review/report.js';
import type { Cell, ReviewBlock, ReviewSection, ReviewTable, Tile } from '../document.js';
import { note, text } from '../document.js';
import type { Period } from '../numbers.js';
import { changeOf, changeText, figuresOf, figureText, quarterOf, shownUnits, wholeText } from '../numbers.js';
import { oneLine } from '../../text.js';
import type { ReviewScope, ReviewView } from '../reader.js';

/** What an executive reads first. */
export const headline: FigureName[] = [
  'held',
  'actionCompletion',
  'repeatedTopics',
  'minutesOnTime',
  'effectiveness',
  'speakingBalance',
];

/** A change that is worth a sentence: five points of a hundred, or 0.2 of 1 to 5. */
const clear = (name: FigureName): number => (name === 'survey' || name === 'effectiveness' ? 2 : 5);

export function summary(v: ReviewView): ReviewSection {
  const { say, report } = v;
  const { now } = report.organisation;
  const head = say('review.section.summary');
  if (now.held.part === 0 && now.held.whole === 0)
    return {
      id: 'summary',
      heading: head,
      blocks: [text(say('review.summary.none'), true), text(say('review.summary.noneFirst'))],
    };
  const held = {
    announced: String(now.held.whole),
    held: String(now.held.part),
  };
  const lines = [
    say('review.summary.held', held) +
      (now.lapsed.part > 0 ? gap(v) + say('review.summary.lapsed', { count: String(now.lapsed.part) }) : ''),
    ...moved(v),
    ...(report.proposals.length > 0
      ? [say('review.summary.proposals', { count: String(report.proposals.length) })]
      : []),
  ];
  return {
    id: 'summary',
    heading: head,
    blocks: [
      ...lines.map((line, i) => text(line, i === 0)),
      { type: 'tiles', tiles: headline.map((name) => tile(v, name)) },
    ],
  };
}

const gap = ({ locale }: ReviewView): string => (locale === 'en' ? ' ' : '');

/** At most three that became clearly better, and three that became worse. */
function moved(v: ReviewView): string[] {
  const { say, report } = v;
  const { now, before } = report.organisation;
  if (before === undefined) return [say('review.summary.first')];
  const changes = figureNames
    .map((name) => ({ name, change: changeOf(name, now[name], before[name]) }))
    .flatMap(({ name, change }) => (change && Math.abs(change.units) >= clear(name) ? [{ name, change }] : []))
    .sort((a, b) => Math.abs(b.change.units) / clear(b.name) - Math.abs(a.change.units) / clear(a.name));
  const sentence = (verdict: 'better' | 'worse'): string[] => {
    const list = changes.filter((c) => c.change.verdict === verdict).slice(0, 3);
    const shown = list.map(({ name }) =>
      say('review.summary.change', {
        figure: say(`review.figure.${name}`),
        from: figureText(say, name, before[name]),
        to: figureText(say, name, now[name]),
      }),
    );
    return shown.length === 0 ? [] : [say(`review.summary.${verdict}`, { list: shown })];
  };
  const lines = [...sentence('better'), ...sentence('worse')];
  return lines.length > 0 ? lines : [say('review.summary.steady')];
}

function tile(v: ReviewView, name: FigureName): Tile {
  const { say, report } = v;
  const { now, before } = report.organisation;
  const change = changeOf(name, now[name], before?.[name]);
  return {
    label: say(`review.figure.${name}`),
    text: figureText(say, name, now[name]),
    note: wholeText(say, name, now[name]),
    ...rows(v, name, { kind: 'organisation' }, 'now'),
    ...(change === undefined
      ? {}
      : {
          change: {
            text: say('review.against.before', { change: changeText(say, name, change) }),
            verdict: change.verdict,
          },
        }),
  };
}

const rows = (v: ReviewView, figure: FigureName, scope: ReviewScope, period: Period): { href?: string } =>
  v.href({ of: 'figure', figure, scope, quarter: quarterOf(v.quarter, period) });

/** All fifteen, each against the quarter before and the same quarter last year. */
export function keyFigures(v: ReviewView): ReviewSection {
  const { say, report } = v;
  const { organisation } = report;
  const table: ReviewTable = {
    type: 'table',
    label: say('review.section.figures'),
    inline: true,
    columns: [
      { label: say('review.column.figure'), width: 1.2 },
      { label: say('review.column.now'), width: 1.1, end: true },
      { label: say('review.column.before'), width: 1.4, end: true },
      { label: say('review.column.yearBefore'), width: 1.4, end: true },
    ],
    rows: figureNames.map((name) => [
      { text: say(`review.figure.${name}`) },
      nowCell(v, name, organisation, { kind: 'organisation' }),
      pastCell(v, name, organisation, 'before'),
      pastCell(v, name, organisation, 'yearBefore'),
    ]),
  };
  const nothing = figureNames.some((name) => organisation.now[name].whole === 0);
  const absent = [
    ...(nothing ? [say('review.legend.none')] : []),
    ...(organisation.before ? [] : [say('review.noBefore')]),
    ...(organisation.yearBefore ? [] : [say('review.noYearBefore')]),
  ];
  return {
    id: 'figures',
    heading: say('review.section.figures'),
    blocks: [table, note([say('review.legend.change'), ...absent].join(gap(v)))],
  };
}

function nowCell(v: ReviewView, name: FigureName, { now }: ScopeFigures, scope: ReviewScope): Cell {
  return {
    text: figureText(v.say, name, now[name]),
    strong: true,
    notes: [{ text: wholeText(v.say, name, now[name]) }],
    ...rows(v, name, scope, 'now'),
  };
}

function pastCell(v: ReviewView, name: FigureName, scope: ScopeFigures, period: 'before' | 'yearBefore'): Cell {
  const past = figuresOf(scope, period)?.[name];
  const change = changeOf(name, scope.now[name], past);
  if (past === undefined || shownUnits(name, past) === undefined) return { text: v.say('review.nothing') };
  return {
    text: figureText(v.say, name, past),
    ...rows(v, name, { kind: 'organisation' }, period),
    ...(change === undefined
      ? {}
      : { notes: [{ text: changeText(v.say, name, change, false), verdict: change.verdict }] }),
  };
}

/** Five figures of many departments or series: below each the change against both quarters. All are in the CSV. */
export const denseFigures: FigureName[] = [
  'actionCompletion',
  'repeatedTopics',
  'minutesOnTime',
  'overTime',
  'effectiveness',
];

export function scopesTable(
  v: ReviewView,
  label: string,
  first: string,
  scopes: ScopeFigures[],
  kind: 'department' | 'series',
): ReviewBlock[] {
  const { say } = v;
  const table: ReviewTable = {
    type: 'table',
    label,
    dense: true,
    columns: [
      { label: first, width: 2.1 },
      { label: say('review.column.meetings'), width: 0.7, end: true },
      ...denseFigures.map((name) => ({ label: say(`review.short.${name}`), end: true })),
    ],
    rows: scopes.map((scope) => [
      ...firstCells(v, scope, kind),
      ...denseFigures.map((name) => denseCell(v, name, scope, kind)),
    ]),
  };
  return [table, note([say('review.legend.dense'), say('review.legend.change')].join(gap(v)))];
}

function firstCells(v: ReviewView, scope: ScopeFigures, kind: 'department' | 'series'): Cell[] {
  const id = scope.id ?? '';
  const name = kind === 'department' ? v.names.department(id) : oneLine(scope.title ?? id);
  const { part } = scope.now.held;
  return [
    { text: name },
    { text: String(part), ...v.href({ of: 'meetings', scope: { kind, id }, quarter: v.quarter }) },
  ];
}

function denseCell(v: ReviewView, name: FigureName, scope: ScopeFigures, kind: 'department' | 'series'): Cell {
  const { say } = v;
  const figure = scope.now[name];
  const past = (['before', 'yearBefore'] as const).map((period) => changeOf(name, figure, scope[period]?.[name]));
  const compared = scope.before !== undefined || scope.yearBefore !== undefined;
  const notes = past.map((change) => ({
    text: change?.marked ?? say('review.nothing'),
    ...(change ? { verdict: change.verdict } : {}),
  }));
  return {
    text: figureText(say, name, figure),
    strong: true,
    ...(compared && shownUnits(name, figure) !== undefined ? { notes } : {}),
    ...rows(v, name, { kind, id: scope.id ?? '' }, 'now'),
  };
}

export function definitions({ say }: ReviewView): ReviewSection {
  return {
    id: 'definitions',
    heading: say('review.section.definitions'),
    blocks: [
      {
        type: 'terms',
        terms: figureNames.map((name) => ({
          term: say(`review.figure.${name}`),
          text: say(`review.definition.${name}`),
        })),
      },
      note(say('review.confidential')),
    ],
  };
}
