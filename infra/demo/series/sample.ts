import { readFileSync } from 'node:fs';
import { isWorkingDay, addDays, weekdayOf, workingDaysAfter } from '../../../domain/calendar/index.js';
import type { Instant, LocalDate } from '../../../domain/calendar/index.js';
import type { Locale } from '../../../domain/meeting/state.js';
import type { Scenario } from '../scenario.js';
import { isDayOffAnywhere, type Place, startTime, suitableDay } from '../start-day.js';

type Json = Record<string, unknown>;

/** The longer story: what is the same in each meeting of the series, and what is special. */
export interface Season {
  /** All fields of a series but when it meets. */
  template: Json;
  /** Only on the first agenda. */
  firstTopic: Json & { minutes: number };
  /** All fields of an emergency meeting but its start. */
  emergency: Json;
  /** Who comes instead of a key person, and is in no list before. */
  delegate: { email: string; name: string };
}

/** The series plays in the company of the sample, with its people. */
export function readSeason(locale: Locale, { meeting }: Scenario): Season {
  const file = new URL(`../samples/series.${locale}.json`, import.meta.url);
  const { series, firstTopic, emergency, delegate } = JSON.parse(readFileSync(file, 'utf8')) as {
    series: Json;
    firstTopic: Season['firstTopic'];
    emergency: Json & { participants: string[] };
    delegate: Season['delegate'];
  };
  const { kind: _, ...company } = meeting;
  const { supportDepartments: __, ...urgent } = company;
  const people = meeting['participants'] as { email: string }[];
  return {
    template: { ...company, ...series },
    firstTopic,
    emergency: {
      ...urgent,
      ...emergency,
      kind: 'emergency',
      participants: people.filter(({ email }) => emergency.participants.includes(email)),
    },
    delegate,
  };
}

export const meetings = 3;
/** As far ahead as a series may make its meetings. */
const leadDays = 60;
/** Working days between two of its meetings at least, for the notice and an emergency meeting in between. */
const apart = 4;

/** Weekly, first on a day from which on three meetings fall on working days, with enough of those in between. */
export function recurrenceFrom(place: Place, now: Instant): Json {
  const { calendar } = place;
  let first = suitableDay(place, now);
  const fits = (date: LocalDate): boolean => isWorkingDay(calendar, date) && !isDayOffAnywhere(calendar, date);
  const good = (): boolean =>
    [0, 7, 14].every((n) => fits(addDays(first, n))) &&
    [0, 7].every((n) => workingDaysAfter(calendar, addDays(first, n), apart) <= addDays(first, n + 7));
  for (let tries = 0; !good() && tries < leadDays - 3 * 7; tries++) first = addDays(first, 1);
  const recurrence = { every: 'week', weekdays: [weekdayOf(first)], time: startTime, starts: first, count: meetings };
  return { recurrence, leadDays };
}
