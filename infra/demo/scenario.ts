import { readFileSync, statSync } from 'node:fs';
import {
  calendarFor,
  fromLocal,
  insideHours,
  nextWorkingDay,
  toIso,
  toLocal,
  workingDaysAfter,
  zoneData,
} from '../../domain/calendar/index.js';
import type { Instant, LocalDate, WorkingCalendar } from '../../domain/calendar/index.js';
import type { Locale } from '../../domain/meeting/state.js';
import { reasonOf } from '../problem.js';
import { UserMistake } from './problems.js';
import type { Words } from './words.js';

type Json = Record<string, unknown>;

/** What the demo plays: a meeting to be made, and whom it should know beforehand. */
export interface Scenario {
  /** As given by the user; undefined for the shipped sample. */
  file: string | undefined;
  meeting: Json;
  departments: { name: string; head?: string; parent?: string }[];
  people: { email: string; name?: string; locale?: string }[];
}

const largest = 1_000_000;
const defaultZone = 'Asia/Taipei';
/** Working days from today to the meeting: one to reply on, and a last one before the start for the reminders. */
const leadDays = 4;
const startTime = '09:30';
/** Milliseconds. */
const emergencyLead = 90 * 60_000;
const quarter = 15 * 60_000;

export const sampleFile = (locale: Locale): URL => new URL(`samples/${locale}.json`, import.meta.url);

/** Reads a file; throws UserMistake for one that cannot be a meeting at all. What it says is for the API to judge. */
export function readScenario(path: string | URL, words: Words): Scenario {
  const own = typeof path === 'string';
  const file = own ? path : undefined;
  const name = String(path);
  const content = parsed(textOf(path, name, words), name, words);
  const wrapped = isObject(content['meeting']);
  const meeting = wrapped ? (content['meeting'] as Json) : content;
  return {
    file,
    meeting,
    departments: listOf(wrapped ? content['departments'] : undefined, 'name') as Scenario['departments'],
    people: listOf(wrapped ? content['people'] : undefined, 'email') as Scenario['people'],
  };
}

function textOf(path: string | URL, file: string, { say }: Words): string {
  try {
    if (statSync(path).size > largest) throw new UserMistake([say('fileTooBig', { file })]);
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof UserMistake) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const message =
      code === 'ENOENT' ? say('fileMissing', { file }) : say('fileUnreadable', { file, reason: reasonOf(error) });
    throw new UserMistake([message]);
  }
}

function parsed(text: string, file: string, { say }: Words): Json {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new UserMistake([say('fileNotJson', { file, reason: reasonOf(error) })]);
  }
  if (isObject(content)) return content;
  throw new UserMistake([say('fileNotObject', { file })]);
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown, key: string): Json[] =>
  Array.isArray(value) ? value.filter((item): item is Json => isObject(item) && typeof item[key] === 'string') : [];

/** The organisation's zone in this demo: the meeting's, if it is one. */
export function zoneNameOf({ meeting }: Scenario): string {
  const name = meeting['timeZone'];
  try {
    return typeof name === 'string'
      ? new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone && name
      : defaultZone;
  } catch {
    return defaultZone;
  }
}

/** The request as it is sent: a start is picked where none is given, and a topic where there is none to talk about. */
export function requestOf(scenario: Scenario, locale: Locale, now: Instant, inventedTopic: string): Json {
  const { meeting } = scenario;
  const agenda = meeting['agenda'];
  return {
    ...meeting,
    locale: meeting['locale'] ?? locale,
    startsAt: meeting['startsAt'] ?? startFor(zoneNameOf(scenario), now, meeting['kind'] === 'emergency'),
    ...(Array.isArray(agenda) && agenda.length === 0
      ? { agenda: [{ title: inventedTopic, minutes: 10, priority: 1 }] }
      : {}),
  };
}

/** An emergency begins in a while, in working hours (X1); any other meeting when there is time for a notice. */
export function startFor(zoneName: string, now: Instant, emergency: boolean): string {
  if (!emergency) return suitableStart(zoneName, now);
  const zone = zoneData(zoneName, now, now + 60 * 86_400_000);
  const calendar = calendarFor(zoneName);
  const soon = Math.ceil((now + emergencyLead) / quarter) * quarter;
  if (insideHours(calendar, zone, now) && insideHours(calendar, zone, soon + emergencyLead)) return toIso(zone, soon);
  return toIso(zone, fromLocal(zone, nextWorkingDay(calendar, toLocal(zone, now).date), startTime));
}

/** 09:30 on a working day, far enough ahead for the whole notice phase, as ISO 8601. */
export function suitableStart(zoneName: string, now: Instant): string {
  const zone = zoneData(zoneName, now, now + 60 * 86_400_000);
  const calendar = calendarFor(zoneName);
  let date = workingDaysAfter(calendar, toLocal(zone, now).date, leadDays);
  while (isDayOffAnywhere(calendar, date)) date = workingDaysAfter(calendar, date, 1);
  return toIso(zone, fromLocal(zone, date, startTime));
}

/** Where only weekends are known, nobody should be invited for Christmas or New Year either. */
function isDayOffAnywhere(calendar: WorkingCalendar, date: LocalDate): boolean {
  return calendar.holidays.length === 0 && ['12-24', '12-25', '12-26', '12-31', '01-01'].includes(date.slice(5));
}
