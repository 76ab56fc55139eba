import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  HOUR,
  insideHours,
  isWorkingDay,
  nextSlot,
  reminderTime,
  toLocal,
  zoneData,
} from '../../../domain/calendar/index.js';
import { at, taipei, taiwan } from '../../support/meeting.js';

const span = [Date.UTC(2025, 11, 1), Date.UTC(2027, 3, 1)] as const;
const zones = [
  'Asia/Taipei',
  'Asia/Tokyo',
  'Europe/London',
  'America/Los_Angeles',
  'Pacific/Auckland',
  'Asia/Kolkata',
].map((name) => zoneData(name, ...span));
const zone = fc.constantFrom(...zones);
const instant = fc.integer({ min: Date.UTC(2026, 0, 5), max: Date.UTC(2026, 11, 20) });

describe('H2 the next 08:40', () => {
  test('H2 it is the first one at or after the moment, on a working day of the recipient', () => {
    fc.assert(
      fc.property(zone, instant, (z, t) => {
        const slot = nextSlot(taiwan, z, t, '08:40');
        const local = toLocal(z, slot);
        expect(slot).toBeGreaterThanOrEqual(t);
        expect([local.time, isWorkingDay(taiwan, local.date)]).toEqual(['08:40', true]);
        expect(nextSlot(taiwan, z, slot, '08:40')).toBe(slot);
        // None between: from any earlier moment on it is this one.
        expect(nextSlot(taiwan, z, Math.max(t, slot - HOUR), '08:40')).toBe(slot);
        for (let before = slot - 24 * HOUR; before >= t; before -= 24 * HOUR)
          expect(isWorkingDay(taiwan, toLocal(z, before).date)).toBe(false);
      }),
    );
  });

  test('H2 over a weekend, over the Lunar New Year, and at the very minute', () => {
    const next = (date: string, time: string): number => nextSlot(taiwan, taipei, at(date, time), '08:40');
    expect(next('2026-02-06', '18:00')).toBe(at('2026-02-09', '08:40'));
    expect(next('2026-02-13', '08:41')).toBe(at('2026-02-23', '08:40'));
    expect(next('2026-02-13', '08:40')).toBe(at('2026-02-13', '08:40'));
  });

  test('H2 a time outside the working hours counts as their beginning', () => {
    const late = { ...taiwan, id: 'late', dayStart: '09:30' };
    expect(nextSlot(late, taipei, at('2026-02-05', '09:00'), '08:40')).toBe(at('2026-02-05', '09:30'));
  });
});

describe('H1 a reminder with a clock time of its own, by the recipient’s clock', () => {
  test('H1 never in quiet hours; pulled forward, or waiting but before the deadline', () => {
    fc.assert(
      fc.property(
        zone,
        instant,
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 0, max: 72 }),
        (z, now, h, left) => {
          const at = now + h * HOUR;
          const deadline = at + left * HOUR;
          const own = reminderTime(taiwan, z, { at, deadline, now });
          if (insideHours(taiwan, z, at)) expect(own).toBe(at);
          if (own === undefined) return;
          expect(insideHours(taiwan, z, own)).toBe(true);
          expect(own).toBeGreaterThan(now);
          if (own > at) expect(own).toBeLessThan(deadline);
          // Forward by no more than it must: between it and the time that was meant lie quiet hours only.
          else for (let t = own + HOUR; t < at && own < at; t += HOUR) expect(insideHours(taiwan, z, t)).toBe(false);
        },
      ),
    );
  });

  test('H1 10:00 in Taipei is the night before in London: forward to its 18:00', () => {
    const london = zones[2]!;
    const now = at('2026-01-28', '10:00');
    const own = reminderTime(taiwan, london, {
      at: at('2026-01-30', '10:00'),
      deadline: at('2026-02-02', '09:30'),
      now,
    });
    expect(toLocal(london, own!)).toMatchObject({ date: '2026-01-29', time: '18:00' });
  });
});
