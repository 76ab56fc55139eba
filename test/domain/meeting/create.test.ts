import { describe, expect, test } from '@jest/globals';
import { fault } from '../../../domain/errors.js';
import { createMeeting } from '../../../domain/meeting/create.js';
import { defaultNorms } from '../../../domain/norms.js';
import { codes, refusal, waits } from '../../support/simulate.js';
import { at, meetingId } from '../../support/meeting.js';
import {
  aRequest,
  context,
  create,
  hintCodes,
  inBerlin,
  inShanghai,
  lines,
  mailsOf,
  monday,
  people,
  topic,
  wednesday,
} from './support.js';

const minute = 60_000;

describe('P1 goal and issue', () => {
  test('P1 the draft carries what was asked for, in preparation, and mails nobody', () => {
    const change = create();
    expect(change.effects).toEqual([]);
    expect(change.state).toMatchObject({
      phase: 'preparation',
      revision: 1,
      goal: '確認專案A的交期',
      issueKind: 'progress',
      complex: false,
      createdAt: wednesday,
      plannedEndAt: at('2026-02-02', '10:30'),
      norms: defaultNorms,
      warnings: [],
    });
  });

  test('C1 a shared goal is kept', () => {
    expect(create({ sharedGoal: '準時交貨' }).state.sharedGoal).toBe('準時交貨');
  });

  test('P1 every fault is named at once, with its path', () => {
    const change = () =>
      create({
        startsAt: wednesday,
        durationMinutes: 90,
        participants: people(1),
        agenda: [topic('交期', 100)],
        kind: 'emergency',
        place: undefined,
      });
    expect(refusal(change).type).toBe('BadInput');
    expect(refusal(change).faults.map((f) => [f.code, f.path])).toEqual([
      ['P2.startPast', 'startsAt'],
      ['X1.reason', 'emergencyReason'],
      ['P2.complexNeeded', 'complex'],
      ['P3.tooFew', 'participants'],
      ['P6.excess', 'agenda'],
      ['N1.placeNeeded', 'place'],
    ]);
  });
});

describe('P2 duration', () => {
  test.each([30, 45, 60])('P2 %i minutes need no hint', (durationMinutes) => {
    expect(hintCodes(create({ durationMinutes, agenda: [topic('交期', 10)] }).state)).toEqual([]);
  });

  test.each([29, 61])('P2 %i minutes are kept as a hint, naming the usual span', (durationMinutes) => {
    const { state } = create({ durationMinutes, complex: true, agenda: [topic('交期', 10)] });
    expect(state.warnings).toEqual([
      fault('P2.unusualDuration', 'durationMinutes', { minutes: durationMinutes, min: 30, max: 60 }),
    ]);
  });

  test('P2 over 60 minutes only for complex issues', () => {
    expect(codes(() => create({ durationMinutes: 61 }))).toEqual(['P2.complexNeeded']);
    expect(create({ durationMinutes: 61, complex: true }).state.durationMinutes).toBe(61);
  });

  test('P2 240 minutes are the most, complex or not', () => {
    expect(create({ durationMinutes: 240, complex: true }).state.plannedEndAt).toBe(monday + 240 * minute);
    expect(codes(() => create({ durationMinutes: 241, complex: true }))).toEqual(['P2.tooLong']);
  });

  test('P2 a start that is not ahead is refused', () => {
    expect(codes(() => create({ startsAt: wednesday }))).toEqual(['P2.startPast']);
  });
});

describe('P3 participants', () => {
  test('P3 at least two', () => {
    expect(codes(() => create({ participants: people(1) }))).toEqual(['P3.tooFew']);
    expect(create({ participants: people(2) }).state.participants).toHaveLength(2);
  });

  test('P3 one person has one seat', () => {
    const twice = [...people(2), { person: 'p1', department: 'd7', role: 'head' as const }];
    expect(refusal(() => create({ participants: twice })).faults).toEqual([fault('P3.personTwice', 'participants[2]')]);
  });

  test('P3 own topics are given by title or id, presenters have theirs, nobody has one that is not on the agenda', () => {
    const foreign = 'bbbbccccddddeeee-t7';
    const agenda = [topic('交期', 10, 1, { presenter: 'p2' }), topic('人力', 10, 2, { topicId: foreign })];
    const [first, second] = people(2);
    const { state } = create({ agenda, participants: [{ ...first!, topics: ['交期', foreign] }, second!] });
    expect(state.participants.map((p) => p.topics)).toEqual([[`${meetingId}-t1`, foreign], [`${meetingId}-t1`]]);
    expect(refusal(() => create({ participants: [first!, { ...second!, topics: ['預算'] }] })).faults).toEqual([
      fault('P3.unknownTopic', 'participants[1].topics[0]', { topic: '預算' }),
    ]);
  });

  test('P3 support departments are kept for the minutes', () => {
    expect(create().state.supportDepartments).toEqual([{ department: 'd9', person: 'p90' }]);
  });
});

