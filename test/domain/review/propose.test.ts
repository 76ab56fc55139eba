/** R2: what is proposed about series, and what accepting it makes of them. */
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { createMeeting } from '../../../domain/meeting/create.js';
import { defaultNorms } from '../../../domain/norms.js';
import { propose } from '../../../domain/review/propose.js';
import type { HeldFacts } from '../../../domain/review/propose.js';
import { resultOf } from '../../../domain/review/results.js';
import { changedSeries, secondOfSplit } from '../../../domain/review/series-change.js';
import { meetingOf, zoneOf } from '../../../domain/series/plan.js';
import type { MeetingTemplate, SeriesPlan } from '../../../domain/series/plan.js';
import { at, taiwan } from '../../support/meeting.js';

const seat = (person: string, department: string, more = {}) => ({
  person,
  department,
  role: 'core' as const,
  ...more,
});
const topic = (title: string, minutes: number, more = {}) => ({ title, minutes, priority: 1, ...more });
const aPlan = (template: Partial<MeetingTemplate> = {}): SeriesPlan => ({
  id: 's1',
  rule: {
    pattern: { every: 'week', interval: 1, weekdays: [2] },
    time: '09:30',
    starts: '2026-01-06',
    onDayOff: 'next',
    skips: [],
    moves: [],
  },
  timeZone: 'Asia/Taipei',
  leadDays: 7,
  publish: 'host',
  publishDaysBefore: 5,
  paused: false,
  template: {
    kind: 'regular',
    title: '產銷週會',
    goal: '確認產銷',
    issueKind: 'progress',
    durationMinutes: 60,
    initiator: { department: 'd1', person: 'p1' },
    participants: [
      seat('p1', 'd1', { role: 'head' }),
      seat('p2', 'd2', { role: 'head' }),
      seat('p3', 'd2'),
      seat('p4', 'd3', { key: true }),
      seat('p5', 'd4'),
    ],
    supportDepartments: [],
    agenda: [topic('產量', 20), topic('交期', 20, { presenter: 'p1' })],
    locale: 'zh-TW',
    ...template,
  },
});
const held = (n: number, more: Partial<HeldFacts> = {}): HeldFacts => ({
  meetingId: `m${n}`,
  startsAt: n,
  createdAt: n - 0.5,
  seats: 5,
  plannedMinutes: 60,
  minutes: 60,
  overMinutes: 0,
  topics: 2,
  carriedTopics: 0,
  decided: 2,
  actions: 2,
  silent: [],
  unfinished: [],
  ...more,
});
const three = (more: Partial<HeldFacts> = {}): HeldFacts[] => [1, 2, 3].map((n) => held(n, more));
const proposed = (plan: SeriesPlan, list: HeldFacts[]) =>
  propose([{ plan, held: list }], '2026-Q1', defaultNorms).map((p) => p.change);

describe('R2 what is proposed', () => {
  test('R2 who neither spoke nor voted three times leaves; key people, the last head and presenters stay', () => {
    const silent = ['p1', 'p2', 'p3', 'p4', 'p5'];
    expect(proposed(aPlan(), three({ silent }))).toEqual([{ kind: 'dropPeople', people: ['p3', 'p5'] }]);
    expect(proposed(aPlan(), [...three({ silent }).slice(0, 2), held(3, { silent: ['p5'] })])).toEqual([
      { kind: 'dropPeople', people: ['p5'] },
    ]);
    const two = { participants: [seat('p1', 'd1'), seat('p2', 'd2'), seat('p3', 'd3')], agenda: [] };
    expect(proposed(aPlan(two), three({ silent: ['p2', 'p3'] }))).toEqual([{ kind: 'dropPeople', people: ['p2'] }]);
  });

  test('R2 ended early three times: shorter, as far as the agenda allows; over three times: two of half the agenda', () => {
    expect(proposed(aPlan(), three({ overMinutes: -25 }))).toEqual([
      { kind: 'shorten', fromMinutes: 60, toMinutes: 50 },
    ]);
    expect(proposed(aPlan({ agenda: [topic('x', 10)] }), three({ overMinutes: -25 }))).toEqual([
      { kind: 'shorten', fromMinutes: 60, toMinutes: 35 },
    ]);
    expect(proposed(aPlan(), [...three({ overMinutes: -25 }).slice(0, 2), held(3, { overMinutes: -5 })])).toEqual([]);
    expect(proposed(aPlan(), three({ overMinutes: -25, plannedMinutes: 90 }))).toEqual([]);
    expect(proposed(aPlan(), three({ overMinutes: 20 }))).toEqual([{ kind: 'split', fromMinutes: 60, toMinutes: 40 }]);
  });

  test('R2 topics that no meeting ends are held as one; hardly any outcome: every second date', () => {
    const unfinished = [
      { topicId: 't1', title: '產量' },
      { topicId: 't2', title: '交期 ' },
    ];
    expect(proposed(aPlan(), three({ unfinished }))).toEqual([
      {
        kind: 'mergeTopics',
        topics: [
          { topicId: 't1', title: '產量' },
          { topicId: 't2', title: '交期' },
        ],
      },
    ]);
    expect(proposed(aPlan(), three({ decided: 0, actions: 0 }))).toEqual([{ kind: 'everySecond' }]);
    expect(proposed(aPlan(), three().slice(1))).toEqual([]);
    expect(proposed(aPlan({ confidential: true }), three({ decided: 0, actions: 0 }))).toEqual([]);
  });

  test('R2 the worst series comes first, each with what says so, under the same id each time', () => {
    const poor = { plan: { ...aPlan(), id: 's2' }, held: three({ decided: 0, actions: 0, effectiveness: 1.5 }) };
    const fair = { plan: aPlan(), held: three({ decided: 0, actions: 0, effectiveness: 4.5 }) };
    const found = propose([fair, poor], '2026-Q1', defaultNorms);
    expect(found.map((p) => p.id)).toEqual(['2026-Q1-s2-everySecond', '2026-Q1-s1-everySecond']);
    expect(found[0]).toMatchObject({
      because: ['m1', 'm2', 'm3'],
      becauseAt: [1, 2, 3].map((n) => held(n).startsAt),
      params: { meetings: 3, decided: 0, actions: 0 },
    });
    expect(propose([poor, fair], '2026-Q1', defaultNorms)).toEqual(found);
  });

  test('R2 what came of it: means before, and of meetings made since', () => {
    const [proposal] = propose([{ plan: aPlan(), held: three({ overMinutes: -25 }) }], '2026-Q1', defaultNorms);
    const list = [
      held(1, { effectiveness: 2 }),
      held(2, { effectiveness: 3 }),
      held(9, { effectiveness: 4, minutes: 45 }),
    ];
    expect(resultOf(proposal!, 5, list)).toMatchObject({
      kind: 'shorten',
      before: { meetings: 2, effectiveness: 2.5, minutes: 60 },
      since: { meetings: 1, effectiveness: 4, minutes: 45 },
    });
    expect(resultOf(proposal!, 10, []).since).toEqual({ meetings: 0 });
  });
});

