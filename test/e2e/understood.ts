import ICAL from 'ical.js';

/** What a calendar program understands. */
export function understood(calendar: string | undefined) {
  const root = new ICAL.Component(ICAL.parse(calendar ?? ''));
  const zone = root.getFirstSubcomponent('vtimezone')!;
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const event = root.getFirstSubcomponent('vevent')!;
  return {
    method: root.getFirstPropertyValue('method'),
    uid: String(event.getFirstPropertyValue('uid')),
    sequence: event.getFirstPropertyValue('sequence'),
    tzid: event.getFirstProperty('dtstart')!.getFirstParameter('tzid'),
    startsAt: new ICAL.Event(event).startDate.toUnixTime() * 1000,
    place: event.getFirstPropertyValue('location'),
    attendees: event
      .getAllProperties('attendee')
      .map((p) => [String(p.getFirstValue()).toLowerCase(), p.getFirstParameter('rsvp')]),
    organizer: event.getFirstPropertyValue('organizer'),
  };
}
