/** R5: who is asked whether an entry still holds, and when. */
import { insideHours, nextSlot } from '../calendar/index.js';
import type { Instant, LocalTime, WorkingCalendar, ZoneData } from '../calendar/index.js';
import type { DepartmentId, PersonId } from '../meeting/state.js';

/** As an entry names its owner: a person, a department, both or nobody. */
export interface Owner {
  person?: PersonId;
  department?: DepartmentId;
}

/** Who could be asked today. */
export interface Askable {
  /** Here, reached by mail, of this house. */
  able(person: PersonId): boolean;
  onLeave(person: PersonId): boolean;
  /** Who leads the owning department, its parent, …, today, nearest first (H5). */
  heads: PersonId[];
  /** Looks after what nobody owns: the PMO, else who archives. */
  archivist?: PersonId | undefined;
}

/**
 * The owner; where nobody of that name can be asked, who leads the owning department; without either, who looks after all.
 * An owner on leave is asked after it: undefined.
 */
export function askedOf({ person }: Owner, { able, onLeave, heads, archivist }: Askable): PersonId | undefined {
  if (person !== undefined && able(person)) return onLeave(person) ? undefined : person;
  return [...heads, archivist].find((p): p is PersonId => p !== undefined && able(p));
}

/** H1, H2: at once inside somebody's own hours, else at their next digest. */
export function askAt(calendar: WorkingCalendar, zone: ZoneData, now: Instant, digestAt: LocalTime): Instant {
  return insideHours(calendar, zone, now) ? now : nextSlot(calendar, zone, now, digestAt);
}
