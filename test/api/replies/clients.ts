/** Answers as four calendar programs write them, made from RFC 5545–6047 and what their makers publish of their format. */

export type Client = 'gmail' | 'outlook' | 'apple' | 'thunderbird';
export const clients: Client[] = ['gmail', 'outlook', 'apple', 'thunderbird'];
export type Status = 'ACCEPTED' | 'DECLINED' | 'TENTATIVE' | 'DELEGATED';

export interface Told {
  uid: string;
  /** Of the attendee in the calendar object. */
  attendee: string;
  /** Of the mail; the attendee's unless given. */
  from?: string;
  status?: Status;
  sequence?: number;
  /** `20260202T013000Z` */
  stamp?: string;
  comment?: string;
  /** Makes it a COUNTER: start and end as `20260202T053000Z`. */
  proposed?: [start: string, end: string];
  delegatedTo?: string;
  /** Header lines on top, as the front server writes them. */
  headers?: string[];
}

const crlf = (lines: (string | undefined)[]): string =>
  lines.filter((line): line is string => line !== undefined).join('\r\n');

/** Lines of at most 75 octets; all of it is ASCII. */
const folded = (line: string): string => line.replace(/(.{74})(?=.)/g, '$1\r\n ');

const base64 = (text: string): string => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
const quoted = (text: string): string => text.replace(/=/g, '=3D');

const times = ({ proposed }: Told): [string, string] => proposed ?? ['20260202T013000Z', '20260202T023000Z'];
const method = ({ proposed }: Told): string => (proposed === undefined ? 'REPLY' : 'COUNTER');
const delegated = ({ delegatedTo }: Told): string =>
  delegatedTo === undefined ? '' : `;DELEGATED-TO="mailto:${delegatedTo}"`;

