/** S1: a series as it is kept: its dates, and what each of its meetings is like. */
import { atTime, DAY, zoneData } from '../calendar/index.js';
import type { Instant, WorkingCalendar, ZoneData } from '../calendar/index.js';
import type { CreateMeetingInput } from '../meeting/commands.js';
import type { MeetingId } from '../meeting/state.js';
import { occurrences } from './occurrences.js';
import type { Occurrence, SeriesRule } from './rule.js';

/** Everything of a new meeting but its id and times; people and departments by id. No host: E2's default at that time. */
export type MeetingTemplate = Omit<
  CreateMeetingInput,
  'id' | 'startsAt' | 'host' | 'seriesId' | 'publish' | 'publishDaysBefore' | 'requestHash'
> & { host?: string };

export interface SeriesPlan {
  id: string;
  rule: SeriesRule;
  /** IANA name. */
  timeZone: string;
  template: MeetingTemplate;
  /** How many days before its start a meeting is made. */
  leadDays: number;
  /** auto: the clock publishes it `publishDaysBefore` days before its start; host: somebody does. */
  publish: 'auto' | 'host';
  publishDaysBefore: number;
  /** No meetings are made while it is paused. */
  paused: boolean;
}

export const defaultLeadDays = 7;
export const defaultPublishDays = 5;

/** The dates whose meetings are to be there by now: within the lead, not begun yet. */
export function dueOccurrences(plan: SeriesPlan, calendar: WorkingCalendar, now: Instant): Occurrence[] {
  if (plan.paused) return [];
  const zone = zoneOf(plan, now);
  return occurrences(plan.rule, calendar, zone, now + 1, now + plan.leadDays * DAY + 1);
}

/** From before the first possible date to two years ahead: the meeting keeps it for life. */
export function zoneOf({ timeZone, rule }: Pick<SeriesPlan, 'timeZone' | 'rule'>, now: Instant): ZoneData {
  const utc: ZoneData = { name: 'UTC', offsets: [{ from: 0, minutes: 0 }] };
  const first = Math.min(now, atTime(utc, rule.starts, '00:00'));
  return zoneData(timeZone, first - 7 * DAY, now + 4 * 366 * DAY);
}

/** The body of POST /v1/meetings for one date. */
export function meetingOf(plan: SeriesPlan, o: Occurrence, id: MeetingId, host: string): CreateMeetingInput {
  const { template, publish, publishDaysBefore } = plan;
  return {
    ...template,
    id,
    host: template.host ?? host,
    startsAt: o.startsAt,
    seriesId: plan.id,
    ...(publish === 'auto' ? { publishDaysBefore: Math.min(publishDaysBefore, plan.leadDays) } : {}),
  };
}
