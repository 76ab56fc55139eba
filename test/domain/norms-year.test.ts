/** Y1: which year is due when, until when its proposals wait, and whom they are put to. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWorkingDay, toLocal } from '../../domain/calendar/index.js';
import { defaultNorms } from '../../domain/norms.js';
import { dueForNorms, normKeepers, spanOfYear, waitingFor } from '../../domain/norms-year.js';
import { at, taipei, taiwan } from '../support/meeting.js';

test('Y1 on the first working day of a year the one before is due, at no other time', () => {
  // 1 January 2026 is a holiday, the 2nd a Friday.
  expect(dueForNorms(at('2026-01-02', '09:00'), taiwan, taipei)).toBe(2025);
  for (const day of ['2026-01-01', '2026-01-03', '2026-01-05', '2026-04-01', '2025-12-31'])
    expect([day, dueForNorms(at(day, '09:00'), taiwan, taipei)]).toEqual([day, undefined]);
});

test('Y1 a year is a year of the organisation’s calendar, without gaps', () => {
  const { from, to } = spanOfYear(2025, taipei);
  expect([from, to]).toEqual([at('2025-01-01', '00:00'), at('2026-01-01', '00:00')]);
  expect(spanOfYear(2026, taipei).from).toBe(to);
});

test('Y1 the answer is asked for within the days of a decision, reminders come with the digest of working days, later and later', () => {
  const start = at('2026-01-02', '09:00');
  expect(waitingFor(start, defaultNorms, taiwan, taipei)).toEqual({
    dueAt: at('2026-01-07', '18:00'),
    remindAt: [at('2026-01-07', '08:40'), at('2026-01-12', '08:40')],
  });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 20 }), (days, decisionWd) => {
      const madeAt = start + days * 86_400_000;
      const { dueAt, remindAt } = waitingFor(madeAt, { ...defaultNorms, decisionWd }, taiwan, taipei);
      const [first = 0, second = 0] = remindAt;
      expect(madeAt < first && first < dueAt && first < second).toBe(true);
      for (const t of [dueAt, ...remindAt]) expect(isWorkingDay(taiwan, toLocal(taipei, t).date)).toBe(true);
    }),
  );
});

test('Y1 the PMO and administrators are asked, each once; a department’s head stands for it', () => {
  const leaders = [
    { department: 'd1', person: 'p1' },
    { department: 'd2', parent: 'd1', person: 'p2' },
    { department: 'd3', parent: 'd1' },
  ];
  expect(normKeepers({ person: 'p9' }, leaders, ['p1', 'p9'])).toEqual(['p1', 'p9']);
  expect(normKeepers({ department: 'd2' }, leaders, ['p1'])).toEqual(['p1', 'p2']);
  expect(normKeepers({ department: 'd3' }, leaders, [])).toEqual([]);
  expect(normKeepers(undefined, leaders, [])).toEqual([]);
});
