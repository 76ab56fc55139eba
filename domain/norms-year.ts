/** Y1: the yearly look at the norms: which year is due when, until when its proposals wait, and whom they are put to. */
import { atTime, compare, dueAt, fromLocal, toLocal, workingDaysAfter } from './calendar/index.js';
import type { Instant, WorkingCalendar, ZoneData } from './calendar/index.js';
import type { PersonId } from './meeting/words.js';
import type { Norms } from './norms.js';
import { isPmo } from './pmo.js';
import type { Leader } from './review/audience.js';
import { firstWorkingDay, type Span } from './review/quarter.js';

/** The year that a scheduled time asks to look at: the one before, on a year's first working day; on all other days none. */
export function dueForNorms(t: Instant, calendar: WorkingCalendar, zone: ZoneData): number | undefined {
  const { date } = toLocal(zone, t);
  const current = Number(date.slice(0, 4));
  return compare(date, firstWorkingDay(`${current}-Q1`, calendar)) === 0 ? current - 1 : undefined;
}

export function spanOfYear(year: number, zone: ZoneData): Span {
  return { from: fromLocal(zone, `${year}-01-01`, '00:00'), to: fromLocal(zone, `${year + 1}-01-01`, '00:00') };
}

/** How often somebody is reminded before it is left to the list of tasks. */
const reminders = 2;

/** A decision's time (norm `decisionWd`) for the answer; reminders with the digest of that day and once more as much later. */
export function waitingFor(
  madeAt: Instant,
  { decisionWd, reminderAt }: Pick<Norms, 'decisionWd' | 'reminderAt'>,
  calendar: WorkingCalendar,
  zone: ZoneData,
): { dueAt: Instant; remindAt: Instant[] } {
  const { date } = toLocal(zone, madeAt);
  const day = (n: number) => workingDaysAfter(calendar, date, n * decisionWd);
  const rungs = Array.from({ length: reminders }, (_, i) => atTime(zone, day(i + 1), reminderAt));
  return { dueAt: dueAt(zone, day(1)), remindAt: rungs };
}

/** Whom proposals are put to: the PMO, and the people of administrators' keys; each once. */
export function normKeepers(pmo: Norms['pmo'], leaders: Leader[], administrators: PersonId[]): PersonId[] {
  const leads = (person: PersonId) => leaders.flatMap((l) => (l.person === person ? l.department : []));
  const known = [...new Set([...leaders.flatMap((l) => l.person ?? []), ...(pmo?.person ? [pmo.person] : [])])];
  const office = known.filter((person) => isPmo({ person, leads: leads(person) }, pmo));
  return [...new Set([...office, ...administrators])].sort();
}
