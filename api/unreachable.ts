/** H4: who is told of the meeting and has no channel is listed at publication, and as long as it is so. */
import type { FastifyRequest } from 'fastify';
import { fault } from '../domain/errors.js';
import type { ZoneData } from '../domain/calendar/index.js';
import { invitees } from '../domain/meeting/people.js';
import type { MeetingState } from '../domain/meeting/state.js';
import type { Answer } from '../workflows/contracts.js';
import { bookingWarnings } from './booking.js';
import type { Api } from './context.js';
import type { Telling } from './present/context.js';
import { shownFault } from './problem-json.js';
import type { ShownFault } from './problem-json.js';
import type { PersonAnswer } from './schemas/answers.js';

/** Nobody is told of a draft, so nobody is missed. */
export async function unreachable(api: Api, { names }: Telling, state: MeetingState): Promise<PersonAnswer[]> {
  if (state.phase !== 'notice') return [];
  // P8: who prepares something without being invited is to be reached, too.
  const told = [...new Set([...invitees(state), ...(state.preparing ?? [])])];
  return (await api.deps.archive.directory.unreachable(told)).map((p) => names.person(p));
}

export function unreachableWarning({ locale, zone }: Telling, missed: PersonAnswer[]): ShownFault[] {
  const people = missed.map((p) => p.name);
  return people.length === 0 ? [] : [shownFault(fault('H4.unreachable', 'participants', { people }), locale, zone)];
}

/** What the answer to a publication holds beside what every command's has. */
export async function unreachableAtPublication(
  api: Api,
  request: FastifyRequest,
  id: string,
  answer: Answer<'publish'>,
  zone: ZoneData,
) {
  const { state } = await api.meetings.load(id);
  const telling = await api.telling(state, api.locale(request));
  const hints = (answer.warnings ?? []).map((w) => shownFault(w, telling.locale, zone));
  const booked = await bookingWarnings(api, request, state);
  const missed = await unreachable(api, telling, state);
  const warnings = [...hints, ...unreachableWarning(telling, missed), ...booked];
  return { unreachable: missed, ...(warnings.length === 0 ? {} : { warnings }) };
}
