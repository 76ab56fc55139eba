/** R3: the report by mail: the button first, the figures of the reader's part, and what waits for the reader. */
import type { DepartmentId } from '../../domain/meeting/state.js';
import type { FigureName } from '../../domain/review/figures.js';
import { figureNames } from '../../domain/review/figures.js';
import type { Proposal } from '../../domain/review/proposals.js';
import type { ActionBar, ReviewReport, ScopeFigures } from '../../domain/review/report.js';
import type { Block, Item, MailDocument, Section } from '../document.js';
import { items, note, table } from '../document.js';
import type { RenderedMail } from '../mail/index.js';
import { rendered } from '../mail/rendered.js';
import { oneLine, shortened } from '../text.js';
import { outcomesOf } from './charts/outcomes.js';
import { periodOf } from './content.js';
import { changeOf, figureText, percent, quarterName, wholeText } from './numbers.js';
import { byDue, missedMarks } from './parts/actions.js';
import { headline, summary } from './parts/figures.js';
import { changeSentence, reason } from './parts/proposals.js';
import type { ReviewReader, ReviewScope, ReviewView } from './reader.js';
import { viewOf } from './reader.js';

/** The organisation for executives; for a head the departments that are theirs; none: series that the reader organises. */
export type MailScope = 'organisation' | DepartmentId[];

const most = 8;

export function reviewMail(
  report: ReviewReport,
  scope: MailScope,
  reader: ReviewReader,
): Omit<RenderedMail, 'invitation'> {
  const v = viewOf(report, reader);
  return rendered(mailOf(v, scope, reader.reviewUrl), v.locale);
}

function mailOf(v: ReviewView, scope: MailScope, reviewUrl: string): MailDocument {
  const { say, report, names } = v;
  const whole = scope === 'organisation';
  const part = whole
    ? say('review.organisation')
    : scope.length === 0
      ? say('review.mail.yourSeries')
      : names.departments(scope);
  const [year, q] = report.quarter.split('-Q');
  const quarter = quarterName(say, report.quarter);
  return {
    subject: oneLine(say('subject.quarterlyReport', { year: year ?? '', q: q ?? '', scope: shortened(part, 80) })),
    title: `${quarter} ${say('review.title')}`,
    when: [periodOf(v)],
    wanted: wantedOf(v, scope, quarter, part),
    buttons: [{ label: say('review.mail.button'), url: reviewUrl }],
    facts: [],
    sections: [
      ...figureSections(v, scope),
      ...proposalSection(v, scope),
      ...outcomeSection(v, scope),
      ...actionSection(v, scope),
    ],
    footer: [
      say('review.mail.definitions'),
      say('review.confidential'),
      say(scope.length === 0 ? 'review.mail.footerSeries' : 'review.mail.footer'),
      say('mail.footer.personal'),
    ],
  };
}

function wantedOf(v: ReviewView, scope: MailScope, quarter: string, part: string): string[] {
  const { say } = v;
  const ready = say('review.mail.wanted', { quarter });
  if (scope === 'organisation') return [ready, ...sentences(v)];
  if (scope.length === 0) return [say('review.mail.series'), ready];
  return [ready + (v.locale === 'en' ? ' ' : '') + say('review.mail.part', { names: part })];
}

/** What the report itself says first. */
const sentences = (v: ReviewView): string[] => summary(v).blocks.flatMap((b) => (b.type === 'text' ? [b.text] : []));

function figureSections(v: ReviewView, scope: MailScope): Section[] {
  const { say, report, names } = v;
  const heading = say('review.mail.figures');
  if (scope === 'organisation') {
    // The summary says already that there was nothing.
    if (report.organisation.now.held.whole === 0) return [];
    return [
      {
        heading,
        blocks: [
          figureTable(v, report.organisation, figureNames, { kind: 'organisation' }),
          note(say('review.legend.change')),
        ],
      },
    ];
  }
  return scope.map((id) => {
    const own = report.departments.find((d) => d.id === id);
    const of = scope.length === 1 ? heading : say('words.brackets', { text: heading, note: names.department(id) });
    if (own === undefined) return { heading: of, blocks: [note(say('review.empty.departments'))] };
    return {
      heading: of,
      blocks: [
        figureTable(v, own, scope.length > 1 ? headline : figureNames, { kind: 'department', id }),
        note(say('review.legend.change')),
      ],
    };
  });
}

