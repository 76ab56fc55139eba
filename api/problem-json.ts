/** A problem as `application/problem+json` in the reader's language. */
import { toIso, toLocal } from '../domain/calendar/index.js';
import type { ZoneData } from '../domain/calendar/index.js';
import type { Fault } from '../domain/errors.js';
import type { Locale } from '../domain/meeting/state.js';
import { hasText, translator } from '../locales/index.js';
import type { Params } from '../locales/index.js';
import type { Problem } from './errors.js';

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors: ShownFault[];
}

/** A fault as callers see it: instants as ISO texts, and the sentence. */
export interface ShownFault {
  code: string;
  path: string;
  params: Fault['params'];
  message: string;
}

/** Parameters of rules are small numbers; from 1973 to the year 9999 they are instants. */
const [instantsFrom, instantsTo] = [1e11, 253_402_214_400_000];
export const isInstant = (value: unknown): value is number =>
  typeof value === 'number' && value >= instantsFrom && value < instantsTo;

const utc: ZoneData = { name: 'UTC', offsets: [{ from: 0, minutes: 0 }] };

/** `2026-12-06 09:30 (Asia/Taipei)` */
function clockOf(t: number, zone: ZoneData): string {
  const { date, time } = toLocal(zone, t);
  return `${date} ${time} (${zone.name})`;
}

/** Instants as ISO texts: a program reads them. */
function forPrograms(params: Fault['params'], zone: ZoneData): Fault['params'] {
  return Object.fromEntries(Object.entries(params).map(([k, v]) => [k, isInstant(v) ? toIso(zone, v) : v]));
}

/** Instants on the wall clock, lists as words: a person reads them. */
function forPeople(params: Fault['params'], zone: ZoneData, locale: Locale): Params {
  const say = translator(locale);
  const word = (name: string, code: string): string => {
    const key = `params.${name === 'possible' ? 'command' : name}.${code}`;
    return hasText(locale, key) ? say(key) : code;
  };
  const told = (name: string, value: Fault['params'][string]): string | number => {
    if (isInstant(value)) return clockOf(value, zone);
    if (Array.isArray(value)) return value.map((code) => word(name, code)).join(say('words.comma'));
    return typeof value === 'number' ? value : word(name, String(value));
  };
  return Object.fromEntries(Object.entries(params).map(([k, v]) => [k, told(k, v)]));
}

/** A fault of an imported table says where in the file it is. */
function placed({ params }: Fault, problem: string, say: ReturnType<typeof translator>): string {
  const { row, column } = params;
  if (typeof row !== 'number' || typeof column !== 'string') return problem;
  return say('errors.import.at', { row, column, problem });
}

/** One fault for the reader. */
export function shownFault(fault: Fault, locale: Locale, zone: ZoneData = utc): ShownFault {
  const say = translator(locale);
  return {
    code: fault.code,
    path: fault.path,
    params: forPrograms(fault.params, zone),
    message: placed(fault, say(`errors.${fault.code}`, forPeople(fault.params, zone, locale)), say),
  };
}

/** One fault speaks for itself; of several each says where it is, or the same sentence comes ten times. */
function detailOf(errors: ShownFault[]): string {
  if (errors.length === 1) return errors[0]!.message;
  return errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join(' ');
}

const kebab = (kind: string): string => kind.replace(/(?<!^)[A-Z]/g, (c) => `-${c}`).toLowerCase();

export function problemBody(problem: Problem, locale: Locale): ProblemBody {
  const errors = problem.faults.map((f) => shownFault(f, locale, problem.options.zone));
  return {
    type: `urn:convoke:problem:${kebab(problem.kind)}`,
    title: translator(locale)(`errors.kinds.${problem.kind}`),
    status: problem.status,
    detail: detailOf(errors),
    errors,
  };
}
