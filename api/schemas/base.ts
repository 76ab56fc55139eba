/** The building blocks of every request schema: one text type, references, moments and dates, with their bounds. */
import { z } from 'zod';
import { isLocalDate, parseIsoInstant } from '../../domain/calendar/index.js';

/** Bounds of design §6 and the documented text lengths, in UTF-16 units; the OpenAPI document carries them too. */
export const bounds = {
  name: 120,
  title: 200,
  sentence: 500,
  text: 2_000,
  longText: 20_000,
  reference: 254,
  link: 2_000,
  people: 100,
  topics: 50,
  materials: 20,
  departments: 50,
  /** A meeting starts within this many days from now (2 years). */
  startDays: 731,
} as const;

/** Takes away what nobody sees: marks, spaces, format characters, fillers. */
const invisible = /[\p{Cf}\p{Z}\p{Mn}\p{Me}\s\u115f\u1160\u2800\u3164\uffa0]/gu;
const loneSurrogate = /\p{Cs}/u;
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
// eslint-disable-next-line no-control-regex
const controlsButLines = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/** The fault of a text that no database, mail header or reader can take; undefined when it is fine. */
export function textFault(
  value: string,
  lines = false,
): 'input.surrogate' | 'input.control' | 'input.invisible' | undefined {
  if (loneSurrogate.test(value)) return 'input.surrogate';
  if ((lines ? controlsButLines : controls).test(value)) return 'input.control';
  if (value.length > 0 && value.replace(invisible, '') === '') return 'input.invisible';
  return undefined;
}

const issue = (code: string, params: Record<string, unknown> = {}) =>
  ({ code: 'custom', message: code, params: { ...params, code } }) as const;

/**
 * The one text type: trimmed, no lone surrogates, no control characters (NUL breaks PostgreSQL), not invisible only.
 * `lines` allows line breaks and tabs.
 */
export function text(max: number, { lines = false } = {}) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .superRefine((value, context) => {
      const code = textFault(value, lines);
      if (code !== undefined) context.addIssue(issue(code));
    });
}

/** Text of several lines. */
export const lines = (max: number) => text(max, { lines: true });

/** A string with a form of its own; the form's fault is reported under `code`. */
function form(max: number, code: string, test: (value: string) => boolean) {
  return z
    .string()
    .trim()
    .max(max)
    .superRefine((value, context) => {
      if (value.length <= max && !test(value)) context.addIssue(issue(code));
    });
}

const emailPattern =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/;

/** Whether a text is an e-mail address that goes into a header as it is. */
export const isEmail = (value: string): boolean => value.length <= 254 && emailPattern.test(value);

export const email = () =>
  form(254, 'input.email', isEmail).meta({ description: 'E-mail address.', examples: ['lin.mei@example.com'] });

/** A person as a caller names them. */
export const personRef = () =>
  text(bounds.reference)
    .superRefine((value, context) => {
      if (value.includes('@') && !isEmail(value)) context.addIssue(issue('input.email'));
    })
    .meta({
      description: 'A person: id, e-mail or name. An e-mail that is not known yet makes the person.',
      examples: ['lin.mei@example.com'],
    });

/** A department as a caller names it. */
export const departmentRef = () =>
  text(bounds.name).meta({
    description: 'A department: id or name. A name that is not known yet makes the department.',
    examples: ['研發部'],
  });

/** ISO 8601 with an offset or Z; whether the offset is the zone's is asked where the zone is known. */
export const instant = () =>
  form(40, 'input.instant', (value) => parseIsoInstant(value) !== undefined).meta({
    description: 'ISO 8601 date and time with offset.',
    examples: ['2026-12-07T09:30:00+08:00'],
  });

export const date = () =>
  form(10, 'input.date', isLocalDate).meta({
    description: "Date, YYYY-MM-DD. As a due date it means 18:00 in the meeting's zone.",
    examples: ['2026-12-18'],
  });

/** Those that were asked for: a DateTimeFormat takes half a millisecond. There are some 600 names. */
const knownZones = new Set<string>();

/** A name of the tz database that this machine knows. */
export function isTimeZone(value: string): boolean {
  if (knownZones.has(value)) return true;
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: value });
    // Names in any case are taken, so there are more ways to write them.
    if (knownZones.size < 1_000) knownZones.add(value);
    return true;
  } catch {
    return false;
  }
}

export const timeZone = () =>
  form(64, 'input.timeZone', isTimeZone).meta({ description: 'IANA time zone.', examples: ['Asia/Taipei'] });

function isWebLink(value: string): boolean {
  if (textFault(value) !== undefined || /\s/.test(value)) return false;
  try {
    return ['http:', 'https:'].includes(new URL(value).protocol);
  } catch {
    return false;
  }
}

/** Only http and https: a link ends in mails and pages. */
export const link = () =>
  form(bounds.link, 'input.link', isWebLink).meta({
    description: 'Web address, http or https.',
    examples: ['https://meet.example.com/rooms/42'],
  });

export const minutes = (min: number, max: number) => z.int().min(min).max(max);

export const locale = () =>
  z.enum(['zh-TW', 'zh-CN', 'en']).meta({ description: 'Language of mails and minutes.', examples: ['zh-TW'] });
