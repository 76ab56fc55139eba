/** A quarter's review to look at and to test with: 30 departments, 40 actions, long names; numbers by a small formula. */
import type { DepartmentId, Locale, TrackedStatus } from '../../domain/meeting/state.js';
import type { Figures } from '../../domain/review/figures.js';
import { figureKind, figureNames } from '../../domain/review/figures.js';
import type { ActionBar, MeetingLine, Quarter, ReviewReport, ScopeFigures } from '../../domain/review/report.js';
import { namesIn } from '../../render/names.js';
import type { ReviewReader, RowsOf } from '../../render/review/reader.js';

export const day = 86_400_000;
/** 1 October 2026 and 1 January 2027, 00:00 in Taipei. */
export const from = Date.UTC(2026, 8, 30, 16);
export const to = Date.UTC(2026, 11, 31, 16);
export const quarter: Quarter = '2026-Q4';

const departmentNames = [
  '研發部',
  '製造一部',
  '製造二部',
  '品質保證部',
  '採購與供應鏈管理部',
  '產品管理部',
  '資訊技術部',
  '財務部',
  '人力資源發展部',
  '國際業務拓展事業群行銷企劃處',
  '法務暨智慧財產權室',
  '客戶服務部',
  '環境安全衛生部',
  '總務部',
  '物流部',
  '業務一部',
  '業務二部',
  '業務三部',
  '公共關係部',
  '稽核室',
  '董事長室',
  '工程部',
  '設備部',
  '製程整合部',
  '可靠度實驗室',
  '軟體開發部',
  '硬體開發部',
  '機構設計部',
  '永續發展辦公室',
  'Global Supplier Quality Engineering',
];
export const departments = departmentNames.map((name, i) => ({ id: `d${i + 1}`, name }));
const personNames = [
  '王大明',
  '陳怡君',
  '林志豪',
  '張淑芬',
  '黃俊傑',
  '李雅婷',
  '吳建宏',
  '歐陽曉嵐',
  'Alexandra Papadopoulos',
];
export const people = personNames.map((name, i) => ({ id: `p${i + 1}`, name }));

/** Between 0 and 1, always the same for the same numbers. */
const chance = (a: number, b: number): number =>
  ((a * a * 7919 + b * b * 4391 + a * b * 613 + a * 31 + b * 17 + 7) % 1009) / 1009;

const shares: Partial<Record<string, number>> = {
  held: 0.94,
  lapsed: 0.04,
  emergency: 0.07,
  overCap: 0.08,
  overTime: 0.22,
  repeatedTopics: 0.14,
  plansRaised: 0.1,
  plansDone: 0.7,
};

export function figures(size: number, seed: number): Figures {
  const made = Object.fromEntries(
    figureNames.map((name, i) => {
      const whole = Math.max(1, Math.round(size * (0.6 + 0.8 * chance(seed, i))));
      const share = Math.min(1, Math.max(0, (shares[name] ?? 0.8) + (chance(seed + 3, i) - 0.5) * 0.24));
      const part = figureKind(name) === 'mean' ? whole * (3.4 + chance(seed, i + 40) * 1.3) : Math.round(whole * share);
      return [name, { part, whole }];
    }),
  ) as Figures;
  // All that was announced was held or lapsed.
  const announced = made.held.whole;
  const lapsed = Math.round(announced * 0.12 * chance(seed, 77));
  return { ...made, held: { part: announced - lapsed, whole: announced }, lapsed: { part: lapsed, whole: announced } };
}

export const noFigures = Object.fromEntries(figureNames.map((name) => [name, { part: 0, whole: 0 }])) as Figures;

const titles = [
  '新產品導入跨部門進度協調會議',
  '供應商交期與品質改善協調會議',
  '客戶退貨根因分析與預防措施週會',
  '年度產能與人力規劃協調會',
  '資訊系統升級上線準備會議',
];

const meeting = (i: number): MeetingLine => ({
  id: `m${i}`,
  title: titles[i % titles.length]!,
  startsAt: from + (2 + i * 2.4) * day + 9.5 * 3_600_000,
  department: `d${(i % 12) + 1}`,
  departments: [`d${(i % 12) + 1}`, `d${(i % 9) + 3}`],
  seriesId: `s${(i % titles.length) + 1}`,
  phase: i % 11 === 10 ? 'lapsed' : i > 30 ? 'followUp' : 'closed',
  ...(i % 11 === 10 ? {} : { survey: 3 + chance(i, 1) * 2, effectiveness: 2.8 + chance(i, 2) * 2 }),
});

const tasks = [
  '完成新模具驗收並回報品保部',
  '與供應商確認第二批交期並更新排程表',
  '提出夜班人力缺口的補足方案，含三個月的成本試算與風險評估',
  '彙整各部門對新版請購流程的意見',
  '修訂出貨檢驗標準',
  'Agree the acceptance test plan with the customer’s quality team',
];
const statuses: TrackedStatus[] = ['done', 'done', 'open', 'overdue', 'done', 'escalated', 'reported', 'cancelled'];

export function action(i: number): ActionBar {
  const status = statuses[i % statuses.length]!;
  const dueAt = from + (5 + i * 2.1) * day + 10 * 3_600_000;
  const createdAt = dueAt - (12 + chance(i, 5) * 40) * day;
  const missed = status === 'overdue' || status === 'escalated' || i % 9 === 4 ? 1 + (i % 3) : 0;
  return {
    id: `m${i % 36}-a${i}`,
    task: tasks[i % tasks.length]!,
    meetingId: `m${i % 36}`,
    owner: `p${(i % people.length) + 1}`,
    department: `d${(i % 14) + 1}`,
    status,
    createdAt,
    missed: Array.from({ length: missed }, (_, n) => dueAt - (missed - n) * 7 * day),
    dueAt,
    ...(status === 'done' ? { endedAt: dueAt - chance(i, 6) * 5 * day } : {}),
  };
}

