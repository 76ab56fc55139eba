import { describe, expect, test } from 'vitest';
import type { Action, MeetingState, Topic } from '../../../domain/meeting/state.js';
import { factsOf } from '../../../domain/review/facts.js';
import { aMeeting, at } from '../../support/meeting.js';
import { brokenFact } from './check-facts.js';

const facts = (overrides: Partial<MeetingState> = {}) => {
  const found = factsOf(aMeeting(overrides));
  expect(brokenFact(found)).toBeUndefined();
  return found;
};
const by = { person: 'p2', via: 'api' as const };
const minute = 60_000;
const start = at('2026-02-02', '09:30');

const turn = (id: string, person: string, department: string, minutes: number, more = {}) => ({
  id,
  kind: 'discussion' as const,
  person,
  department,
  status: 'ended' as const,
  limitMs: 3 * minute,
  at: start,
  startedAt: start,
  endedAt: start + minutes * minute,
  ...more,
});
const floor = (turns: ReturnType<typeof turn>[]) => ({ turns, parked: [], breakouts: [], analyses: [], notes: [] });
const topics = (...changes: Partial<Topic>[]): Topic[] =>
  changes.map((c, i) => ({ ...aMeeting().agenda[0]!, topicId: `t${i}`, ...c }));

describe('R1 what counts as held', () => {
  test('a meeting that ran', () => {
    expect(facts()).toMatchObject({ held: true, lapsed: false, counted: true, minutes: 60, overMinutes: 0 });
  });
  test('an announced meeting that nobody opened is counted and lapsed; a draft that lapsed is neither', () => {
    expect(facts({ phase: 'lapsed' })).toMatchObject({ held: false, lapsed: true, counted: true });
    const draft = { publishedAt: undefined };
    expect(facts({ phase: 'lapsed', ...draft })).toMatchObject({ held: false, lapsed: false, counted: false });
  });
  test('one that was cancelled, or is still ahead, is neither', () => {
    expect(facts({ phase: 'cancelled' })).toMatchObject({ counted: false, lapsed: false, invited: 0 });
    expect(facts({ phase: 'notice' })).toMatchObject({ counted: false, held: false, invited: 0 });
  });
});

describe('R1 notice and replies', () => {
  test('N1 on time by the hours of its own norms, from the first announced start', () => {
    expect(facts()).toMatchObject({ noticeOnTime: true });
    expect(facts({ publishedAt: start - 24 * 60 * minute })).toMatchObject({ noticeOnTime: true, noticeMinutes: 1440 });
    expect(facts({ publishedAt: start - 24 * 60 * minute + 1 })).toMatchObject({ noticeOnTime: false });
    const later = [{ startsAt: start - 5 * minute, plannedEndAt: start, at: start, until: start, resumedAt: start }];
    expect(facts({ publishedAt: start - 24 * 60 * minute, adjournments: later }).noticeOnTime).toBe(false);
  });
  test('N2 the host is not asked; one answer a head', () => {
    const rsvp = { reply: 'declined' as const, at: start - minute, by };
    const { invited, replied } = facts({ rsvps: { p2: rsvp, p6: rsvp, p7: rsvp } });
    expect({ invited, replied }).toEqual({ invited: 9, replied: 2 });
  });
});

describe('R1 E15 time', () => {
  test('over time from the first whole minute after the announced end, whatever it was extended to', () => {
    const closed = (m: number) => facts({ closedAt: start + m * minute, plannedEndAt: start + 120 * minute });
    expect(closed(61)).toMatchObject({ overTime: true, overMinutes: 1, minutes: 61, plannedMinutes: 60 });
    expect(closed(60)).toMatchObject({ overTime: false, overMinutes: 0 });
    expect(closed(40)).toMatchObject({ overTime: false, overMinutes: -20 });
  });
  test('closed by the clock, it ended with the last sign of life', () => {
    const end = { closedBy: 'clock' as const, closedAt: start + 300 * minute, lastEventAt: start + 50 * minute };
    expect(facts(end)).toMatchObject({ minutes: 50, overTime: false });
  });
  test('a close that was taken back ended it (M3)', () => {
    const reopenings = [{ at: start, by, reason: 'x', closedAt: start + 55 * minute, versions: [] }];
    expect(facts({ reopenings, closedAt: start + 90 * minute })).toMatchObject({ minutes: 55 });
  });
  test('time apart is no time of an adjourned meeting', () => {
    const next = start + 1440 * minute;
    const broken = { startsAt: start, plannedEndAt: start + 60 * minute, at: start + 30 * minute, until: next };
    const all = { adjournments: [{ ...broken, resumedAt: next }], startsAt: next, closedAt: next + 40 * minute };
    expect(facts(all)).toMatchObject({ startsAt: start, minutes: 70, overMinutes: 10, overTime: true });
  });
});

