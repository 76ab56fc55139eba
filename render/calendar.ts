/**
 * The meeting as a calendar object (N1, N4): stable UID, SEQUENCE as given, ORGANIZER in our domain with the host's name,
 * so that calendar replies come to us (N2). The only ATTENDEE is the recipient: other people's addresses are nobody's
 * business, and some programs mail everyone who is listed. It holds no personal link: calendars are shared and
 * delegated, and whoever has such a link answers for the person.
 */
import { createHash } from 'node:crypto';
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventStatus,
} from 'ical-generator';
import type { ICalEvent } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { offsetAt } from '../domain/calendar/index.js';
import type { Instant } from '../domain/calendar/index.js';
import { participantOf } from '../domain/meeting/people.js';
import type { Locale, MeetingState, Reply } from '../domain/meeting/state.js';
import { translator } from '../locales/index.js';
import { agendaSection, materialsSection, purposeFacts, rolesFact, urgencyFact } from './mail/parts.js';
import type { MeetingView } from './mail/parts.js';
import { factsText, sectionsText } from './mail/plain.js';
import { nameIn, namesIn } from './names.js';
import { oneLine, webLink } from './text.js';
import type { DepartmentCard, PersonCard } from './types.js';
import { whenFor } from './when.js';
import { localText, zoneBlock } from './zone-block.js';

export interface CalendarInput {
  state: MeetingState;
  /** PUBLISH is for a download: no ATTENDEE, nothing to answer. */
  method: 'REQUEST' | 'CANCEL' | 'PUBLISH';
  reader: PersonCard;
  /** The reader's language. */
  locale: Locale;
  people: PersonCard[];
  departments: DepartmentCard[];
  /** Our From address. */
  from: { name: string; address: string };
  /** Of UID and Message-ID. */
  mailDomain: string;
}

interface CalendarContent {
  method: CalendarInput['method'];
  startsAt: Instant;
  endsAt: Instant;
  zone: string;
  summary: string;
  location: string;
  url: string | undefined;
  description: string;
  organizer: string;
  urgent: boolean;
}

export function contentOf({
  state,
  method,
  reader,
  locale,
  people,
  departments,
}: Omit<CalendarInput, 'from' | 'mailDomain'>): CalendarContent {
  const say = translator(locale);
  const names = namesIn(locale, people, departments);
  // The reader's zone stays out: a calendar program shows every time in its own.
  const when = whenFor(locale, state.zone);
  const c: MeetingView = { state, say, names, when, reader };
  const facts = [...urgencyFact(c), ...purposeFacts(c), ...rolesFact(c)];
  const sections = [agendaSection(c), ...materialsSection(c)];
  const url = webLink(state.onlineLink);
  return {
    method,
    startsAt: state.startsAt,
    endsAt: state.plannedEndAt,
    zone: state.zone.name,
    summary: oneLine(state.title),
    location: oneLine(state.place ?? url ?? state.onlineLink ?? ''),
    url,
    description: method === 'CANCEL' ? '' : `${factsText(facts, say)}\n\n${sectionsText(sections, say)}`,
    organizer: names.person(state.host),
    urgent: state.kind === 'emergency',
  };
}

/**
 * What the recipient sees, without SEQUENCE, stamps, their own answer and our addresses: the same hash = nothing new for
 * them. A cancellation says only that.
 */
export function calendarContentHash(input: CalendarInput): string {
  const content = contentOf(input);
  const seen = input.method === 'CANCEL' ? { method: content.method, startsAt: content.startsAt } : content;
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex');
}

/** Stable for the life of the meeting. */
export const calendarUid = (state: Pick<MeetingState, 'id'>, mailDomain: string): string => `${state.id}@${mailDomain}`;

const statuses: Record<Reply, ICalAttendeeStatus> = {
  accepted: ICalAttendeeStatus.ACCEPTED,
  declined: ICalAttendeeStatus.DECLINED,
  tentative: ICalAttendeeStatus.TENTATIVE,
};

/** In a quoted parameter neither quotes nor backslashes can stand (RFC 5545, 3.2). */
const quotable = (name: string): string => oneLine(name).replaceAll('"', "'").replaceAll('\\', '/');

/** A URI is not text: nothing is escaped in it, so what would be is percent-encoded (the generator escapes). */
export const uri = (url: string): string => url.replace(/[\\,;]/g, encodeURIComponent);

function addAttendee(event: ICalEvent, { state, reader, method, locale }: CalendarInput): void {
  if (reader.email === undefined || method === 'PUBLISH') return;
  const seat = participantOf(state, reader.id);
  const reply = state.rsvps[reader.id]?.reply;
  event.createAttendee({
    name: quotable(nameIn(locale, reader)),
    email: reader.email,
    rsvp: true,
    type: ICalAttendeeType.INDIVIDUAL,
    role: seat?.role === 'observer' ? ICalAttendeeRole.OPT : ICalAttendeeRole.REQ,
    status: reply === undefined ? ICalAttendeeStatus.NEEDSACTION : statuses[reply],
  });
}

/** The file: CRLF, lines folded at 75 octets between characters. `stamp` = workflow time, so that a repeat is the same. */
export function calendarText(input: CalendarInput, sequence: number, stamp: Instant): string {
  const { state, method, from, mailDomain } = input;
  const content = contentOf(input);
  const block = zoneBlock(state.zone, [content.startsAt, content.endsAt]);
  const at = (t: Instant): Date | Temporal.PlainDateTime =>
    block ? Temporal.PlainDateTime.from(localText(t, offsetAt(state.zone, t))) : new Date(t);
  const calendar = ical({
    method: ICalCalendarMethod[method],
    prodId: { company: 'Convoke', product: 'Convoke', language: 'EN' },
    scale: 'gregorian',
    timezone: { name: null, generator: () => block?.block ?? null },
  });
  const event = calendar.createEvent({
    id: calendarUid(state, mailDomain),
    sequence,
    stamp: new Date(stamp),
    lastModified: new Date(stamp),
    start: at(content.startsAt),
    end: at(content.endsAt),
    timezone: block?.tzid ?? null,
    summary: content.summary,
    location: content.location === '' ? null : content.location,
    description: content.description === '' ? null : content.description,
    url: content.url === undefined ? null : uri(content.url),
    status: method === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: quotable(content.organizer), email: from.address },
    priority: content.urgent ? 1 : null,
  });
  addAttendee(event, input);
  return `${calendar.toString()}\r\n`;
}