/** R1: each figure leads to the rows that it is made of. */
function figureTable(v: ReviewView, scope: ScopeFigures, list: readonly FigureName[], of: ReviewScope): Block {
  const { say, quarter } = v;
  const urls = list.map((figure) => v.href({ of: 'figure', figure, scope: of, quarter }).href);
  const columns = [
    { label: say('review.column.figure') },
    { label: say('review.column.now'), end: true },
    { label: say('review.column.before'), end: true },
    { label: say('review.column.change'), end: true },
  ];
  return table(
    columns,
    list.map((name) => {
      const [now, before] = [scope.now[name], scope.before?.[name]];
      const change = changeOf(name, now, before);
      return [
        say(`review.figure.${name}`),
        now.whole === 0
          ? `${say('review.nothing')}\n${wholeText(say, name, now)}`
          : say('words.brackets', { text: figureText(say, name, now), note: wholeText(say, name, now) }),
        figureText(say, name, before),
        change === undefined ? say('review.nothing') : change.units === 0 ? say('review.same') : change.marked,
      ];
    }),
    { column: 1, urls },
  );
}

/** Of a head's departments: the series that one of them leads. What waits for the reader has a link, and comes first. */
function proposalSection(v: ReviewView, scope: MailScope): Section[] {
  const { say, report } = v;
  const hrefOf = ({ id }: Proposal): string | undefined => v.href({ of: 'proposal', proposalId: id }).href;
  const known = report.proposals.filter(
    (p) => scope === 'organisation' || hrefOf(p) !== undefined || concerns(report, p, scope),
  );
  const list = [...known.filter((p) => hrefOf(p) !== undefined), ...known.filter((p) => hrefOf(p) === undefined)];
  const [first] = list;
  if (first === undefined) return [];
  const heading = say(hrefOf(first) === undefined ? 'review.section.proposals' : 'review.mail.proposals');
  const shown = list.slice(0, most).map((proposal): Item => {
    const href = hrefOf(proposal);
    return {
      title: oneLine(proposal.title),
      body: changeSentence(v, proposal),
      notes: [reason(v, proposal)],
      ...(href === undefined ? {} : { link: { label: say('review.proposal.decide'), url: href } }),
    };
  });
  return [{ heading, blocks: [items(shown), ...more(v, list.length)] }];
}

function concerns(report: ReviewReport, { because }: Proposal, scope: DepartmentId[]): boolean {
  const evidence = new Set(because);
  return report.meetings.some((m) => evidence.has(m.id) && scope.includes(m.department));
}

const more = ({ say }: ReviewView, count: number): Block[] =>
  count > most ? [note(say('review.mail.more', { count: String(count - most) }))] : [];

/** The pie in words, with bars that need no picture. */
function outcomeSection(v: ReviewView, scope: MailScope): Section[] {
  const { say } = v;
  const list = outcomesOf(v);
  const all = list.reduce((sum, { count }) => sum + count, 0);
  if (scope !== 'organisation' || all === 0) return [];
  const columns = [
    { label: say('review.column.outcome') },
    { label: say('review.column.topics'), end: true },
    { label: say('review.column.share'), width: 2 },
  ];
  const urls = list.map(({ outcome, count }) =>
    count === 0 ? undefined : v.href({ of: 'outcome', outcome, quarter: v.quarter }).href,
  );
  const rows = list.map(({ outcome, count }) => [
    say(`words.outcome.${outcome}`),
    String(count),
    `${percent(count, all)} ${'█'.repeat(Math.round((12 * count) / all))}`.trim(),
  ]);
  return [{ heading: say('review.mail.outcomes'), blocks: [table(columns, rows, { column: 1, urls })] }];
}

/** The Gantt chart in words: what slipped, with its dates. */
function actionSection(v: ReviewView, scope: MailScope): Section[] {
  const { say, report } = v;
  const own = byDue(report.actions).filter(
    (a) => scope === 'organisation' || (a.department !== undefined && scope.includes(a.department)),
  );
  if (own.length === 0) return [];
  const late = own.filter((a) => a.status === 'overdue' || a.status === 'escalated');
  const blocks =
    late.length === 0
      ? [note(say('review.mail.actionsDone'))]
      : [items(late.slice(0, most).map((a) => actionItem(v, a))), ...more(v, late.length)];
  return [{ heading: say('review.mail.actions'), blocks }];
}

function actionItem(v: ReviewView, action: ActionBar): Item {
  const { say, names, when } = v;
  const { href } = v.href({ of: 'action', actionId: action.id, meetingId: action.meetingId });
  const marks = missedMarks(action.missed.length);
  const dates = action.missed.map((t) => when.day(t)).join(say('words.comma'));
  return {
    title: oneLine(action.task),
    exact: true,
    aside: say(`words.status.${action.status}`),
    notes: [
      [
        names.person(action.owner),
        ...(action.department === undefined ? [] : [names.department(action.department)]),
        say('review.mail.due', { due: when.day(action.dueAt) }),
      ].join(' · '),
      ...(marks === '' ? [] : [say('words.brackets', { text: say('review.mail.marks', { marks }), note: dates })]),
    ],
    ...(href === undefined ? {} : { link: { label: say('review.mail.action'), url: href } }),
  };
}