describe('R2 what accepting makes of a series', () => {
  const now = at('2026-03-02', '08:00');
  const makes = (plan: SeriesPlan): string[] => {
    const o = { key: '2026-03-10', date: '2026-03-10', startsAt: at('2026-03-10', '09:30') };
    const context = {
      now,
      norms: defaultNorms,
      calendar: taiwan,
      zone: zoneOf(plan, now),
      by: { via: 'engine' as const },
    };
    createMeeting(meetingOf(plan, o, 'aaaabbbbccccdddd', 'p1'), context);
    return plan.template.agenda.map((t) => t.title);
  };
  const aTemplate = fc
    .record({
      minutes: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 5 }),
      spare: fc.integer({ min: 0, max: 60 }),
      people: fc.integer({ min: 2, max: 8 }),
      open: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
      owners: fc.array(fc.nat(4), { maxLength: 3 }),
    })
    .map(({ minutes, spare, people, open, owners }): Partial<MeetingTemplate> => {
      const agenda = minutes.map((m, i) => topic(`t${i}`, m, { priority: 1 + (i % 2) }));
      const sum = minutes.reduce((a, b) => a + b, 0) + (open ?? 10);
      const own = owners.flatMap((i) => agenda[i]?.title ?? []);
      return {
        agenda,
        complex: true,
        durationMinutes: Math.min(240, Math.max(30, Math.ceil((sum + 15 + spare) / 5) * 5)),
        ...(open === undefined ? {} : { openDiscussionMinutes: open }),
        participants: Array.from({ length: people }, (_, i) =>
          seat(`p${i + 1}`, `d${i % 3}`, { role: i % 2 ? 'core' : 'head', ...(i === 0 ? { topics: own } : {}) }),
        ),
      };
    });
  const aHistory = fc.record({
    overMinutes: fc.integer({ min: -60, max: 60 }),
    silent: fc.subarray(['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8']),
    decided: fc.nat(1),
    actions: fc.nat(1),
    unfinished: fc
      .subarray(['t0', 't1', 't2', 't3'])
      .map((titles) => titles.map((title) => ({ topicId: title, title }))),
  });

  test('R2 accepting never yields a series whose meetings the rules refuse, and loses no topic', () => {
    fc.assert(
      fc.property(aTemplate, aHistory, (template, facts) => {
        const plan = aPlan(template);
        const before = makes(plan);
        const list = three({ ...facts, plannedMinutes: plan.template.durationMinutes });
        for (const change of proposed(plan, list)) {
          const next = changedSeries(plan, change, defaultNorms);
          expect(next).toBeDefined();
          const after = makes(next!);
          expect(next!.template.participants.length).toBeGreaterThanOrEqual(2);
          const second = change.kind === 'split' ? makes(secondOfSplit(plan, change, 's2')) : [];
          const titles = [...after, ...second].flatMap((t) => t.split(' / '));
          expect(titles.sort()).toEqual([...before].sort());
          if (change.kind !== 'everySecond' && change.kind !== 'mergeTopics')
            expect(changedSeries(next!, change, defaultNorms)).toBeUndefined();
        }
      }),
    );
  });

  test('R2 the other half meets on the same dates, after the first or before it', () => {
    const change = { kind: 'split' as const, fromMinutes: 60, toMinutes: 40 };
    expect(secondOfSplit(aPlan(), change, 's2')).toMatchObject({
      id: 's2',
      rule: { time: '10:40' },
      template: { durationMinutes: 40, agenda: [{ title: '交期' }] },
    });
    const late = aPlan();
    expect(secondOfSplit({ ...late, rule: { ...late.rule, time: '17:00' } }, change, 's2').rule.time).toBe('15:50');
  });
});
