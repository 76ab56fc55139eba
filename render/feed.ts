/**
 * A person's calendar as one file to subscribe to: their meetings, and what they have to do as all-day entries. It lies
 * with whatever service reads it, so what is confidential (H10) shows its time and nothing else. The same content is the
 * same file to the byte.
 */
import ical, { ICalEventBusyStatus, ICalEventClass, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { ICalCalendar } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { offsetAt, toLocal, type ZoneData } from '../domain/calendar/index.js';
import type { Action, Locale, MeetingState } from '../domain/meeting/state.js';
import { translator, type Translate } from '../locales/index.js';
import { calendarUid, contentOf, uri } from './calendar.js';
import { oneLine } from './text.js';
import type { DepartmentCard, PersonCard } from './types.js';
import { localText, zoneBlock } from './zone-block.js';

export interface FeedAction {
  action: Action;
  meetingTitle: string;
  zone: ZoneData;
  confidential: boolean;
}

export interface FeedInput {
  reader: PersonCard;
  locale: Locale;
  /** As the reader may see them. */
  meetings: MeetingState[];
  actions: FeedAction[];
  people: PersonCard[];
  departments: DepartmentCard[];
  from: { name: string; address: string };
  mailDomain: string;
}

export function feedText(input: FeedInput): string {
  const say = translator(input.locale);
  const blocks = new Map<string, string>();
  const calendar = ical({
    prodId: { company: 'Convoke', product: 'Convoke', language: 'EN' },
    scale: 'gregorian',
    name: oneLine(say('data.feedName')),
    timezone: { name: null, generator: (zone) => blocks.get(zone) ?? null },
  });
  for (const state of input.meetings) addMeeting(calendar, state, input, blocks, say);
  for (const item of input.actions) addAction(calendar, item, input, say);
  return `${calendar.toString()}\r\n`;
}

function addMeeting(
  calendar: ICalCalendar,
  state: MeetingState,
  input: FeedInput,
  blocks: Map<string, string>,
  say: Translate,
): void {
  const cancelled = state.phase === 'cancelled';
  const content = contentOf({ ...input, state, method: cancelled ? 'CANCEL' : 'PUBLISH' });
  const block = zoneBlock(state.zone, [content.startsAt, content.endsAt]);
  // One zone has one block; where a meeting carries other clock changes, its time is told in UTC.
  const known = block && (blocks.get(block.tzid) ?? block.block);
  const zoned = block !== undefined && known === block.block ? block : undefined;
  if (zoned) blocks.set(zoned.tzid, zoned.block);
  const at = (t: number): Date | Temporal.PlainDateTime =>
    zoned ? Temporal.PlainDateTime.from(localText(t, offsetAt(state.zone, t))) : new Date(t);
  const secret = state.confidential === true;
  const stamp = new Date(state.publishedAt ?? state.createdAt);
  calendar.createEvent({
    id: `feed-${calendarUid(state, input.mailDomain)}`,
    stamp,
    start: at(content.startsAt),
    end: at(content.endsAt),
    timezone: zoned?.tzid ?? null,
    summary: secret ? say('data.confidentialMeeting') : content.summary,
    location: secret || content.location === '' ? null : content.location,
    description: secret || content.description === '' ? null : content.description,
    url: secret || content.url === undefined ? null : uri(content.url),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    busystatus: cancelled ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
    class: secret ? ICalEventClass.CONFIDENTIAL : null,
    priority: content.urgent ? 1 : null,
  });
}

/** Programs that subscribe show no VTODO; an all-day entry they all do, and it takes nobody's time. */
function addAction(calendar: ICalCalendar, item: FeedAction, { mailDomain }: FeedInput, say: Translate): void {
  const { action, meetingTitle, zone, confidential } = item;
  const day = Temporal.PlainDate.from(toLocal(zone, action.dueAt).date);
  const task = oneLine(action.task);
  calendar.createEvent({
    id: `feed-${action.id}@${mailDomain}`,
    stamp: new Date(action.dues.at(-1)?.setAt ?? action.createdAt),
    start: new Date(`${day.toString()}T00:00:00Z`),
    end: new Date(`${day.add({ days: 1 }).toString()}T00:00:00Z`),
    allDay: true,
    summary: confidential ? say('data.confidentialDue') : say('data.due', { task }),
    description: confidential ? null : say('data.dueOf', { meeting: oneLine(meetingTitle) }),
    class: confidential ? ICalEventClass.CONFIDENTIAL : null,
    transparency: ICalEventTransparency.TRANSPARENT,
    busystatus: ICalEventBusyStatus.FREE,
  });
}
