import { beforeAll, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import type { ReviewInput } from '../../../archive/reviews.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { figureNames, type Figures } from '../../../domain/review/figures.js';
import { quarterBefore, quartersUpTo, sameQuarterLastYear, spanOf } from '../../../domain/review/quarter.js';
import type { Quarter, ScopeFigures } from '../../../domain/review/report.js';
import { taipei } from '../../support/meeting.js';
import { aState } from '../states.js';
import { describeEachArchive, rowsOf } from '../support.js';
import { organisation } from './organisation.js';
import { recompute, type Scope } from './recompute.js';

const quarter: Quarter = '2026-Q2';
const inputOf = (q: Quarter): ReviewInput => ({
  spans: quartersUpTo(q, 8).map((x) => ({ quarter: x, ...spanOf(x, taipei) })),
  timeZone: 'Asia/Taipei',
  madeAt: 1_782_867_600_000,
});

describeEachArchive('R1 review', (archive) => {
  let all: MeetingState[];
  let one: string[][] = [];
  beforeAll(async () => {
    all = organisation(420);
    for (const state of all) await archive().view.write({ state, audit: [] });
  }, 120_000);

  const same = (figures: Figures | undefined, q: Quarter, scope: Scope): void => {
    const { from, to } = spanOf(q, taipei);
    const expected = recompute(all, from, to, scope, one);
    const nothing = figureNames.every((name) => expected[name][1] === 0);
    if (nothing && figures === undefined) return;
    const told = Object.fromEntries(figureNames.map((n) => [n, [round(figures![n].part), figures![n].whole]]));
    expect([q, scope, told]).toEqual([
      q,
      scope,
      Object.fromEntries(figureNames.map((n) => [n, [round(expected[n][0]), expected[n][1]]])),
    ]);
  };
  const round = (x: number): number => Math.round(x * 1e6) / 1e6;
  const three = (s: ScopeFigures | undefined, scope: Scope): void => {
    same(s?.now, quarter, scope);
    same(s?.before, quarterBefore(quarter), scope);
    same(s?.yearBefore, sameQuarterLastYear(quarter), scope);
  };

  test('every figure of every scope is what counting the meetings one by one gives', async () => {
    const report = await archive().reviews.soFar(inputOf(quarter));
    three(report.organisation, {});
    for (const d of ['d1', 'd2', 'd3', 'd4'])
      three(
        report.departments.find((s) => s.id === d),
        { department: d },
      );
    for (const s of ['s1', 's2', 's3'])
      three(
        report.series.find((x) => x.id === s),
        { series: s },
      );
    for (const h of ['p2', 'p6', 'p8'])
      three(
        report.hosts.find((x) => x.id === h),
        { host: h },
      );
    expect(report.trend.map((t) => t.quarter)).toEqual(quartersUpTo(quarter, 8));
    for (const t of report.trend) same(t.figures, t.quarter, {});
    // An organisation in which nothing happens would prove nothing.
    for (const name of figureNames) {
      const { part, whole } = report.organisation.now[name];
      expect([name, part > 0, whole > part || name === 'survey' || name === 'effectiveness']).toEqual([
        name,
        true,
        true,
      ]);
    }
  });

  test('the lists of the report: meetings, outcomes, speaking, bars, topics that came back', async () => {
    const report = await archive().reviews.soFar(inputOf(quarter));
    const { from, to } = spanOf(quarter, taipei);
    const counted = all.filter(
      (m) =>
        !m.confidential &&
        from <= m.startsAt &&
        m.startsAt < to &&
        m.publishedAt !== undefined &&
        (m.openedAt !== undefined || m.phase === 'lapsed'),
    );
    expect(report.meetings.map((m) => m.id).sort()).toEqual(counted.map((m) => m.id).sort());
    expect(report.organisation.meetings).toEqual(report.meetings.map((m) => m.id));
    const decided = counted.flatMap((m) => m.agenda.filter((t) => !t.confidential && t.outcome === 'decided'));
    expect(report.outcomes.decided).toBe(decided.length);
    expect(report.actions.length).toBeGreaterThan(5);
    expect(report.actions.length).toBeLessThanOrEqual(60);
    expect(report.actions.map((a) => a.dueAt)).toEqual(report.actions.map((a) => a.dueAt).sort((a, b) => a - b));
    for (const bar of report.actions) {
      const m = all.find((x) => x.id === bar.meetingId)!;
      const a = m.actions.find((x) => x.id === bar.id)!;
      expect(m.confidential).toBeUndefined();
      expect(bar.missed).toEqual(a.dues.map((d) => d.dueAt));
    }
    expect(report.repeated.length).toBeGreaterThan(0);
    for (const topic of report.repeated) {
      expect(topic.times).toBe(topic.meetings.length);
      expect(topic.times).toBeGreaterThan(1);
    }
    const ms = report.speaking.map((s) => s.ms);
    expect(ms).toEqual([...ms].sort((a, b) => b - a));
  });

  test('R2 topics that were said to be one count as one, however many steps apart, and until that is taken back', async () => {
    const last: Quarter = '2026-Q3';
    const { from, to } = spanOf(last, taipei);
    const figure = async () => (await archive().reviews.soFar(inputOf(last))).organisation.now.repeatedTopics;
    const before = await figure();
    const held = all.filter((m) => !m.confidential && m.openedAt !== undefined && m.publishedAt !== undefined);
    const topicsOf = (some: MeetingState[]): string[] =>
      some.flatMap((m) => m.agenda.filter((t) => !t.confidential).map((t) => t.topicId));
    const everywhere = topicsOf(all);
    /** On one agenda and no other. */
    const single = (some: MeetingState[]): string[] =>
      topicsOf(some).filter((id) => everywhere.filter((x) => x === id).length === 1);
    const fresh = single(held.filter((m) => from <= m.startsAt && m.startsAt < to));
    const [a, b, c, d] = fresh as [string, string, string, string];
    const [x, y, z] = single(held.filter((m) => m.startsAt < from)) as [string, string, string];
    const say = (p: string, q: string, same = true) =>
      archive().repeats.say({ ...(p < q ? { a: p, b: q } : { a: q, b: p }), same, at: 1 });
    // A chain of three steps, a pair in the quarter itself, and one that is said to be another.
    for (const [p, q] of [
      [a, x],
      [x, y],
      [y, b],
      [c, d],
    ] as const)
      await say(p, q);
    await say(fresh[4]!, z, false);
    one = [
      [a, x, y, b],
      [c, d],
    ];
    const report = await archive().reviews.soFar(inputOf(last));
    same(report.organisation.now, last, {});
    for (const t of report.trend) same(t.figures, t.quarter, {});
    const linked = report.organisation.now.repeatedTopics;
    expect([linked.whole, linked.part > before.part]).toEqual([before.whole, true]);
    const found = report.repeated.filter((t) => [a, b, x, y].includes(t.topicId));
    expect(found).toHaveLength(1);
    expect(found[0]!.times).toBe(new Set(found[0]!.meetings).size);
    for (const [p, q] of [
      [a, x],
      [x, y],
      [y, b],
      [c, d],
    ] as const)
      await archive().repeats.takeBack(...(p < q ? ([p, q] as const) : ([q, p] as const)));
    one = [];
    expect(await figure()).toEqual(before);
  });

  test('made twice, and after everything has changed, it is the same to the byte; its rows add up to its figures', async () => {
    const made = await archive().reviews.make(inputOf(quarter));
    await archive().view.write({
      state: { ...all.find((m) => m.phase === 'closed')!, revision: 99, effectiveness: 1 },
      audit: [],
    });
    const again = await archive().reviews.make({ ...inputOf(quarter), madeAt: 1 });
    expect(JSON.stringify(again)).toBe(JSON.stringify(made));
    expect(JSON.stringify(await archive().reviews.find(quarter))).toBe(JSON.stringify(made));
    expect(await archive().reviews.list()).toEqual([{ quarter, madeAt: made.madeAt }]);
    for (const figure of figureNames) {
      const list = { figure, scope: 'organisation' as const, limit: 50 };
      let rows = await archive().reviews.rows(quarter, list);
      const found = [...rows.items];
      while (rows.next !== undefined) {
        rows = await archive().reviews.rows(quarter, { ...list, cursor: rows.next });
        found.push(...rows.items);
      }
      const sum = (of: 'part' | 'whole'): number => round(found.reduce((total, r) => total + r[of], 0));
      const { part, whole } = made.organisation.now[figure];
      expect([figure, sum('part'), sum('whole')]).toEqual([figure, round(part), whole]);
      expect(new Set(found.map((r) => `${r.id} ${r.meetingId}`)).size).toBe(found.length);
    }
  });

  test('two processes that make it at once make one', async () => {
    const q: Quarter = '2026-Q1';
    const made = await Promise.allSettled([1, 2, 3].map((madeAt) => archive().reviews.make({ ...inputOf(q), madeAt })));
    const kept = (await archive().reviews.find(q))!;
    for (const m of made) if (m.status === 'fulfilled') expect(m.value).toEqual(kept);
    const [count] = await rowsOf(
      archive(),
      sql`select count(*)::int as n from record.review_rows where quarter = ${q} and figure = 'held'`,
    );
    expect(count!['n']).toBe(kept.organisation.now.held.whole);
  });

  test('H10 rows are told to whom they are for, and what became confidential since to nobody', async () => {
    const base = { figure: 'held' as const, scope: 'organisation' as const, limit: 200 };
    const everything = (await archive().reviews.rows(quarter, base)).items;
    const ofHead = { ...base, visibleTo: { departments: ['d2'], people: ['nobody'] } };
    const own = (await archive().reviews.rows(quarter, ofHead)).items;
    expect(own).toEqual(everything.filter((r) => r.department === 'd2'));
    const outside = { ...base, visibleTo: { departments: [], people: ['p11'] } };
    expect((await archive().reviews.rows(quarter, outside)).items).toEqual([]);
    const part = { ...base, visibleTo: { departments: [], people: ['p9'] } };
    expect((await archive().reviews.rows(quarter, part)).items).toEqual(everything);
    const secret = all.find((m) => m.id === everything[0]!.meetingId)!;
    await archive().view.write({ state: { ...secret, revision: 100, confidential: true }, audit: [] });
    expect((await archive().reviews.rows(quarter, base)).items).toEqual(everything.slice(1));
  });
});

describeEachArchive('R1 review of nothing', (archive) => {
  test('a quarter without a meeting has a report, too', async () => {
    await archive().view.write({ state: aState({ phase: 'notice' }), audit: [] });
    const report = await archive().reviews.make(inputOf('2025-Q3'));
    expect(report.organisation).toEqual({ now: report.organisation.now, meetings: [] });
    expect(report.organisation.now.held).toEqual({ part: 0, whole: 0 });
    expect(report.trend).toHaveLength(1);
  });
});
