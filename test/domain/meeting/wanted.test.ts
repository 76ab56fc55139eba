import { describe, expect, test } from 'vitest';
import { clocksFound } from '../../../domain/meeting/clocks.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { applyCommand, applyReply } from '../../../domain/meeting/step.js';
import { intoDigest } from '../../../domain/meeting/routing.js';
import { isStillWanted } from '../../../domain/meeting/wanted.js';
import type { Waiting } from '../../../domain/meeting/wanted.js';
import { advance, simulate, story, waits } from '../../support/simulate.js';
import { admin, at, person, taipei } from '../../support/meeting.js';
import { create, inShanghai, monday, published, topic } from './support.js';

const hour = 3_600_000;
const agenda = [topic('交期', 20, 1, { materials: [{ title: '進度表', owner: 'p6' }] })];
const shanghai = { ...taipei, name: 'Asia/Shanghai', calendar: inShanghai.calendar };

describe('H2 what waits for the digest', () => {
  const told = (mail: Waiting['mail'], occasion: string, params = {}): Waiting => ({ mail, occasion, params });
  const now = at('2026-01-30', '08:40');
  const run = (state: MeetingState, name: 'rsvp' | 'reading' | 'reschedule', input: object, who = 'p6') =>
    applyCommand(state, name, input as never, { now, actor: name === 'reschedule' ? admin : person(who) }).state;

  test('E1 pre-reading is not wanted by who has confirmed it, or does not come', () => {
    const state = published({ agenda });
    const waiting = told('preRead', `${monday}`);
    expect(isStillWanted(state, waiting, 'p6', now)).toBe(true);
    expect(isStillWanted(run(state, 'reading', { person: 'p6', read: true }), waiting, 'p6', now)).toBe(false);
    const declined = run(state, 'rsvp', { person: 'p6', reply: 'declined' });
    expect(isStillWanted(declined, waiting, 'p6', now)).toBe(false);
    expect(isStillWanted(declined, waiting, 'p7', now)).toBe(true);
    const tentative = run(state, 'rsvp', { person: 'p6', reply: 'tentative' });
    expect(isStillWanted(tentative, waiting, 'p6', now)).toBe(true);
  });

  test('N4 what was said of a start that does not hold any more is not wanted', () => {
    const state = published({ agenda });
    const moved = run(state, 'reschedule', { startsAt: at('2026-02-04', '09:30'), reason: 'x' });
    for (const [mail, prefix] of [
      ['replyReminder', 'replyReminder:'],
      ['replyReminder', 'keyReplyReminder:'],
      ['preRead', ''],
    ] as const) {
      expect(isStillWanted(state, told(mail, `${prefix}${monday}`), 'p6', now)).toBe(true);
      expect(isStillWanted(moved, told(mail, `${prefix}${monday}`), 'p6', now)).toBe(false);
      expect(isStillWanted(moved, told(mail, `${prefix}${moved.startsAt}`), 'p6', now)).toBe(true);
    }
  });

  test('N1 the notice limit of a draft is told before it, and as it stands; no digest after it takes it in', () => {
    const { state } = create();
    const limit = monday - 24 * hour;
    const waiting = told('draftLimit', `${limit}:0`, { limit });
    expect(isStillWanted(state, waiting, 'p2', limit - 1)).toBe(true);
    expect(isStillWanted(state, waiting, 'p2', limit)).toBe(false);
    expect(isStillWanted(state, told('draftLimit', 'x', { limit: limit - hour }), 'p2', now)).toBe(false);
    // Friday's digest is before the limit on Sunday; Monday's is before the start, and after the limit.
    const effect = { type: 'mail' as const, mail: 'draftLimit' as const, occasion: 'x', to: ['p2'], params: { limit } };
    expect(intoDigest(state, effect, ['p2'], at('2026-01-29', '10:00')).effects).toHaveLength(1);
    const late = intoDigest(
      { ...state, startsAt: at('2026-02-02', '18:00') },
      effect,
      ['p2'],
      at('2026-01-30', '10:00'),
    );
    expect(late.effects).toEqual([]);
    expect(late.state.reminded?.['p2']).toMatchObject({ dropped: 1 });
  });
});

describe('H1 who is off at a rung', () => {
  test('E1 the pre-reading comes to them before, by a timer of their own, and to the others at its hour', () => {
    const startsAt = at('2026-10-08', '09:30');
    const sent = create({ startsAt, agenda, publish: true }, { now: at('2026-09-24', '10:00') });
    const clocks = { p6: shanghai };
    const known = applyReply(sent.state, { type: 'clocksFound', clocks }, at('2026-09-24', '10:01')).state;
    // The day before, 7 October, is a working day in Taiwan, and a holiday in China, where work ends on 30 September.
    expect(known.timers.filter((t) => t.kind === 'preRead')).toEqual([
      { key: 'preRead', kind: 'preRead', at: at('2026-10-07', '14:00') },
      { key: 'preRead:p6', kind: 'preRead', ref: 'p6', at: at('2026-09-30', '18:00') },
    ]);
    const sim = advance(
      simulate({ state: known, effects: [], result: undefined }, at('2026-09-24', '10:01')),
      startsAt - 1,
    );
    expect(story(sim).filter((line) => line.includes('preRead'))).toEqual([
      '2026-09-30 18:00 preRead → p6',
      '2026-10-07 14:00 preRead → p1 p2 p7 p3 p4',
    ]);
  });

  test('N1 a draft asks for its host’s clock, and reminds a host who is off before it', () => {
    const startsAt = at('2026-10-12', '09:30');
    const now = at('2026-09-24', '10:00');
    const draft = create({ startsAt }, { now });
    expect(draft.effects).toContainEqual({ type: 'findClocks', people: ['p2'] });
    // Nobody who lives by the meeting's clock costs a revision.
    expect(clocksFound(draft.state, {}, now).state).toBe(draft.state);
    // The limit is Sunday; the two working days before it are, in Taiwan, 7 and 8 October, both holidays in China.
    const known = applyReply(draft.state, { type: 'clocksFound', clocks: { p2: shanghai } }, now).state;
    expect(waits(known).filter((line) => line.includes('draftReminder'))).toEqual([
      '2026-09-30 18:00 draftReminder',
      '2026-10-07 10:00 draftReminder',
    ]);
    const sim = advance(simulate({ state: known, effects: [], result: undefined }, now), startsAt - 1);
    const lines = story(sim).filter((line) => line.includes('draftLimit'));
    expect(lines).toEqual(['2026-09-30 18:00 draftLimit → p2', '2026-10-08 10:00 draftLimit → p2']);
  });

  test('N1 a draft that is too near for any reminder asks for nobody’s clock', () => {
    expect(create({}, { now: at('2026-01-31', '10:00') }).effects).toEqual([]);
  });
});