const scope = (id: string, size: number, seed: number): ScopeFigures => ({
  id,
  now: figures(size, seed),
  ...(seed % 7 === 3 ? {} : { before: figures(size, seed + 100) }),
  ...(seed % 5 === 2 ? {} : { yearBefore: figures(size, seed + 200) }),
  meetings: Array.from({ length: 4 }, (_, i) => `m${(seed + i * 5) % 36}`),
});

const quarters: Quarter[] = ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'];

export function richReport(over: Partial<ReviewReport> = {}): ReviewReport {
  const now = figures(210, 1);
  const meetings = Array.from({ length: 36 }, (_, i) => meeting(i));
  const because = (s: number): string[] =>
    meetings
      .filter((m) => m.seriesId === `s${s}`)
      .slice(-3)
      .map((m) => m.id);
  return {
    schemaVersion: 1,
    quarter,
    from,
    to,
    timeZone: 'Asia/Taipei',
    madeAt: to + 9 * 3_600_000,
    organisation: {
      now,
      before: figures(205, 107),
      yearBefore: figures(190, 104),
      meetings: meetings.map((m) => m.id),
    },
    departments: departments.map((d, i) => scope(d.id, 40 - i, i + 10)),
    series: titles.map((title, i) => ({ ...scope(`s${i + 1}`, 12, i + 50), title })),
    hosts: [scope('p1', 12, 70), scope('p2', 10, 71)],
    trend: quarters.map((q, i) => ({
      quarter: q,
      figures:
        i === 7
          ? now
          : i === 6
            ? figures(205, 107)
            : i === 3
              ? figures(190, 104)
              : i === 1
                ? { ...figures(180, 90), effectiveness: { part: 0, whole: 0 } }
                : figures(180, 90 + i),
    })),
    outcomes: { decided: 312, informed: 120, deferred: 74, dropped: 18 },
    speaking: departments.map((d, i) => ({ department: d.id, ms: Math.round(90_000_000 / (i + 2) ** 1.3) })),
    actions: Array.from({ length: 40 }, (_, i) => action(i)),
    repeated: Array.from({ length: 5 }, (_, i) => ({
      topicId: `t${i}`,
      title: `${tasks[i]!}：第二階段`,
      times: 5 - Math.floor(i / 2),
      department: `d${i + 2}`,
      meetings: [`m${i}`, `m${i + 5}`],
    })),
    meetings,
    proposals: [
      {
        id: `${quarter}-s2-dropPeople`,
        seriesId: 's2',
        title: titles[1]!,
        change: { kind: 'dropPeople', people: ['p3', 'p5', 'p8'] },
        because: because(2),
        params: { meetings: 3 },
        score: 0.8,
      },
      {
        id: `${quarter}-s1-shorten`,
        seriesId: 's1',
        title: titles[0]!,
        change: { kind: 'shorten', fromMinutes: 90, toMinutes: 60 },
        because: because(1),
        params: { minutes: 34 },
        score: 0.7,
      },
      {
        id: `${quarter}-s3-split`,
        seriesId: 's3',
        title: titles[2]!,
        change: { kind: 'split', fromMinutes: 120, toMinutes: 60 },
        because: because(3),
        params: { minutes: 25 },
        score: 0.6,
      },
      {
        id: `${quarter}-s4-mergeTopics`,
        seriesId: 's4',
        title: titles[3]!,
        change: {
          kind: 'mergeTopics',
          topics: [
            { topicId: 't1', title: '夜班人力' },
            { topicId: 't2', title: '夜班人力補足' },
          ],
        },
        because: because(4),
        params: {},
        score: 0.5,
      },
      {
        id: `${quarter}-s5-everySecond`,
        seriesId: 's5',
        title: titles[4]!,
        change: { kind: 'everySecond' },
        because: because(5),
        params: {},
        score: 0.4,
      },
    ],
    results: [
      {
        proposalId: '2026-Q2-s3-shorten',
        seriesId: 's3',
        title: titles[2]!,
        kind: 'shorten',
        acceptedAt: from - 60 * day,
        before: { meetings: 6, effectiveness: 3.1, minutes: 88 },
        since: { meetings: 5, effectiveness: 4.02, minutes: 61 },
      },
    ],
    ...over,
  };
}

/** Nothing was announced, and nothing before. */
export const emptyReport = (): ReviewReport =>
  richReport({
    organisation: { now: noFigures, meetings: [] },
    departments: [],
    series: [],
    hosts: [],
    trend: [{ quarter, figures: noFigures }],
    outcomes: { decided: 0, informed: 0, deferred: 0, dropped: 0 },
    speaking: [],
    actions: [],
    repeated: [],
    meetings: [],
    proposals: [],
    results: [],
  });

const publicUrl = 'https://convoke.example.com';
export function address(rows: RowsOf): string {
  const { of, ...rest } = rows;
  const query = Object.entries(rest).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : Object.values(value as object).join('-'),
  ]);
  return `${publicUrl}/rows/${of}?${new URLSearchParams(query).toString()}`;
}

export const readerIn = (
  locale: Locale,
  cards: { people?: typeof people; departments?: { id: DepartmentId; name: string }[] } = {},
): ReviewReader => ({
  locale,
  names: namesIn(locale, cards.people ?? people, cards.departments ?? departments),
  links: address,
  reviewUrl: `${publicUrl}/r/review-${quarter}`,
});