describe('R1 minutes, topics, actions', () => {
  test('M1 sent late, or at the limit as a draft, is not on time; not sent yet is not due', () => {
    const { minutes } = aMeeting();
    expect(facts()).toMatchObject({ minutesDue: true, minutesOnTime: true });
    expect(facts({ minutes: { ...minutes!, late: true } })).toMatchObject({ minutesDue: true, minutesOnTime: false });
    expect(facts({ phase: 'minutes' })).toMatchObject({ minutesDue: false, minutesOnTime: false });
  });
  test('H10 confidential topics and what belongs to them are not in it', () => {
    const agenda = topics({ outcome: 'decided' }, { outcome: 'dropped', confidential: true }, { outcome: 'deferred' });
    const action = (topicId: string) => ({ id: topicId, topicId, status: 'done', firstDueAt: 9, endedAt: 8 }) as Action;
    const said = floor([turn('s1', 'p6', 'd2', 5, { topicId: 't1' }), turn('s2', 'p8', 'd3', 5, { topicId: 't0' })]);
    const found = facts({ agenda, actions: [action('t0'), action('t1')], floor: said });
    expect(found).toMatchObject({ topics: 2, decided: 1, dropped: 0, deferred: 1, actions: 1, actionsInTime: 1 });
    expect(found.speaking).toEqual({ d3: 5 * minute });
  });
  test('S1 carried is what an earlier held meeting left open', () => {
    const carried = (times: number) => ({ carried: { from: 'm', times, reason: 'facts' } });
    expect(facts({ agenda: topics(carried(0), carried(1), {}, carried(3)) }).carriedTopics).toBe(2);
  });
});

describe('R1 E7 balance', () => {
  const spoken = (...minutes: [string, string, number][]) =>
    facts({ floor: floor(minutes.map(([p, d, m], i) => turn(`s${i}`, p, d, m))) });
  test('half is balanced, more is not', () => {
    expect(spoken(['p6', 'd2', 5], ['p8', 'd3', 5])).toMatchObject({ speakingRated: true, balanced: true });
    expect(spoken(['p6', 'd2', 6], ['p8', 'd3', 5])).toMatchObject({ speakingRated: true, balanced: false });
  });
  test('nothing to say without a word, or with two departments', () => {
    expect(facts()).toMatchObject({ speakingRated: false, balanced: false });
    const attendance = { p6: { present: true, log: [] }, p8: { present: true, log: [] } };
    const two = facts({ attendance, floor: floor([turn('s1', 'p6', 'd2', 1)]) });
    expect(two.speakingRated).toBe(false);
  });
});

describe('R2 who took part', () => {
  test('who spoke or may have voted; who voted in it is asked nowhere', () => {
    const vote = { id: 'v1', topicId: 't0', motion: 'x', secret: true, status: 'closed' as const, required: 2 };
    const votes = [{ ...vote, electorate: ['p7', 'p9'], openedAt: start, complete: false }];
    const { active, silent } = facts({ floor: floor([turn('s1', 'p6', 'd2', 1)]), votes });
    expect(active).toEqual(['p6', 'p7', 'p9']);
    expect(silent).toEqual(['p8']);
  });
  test('offices, observers and people from outside are never silent; who was absent is', () => {
    const { attendance } = aMeeting();
    const { p8: _, ...others } = attendance;
    const { silent } = facts({ attendance: others });
    expect(silent).toEqual(['p6', 'p7', 'p8', 'p9']);
  });
});
