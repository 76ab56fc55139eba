import {
  fromLocal,
  insideHours,
  nextWorkingDay,
  toIso,
  toLocal,
  workingDaysAfter,
} from '../../domain/calendar/index.js';
import type { Instant, LocalDate, WorkingCalendar, ZoneData } from '../../domain/calendar/index.js';

/** Working days from today to the meeting: one to reply on, and a last one before the start for the reminders. */
const leadDays = 4;
export const startTime = '09:30';
/** Milliseconds. */
const emergencyLead = 90 * 60_000;
const quarter = 15 * 60_000;

export interface Place {
  calendar: WorkingCalendar;
  zone: ZoneData;
}

/** 09:30 on a working day, far enough ahead for the whole notice phase, as ISO 8601. */
export function suitableStart(place: Place, now: Instant): string {
  return toIso(place.zone, fromLocal(place.zone, suitableDay(place, now), startTime));
}

export function suitableDay({ calendar, zone }: Place, now: Instant): LocalDate {
  let date = workingDaysAfter(calendar, toLocal(zone, now).date, leadDays);
  while (isDayOffAnywhere(calendar, date)) date = nextWorkingDay(calendar, date);
  return date;
}

/** X1: in a while where working hours allow it, else the next working morning. */
export function emergencyStart({ calendar, zone }: Place, now: Instant): string {
  const soon = Math.ceil((now + emergencyLead) / quarter) * quarter;
  if (insideHours(calendar, zone, now) && insideHours(calendar, zone, soon + emergencyLead)) return toIso(zone, soon);
  return toIso(zone, fromLocal(zone, nextWorkingDay(calendar, toLocal(zone, now).date), startTime));
}

/** Where only weekends are known, nobody should be invited for Christmas or New Year either. */
export function isDayOffAnywhere(calendar: WorkingCalendar, date: LocalDate): boolean {
  return calendar.holidays.length === 0 && ['12-24', '12-25', '12-26', '12-31', '01-01'].includes(date.slice(5));
}
