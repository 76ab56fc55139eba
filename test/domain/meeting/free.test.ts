import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { isWorkingDay, MINUTE, toLocal } from '../../../domain/calendar/index.js';
import { doubleBooked, expected, roomKey } from '../../../domain/meeting/booking.js';
import { earliestSlots } from '../../../domain/meeting/free.js';
import { aMeeting, at, taipei, taiwan } from '../../support/meeting.js';

const from = at('2026-02-13', '07:00');
const to = at('2026-03-02', '18:00');

describe('H10 free times', () => {
  test('lie in working hours of working days, touch nothing that is taken and not each other, earliest first', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 12 })).map(([start, length]) => ({
      startsAt: from + start * 45 * MINUTE,
      endsAt: from + (start * 45 + length * 20) * MINUTE,
    }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 60 }), fc.integer({ min: 1, max: 600 }), (busy, durationMinutes) => {
        const query = { busy, from, to, durationMinutes, limit: 5, calendar: taiwan, zone: taipei };
        const slots = earliestSlots(query);
        slots.forEach((slot, i) => {
          const { date, time } = toLocal(taipei, slot.startsAt);
          expect(isWorkingDay(taiwan, date)).toBe(true);
          expect(time >= '08:30' && toLocal(taipei, slot.endsAt).time <= '18:00').toBe(true);
          expect(slot.endsAt - slot.startsAt).toBe(durationMinutes * MINUTE);
          expect(busy.some((b) => b.startsAt < slot.endsAt && b.endsAt > slot.startsAt)).toBe(false);
          if (i > 0) expect(slot.startsAt).toBeGreaterThanOrEqual(slots[i - 1]!.endsAt);
        });
      }),
    );
  });
});

describe('H10 double booking', () => {
  const one = aMeeting({ phase: 'notice' });
  const other = { ...one, id: 'bbbbccccddddeeee', place: '３f-會議室' };

  test('names who is expected in both, and the room however it is written', () => {
    const found = doubleBooked(one, [other]);
    expect(found.people.map((p) => p.person).sort()).toEqual(expected(one).sort());
    expect(found.room.map((m) => m.id)).toEqual([other.id]);
    expect(roomKey('  ')).toBeUndefined();
  });

  test('not who has declined, but who comes instead; not a meeting that only follows, nor one that is over', () => {
    const by = { via: 'link' as const };
    const declined = { ...other, rsvps: { p7: { reply: 'declined' as const, delegate: 'p9', at: from, by } } };
    expect(doubleBooked(one, [declined]).people.map((p) => p.person)).not.toContain('p7');
    const after = { ...other, startsAt: one.plannedEndAt, plannedEndAt: one.plannedEndAt + 1 };
    expect(doubleBooked(one, [after, { ...other, phase: 'cancelled' as const }])).toEqual({ people: [], room: [] });
  });
});
