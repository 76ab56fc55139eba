/** Makes calendar objects, and reads them back with another library. */
import ICAL from 'ical.js';
import type { Instant } from '../../domain/calendar/index.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { calendarText } from '../../render/calendar.js';
import type { CalendarInput } from '../../render/calendar.js';
import { at } from '../support/meeting.js';
import { departments, from, people, planned } from './fixture.js';

export const stamp = at('2026-01-28', '11:00');
export const reader = people.find((p) => p.id === 'p7')!;
export const input = (state: MeetingState = planned(), more: Partial<CalendarInput> = {}): CalendarInput => ({
  state,
  method: 'REQUEST',
  reader,
  locale: 'zh-TW',
  people,
  departments,
  from,
  mailDomain: 'mail.example.com',
  ...more,
});

export const text = (more: Partial<CalendarInput> = {}, state?: MeetingState, sequence = 0): string =>
  calendarText(input(state, more), sequence, stamp);

/** Read back by another library. */
export function parsed(ics: string): { calendar: ICAL.Component; vevent: ICAL.Component; event: ICAL.Event } {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const vevent = calendar.getFirstSubcomponent('vevent')!;
  return { calendar, vevent, event: new ICAL.Event(vevent) };
}

export function instants(ics: string): [Instant, Instant] {
  ICAL.TimezoneService.reset();
  const { event } = parsed(ics);
  return [event.startDate.toUnixTime() * 1000, event.endDate.toUnixTime() * 1000];
}
