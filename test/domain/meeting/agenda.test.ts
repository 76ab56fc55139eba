import { describe, expect, test } from 'vitest';
import { fault } from '../../../domain/errors.js';
import { codes, refusal } from '../../support/simulate.js';
import { at, meetingId } from '../../support/meeting.js';
import { create, hintCodes, inBerlin, inShanghai, topic, wednesday } from './support.js';

describe('P5 order', () => {
  test('P5 priority order, 1 first, equal ones in the host’s order', () => {
    const agenda = [topic('丙', 5, 3), topic('甲', 5, 1), topic('乙一', 5, 2), topic('乙二', 5, 2)];
    expect(create({ agenda }).state.agenda.map((t) => t.title)).toEqual(['甲', '乙一', '乙二', '丙']);
  });

  test('P5 an agenda holds a topic once', () => {
    const topicId = 'bbbbccccddddeeee-t7';
    const agenda = [topic('甲', 5, 1, { topicId }), topic('乙', 5, 2, { topicId })];
    expect(refusal(() => create({ agenda })).faults).toEqual([
      fault('P5.topicTwice', 'agenda[1].topicId', { topicId }),
    ]);
  });

  test('P5 a topic of an earlier meeting keeps its identity, new ones get theirs, never one that was named for them', () => {
    const topicId = 'bbbbccccddddeeee-t7';
    const { state } = create({ agenda: [topic('甲', 5, 1, { topicId }), topic('乙', 5, 2)] });
    expect(state.agenda.map((t) => t.topicId)).toEqual([topicId, `${meetingId}-t1`]);
    const own = [topic('甲', 5, 1, { topicId: `${meetingId}-t1` }), topic('乙', 5, 2)];
    expect(codes(() => create({ agenda: own }))).toEqual(['E4.noSuchTopic']);
  });
});

describe('P6, P7, P9 the parts fit', () => {
  test('P7 open discussion is 10 minutes by default, may be resized or dropped', () => {
    expect(create().state.openDiscussionMinutes).toBe(10);
    expect(create({ openDiscussionMinutes: 0, agenda: [topic('甲', 60)] }).state.openDiscussionMinutes).toBe(0);
  });

  test('P6 topics and open discussion fit in the duration, else refused naming the excess', () => {
    expect(create({ agenda: [topic('甲', 25), topic('乙', 25)] }).state.agenda).toHaveLength(2);
    expect(refusal(() => create({ agenda: [topic('甲', 25), topic('乙', 32)] })).faults).toEqual([
      fault('P6.excess', 'agenda', { excess: 7, duration: 60, openDiscussion: 10, break: 0 }),
    ]);
  });

  test('P9 from 90 minutes a break of 15 is among the parts; it may be dropped', () => {
    const long = { complex: true, durationMinutes: 90, agenda: [topic('甲', 66)] };
    expect(refusal(() => create(long)).faults[0]?.params).toMatchObject({ excess: 1, break: 15 });
    expect(create({ ...long, breakMinutes: 0 }).state.breakMinutes).toBe(0);
    expect(create({ ...long, agenda: [topic('甲', 65)] }).state.breakMinutes).toBe(15);
    expect(create({ ...long, durationMinutes: 89, agenda: [] }).state.breakMinutes).toBe(0);
  });

  test('P6 a topic without minutes is a hint', () => {
    expect(create({ agenda: [topic('甲', 0)] }).state.warnings).toEqual([
      fault('P6.noMinutes', 'agenda[0].minutes', { title: '甲' }),
    ]);
  });
});

describe('P8 materials', () => {
  const agenda = [topic('甲', 10, 1, { materials: [{ title: '進度表', owner: 'p6' }] })];
  const due = (state: ReturnType<typeof create>['state']): number | undefined => state.agenda[0]?.materials[0]?.dueAt;

  test('P8 due 12:00 on the last working day before the start', () => {
    expect(due(create({ agenda }).state)).toBe(at('2026-01-30', '12:00'));
  });

  test('P8 in Shanghai the working Saturday before a holiday’s end counts, in Taipei the holiday does not', () => {
    const { at: local } = inShanghai;
    const startsAt = local('2026-03-02', '09:30');
    const shanghai = create({ agenda, startsAt }, inShanghai).state;
    expect(due(shanghai)).toBe(local('2026-02-28', '12:00'));
    expect(due(create({ agenda, startsAt }).state)).toBe(at('2026-02-26', '12:00'));
  });

  test('P8 in Berlin 12:00 is 12:00 on both sides of a clock change', () => {
    const { at: local } = inBerlin;
    const context = { ...inBerlin, now: local('2026-03-20', '10:00') };
    expect(due(create({ agenda, startsAt: local('2026-03-30', '09:30') }, context).state)).toBe(
      Date.UTC(2026, 2, 27, 11),
    );
    expect(due(create({ agenda, startsAt: local('2026-03-31', '09:30') }, context).state)).toBe(
      Date.UTC(2026, 2, 30, 10),
    );
  });

  test('P8 less than 4 working hours after the notice is a hint', () => {
    const inTime = { now: at('2026-01-29', '17:30') };
    const short = { now: at('2026-01-29', '17:31') };
    // 30 minutes of Thursday and 08:30–12:00 on Friday make 4 hours.
    expect(hintCodes(create({ agenda, publish: true }, inTime).state)).toEqual([]);
    expect(hintCodes(create({ agenda, publish: true }, short).state)).toEqual(['P8.shortTime']);
  });

  test('P8 a due date of one’s own stays', () => {
    const dueAt = at('2026-01-29', '17:00');
    const own = [
      topic('甲', 10, 1, { materials: [{ title: '進度表', owner: 'p6', dueAt, link: 'https://x.test/a' }] }),
    ];
    expect(create({ agenda: own }).state.agenda[0]?.materials).toEqual([
      {
        id: `${meetingId}-m1`,
        title: '進度表',
        owner: 'p6',
        dueAt,
        link: 'https://x.test/a',
        version: 1,
        handedInAt: wednesday,
      },
    ]);
  });
});
