import { describe, expect, test } from '@jest/globals';
import { fault } from '../../../domain/errors.js';
import type { PatchInput } from '../../../domain/meeting/commands.js';
import { silent } from '../../../domain/meeting/people.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { applyCommand } from '../../../domain/meeting/step.js';
import { codes, refusal, waits } from '../../support/simulate.js';
import { admin, at, meetingId, person } from '../../support/meeting.js';
import { create, hintCodes, lines, mailsOf, monday, people, published, topic, wednesday } from './support.js';

const patch = (state: MeetingState, input: PatchInput, now = wednesday + 1) =>
  applyCommand(state, 'patch', input, { now, actor: admin });

const draft = create().state;
const noticed = published();
const answered = applyCommand(
  noticed,
  'rsvp',
  { person: 'p6', reply: 'accepted' },
  { now: wednesday, actor: person('p6') },
).state;
const seat = (id: string, department = 'd8') => ({ person: id, department, role: 'core' as const });
const seats = (state: MeetingState, without: string[] = []) =>
  state.participants.filter((p) => !without.includes(p.person));

describe('N4 in preparation all but id', () => {
  test('N4 title, goal, time, people and place change without a mail', () => {
    const input = {
      title: '專案B',
      goal: '交期',
      startsAt: at('2026-02-04', '14:00'),
      durationMinutes: 45,
      host: 'p6',
    };
    const change = patch(draft, { ...input, agenda: [topic('甲')], participants: people(3) });
    expect(change.effects).toEqual([]);
    expect(change.state).toMatchObject({ ...input, plannedEndAt: at('2026-02-04', '14:45'), revision: 2 });
    expect(waits(change.state)).toEqual(['2026-02-04 14:00 lapse']);
  });

  test('N4 the rules of creation hold for what comes out', () => {
    expect(codes(() => patch(draft, { startsAt: wednesday }))).toEqual(['P2.startPast']);
    expect(codes(() => patch(draft, { durationMinutes: 61 }))).toEqual(['P2.complexNeeded']);
    expect(codes(() => patch(draft, { durationMinutes: 45 }))).toEqual(['P6.excess']);
    expect(codes(() => patch(draft, { participants: people(1) }))).toEqual(['P3.tooFew']);
    expect(codes(() => patch(draft, { participants: people(16) }))).toEqual(['P4.overCap']);
    expect(codes(() => patch(draft, { participants: [...people(2), ...people(1)] }))).toEqual(['P3.personTwice']);
    const named = [{ ...people(1)[0]!, topics: ['預算'] }, seat('p2')];
    expect(refusal(() => patch(draft, { participants: named })).faults).toEqual([
      fault('P3.unknownTopic', 'participants[0].topics[0]', { topic: '預算' }),
    ]);
  });

  test('N4 hints are those of what comes out', () => {
    const many = patch(draft, { participants: people(11), durationMinutes: 70, complex: true }).state;
    expect(hintCodes(many)).toEqual(['P2.unusualDuration', 'P4.many']);
    expect(hintCodes(patch(many, { participants: people(10), durationMinutes: 60 }).state)).toEqual([]);
  });

  test('N4 null takes away what a meeting can do without, and nothing else', () => {
    const full = create({ sharedGoal: '準時', deputyHost: 'p6', sponsor: 'p1', onlineLink: 'https://x.test' }).state;
    const none = { sharedGoal: null, deputyHost: null, coordinator: null, recorder: null, sponsor: null, place: null };
    const { state } = patch(full, none);
    expect(Object.keys(none).map((key) => state[key as keyof typeof none])).toEqual(Array(6).fill(undefined));
    const wrong = { host: null, title: null, participants: null, agenda: null } as unknown as PatchInput;
    expect(refusal(() => patch(full, wrong)).faults).toEqual(
      expect.arrayContaining([fault('input.required', 'host'), fault('input.required', 'agenda')]),
    );
  });

  test('N4 a field that is not there at all changes nothing', () => {
    const { state } = patch(draft, { host: undefined, title: undefined });
    expect(state).toEqual({ ...draft, revision: draft.revision + 1 });
  });

  test('P9 a default break follows the length, a chosen one stays', () => {
    const long = patch(draft, { durationMinutes: 90, complex: true }).state;
    expect(long.breakMinutes).toBe(15);
    expect(patch(long, { durationMinutes: 60 }).state.breakMinutes).toBe(0);
    const none = patch(long, { breakMinutes: 0 }).state;
    expect(patch(none, { durationMinutes: 120 }).state.breakMinutes).toBe(0);
  });
});

