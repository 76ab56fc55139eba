import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { addDays, isWorkingDay, toLocal, zoneData } from '../../domain/calendar/index.js';
import { earliestSlot, freeSlots } from '../../domain/slots.js';
import type { Busy } from '../../domain/slots.js';
import { at, taipei, taiwan } from '../support/meeting.js';

const minute = 60_000;
const from = at('2026-02-02', '10:07');
const busy = (begin: string, end: string, date = '2026-02-02'): Busy => ({
  person: 'p1',
  from: at(date, begin),
  to: at(date, end),
});

describe('X1 the earliest slot that suits everybody', () => {
  it('X1 begins on the next quarter of an hour when nobody is taken', () => {
    expect(earliestSlot([], taiwan, taipei, { durationMinutes: 30, from })).toEqual({
      startsAt: at('2026-02-02', '10:15'),
      endsAt: at('2026-02-02', '10:45'),
    });
  });

  it('X1 waits for the last who is taken, and fits between two meetings', () => {
    const taken = [busy('10:00', '11:00'), { ...busy('10:30', '11:20'), person: 'p2' }, busy('12:00', '17:45')];
    const slots = freeSlots(taken, taiwan, taipei, { durationMinutes: 30, from });
    expect(slots.map((s) => toLocal(taipei, s.startsAt))).toMatchObject([
      { date: '2026-02-02', time: '11:30' },
      { date: '2026-02-03', time: '08:30' },
      { date: '2026-02-03', time: '09:00' },
    ]);
  });

  it('X1 after hours it is the next working day, over the holidays', () => {
    const evening = at('2026-02-13', '18:30');
    expect(
      toLocal(taipei, earliestSlot([], taiwan, taipei, { durationMinutes: 60, from: evening })!.startsAt),
    ).toMatchObject({
      date: '2026-02-23',
      time: '08:30',
    });
  });

  it('X1 none when nothing is free in the days looked through', () => {
    const taken = Array.from({ length: 40 }, (_, i) => busy('00:00', '23:59', addDays('2026-02-02', i)));
    expect(freeSlots(taken, taiwan, taipei, { durationMinutes: 30, from, workingDays: 5 })).toEqual([]);
  });

  it('X1 whatever is taken: within working hours, touching nobody, and none earlier would do', () => {
    const zone = zoneData('Europe/London', Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1));
    const start = Date.UTC(2026, 2, 26, 7);
    const piece = fc.record({
      person: fc.constantFrom('p1', 'p2', 'p3'),
      begin: fc.integer({ min: 0, max: 6 * 96 }),
      length: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.constantFrom(15, 30, 45, 60, 120),
        (pieces, durationMinutes) => {
          const taken = pieces.map(({ person, begin, length }) => ({
            person,
            from: start + begin * 15 * minute,
            to: start + (begin + length) * 15 * minute,
          }));
          const slot = earliestSlot(taken, taiwan, zone, { durationMinutes, from: start });
          const fits = (t: number): boolean => {
            const [a, b] = [toLocal(zone, t), toLocal(zone, t + durationMinutes * minute)];
            if (!isWorkingDay(taiwan, a.date) || a.date !== b.date || a.time < '08:30' || b.time > '18:00')
              return false;
            return taken.every((x) => x.to <= t || x.from >= t + durationMinutes * minute);
          };
          const end = slot?.startsAt ?? start + 10 * 86_400_000;
          if (slot !== undefined) expect(fits(slot.startsAt)).toBe(true);
          for (let t = start; t < end; t += 15 * minute) expect(fits(t)).toBe(false);
        },
      ),
      { numRuns: 100 },
    );
  });
});
