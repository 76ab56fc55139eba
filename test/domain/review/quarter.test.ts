import { expect, test } from 'vitest';
import fc from 'fast-check';
import { isWorkingDay, toLocal, zoneData } from '../../../domain/calendar/index.js';
import * as q from '../../../domain/review/quarter.js';
import { at, taipei, taiwan } from '../../support/meeting.js';

const zones = ['Asia/Taipei', 'Europe/Berlin', 'America/Los_Angeles', 'Pacific/Kiritimati'].map((name) =>
  zoneData(name, Date.UTC(2020, 0, 1), Date.UTC(2032, 0, 1)),
);
const instants = fc.integer({ min: Date.UTC(2021, 0, 2), max: Date.UTC(2030, 0, 1) });

test('R1 every moment lies in exactly the quarter that its zone shows, whatever its clock changes', () => {
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), (t, zone) => {
      const quarter = q.quarterOf(t, zone);
      const { from, to } = q.spanOf(quarter, zone);
      expect(t >= from && t < to).toBe(true);
      expect(q.quarterOf(from - 1, zone)).toBe(q.quarterBefore(quarter));
      expect(q.spanOf(q.quartersLater(quarter, 1), zone).from).toBe(to);
      expect(toLocal(zone, from)).toMatchObject({ date: q.firstDay(quarter), time: '00:00' });
      expect(q.quartersLater(q.sameQuarterLastYear(quarter), 4)).toBe(quarter);
      expect(q.quartersUpTo(quarter, 8)).toHaveLength(8);
      expect(q.quartersUpTo(quarter, 8).at(-1)).toBe(quarter);
    }),
  );
});

test('R1 a quarter is reviewed once, on the first working day of the next', () => {
  for (const year of [2025, 2026]) {
    for (const n of [1, 2, 3, 4] as const) {
      const quarter = `${year}-Q${n}` as const;
      const { to } = q.spanOf(quarter, taipei);
      const days = Array.from({ length: 15 }, (_, i) => to + i * 86_400_000 + 9 * 3_600_000);
      const due = days.filter((t) => q.dueForReview(t, taiwan, taipei) === quarter);
      expect(due).toHaveLength(1);
      expect(due[0]).toBe(q.reviewedAt(quarter, taiwan, taipei));
      expect(isWorkingDay(taiwan, toLocal(taipei, due[0]!).date)).toBe(true);
    }
  }
  // 1 January is a holiday, the 2nd a Friday.
  expect(q.reviewedAt('2025-Q4', taiwan, taipei)).toBe(at('2026-01-02', '09:00'));
});

test('R1 what is no quarter is none', () => {
  expect(['2026-Q1', '1970-Q4'].every(q.isQuarter)).toBe(true);
  expect(['2026-Q5', '2026-Q0', '2026Q1', '26-Q1', '1969-Q1', '2026-q1', ''].some(q.isQuarter)).toBe(false);
});
