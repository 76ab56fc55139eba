import { describe, expect, test } from 'vitest';
import { fault } from '../../../domain/errors.js';
import { createMeeting } from '../../../domain/meeting/create.js';
import { patch } from '../../../domain/meeting/patch.js';
import { publish } from '../../../domain/meeting/preparation.js';
import { defaultNorms } from '../../../domain/norms.js';
import { codes, refusal, waits } from '../../support/simulate.js';
import { at, meetingId } from '../../support/meeting.js';
import { aRequest, context, create, hintCodes, lines, mailsOf, monday, people, topic, wednesday } from './support.js';

const minute = 60_000;

describe('P1 goal and issue', () => {
  test('P1 the draft carries what was asked for, in preparation, and mails nobody', () => {
    const change = create();
    // H1: it will remind its host.
    expect(change.effects).toEqual([{ type: 'findClocks', people: ['p2'] }]);
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

  test('M4 a second language is another one than the first, also when either changes', () => {
    expect(codes(() => create({ locale: 'zh-TW', secondLocale: 'zh-TW' }))).toEqual(['M4.sameLocale']);
    const { state } = create({ locale: 'zh-TW', secondLocale: 'en' });
    expect(codes(() => patch(state, { locale: 'en' }, wednesday))).toEqual(['M4.sameLocale']);
    expect(codes(() => patch(state, { secondLocale: 'zh-TW' }, wednesday))).toEqual(['M4.sameLocale']);
    expect(patch(state, { secondLocale: null }, wednesday).state.secondLocale).toBeUndefined();
    expect(patch(state, { locale: 'en', secondLocale: 'zh-CN' }, wednesday).state.secondLocale).toBe('zh-CN');
  });

  test('E2 a topic without an expected conclusion has a hint, at the creation and at the publication', () => {
    const agenda = [topic('交期', 15, 1), { title: '人力', minutes: 15, priority: 2 }];
    const hint = fault('E2.noConclusion', 'agenda[1].expectedConclusion', { title: '人力' });
    expect(create({ agenda }).state.warnings).toEqual([hint]);
    expect(create({ agenda, publish: true }).state.warnings).toEqual([hint]);
    const draft = create({ agenda }).state;
    expect(publish({ ...draft, warnings: [] }, wednesday).state.warnings).toEqual([hint]);
    const said = patch(draft, { agenda: [topic('交期', 15, 1), topic('人力', 15, 2)] }, wednesday);
    expect(said.state.warnings).toEqual([]);
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

describe('Phases: a draft', () => {
  test('N1 a draft waits for its reminders and its start only', () => {
    expect(waits(create().state)).toEqual(['2026-01-29 10:00 draftReminder', '2026-02-02 09:30 lapse']);
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