describe('S1 topics keep their identity', () => {
  const materials = [{ title: '進度表', owner: 'p6' }];
  const start = create({ agenda: [topic('交期', 20, 1, { materials, presenter: 'p6' }), topic('人力', 20, 2)] }).state;
  const ids = (state: MeetingState) => state.agenda.map((t) => t.topicId);

  test('S1 by id, else by title; new ones get an id that nobody had', () => {
    const agenda = [topic('預算', 5, 1), topic('人力', 20, 2), topic('新交期', 20, 3, { topicId: `${meetingId}-t1` })];
    expect(ids(patch(start, { agenda }).state)).toEqual([`${meetingId}-t3`, `${meetingId}-t2`, `${meetingId}-t1`]);
    const twice = [topic('人力', 5, 1), topic('人力', 5, 2)];
    expect(ids(patch(start, { agenda: twice }).state)).toEqual([`${meetingId}-t2`, `${meetingId}-t3`]);
  });

  test('S1 a topic that was taken off may come back by its id, one that never was is refused', () => {
    const less = patch(start, { agenda: [topic('人力', 20)] }).state;
    const back = patch(less, { agenda: [topic('交期', 20, 1, { topicId: `${meetingId}-t1` })] }).state;
    expect(ids(back)).toEqual([`${meetingId}-t1`]);
    const never = [topic('交期', 20, 1, { topicId: `${meetingId}-t9` })];
    expect(refusal(() => patch(start, { agenda: never })).faults).toEqual([
      fault('E4.noSuchTopic', 'agenda[0].topicId', { topicId: `${meetingId}-t9` }),
    ]);
  });

  test('P3 a topic that vanishes is nobody’s own any more; a new presenter has it, the old one has not', () => {
    const own = (state: MeetingState, id: string) => state.participants.find((p) => p.person === id)?.topics;
    expect(own(start, 'p6')).toEqual([`${meetingId}-t1`]);
    expect(own(patch(start, { agenda: [topic('人力', 20)] }).state, 'p6')).toEqual([]);
    const other = patch(start, { agenda: [topic('交期', 20, 1, { presenter: 'p7' })] }).state;
    expect([own(other, 'p6'), own(other, 'p7')]).toEqual([[], [`${meetingId}-t1`]]);
  });

  test('P8 a material keeps its id as well, and its due date moves with the start', () => {
    const again = patch(start, { agenda: [topic('交期', 20, 1, { materials })] }).state;
    expect(again.agenda[0]?.materials).toEqual(start.agenda[0]?.materials);
    const later = patch(start, { startsAt: at('2026-02-05', '09:30') }).state;
    expect(later.agenda[0]?.materials[0]?.dueAt).toBe(at('2026-02-04', '12:00'));
  });
});

