/** H10: who and which room a meeting takes, for double bookings and free times. */
import type { Instant } from '../calendar/index.js';
import { invitees } from './people.js';
import type { MeetingState, PersonId } from './state.js';

/** Everybody who is expected: invited in any role and not declined; who stands in for somebody comes instead. */
export function expected(state: MeetingState): PersonId[] {
  return [
    ...new Set(
      invitees(state).flatMap((person) => {
        const reply = state.rsvps[person];
        if (reply?.delegate !== undefined) return [reply.delegate];
        return reply?.reply === 'declined' ? [] : [person];
      }),
    ),
  ];
}

/** Whether it still takes somebody's time: planned, announced or under way. */
export function takesTime({ phase }: Pick<MeetingState, 'phase'>): boolean {
  return phase === 'preparation' || phase === 'notice' || phase === 'execution';
}

/** The moment of an end belongs to what comes next. */
export function overlaps(
  a: { startsAt: Instant; plannedEndAt: Instant },
  b: { startsAt: Instant; plannedEndAt: Instant },
): boolean {
  return a.startsAt < b.plannedEndAt && b.startsAt < a.plannedEndAt;
}

/** A room however it is written: width, case, spaces and punctuation make no difference. Undefined: there is none. */
export function roomKey(place: string | undefined): string | undefined {
  const key = (place ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '');
  return key === '' ? undefined : key;
}

export interface DoubleBooked {
  people: { person: PersonId; meetings: MeetingState[] }[];
  room: MeetingState[];
}

/** What of this meeting other meetings take at the same time. */
export function doubleBooked(meeting: MeetingState, others: MeetingState[]): DoubleBooked {
  const rivals = others.filter((o) => o.id !== meeting.id && takesTime(o) && overlaps(o, meeting));
  const people = expected(meeting).flatMap((person) => {
    const meetings = rivals.filter((o) => expected(o).includes(person));
    return meetings.length === 0 ? [] : [{ person, meetings }];
  });
  const room = roomKey(meeting.place);
  return { people, room: room === undefined ? [] : rivals.filter((o) => roomKey(o.place) === room) };
}
