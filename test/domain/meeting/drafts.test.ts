import { describe, expect, test } from 'vitest';
import { defaultNorms } from '../../../domain/norms.js';
import { advance, send, simulate, story, waits } from '../../support/simulate.js';
import { admin, at } from '../../support/meeting.js';
import { create, inBerlin, monday, wednesday } from './support.js';

describe('N1 a draft nears its limit', () => {
  test('N1 the host alone is reminded at 10:00 on the two working days before the limit, and told until when', () => {
    const sim = advance(simulate(create(), wednesday), monday - 1);
    expect(story(sim)).toEqual(['2026-01-29 10:00 draftLimit → p2', '2026-01-30 10:00 draftLimit → p2']);
    for (const { effect } of sim.mails) expect(effect.params).toEqual({ limit: monday - 24 * 3_600_000 });
    expect(new Set(sim.mails.map((m) => m.effect.occasion)).size).toBe(2);
    expect(story(advance(sim, monday))).toHaveLength(3);
  });

  test('N1 rungs that are past when the draft is made are skipped', () => {
    expect(waits(create({}, { now: at('2026-01-29', '10:00') }).state)).toEqual([
      '2026-01-30 10:00 draftReminder',
      '2026-02-02 09:30 lapse',
    ]);
    expect(waits(create({}, { now: at('2026-01-31', '10:00') }).state)).toEqual(['2026-02-02 09:30 lapse']);
  });

  test('N1 over the Lunar New Year the two working days lie before it', () => {
    // The limit of Monday 23 February is a Sunday after the holidays.
    const drafted = create({ startsAt: at('2026-02-23', '09:30') });
    expect(story(advance(simulate(drafted, wednesday), at('2026-02-23', '09:00')))).toEqual([
      '2026-02-12 10:00 draftLimit → p2',
      '2026-02-13 10:00 draftLimit → p2',
    ]);
  });

  test('N1 by the meeting’s own clock, where it changes too', () => {
    const { at: local } = inBerlin;
    const startsAt = local('2026-03-31', '09:00');
    const { state } = create({ startsAt }, { ...inBerlin, now: local('2026-03-23', '09:00') });
    // The limit is Monday 30 March; Friday's 10:00 is still winter time.
    expect(state.timers.find((t) => t.kind === 'draftReminder')?.at).toBe(Date.UTC(2026, 2, 26, 9));
    const sim = advance(
      simulate(create({ startsAt }, { ...inBerlin, now: local('2026-03-23', '09:00') }), 0),
      startsAt,
    );
    expect(sim.mails.map((m) => m.at)).toEqual([Date.UTC(2026, 2, 26, 9), Date.UTC(2026, 2, 27, 9), startsAt]);
  });

  test('N1 another start or host is what counts; a published or cancelled draft reminds nobody', () => {
    const draft = simulate(create(), wednesday);
    const moved = send(draft, 'patch', { startsAt: at('2026-02-05', '09:30'), host: 'p6' }, admin);
    expect(story(advance(moved, at('2026-02-05', '09:00')))).toEqual([
      '2026-02-02 10:00 draftLimit → p6',
      '2026-02-03 10:00 draftLimit → p6',
    ]);
    for (const sent of [send(draft, 'publish', {}, admin), send(draft, 'cancel', { reason: 'x' }, admin)])
      expect(story(advance(sent, monday)).filter((line) => line.includes('draftLimit'))).toEqual([]);
  });

  test('N1 a draft that became an emergency counts to its own limit; how many reminders is a norm', () => {
    const one = create({}, { norms: { ...defaultNorms, draftReminderWd: 1 } }).state;
    expect(waits(one)).toEqual(['2026-01-30 10:00 draftReminder', '2026-02-02 09:30 lapse']);
    const draft = simulate(create(), wednesday);
    const urgent = send(draft, 'patch', { kind: 'emergency', emergencyReason: '停產' }, admin);
    expect(story(advance(urgent, monday - 1))).toEqual([
      '2026-01-29 10:00 draftLimit → p2',
      '2026-01-30 10:00 draftLimit → p2',
    ]);
    expect(advance(urgent, monday - 1).mails[0]?.effect.params).toEqual({ limit: monday - 15 * 60_000 });
  });
});
