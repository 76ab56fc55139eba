/** N2: what a calendar program sent back (iTIP, RFC 5546), out of the mail that carried it (iMIP, RFC 6047). */
import ICAL from 'ical.js';
import type { AddressObject, ParsedMail } from 'mailparser';
import type { Instant } from '../../domain/calendar/index.js';
import type { Reply } from '../../domain/meeting/state.js';

/** One answer of one attendee. Addresses in lower case. */
export interface CalendarReply {
  method: 'REPLY' | 'COUNTER';
  uid: string;
  /** Of whom the answer is, by the calendar object. */
  attendee: string;
  attendeeName: string;
  /** Who sent the mail. */
  from: string;
  reply: Reply;
  /** PARTSTAT=DELEGATED: to whom. */
  delegate?: string;
  comment?: string;
  sequence: number;
  /** When the attendee's program wrote it; of two answers to one SEQUENCE the later holds. */
  stampedAt: Instant;
  /** COUNTER: what is proposed instead. */
  proposed?: { startsAt: Instant; endsAt?: Instant };
  messageId?: string;
  /** The header fields Authentication-Results, topmost first. */
  authenticationResults: string[];
}

/** Why a message is dropped: codes for the log, never an address. */
export type Junk =
  | 'unreadable'
  | 'noCalendar'
  | 'notAReply'
  | 'noUid'
  | 'noAttendee'
  | 'severalAttendees'
  | 'noAnswer'
  | 'automatic'
  | 'ourOwn'
  | 'noSender';

const statuses: Record<string, Reply> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
  DELEGATED: 'declined',
};

/** Characters of a comment that are kept; a form takes as many. */
const longestComment = 500;

/** The answer in a mail as it came in, or why there is none. Never throws. */
export async function readReply(source: Buffer, ourAddress: string): Promise<CalendarReply | Junk> {
  try {
    const { simpleParser } = await import('mailparser');
    const mail = await simpleParser(source, { skipTextToHtml: true, skipImageLinks: true, maxHtmlLengthToParse: 1 });
    return fromMail(mail, ourAddress.toLowerCase());
  } catch {
    return 'unreadable';
  }
}

function fromMail(mail: ParsedMail, ourAddress: string): CalendarReply | Junk {
  const from = senderOf(mail.from);
  if (from === undefined) return 'noSender';
  if (from === ourAddress) return 'ourOwn';
  const calendar = calendarOf(mail);
  if (calendar === undefined) return isAutomatic(mail) ? 'automatic' : 'noCalendar';
  const answer = fromCalendar(calendar);
  if (typeof answer === 'string') return answer;
  return {
    ...answer,
    from,
    ...(mail.messageId === undefined ? {} : { messageId: mail.messageId }),
    authenticationResults: headerLines(mail, 'authentication-results'),
  };
}

/** One sender, or none that can be told. */
function senderOf(from: AddressObject | undefined): string | undefined {
  const [only, ...others] = from?.value ?? [];
  return others.length > 0 ? undefined : only?.address?.toLowerCase() || undefined;
}

/** RFC 3834: an absence notice or a bounce is nobody's answer. */
const isAutomatic = (mail: ParsedMail): boolean =>
  headerLines(mail, 'auto-submitted').some((value) => !/^no\b/i.test(value)) ||
  headerLines(mail, 'precedence').some((value) => /^(bulk|junk|list|auto_reply)$/i.test(value));

const headerLines = (mail: ParsedMail, name: string): string[] =>
  mail.headerLines
    .filter((header) => header.key === name)
    .map(({ line }) =>
      line
        .slice(line.indexOf(':') + 1)
        .replace(/\r?\n[ \t]+/g, ' ')
        .trim(),
    );

/** The part that the programs read first; an attached copy (application/ics) where there is no other. */
function calendarOf(mail: ParsedMail): string | undefined {
  const parts = ['text/calendar', 'application/ics'].flatMap((type) =>
    mail.attachments.filter((part) => part.contentType === type),
  );
  return parts[0]?.content.toString('utf8');
}

type Answer = Omit<CalendarReply, 'from' | 'messageId' | 'authenticationResults'>;

function fromCalendar(text: string): Answer | Junk {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const method = String(calendar.getFirstPropertyValue('method') ?? '').toUpperCase();
  if (method !== 'REPLY' && method !== 'COUNTER') return 'notAReply';
  const [event] = calendar.getAllSubcomponents('vevent');
  const uid = textOf(event, 'uid');
  if (event === undefined || uid === undefined) return 'noUid';
  const attendees = event.getAllProperties('attendee');
  const [attendee] = attendees;
  if (attendee === undefined) return 'noAttendee';
  if (attendees.length > 1) return 'severalAttendees';
  const reply = statuses[parameter(attendee, 'partstat')?.toUpperCase() ?? ''] ?? (method === 'COUNTER' && 'tentative');
  const address = addressOf(attendee.getFirstValue());
  if (!reply || address === undefined) return 'noAnswer';
  const delegate = addressOf(parameter(attendee, 'delegated-to'));
  const comment = (textOf(event, 'comment') ?? '').trim().slice(0, longestComment);
  const proposed = method === 'COUNTER' ? times(event) : undefined;
  return {
    method,
    uid,
    attendee: address,
    attendeeName: (parameter(attendee, 'cn') ?? '').trim(),
    reply,
    ...(delegate === undefined ? {} : { delegate }),
    ...(comment === '' ? {} : { comment }),
    sequence: Number(event.getFirstPropertyValue('sequence') ?? 0),
    stampedAt: instantOf(event, 'dtstamp') ?? 0,
    ...(proposed === undefined ? {} : { proposed }),
  };
}

function textOf(event: ICAL.Component | undefined, name: string): string | undefined {
  const value = event?.getFirstPropertyValue(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function parameter(property: ICAL.Property, name: string): string | undefined {
  const value: unknown = property.getParameter(name);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}

function addressOf(value: unknown): string | undefined {
  const found = /^mailto:([^\s<>]+@[^\s<>]+)$/i.exec(typeof value === 'string' ? value.trim() : '');
  return found?.[1]?.toLowerCase();
}

function times(event: ICAL.Component): CalendarReply['proposed'] {
  const startsAt = instantOf(event, 'dtstart');
  const endsAt = instantOf(event, 'dtend');
  return startsAt === undefined ? undefined : { startsAt, ...(endsAt === undefined ? {} : { endsAt }) };
}

/** By the zone definition that came along; a time without any zone says nothing to us. */
function instantOf(event: ICAL.Component, name: string): Instant | undefined {
  const property = event.getFirstProperty(name);
  const value = property?.getFirstValue();
  if (property === null || property === undefined || !(value instanceof ICAL.Time) || value.isDate) return undefined;
  const tzid = parameter(property, 'tzid');
  if (tzid === undefined) return value.zone === ICAL.Timezone.utcTimezone ? value.toUnixTime() * 1000 : undefined;
  const zone = event.parent?.getAllSubcomponents('vtimezone').find((z) => textOf(z, 'tzid') === tzid);
  if (zone === undefined) return undefined;
  value.zone = new ICAL.Timezone({ component: zone, tzid });
  return value.toUnixTime() * 1000;
}