describe('P4 how many', () => {
  test('P4 ten are no matter, eleven are a hint that is kept', () => {
    expect(hintCodes(create({ participants: people(10) }).state)).toEqual([]);
    expect(create({ participants: people(11) }).state.warnings).toEqual([
      fault('P4.many', 'participants', { count: 11, cap: 15 }),
    ]);
  });

  test('P4 over 15 are refused unless there is a written reason, and stay reported', () => {
    expect(create({ participants: people(15) }).state.participants).toHaveLength(15);
    expect(refusal(() => create({ participants: people(16) })).faults).toEqual([
      fault('P4.overCap', 'participants', { count: 16, cap: 15 }),
    ]);
    const { state } = create({ participants: people(16), capReason: '全廠停工' });
    expect(hintCodes(state)).toEqual(['P4.many']);
    expect(state.capReason).toBe('全廠停工');
  });

  test('P4 observers are outside the count', () => {
    const observers = people(40)
      .slice(10)
      .map((p) => ({ ...p, role: 'observer' as const }));
    expect(hintCodes(create({ participants: [...people(10), ...observers] }).state)).toEqual([]);
  });

  test('P4, X1 an emergency has room for 30', () => {
    const emergency = { kind: 'emergency', emergencyReason: '供應商停產' } as const;
    const { state } = create({ ...emergency, participants: people(30) });
    expect(state.warnings).toEqual([fault('P4.many', 'participants', { count: 30, cap: 30 })]);
    expect(codes(() => create({ ...emergency, participants: people(31) }))).toEqual(['P4.overCap']);
  });
});

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
      { id: `${meetingId}-m1`, title: '進度表', owner: 'p6', dueAt, link: 'https://x.test/a' },
    ]);
  });
});

describe('Phases: a draft', () => {
  test('a draft waits for its start only', () => {
    expect(waits(create().state)).toEqual(['2026-02-02 09:30 lapse']);
  });

  test('N1 with publish: true the notice goes out in the same step', () => {
    const change = create({ publish: true });
    expect(change.state).toMatchObject({ phase: 'notice', publishedAt: wednesday, revision: 1 });
    expect(lines(change)).toEqual(['notice → p1 p2 p6 p7 p3 p4']);
  });

  test('N1 with publish: true too late is refused with what was possible', () => {
    const now = at('2026-02-01', '09:31');
    expect(refusal(() => create({ publish: true }, { now })).faults).toEqual([
      fault('N1.tooLate', 'startsAt', {
        until: at('2026-02-01', '09:30'),
        hours: 24,
        earliest: at('2026-02-02', '09:31'),
      }),
    ]);
    expect(create({}, { now }).state.phase).toBe('preparation');
  });
});

describe('X1 emergency meetings', () => {
  const emergency = { kind: 'emergency', emergencyReason: '供應商停產' } as const;
  const now = at('2026-02-02', '09:15');

  test('X1 creation publishes at once, urgent, with a lead of 15 minutes', () => {
    const change = create(emergency, { now });
    expect(change.state.phase).toBe('notice');
    expect(mailsOf(change)).toEqual([
      {
        type: 'mail',
        mail: 'emergency',
        occasion: 'notice',
        to: ['p1', 'p2', 'p6', 'p7', 'p3', 'p4'],
        params: { replyBy: monday },
      },
    ]);
    expect(refusal(() => create(emergency, { now: now + 1 })).faults).toEqual([
      fault('X1.leadTooShort', 'startsAt', { minutes: 15, earliest: now + 1 + 15 * minute }),
    ]);
  });

  test('X1 needs its reason', () => {
    expect(codes(() => create({ kind: 'emergency' }, { now }))).toEqual(['X1.reason']);
  });

  test('X1 what lies in the past is not armed', () => {
    expect(waits(create(emergency, { now }).state)).toEqual([
      '2026-02-02 09:40 notOpenedFirst',
      '2026-02-02 10:00 notOpenedSecond',
      '2026-02-02 14:30 lapse',
    ]);
  });
});

test('design §3: the state is plain JSON and the request is left as it was', () => {
  const request = aRequest({ publish: true });
  const before = JSON.stringify(request);
  const { state } = createMeeting(request, context());
  expect(JSON.stringify(request)).toBe(before);
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
});
