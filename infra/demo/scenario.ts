import { readFileSync, statSync } from 'node:fs';
import type { Instant } from '../../domain/calendar/index.js';
import type { Locale } from '../../domain/meeting/state.js';
import { reasonOf } from '../problem.js';
import { UserMistake } from './problems.js';
import { emergencyStart, type Place, suitableStart } from './start-day.js';
import type { Words } from './words.js';

type Json = Record<string, unknown>;

/** What the demo plays: a meeting to be made, and whom it should know beforehand. */
export interface Scenario {
  /** As given by the user; undefined for the shipped sample. */
  file: string | undefined;
  meeting: Json;
  /** A working calendar of its own, as CONVOKE_CALENDAR takes it; else the zone's. */
  calendar: Json | undefined;
  departments: { name: string; head?: string; parent?: string }[];
  people: { email: string; name?: string; locale?: string }[];
}

const largest = 1_000_000;
const defaultZone = 'Asia/Taipei';

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
    calendar: wrapped && isObject(content['calendar']) ? content['calendar'] : undefined,
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
export function requestOf(
  { meeting }: Scenario,
  { place, locale, now, inventedTopic }: { place: Place; locale: Locale; now: Instant; inventedTopic: string },
): Json {
  const start = meeting['kind'] === 'emergency' ? emergencyStart : suitableStart;
  const agenda = meeting['agenda'];
  return {
    ...meeting,
    locale: meeting['locale'] ?? locale,
    startsAt: meeting['startsAt'] ?? start(place, now),
    ...(Array.isArray(agenda) && agenda.length === 0
      ? { agenda: [{ title: inventedTopic, minutes: 10, priority: 1 }] }
      : {}),
  };
}
