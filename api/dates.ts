/** ISO texts and dates of a request as instants, in the meeting's zone. */
import { dueAt, offsetIsValid, parseIsoInstant } from '../domain/calendar/index.js';
import type { Instant, ZoneData } from '../domain/calendar/index.js';
import { fault, Refusal } from '../domain/errors.js';

/** The instant of a text that the schema let pass; an offset that the zone does not have then is refused. */
export function instantIn(zone: ZoneData, text: string, path: string): Instant {
  const t = parseIsoInstant(text);
  if (t === undefined) throw new Refusal('BadInput', [fault('input.instant', path)]);
  if (!offsetIsValid(zone, text)) throw new Refusal('BadInput', [fault('input.offset', path)]);
  return t;
}

/** 18:00 of a date, if one was given. */
export function instantOfDate(zone: ZoneData, date: string | undefined): Instant | undefined {
  return date === undefined ? undefined : dueAt(zone, date);
}

/** What a body calls by date and the domain by moment: due dates mean 18:00 in the meeting's zone. */
interface Dated {
  dueDate?: string | undefined;
  newDueDate?: string | undefined;
  talkedAt?: string | undefined;
  nextMeetingAt?: string | undefined;
}

type Moments<T extends Dated> = Omit<T, keyof Dated> &
  (T extends { dueDate: string } ? { dueAt: Instant } : { dueAt?: Instant }) & {
    newDueAt?: Instant;
    talkedAt?: Instant;
    nextMeetingAt?: Instant;
  };

/** The same input with moments instead of texts; the rest as it is. */
export function withDates<T extends Dated>(zone: ZoneData, input: T): Moments<T> {
  const { dueDate, newDueDate, talkedAt, nextMeetingAt, ...rest } = input;
  return {
    ...rest,
    ...(dueDate === undefined ? {} : { dueAt: dueAt(zone, dueDate) }),
    ...(newDueDate === undefined ? {} : { newDueAt: dueAt(zone, newDueDate) }),
    ...(talkedAt === undefined ? {} : { talkedAt: instantIn(zone, talkedAt, 'talkedAt') }),
    ...(nextMeetingAt === undefined ? {} : { nextMeetingAt: instantIn(zone, nextMeetingAt, 'nextMeetingAt') }),
  } as Moments<T>;
}
