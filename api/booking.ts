/** H10: double booking of people and rooms is shown as a hint, never refused. */
import type { FastifyRequest } from 'fastify';
import type { Instant } from '../domain/calendar/index.js';
import { fault } from '../domain/errors.js';
import type { Fault } from '../domain/errors.js';
import { doubleBooked, expected, takesTime } from '../domain/meeting/booking.js';
import type { MeetingState, PersonId } from '../domain/meeting/state.js';
import { maySee } from '../domain/meeting/visibility.js';
import { translator } from '../locales/index.js';
import type { Api } from './context.js';
import { Names } from './present/context.js';
import { shownFault } from './problem-json.js';

/** What of this meeting is taken elsewhere; of a meeting that the caller may not see no more than that there is one. */
export async function bookingHints(api: Api, request: FastifyRequest, state: MeetingState): Promise<Fault[]> {
  if (!takesTime(state)) return [];
  const { view, directory } = api.deps.archive;
  const others = await view.taking({ from: state.startsAt, to: state.plannedEndAt });
  const booked = doubleBooked(state, others);
  if (booked.people.length + booked.room.length === 0) return [];
  const locale = api.locale(request);
  const names = await Names.load(directory, { people: booked.people.map((b) => b.person), departments: [] }, locale);
  const title = titleFor(api, request);
  return [
    ...booked.people.map(({ person, meetings }) =>
      fault('H10.personBooked', 'participants', { person: names.personName(person), meetings: meetings.map(title) }),
    ),
    ...(booked.room.length === 0
      ? []
      : [fault('H10.roomBooked', 'place', { place: state.place ?? '', meetings: booked.room.map(title) })]),
  ];
}

/** When these people are taken, and by what. */
export async function busyTimes(
  { deps }: Api,
  people: PersonId[],
  span: { from: Instant; to: Instant },
): Promise<{ person: PersonId; startsAt: Instant; endsAt: Instant; meeting: MeetingState }[]> {
  const meetings = await deps.archive.view.taking({ ...span, people });
  return meetings.flatMap((meeting) => {
    const who = expected(meeting);
    const { startsAt, plannedEndAt: endsAt } = meeting;
    return people.filter((p) => who.includes(p)).map((person) => ({ person, startsAt, endsAt, meeting }));
  });
}

/** A title for this caller; "busy" for what is not theirs to see. */
export function titleFor(api: Api, request: FastifyRequest): (meeting: MeetingState) => string {
  const busy = translator(api.locale(request))('words.busy');
  const now: Instant = api.deps.clock();
  return (meeting) => (maySee(meeting, request.principal.actor, now) ? meeting.title : busy);
}

/** The hints as an answer's warnings have them. A list that does not answer is no reason to fail what was done. */
export async function bookingWarnings(api: Api, request: FastifyRequest, state: MeetingState) {
  const hints = await bookingHints(api, request, state).catch((cause: unknown) => {
    request.log.warn(
      { kind: cause instanceof Error ? cause.name : typeof cause },
      'double bookings could not be looked up',
    );
    return [];
  });
  return hints.map((hint) => shownFault(hint, api.locale(request), state.zone));
}

/** The same after a command, for its answer: what the rule hinted, then these. */
export async function warningsAfter(api: Api, request: FastifyRequest, id: string, given: Fault[] | undefined) {
  const loaded = await api.meetings.load(id).catch(() => undefined);
  if (loaded === undefined) return {};
  const { state } = loaded;
  const booked = await bookingWarnings(api, request, state);
  if (booked.length === 0) return {};
  return { warnings: [...(given ?? []).map((w) => shownFault(w, api.locale(request), state.zone)), ...booked] };
}
