/** H1: people's clocks as data, for the rules, which know no tz data. */
import { DAY, zoneData } from '../domain/calendar/index.js';
import type { Instant, ZoneData } from '../domain/calendar/index.js';
import type { PersonId } from '../domain/meeting/state.js';
import type { DirectoryPort } from './ports.js';

/** As far as a meeting under way can look ahead: its start in two years, and what follows from it. */
const [back, ahead] = [7 * DAY, 3 * 365 * DAY];

/** The zones of those people whose clock ever differs from the meeting's; an unknown zone is the meeting's. */
export async function clocksOf(
  directory: DirectoryPort,
  { people, zoneName, now }: { people: PersonId[]; zoneName: string; now: Instant },
): Promise<Record<PersonId, ZoneData>> {
  const known = await directory.people(people);
  const here = zoneOf(zoneName, now);
  const entries = known.flatMap(({ id, timeZone }) => {
    if (timeZone === undefined || timeZone === zoneName) return [];
    const zone = zoneOf(timeZone, now);
    return zone === undefined || sameClock(zone, here) ? [] : [[id, zone] as const];
  });
  return Object.fromEntries(entries);
}

function zoneOf(name: string, now: Instant): ZoneData | undefined {
  const today = Math.floor(now / DAY) * DAY;
  try {
    return zoneData(name, today - back, today + ahead);
  } catch {
    return undefined;
  }
}

const sameClock = (a: ZoneData, b: ZoneData | undefined): boolean =>
  b !== undefined && JSON.stringify(a.offsets) === JSON.stringify(b.offsets);
