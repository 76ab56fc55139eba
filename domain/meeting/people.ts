import type { MeetingState, Participant, PersonId } from './state.js';

/** P3: who holds a seat with a vote. */
export function hasVote(participant: Participant): boolean {
  return participant.role === 'head' || participant.role === 'core' || participant.role === 'support';
}

export function participantOf(state: MeetingState, person: PersonId): Participant | undefined {
  return state.participants.find((p) => p.person === person);
}

/** Everyone who gets the notice, each once: participants and whoever holds an office in the meeting (H3). */
export function invitees(
  state: Pick<MeetingState, 'participants' | 'host' | 'deputyHost' | 'coordinator' | 'recorder' | 'initiator'>,
): PersonId[] {
  const officers = [state.host, state.deputyHost, state.coordinator, state.recorder, state.initiator.person];
  const all = [...state.participants.map((p) => p.person), ...officers.filter((p) => p !== undefined)];
  return [...new Set(all)];
}

/** N2, N3: who may have a reply: the invited, and those whose seat a delegate holds. */
export function repliers(state: MeetingState): PersonId[] {
  return [...invitees(state), ...represented(state)];
}

/** N3: whose seats delegates hold. */
export function represented(state: Pick<MeetingState, 'participants'>): PersonId[] {
  return state.participants.flatMap((p) => p.standsFor ?? []);
}

/** M1: the minutes also go to departments that only support, and to the sponsor, who is not invited for that alone. */
export function minutesReaders(state: MeetingState): PersonId[] {
  const sponsor = state.sponsor === undefined ? [] : [state.sponsor];
  return [
    ...new Set([
      ...invitees(state),
      ...represented(state),
      ...state.supportDepartments.map((d) => d.person),
      ...sponsor,
    ]),
  ];
}

/** H3: offices and seat of somebody in a meeting, comparable as text. */
export function rolesOf(state: MeetingState, person: PersonId): string {
  const { host, deputyHost, coordinator, recorder, sponsor, initiator } = state;
  const offices = [host, deputyHost, coordinator, recorder, sponsor, initiator.person].map((p) => p === person);
  const seat = participantOf(state, person);
  return JSON.stringify([offices, seat && [seat.department, seat.role, seat.key, seat.standsFor]]);
}

/** N2: who has not answered the notice. */
export function silent(state: MeetingState): PersonId[] {
  return invitees(state).filter((person) => state.rsvps[person] === undefined);
}

/** F1: the coordinator tracks; without one, the host. */
export function tracker(state: MeetingState): PersonId {
  return state.coordinator ?? state.host;
}

/** M1: who keeps the record; without a named one, the coordinator, then the host. */
export function recorder(state: MeetingState): PersonId {
  return state.recorder ?? tracker(state);
}

/** E15: who leads now. */
export function leader(state: MeetingState): PersonId {
  return state.actingHost ?? state.host;
}

export function isPresent(state: MeetingState, person: PersonId): boolean {
  return state.attendance[person]?.present ?? false;
}

/** E8: present seats with a vote; one per person. */
export function electorate(state: MeetingState): PersonId[] {
  return state.participants.filter((p) => hasVote(p) && isPresent(state, p.person)).map((p) => p.person);
}

/** P4: how many count towards the cap; observers do not. */
export function countedParticipants(participants: Pick<Participant, 'role'>[]): number {
  return participants.filter((p) => p.role !== 'observer').length;
}
