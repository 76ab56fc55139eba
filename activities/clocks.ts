/** H1: people's clocks as data, for the rules, which know no tz data. */
import { calendarFor, DAY } from '../domain/calendar/index.js';
import type { Instant, PersonalClock, WorkingCalendar, ZoneData } from '../domain/calendar/index.js';
import type { PersonId } from '../domain/meeting/state.js';
import { keptZones } from '../render/zones.js';
import type { DirectoryPort } from './ports.js';

/** As far as a meeting under way can look ahead: its start in two years, and what follows from it. */
const [back, ahead] = [7 * DAY, 3 * 365 * DAY];

/**
 * Clock and working calendar of those people whose clock or calendar is not the meeting's. A calendar follows from the zone
 * that somebody is known to live in; an unknown zone is the meeting's.
 */
export async function clocksOf(
  directory: DirectoryPort,
  { people, zoneName, now }: { people: PersonId[]; zoneName: string; now: Instant },
): Promise<Record<PersonId, PersonalClock>> {
  const known = await directory.people(people);
  const here = zoneOf(zoneName, now);
  const entries = known.flatMap(({ id, timeZone }) => {
    if (timeZone === undefined || timeZone === zoneName) return [];
    const zone = zoneOf(timeZone, now);
    if (zone === undefined) return [];
    const calendar = calendarFor(timeZone);
    const sameDays = calendar.id === calendarFor(zoneName).id;
    if (sameDays) return sameClock(zone, here) ? [] : [[id, zone] as const];
    return [[id, { ...zone, calendar: within(calendar, now) }] as const];
  });
  return Object.fromEntries(entries);
}

/** As much of it as a meeting can need: it is carried for its whole life. */
function within(calendar: WorkingCalendar, now: Instant): WorkingCalendar {
  const [first, last] = [now - back, now + ahead].map((t) => new Date(t).toISOString().slice(0, 10)) as [
    string,
    string,
  ];
  const near = (dates: readonly string[]): string[] => dates.filter((date) => date >= first && date <= last);
  return { ...calendar, holidays: near(calendar.holidays), makeUpDays: near(calendar.makeUpDays) };
}

const kept = keptZones(back, ahead);

function zoneOf(name: string, now: Instant): ZoneData | undefined {
  try {
    return kept(name, now);
  } catch {
    return undefined;
  }
}

const sameClock = (a: ZoneData, b: ZoneData | undefined): boolean =>
  b !== undefined && JSON.stringify(a.offsets) === JSON.stringify(b.offsets);