const gmailCalendar = (t: Told): string => {
  const [start, end] = times(t);
  return crlf([
    'BEGIN:VCALENDAR',
    'PRODID:-//Google Inc//Google Calendar 70.9054//EN',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    `METHOD:${method(t)}`,
    'BEGIN:VEVENT',
    `DTSTART:${start}`,
    `DTEND:${end}`,
    `DTSTAMP:${t.stamp ?? '20260129T020000Z'}`,
    'ORGANIZER;CN=Host:mailto:convoke@example.org',
    `UID:${t.uid}`,
    folded(
      `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${t.status ?? 'ACCEPTED'}${delegated(t)};X-NUM-GUESTS=0:mailto:${t.attendee}`,
    ),
    t.comment === undefined ? undefined : `COMMENT:${t.comment}`,
    'CREATED:20260128T020000Z',
    'LAST-MODIFIED:20260129T020000Z',
    `SEQUENCE:${t.sequence ?? 0}`,
    'STATUS:CONFIRMED',
    'SUMMARY:Coordination',
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
};

/** Its zones have names of its own, with the definition beside them. */
const outlookCalendar = (t: Told): string => {
  const local = (utc: string): string => {
    const at = new Date(
      Date.parse(utc.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z')) + 8 * 3_600_000,
    );
    return at.toISOString().replace(/[-:]|\.\d+Z/g, '');
  };
  const [start, end] = times(t).map(local);
  return crlf([
    'BEGIN:VCALENDAR',
    `METHOD:${method(t)}`,
    'PRODID:Microsoft Exchange Server 2010',
    'VERSION:2.0',
    'BEGIN:VTIMEZONE',
    'TZID:Taipei Standard Time',
    'BEGIN:STANDARD',
    'DTSTART:16010101T000000',
    'TZOFFSETFROM:+0800',
    'TZOFFSETTO:+0800',
    'END:STANDARD',
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
    folded(`ATTENDEE;PARTSTAT=${t.status ?? 'ACCEPTED'}${delegated(t)};CN=Chen An:mailto:${t.attendee}`),
    `COMMENT;LANGUAGE=zh-TW:${t.comment ?? '\\n'}`,
    `UID:${t.uid}`,
    'SUMMARY;LANGUAGE=zh-TW:Accepted: Coordination',
    `DTSTART;TZID=Taipei Standard Time:${start}`,
    `DTEND;TZID=Taipei Standard Time:${end}`,
    'CLASS:PUBLIC',
    'PRIORITY:5',
    `DTSTAMP:${t.stamp ?? '20260129T020000Z'}`,
    'TRANSP:OPAQUE',
    'STATUS:CONFIRMED',
    `SEQUENCE:${t.sequence ?? 0}`,
    'LOCATION;LANGUAGE=zh-TW:Room 1',
    'X-MICROSOFT-CDO-APPT-SEQUENCE:0',
    'X-MICROSOFT-CDO-BUSYSTATUS:BUSY',
    'X-MICROSOFT-DISALLOW-COUNTER:FALSE',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
};

const appleCalendar = (t: Told): string => {
  const [start, end] = times(t);
  return crlf([
    'BEGIN:VCALENDAR',
    'CALSCALE:GREGORIAN',
    `METHOD:${method(t)}`,
    'PRODID:-//Apple Inc.//macOS 15.1//EN',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    folded(
      `ATTENDEE;CN="Chen An";CUTYPE=INDIVIDUAL;EMAIL="${t.attendee}";PARTSTAT=${t.status ?? 'ACCEPTED'}${delegated(t)}:mailto:${t.attendee}`,
    ),
    t.comment === undefined ? undefined : `COMMENT:${t.comment}`,
    `DTEND:${end}`,
    `DTSTAMP:${t.stamp ?? '20260129T020000Z'}`,
    `DTSTART:${start}`,
    'ORGANIZER;CN="Host":mailto:convoke@example.org',
    'REQUEST-STATUS:2.0;Success',
    `SEQUENCE:${t.sequence ?? 0}`,
    'SUMMARY:Coordination',
    `UID:${t.uid}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
};

const thunderbirdCalendar = (t: Told): string => {
  const [start, end] = times(t);
  return crlf([
    'BEGIN:VCALENDAR',
    'PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN',
    'VERSION:2.0',
    `METHOD:${method(t)}`,
    'BEGIN:VEVENT',
    'CREATED:20260128T020000Z',
    'LAST-MODIFIED:20260129T020000Z',
    `DTSTAMP:${t.stamp ?? '20260129T020000Z'}`,
    `UID:${t.uid}`,
    'SUMMARY:Coordination',
    'ORGANIZER;CN=Host:mailto:convoke@example.org',
    folded(
      `ATTENDEE;RSVP=TRUE;CN=Chen An;PARTSTAT=${t.status ?? 'ACCEPTED'}${delegated(t)};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT:mailto:${t.attendee}`,
    ),
    t.comment === undefined ? undefined : `COMMENT:${t.comment}`,
    `DTSTART:${start}`,
    `DTEND:${end}`,
    `SEQUENCE:${t.sequence ?? 0}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
};

const calendars: Record<Client, (told: Told) => string> = {
  gmail: gmailCalendar,
  outlook: outlookCalendar,
  apple: appleCalendar,
  thunderbird: thunderbirdCalendar,
};

/** The whole message. */
export function letter(client: Client, told: Told): Buffer {
  const calendar = calendars[client](told);
  const head = [
    ...(told.headers ?? []),
    `From: ${told.from ?? told.attendee}`,
    'To: convoke@example.org',
    'Subject: Accepted: Coordination',
    `Date: Thu, 29 Jan 2026 02:00:00 +0000`,
    `Message-ID: <${client}-${told.stamp ?? '0'}@example.org>`,
    'MIME-Version: 1.0',
  ];
  return Buffer.from(crlf([...head, ...bodies[client](calendar, method(told))]));
}

const plain = ['Content-Type: text/plain; charset="UTF-8"', '', 'An answer', ''];

const bodies: Record<Client, (calendar: string, method: string) => string[]> = {
  gmail: (calendar, name) => [
    'Content-Type: multipart/mixed; boundary="outer"',
    '',
    '--outer',
    'Content-Type: multipart/alternative; boundary="inner"',
    '',
    '--inner',
    ...plain,
    '--inner',
    'Content-Type: text/html; charset="UTF-8"',
    '',
    '<p>An answer</p>',
    '--inner',
    `Content-Type: text/calendar; charset="UTF-8"; method=${name}`,
    'Content-Transfer-Encoding: 7bit',
    '',
    calendar,
    '--inner--',
    '--outer',
    'Content-Type: application/ics; name="invite.ics"',
    'Content-Disposition: attachment; filename="invite.ics"',
    'Content-Transfer-Encoding: base64',
    '',
    base64(calendar),
    '--outer--',
    '',
  ],
  outlook: (calendar, name) => [
    'X-MS-Has-Attach:',
    'Content-Type: multipart/alternative; boundary="_000_"',
    '',
    '--_000_',
    'Content-Type: text/plain; charset="us-ascii"',
    '',
    '',
    '--_000_',
    `Content-Type: text/calendar; charset="utf-8"; method=${name}`,
    'Content-Transfer-Encoding: base64',
    '',
    base64(calendar),
    '--_000_--',
    '',
  ],
  apple: (calendar, name) => [
    'Content-Type: multipart/alternative; boundary="Apple-Mail-1"',
    '',
    '--Apple-Mail-1',
    ...plain,
    '--Apple-Mail-1',
    `Content-Type: text/calendar; charset=utf-8; method=${name}; name="iCal-20260129-100000.ics"`,
    'Content-Transfer-Encoding: quoted-printable',
    '',
    quoted(calendar),
    '--Apple-Mail-1--',
    '',
  ],
  thunderbird: (calendar, name) => [
    'Content-Type: multipart/mixed; boundary="Boundary_1"',
    '',
    '--Boundary_1',
    'Content-Type: multipart/alternative; boundary="Boundary_2"',
    '',
    '--Boundary_2',
    ...plain,
    '--Boundary_2',
    `Content-Type: text/calendar; charset=utf-8; method=${name}`,
    'Content-Transfer-Encoding: 8bit',
    '',
    calendar,
    '--Boundary_2--',
    '--Boundary_1--',
    '',
  ],
};
