import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type ICAL from 'ical.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { calendarContentHash, calendarUid } from '../../render/calendar.js';
import { at } from '../support/meeting.js';
import { input, parsed, reader, stamp, text } from './calendar-support.js';
import { people, planned } from './fixture.js';

describe('N1 the calendar object', () => {
  test('REQUEST: method, UID, SEQUENCE, organiser in our domain, the recipient alone as attendee', () => {
    const { calendar, vevent } = parsed(text({}, undefined, 3));
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    expect(vevent.getFirstPropertyValue('uid')).toBe(calendarUid(planned(), 'mail.example.com'));
    expect(vevent.getFirstPropertyValue('sequence')).toBe(3);
    expect(vevent.getFirstPropertyValue('status')).toBe('CONFIRMED');
    const organizer = vevent.getFirstProperty('organizer')!;
    expect(organizer.getFirstValue()).toBe('mailto:convoke@mail.example.com');
    expect(organizer.getParameter('cn')).toBe('王大明');
    const attendees = vevent.getAllProperties('attendee');
    expect(attendees).toHaveLength(1);
    expect(String(attendees[0]!.getFirstValue()).toLowerCase()).toBe('mailto:p7@example.com');
    expect(attendees[0]!.getParameter('rsvp')).toBe('TRUE');
    expect(attendees[0]!.getParameter('partstat')).toBe('NEEDS-ACTION');
    for (const other of people.filter((p) => p.id !== 'p7')) expect(text()).not.toContain(other.email);
  });

  test('the attendee has the answer that they gave', () => {
    const rsvps = { p7: { reply: 'declined' as const, at: stamp, by: { person: 'p7', via: 'link' as const } } };
    const { vevent } = parsed(text({}, planned({ rsvps })));
    expect(vevent.getFirstProperty('attendee')!.getParameter('partstat')).toBe('DECLINED');
  });

  test('CANCEL: cancelled, the same UID, a higher SEQUENCE', () => {
    const { calendar, vevent } = parsed(text({ method: 'CANCEL' }, planned({ phase: 'cancelled' }), 4));
    expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL');
    expect(vevent.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(vevent.getFirstPropertyValue('uid')).toBe(calendarUid(planned(), 'mail.example.com'));
    expect(vevent.getFirstPropertyValue('sequence')).toBe(4);
    expect(vevent.getAllProperties('attendee')).toHaveLength(1);
  });

  test('a download names nobody', () => {
    const { calendar, vevent } = parsed(text({ method: 'PUBLISH' }));
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
    expect(vevent.getAllProperties('attendee')).toHaveLength(0);
  });

  test('goal, agenda, place and link are in it; stamps are the instant given', () => {
    const { vevent, event } = parsed(text());
    expect(event.summary).toBe('專案 A 跨部門進度協調');
    expect(event.location).toBe('3F 會議室');
    expect(event.description).toContain('確認專案 A 的交期');
    expect(event.description).toContain('三月底前順利出貨');
    expect(event.description).toContain('1. 專案 A 交期');
    expect(event.description).toContain('決定是否啟用第二供應商');
    expect(vevent.getFirstPropertyValue('url')).toBe('https://meet.example.com/a?room=1%2C2');
    for (const name of ['dtstamp', 'last-modified'])
      expect((vevent.getFirstPropertyValue(name) as ICAL.Time).toUnixTime() * 1000).toBe(stamp);
    expect(text()).not.toMatch(/\/r\/|\/feedback\//);
  });

  test('the same mail twice is the same file', () => {
    expect(text()).toBe(text());
  });
});

describe('the text of the file', () => {
  const physical = (ics: string): string[] => {
    expect(ics.endsWith('\r\n')).toBe(true);
    expect(ics.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    return ics.slice(0, -2).split('\r\n');
  };

  test('CRLF, at most 75 octets a line, no character cut', () => {
    const title = '跨部門協調👩‍👩‍👧‍👦會議🙂'.repeat(12);
    for (const line of physical(text({}, planned({ title })))) {
      const octets = Buffer.from(line, 'utf8');
      expect(octets.length).toBeLessThanOrEqual(75);
      expect(octets.toString('utf8')).not.toContain('\ufffd');
    }
    expect(parsed(text({}, planned({ title }))).event.summary).toBe(title);
  });

  test('hostile text stays text', () => {
    const title = 'A;B,C\\D\r\nATTENDEE:mailto:evil@example.net\r\nEND:VEVENT\u202e\u0007';
    const name = 'Eve";RSVP=FALSE:mailto:evil@example.net\r\nX-EVIL:1\\';
    const cards = people.map((p) => (p.id === 'p2' || p.id === 'p7' ? { ...p, name } : p));
    const hostile = cards.find((p) => p.id === 'p7')!;
    const state = planned({ title, place: 'x\r\nBEGIN:VALARM', onlineLink: 'javascript:alert(1)' });
    const ics = text({ people: cards, reader: hostile }, state);
    const unfolded = physical(ics.replaceAll('\r\n ', ''));
    expect(unfolded.filter((l) => /^(ATTENDEE|X-EVIL|BEGIN:VALARM)/.test(l))).toHaveLength(1);
    expect(unfolded.filter((l) => l === 'END:VEVENT')).toHaveLength(1);
    expect(unfolded.some((l) => l.startsWith('URL'))).toBe(false);
    const { event, vevent } = parsed(ics);
    expect(event.summary).toBe('A;B,C\\D ATTENDEE:mailto:evil@example.net END:VEVENT');
    expect(vevent.getAllProperties('attendee')).toHaveLength(1);
    expect(vevent.getFirstProperty('attendee')!.getParameter('rsvp')).toBe('TRUE');
    expect(String(vevent.getFirstProperty('organizer')!.getFirstValue())).toBe('mailto:convoke@mail.example.com');
  });

  test('any title and place survive the round trip', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (raw) => {
        const title = raw.replace(/\p{C}|\s+/gu, ' ').trim() || 'x';
        const ics = text({}, planned({ title, place: title }));
        for (const line of physical(ics)) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const { event } = parsed(ics);
        expect([event.summary, event.location]).toEqual([title.replace(/ {2,}/g, ' '), title.replace(/ {2,}/g, ' ')]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('calendarContentHash (design §7: same content → nothing)', () => {
  const base = calendarContentHash(input());
  const changed = (overrides: Partial<MeetingState>): string => calendarContentHash(input(planned(overrides)));

  test('SEQUENCE, stamps, own answer and addresses are left out', () => {
    const rsvps = { p7: { reply: 'accepted' as const, at: stamp, by: { person: 'p7', via: 'link' as const } } };
    expect(changed({ rsvps, revision: 99 })).toBe(base);
    const moved = { ...reader, email: 'other@example.com' };
    expect(calendarContentHash(input(planned(), { reader: moved, mailDomain: 'x.example' }))).toBe(base);
  });

  test.each<[string, Partial<MeetingState>]>([
    ['time', { startsAt: at('2026-02-02', '10:30') }],
    ['end', { plannedEndAt: at('2026-02-02', '11:00') }],
    ['place', { place: '4F' }],
    ['link', { onlineLink: 'https://meet.example.com/b' }],
    ['title', { title: 'B' }],
    ['goal', { goal: 'B' }],
    ['host', { host: 'p3' }],
    ['agenda', { agenda: planned().agenda.slice(1) }],
    ['materials', { agenda: planned().agenda.map((t) => ({ ...t, materials: [] })) }],
    ['own role', { coordinator: 'p7' }],
  ])('another %s is news', (_what, overrides) => {
    expect(changed(overrides)).not.toBe(base);
  });

  test('a cancellation is news, and only once', () => {
    const cancelled = (state: MeetingState): string => calendarContentHash(input(state, { method: 'CANCEL' }));
    expect(cancelled(planned())).not.toBe(base);
    expect(cancelled(planned())).toBe(cancelled(planned({ place: 'elsewhere' })));
  });
});
