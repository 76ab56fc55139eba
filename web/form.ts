/** What a link's form is: it shows what holds and what can be done, and acts by the same commands as the API. */
import type { Api } from '../api/context.js';
import { Problem } from '../api/errors.js';
import { parse } from '../api/validate.js';
import type { Telling } from '../api/present/context.js';
import type { Instant } from '../domain/calendar/index.js';
import { fromLocal, isGap, isLocalDate, isLocalTime, toIso } from '../domain/calendar/index.js';
import { fault } from '../domain/errors.js';
import { may } from '../domain/meeting/authorize.js';
import type { About } from '../domain/meeting/authorize.js';
import type { Actor, CommandInput, CommandName, CommandResult } from '../domain/meeting/commands.js';
import { allowedIn } from '../domain/meeting/phases.js';
import type { DepartmentId, MeetingState, PersonId } from '../domain/meeting/state.js';
import type { Translate } from '../locales/index.js';
import type { LinkClaims } from '../render/links.js';
import type { When } from '../render/when.js';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Filled } from './parts.js';

/** One reader, one link, one meeting as it stands. */
export interface FormContext {
  api: Api;
  claims: LinkClaims;
  token: string;
  state: MeetingState;
  /** Workflow time. */
  now: Instant;
  telling: Telling;
  say: Translate;
  when: When;
  actor: Actor;
  /** From the link, for example `?reply=accepted`: fills a form in, never sends it. */
  preset: Record<string, string>;
}

/** What a page has to say. */
export interface Shown {
  title: string;
  body: JSX.Element;
}

export interface LinkForm {
  show(context: FormContext, filled: Filled): Shown | Promise<Shown>;
  /** Acts, or throws `Problem`; answers which `forms.done.*` is shown after. */
  act(context: FormContext, fields: Record<string, string>): Promise<string>;
  /** The same for a form with a file. */
  upload?(context: FormContext, request: FastifyRequest): Promise<string>;
}

/** Whether the command could be done by this reader now, as far as phase and table say. */
export function possible(context: FormContext, name: CommandName, about: About): boolean {
  return allowedIn[name].includes(context.state.phase) && may(context.state, name, about, context.actor, context.now);
}

export async function run<N extends CommandName>(
  { api, state, claims, actor }: FormContext,
  name: N,
  input: CommandInput<N>,
): Promise<CommandResult<N>> {
  const call = { meetingId: state.id, actor, input, principal: `link:${claims.by ?? claims.person}` };
  return (await api.commands.run(name, call)).result;
}

/**
 * A form's fields against a route's schema: what was left empty was not said, line breaks are one character. `names`: how
 * the form calls a field of the schema.
 */
export function checked<S extends z.ZodType>(
  schema: S,
  fields: Record<string, unknown>,
  names: Record<string, string> = {},
): z.output<S> {
  const said = Object.entries(fields)
    .map(([k, v]) => [k, typeof v === 'string' ? v.replace(/\r\n?/g, '\n').trim() : v] as const)
    .filter(([, v]) => v !== '' && v !== undefined);
  try {
    return parse(schema, Object.fromEntries(said));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(
      error.kind,
      error.faults.map((f) => ({ ...f, path: names[f.path] ?? f.path })),
    );
  }
}

/** A number field's text; what is no number stays text, for the schema to refuse. */
export function numberOf(text: string | undefined): number | string | undefined {
  const given = text?.trim() ?? '';
  return given === '' ? undefined : /^-?[0-9]{1,9}$/.test(given) ? Number(given) : given;
}

/** A `datetime-local` field in the meeting's zone as ISO 8601; undefined when left empty. */
export function momentOf(context: FormContext, name: string, text: string | undefined): string | undefined {
  const given = text?.trim() ?? '';
  if (given === '') return undefined;
  const [date = '', time = ''] = given.split('T');
  const clock = time.slice(0, 5);
  if (!isLocalDate(date) || !isLocalTime(clock)) throw new Problem('BadInput', [fault('input.localTime', name)]);
  const { zone } = context.state;
  if (isGap(zone, date, clock)) throw new Problem('BadInput', [fault('input.gap', name)]);
  return toIso(zone, fromLocal(zone, date, clock));
}

/** Every department of the meeting but one, for choosing one. */
export function departmentChoices(
  { state, telling }: FormContext,
  except: DepartmentId | undefined,
): { value: string; label: string }[] {
  const all = [...state.participants, ...state.supportDepartments].map((p) => p.department);
  const others = [...new Set([state.initiator.department, ...all])].filter((d) => d !== except);
  return others.map((value) => ({ value, label: telling.names.department(value).name }));
}

/** Everybody in the meeting with a name, for choosing one. */
export function peopleChoices({ state, telling }: FormContext, except: PersonId[]): { value: string; label: string }[] {
  const seats = state.participants.filter((p) => p.role !== 'external').map((p) => p.person);
  const officers = [state.host, state.deputyHost, state.coordinator, state.recorder, state.initiator.person];
  const all = [...new Set([...seats, ...officers.filter((p) => p !== undefined)])].filter((p) => !except.includes(p));
  return all.map((value) => ({ value, label: telling.names.personName(value) }));
}