describe('N4 once the notice is out: agenda, people, place', () => {
  test('N4 title and goal are fixed, the time moves by reschedule', () => {
    const refused = refusal(() =>
      patch(noticed, { title: '專案B', goal: '別的', startsAt: monday, durationMinutes: 30 }),
    );
    expect(refused.type).toBe('Conflict');
    expect(refused.faults.map((f) => [f.code, f.path])).toEqual([
      ['N4.fixed', 'title'],
      ['N4.fixed', 'goal'],
      ['N4.useReschedule', 'startsAt'],
      ['N4.useReschedule', 'durationMinutes'],
    ]);
  });

  test('N4 another place concerns everyone', () => {
    const change = patch(noticed, { place: '5F' });
    expect(mailsOf(change)).toEqual([
      {
        type: 'mail',
        mail: 'change',
        occasion: 'r2',
        to: ['p1', 'p2', 'p6', 'p7', 'p3', 'p4'],
        params: { whatChanged: 'place', replyBy: at('2026-01-30', '10:00') },
      },
    ]);
  });

  test('N4 a place changed within the notice period needs a reason, which is told', () => {
    const now = at('2026-02-02', '08:00');
    expect(refusal(() => patch(noticed, { place: '5F' }, now)).faults).toEqual([
      fault('N4.reasonNeeded', 'reason', { until: at('2026-02-01', '09:30') }),
    ]);
    const change = patch(noticed, { place: '5F', reason: '空調故障' }, now);
    expect(mailsOf(change)[0]?.params).toEqual({ whatChanged: 'place', reason: '空調故障', replyBy: monday });
    expect(change.state).not.toHaveProperty('reason');
    expect(patch(noticed, { place: '3F 會議室' }, now).effects).toEqual([]);
  });

  test('N1 the last of place and link stays', () => {
    expect(codes(() => patch(noticed, { place: null }))).toEqual(['N1.placeNeeded']);
    expect(patch(noticed, { place: null, onlineLink: 'https://x.test/1' }).state.place).toBeUndefined();
  });

  test('N4 another agenda concerns everyone, the same one nobody', () => {
    const agenda = [topic('交期', 20, 1), topic('人力', 20, 2)];
    expect(patch(noticed, { agenda }).effects).toEqual([]);
    expect(patch(noticed, { agenda: [...agenda].reverse() }).effects).toEqual([]);
    expect(mailsOf(patch(noticed, { agenda: [topic('交期', 25, 1), topic('人力', 20, 2)] }))[0]?.params).toMatchObject({
      whatChanged: 'agenda',
    });
    expect(mailsOf(patch(noticed, { openDiscussionMinutes: 5, place: '5F' }))[0]?.params).toMatchObject({
      whatChanged: 'place,agenda',
    });
  });

  test('N4 an agenda sent again after a continue-as-new shows the same', () => {
    const carried = JSON.parse(JSON.stringify(noticed)) as MeetingState;
    const agenda = [topic('交期', 20, 1), topic('人力', 20, 2)];
    expect(patch(carried, { agenda }).effects).toEqual([]);
  });

  test('N4 who comes on gets the notice, who is taken off the cancellation, the others nothing', () => {
    const change = patch(noticed, { participants: [...seats(noticed, ['p7']), seat('p8'), seat('p9')] });
    expect(mailsOf(change)).toEqual([
      {
        type: 'mail',
        mail: 'notice',
        occasion: 'r2',
        to: ['p8', 'p9'],
        params: { replyBy: at('2026-01-30', '10:00') },
      },
      { type: 'mail', mail: 'cancellation', occasion: 'r2', to: ['p7'], params: { removed: true } },
    ]);
  });

  test('N4 who loses the seat but keeps an office stays invited, and hears of it', () => {
    expect(lines(patch(noticed, { participants: seats(noticed, ['p1']) }))).toEqual(['change → p1']);
  });

  test('N4 nobody gets two mails about one change', () => {
    const participants = [...seats(noticed, ['p7']), seat('p8')];
    const change = patch(noticed, {
      participants,
      place: '5F',
      recorder: 'p6',
      deputyHost: 'p8',
      agenda: [topic('丙')],
    });
    const to = mailsOf(change).flatMap((m) => m.to);
    expect(new Set(to).size).toBe(to.length);
    expect(lines(change)).toEqual(['notice → p8', 'cancellation → p7 p4', 'change → p6', 'change → p1 p2 p3']);
    expect(mailsOf(change).map((m) => m.params['whatChanged'])).toEqual([
      undefined,
      undefined,
      'place,agenda,people',
      'place,agenda',
    ]);
  });

  test('N4 whose own part changed is concerned: a new seat, an office', () => {
    const observer = seats(noticed).map((p) => (p.person === 'p7' ? { ...p, role: 'observer' as const } : p));
    expect(lines(patch(noticed, { participants: observer }))).toEqual(['change → p7']);
    expect(lines(patch(noticed, { coordinator: 'p1' }))).toEqual(['cancellation → p3', 'change → p1']);
    expect(lines(patch(noticed, { deputyHost: 'p6' }))).toEqual(['change → p6']);
  });

  test('N4 support departments hear of nothing before the minutes', () => {
    expect(patch(noticed, { supportDepartments: [] }).effects).toEqual([]);
  });

  test('N4 another host concerns everyone, and counts as coming', () => {
    const change = patch(noticed, { host: 'p7' });
    expect(mailsOf(change)).toHaveLength(1);
    expect(mailsOf(change)[0]).toMatchObject({
      mail: 'change',
      to: ['p1', 'p2', 'p6', 'p7', 'p3', 'p4'],
      params: { whatChanged: 'people' },
    });
    expect(change.state.rsvps['p7']).toMatchObject({ reply: 'accepted', by: { via: 'engine' } });
    expect(silent(change.state)).toContain('p2');
  });

  test('N4 a host from outside gets the notice, a former one without a seat the cancellation', () => {
    const outside = published({ host: 'p20' });
    const change = patch(outside, { host: 'p21' });
    expect(lines(change)).toEqual(['notice → p21', 'cancellation → p20', 'change → p1 p2 p6 p7 p3 p4']);
    expect(Object.keys(change.state.rsvps)).toEqual(['p21']);
  });

  test('N4 what a new host has answered stays their answer', () => {
    const context = { now: wednesday, actor: admin };
    const declined = applyCommand(noticed, 'rsvp', { person: 'p7', reply: 'declined' }, context).state;
    expect(patch(declined, { host: 'p7' }).state.rsvps['p7']?.reply).toBe('declined');
  });

  test('N2 who was taken off and comes back is asked anew', () => {
    const less = patch(answered, { participants: seats(answered, ['p6']) }).state;
    expect(less.rsvps['p6']).toBeUndefined();
    const back = patch(less, { participants: answered.participants });
    expect(lines(back)).toEqual(['notice → p6']);
    expect(silent(back.state)).toContain('p6');
    expect(answered.rsvps['p2']).toEqual(back.state.rsvps['p2']);
  });

  test('X1 who comes on to an emergency is told so', () => {
    const urgent = create({ kind: 'emergency', emergencyReason: '停產' }).state;
    expect(lines(patch(urgent, { participants: [...seats(urgent), seat('p8')] }))).toEqual(['emergency → p8']);
  });

  test('P8 a change of place is no new notice for the materials', () => {
    const agenda = [topic('交期', 20, 1, { materials: [{ title: '進度表', owner: 'p6' }] })];
    const state = published({ agenda });
    const now = at('2026-01-30', '11:00');
    expect(hintCodes(patch(state, { place: '5F' }, now).state)).toEqual([]);
    const more = [...agenda, topic('人力', 5, 2, { materials: [{ title: '名冊', owner: 'p7' }] })];
    expect(hintCodes(patch(state, { agenda: more }, now).state)).toEqual(['P8.shortTime']);
  });

  test('N4 the clock’s reminders stay as they are', () => {
    expect(patch(noticed, { place: '5F', agenda: [topic('丙')] }).state.timers).toEqual(noticed.timers);
  });
});
