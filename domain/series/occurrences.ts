import { addDays, fromLocal, isWorkingDay, nextWorkingDay, toLocal, workingDaysBefore } from '../calendar/index.js';
import type { Instant, LocalDate, WorkingCalendar, ZoneData } from '../calendar/index.js';
import { candidates } from './pattern.js';
import type { Candidate } from './pattern.js';
import type { Occurrence, SeriesRule } from './rule.js';

/** The longest run of days off that is looked over, so that a date moved out of it is still found. */
const marginDays = 40;

/**
 * S1: the meetings of a series that start at or after `from` and before `to`, in order. The time is the zone's wall clock,
 * the same whatever the clock changes; one that a day skips goes forward (zone.ts). Each key and each start comes once.
 */
export function occurrences(
  rule: SeriesRule,
  calendar: WorkingCalendar,
  zone: ZoneData,
  from: Instant,
  to: Instant,
): Occurrence[] {
  const last = addDays(toLocal(zone, to).date, marginDays);
  return all(rule, calendar, zone, latest(rule, last)).filter((o) => o.startsAt >= from && o.startsAt < to);
}

/** The next one at or after an instant, if the series has any within two years. */
export function nextOccurrence(
  rule: SeriesRule,
  calendar: WorkingCalendar,
  zone: ZoneData,
  from: Instant,
): Occurrence | undefined {
  const twoYears = 2 * 366 * 86_400_000;
  return occurrences(rule, calendar, zone, from, from + twoYears)[0];
}

/** A date that somebody names, by its key or by the day it takes place on. */
export function occurrenceOn(
  rule: SeriesRule,
  calendar: WorkingCalendar,
  zone: ZoneData,
  date: LocalDate,
): Occurrence | undefined {
  const near = all({ ...rule, skips: [] }, calendar, zone, latest(rule, addDays(date, marginDays)));
  return near.find((o) => o.date === date) ?? near.find((o) => o.key === date);
}

/** A date that was moved may lie far from its place in the pattern. */
function latest(rule: SeriesRule, date: LocalDate): LocalDate {
  return rule.moves.reduce((last, { key }) => (key > last ? key : last), date);
}

function all(rule: SeriesRule, calendar: WorkingCalendar, zone: ZoneData, last: LocalDate): Occurrence[] {
  const found: Occurrence[] = [];
  const dates = new Set<LocalDate>();
  let counted = 0;
  for (const candidate of candidates(rule.pattern, rule.starts, last, calendar)) {
    if (rule.count !== undefined && counted >= rule.count) break;
    const date = placed(rule, calendar, candidate);
    if (date === undefined || date < rule.starts || isAfterEnd(rule, candidate, date) || dates.has(date)) continue;
    dates.add(date);
    counted += 1;
    if (rule.skips.includes(candidate.key)) continue;
    const move = rule.moves.find((m) => m.key === candidate.key);
    const at = move ?? { date, time: rule.time };
    found.push({ key: candidate.key, date: at.date, startsAt: fromLocal(zone, at.date, at.time) });
  }
  return distinct(found.sort((a, b) => a.startsAt - b.startsAt || (a.key < b.key ? -1 : 1)));
}

/** Where a date falls when days off are heeded; undefined: it does not take place. */
function placed(rule: SeriesRule, calendar: WorkingCalendar, { date }: Candidate): LocalDate | undefined {
  if (isWorkingDay(calendar, date)) return date;
  switch (rule.onDayOff) {
    case 'skip':
      return undefined;
    case 'next':
      return nextWorkingDay(calendar, date);
    case 'previous':
      return workingDaysBefore(calendar, date, 1);
  }
}

/** The last date belongs to the series even when a day off puts the meeting after it. */
const isAfterEnd = ({ until }: SeriesRule, { date: planned }: Candidate, date: LocalDate): boolean =>
  until !== undefined && planned > until && date > until;

/** Two dates moved onto the same moment are one meeting. */
function distinct(sorted: Occurrence[]): Occurrence[] {
  return sorted.filter((o, i) => i === 0 || sorted[i - 1]!.startsAt !== o.startsAt);
}
