import { describe, expect, test } from 'vitest';
import { fromLocal, zoneData } from '../../domain/calendar/index.js';
import type { Instant, ZoneData } from '../../domain/calendar/index.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { instants, text } from './calendar-support.js';
import { planned } from './fixture.js';

function inZone(zone: ZoneData, startsAt: Instant, minutes = 60): MeetingState {
  return planned({ zone, startsAt, plannedEndAt: startsAt + minutes * 60_000, durationMinutes: minutes });
}

const year2026 = Date.UTC(2025, 11, 1);
const zoneOf = (name: string): ZoneData => zoneData(name, year2026, Date.UTC(2028, 1, 1));

describe('zones', () => {
  const cases: [string, string, string][] = [
    ['Asia/Taipei', '2026-07-14', '09:30'],
    ['Asia/Shanghai', '2026-07-14', '09:30'],
    ['America/New_York', '2026-03-06', '09:30'],
    ['America/New_York', '2026-03-08', '03:00'],
    ['America/New_York', '2026-03-09', '09:30'],
    ['America/New_York', '2026-10-30', '09:30'],
    ['America/New_York', '2026-11-02', '09:30'],
    ['Europe/London', '2026-03-27', '09:30'],
    ['Europe/London', '2026-03-30', '09:30'],
    ['Europe/London', '2027-10-29', '16:00'],
    ['Europe/London', '2027-11-01', '16:00'],
    ['Australia/Lord_Howe', '2026-10-05', '09:30'],
    ['Asia/Kolkata', '2026-10-05', '09:30'],
    ['Africa/Casablanca', '2026-03-02', '09:30'],
    ['America/St_Johns', '2026-07-05', '09:30'],
  ];

  test.each(cases)('%s on %s at %s: TZID, own VTIMEZONE, and the right moment', (name, date, time) => {
    const zone = zoneOf(name);
    const startsAt = fromLocal(zone, date, time);
    const ics = text({}, inZone(zone, startsAt));
    expect(instants(ics)).toEqual([startsAt, startsAt + 3_600_000]);
    expect(ics).toContain(`DTSTART;TZID=${name}:${date.replaceAll('-', '')}T${time.replace(':', '')}00\r\n`);
    expect(ics).toContain(`BEGIN:VTIMEZONE\r\nTZID:${name}\r\n`);
  });

  test('a zone with summer time carries its rule', () => {
    const zone = zoneOf('America/New_York');
    expect(text({}, inZone(zone, fromLocal(zone, '2026-03-09', '09:30')))).toContain(
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
    );
  });

  test('a meeting over the change of the clock ends when it should', () => {
    const zone = zoneOf('Europe/London');
    const startsAt = fromLocal(zone, '2026-03-29', '00:30');
    const ics = text({}, inZone(zone, startsAt, 120));
    expect(instants(ics)).toEqual([startsAt, startsAt + 7_200_000]);
    expect(ics).toContain('DTEND;TZID=Europe/London:20260329T033000');
  });

  test('a local time that the clock shows twice is written in UTC', () => {
    const zone = zoneOf('America/New_York');
    const first = fromLocal(zone, '2026-11-01', '01:30');
    for (const startsAt of [first, first + 3_600_000]) {
      const ics = text({}, inZone(zone, startsAt));
      expect(instants(ics)).toEqual([startsAt, startsAt + 3_600_000]);
      expect(ics).toMatch(/DTSTART:2026\d{4}T\d{6}Z/);
      expect(ics).not.toContain('VTIMEZONE');
    }
    // It is enough that the end is shown twice.
    const end = inZone(zone, first - 3_600_000);
    expect(text({}, end)).toMatch(/DTSTART:\d{8}T\d{6}Z/);
  });

  test("the meeting's own clock changes win over the library's", () => {
    const summer = Date.UTC(2026, 5, 1);
    const odd: ZoneData = {
      name: 'Asia/Taipei',
      offsets: [
        { from: year2026, minutes: 480 },
        { from: summer, minutes: 540 },
      ],
    };
    const startsAt = fromLocal(odd, '2026-07-14', '09:30');
    const ics = text({}, inZone(odd, startsAt));
    expect(instants(ics)).toEqual([startsAt, startsAt + 3_600_000]);
    expect(ics).toContain('TZOFFSETTO:+0900');
  });

  test('UTC needs no VTIMEZONE', () => {
    const startsAt = Date.UTC(2026, 6, 14, 9, 30);
    const ics = text({}, inZone(zoneOf('Etc/UTC'), startsAt));
    expect(ics).toContain('DTSTART:20260714T093000Z');
    expect(instants(ics)[0]).toBe(startsAt);
  });
});
