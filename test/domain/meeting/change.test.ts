import { describe, expect, test } from 'vitest';
import { fault } from '../../../domain/errors.js';
import type { PatchInput } from '../../../domain/meeting/commands.js';
import { silent } from '../../../domain/meeting/people.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { applyCommand } from '../../../domain/meeting/step.js';
import { codes, refusal } from '../../support/simulate.js';
import { admin, at, person } from '../../support/meeting.js';
import { create, hintCodes, lines, mailsOf, monday, published, told, topic, wednesday } from './support.js';

/** With what is told a minute later. */
const patch = (state: MeetingState, input: PatchInput, now = wednesday + 1) =>
  told(applyCommand(state, 'patch', input, { now, actor: admin }));

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
        occasion: 'r3',
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
        occasion: 'r3',
        to: ['p8', 'p9'],
        params: { replyBy: at('2026-01-30', '10:00') },
      },
      { type: 'mail', mail: 'cancellation', occasion: 'r3', to: ['p7'], params: { removed: true } },
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
