/** What one meeting keeps of one person, for that person: their seat and offices, what they said and did. */
import { toIso } from '../domain/calendar/index.js';
import { objectionsOf } from '../domain/meeting/corrections.js';
import { floorOf } from '../domain/meeting/floor.js';
import type { By, MeetingState, PersonId } from '../domain/meeting/state.js';

const offices = ['host', 'deputyHost', 'actingHost', 'coordinator', 'recorder', 'sponsor'] as const;

/** Texts that others wrote are others'; an answer to the anonymous survey is nobody's. */
export function ownPart(state: MeetingState, person: PersonId) {
  const by = (who: By | undefined): boolean => who?.person === person || who?.onBehalfOf === person;
  const theirs = <T extends { by: By }>(list: readonly T[] | undefined): T[] => (list ?? []).filter((x) => by(x.by));
  const { rsvps, attendance, readings } = state;
  const floor = floorOf(state);
  return {
    id: state.id,
    title: state.title,
    startsAt: toIso(state.zone, state.startsAt),
    phase: state.phase,
    offices: [
      ...offices.filter((name) => state[name] === person),
      ...(state.initiator.person === person ? ['initiator'] : []),
    ],
    seat: state.participants.find((p) => p.person === person || p.standsFor === person),
    supports: state.supportDepartments.filter((d) => d.person === person).map((d) => d.department),
    reply: rsvps[person],
    reading: readings?.[person],
    attendance: attendance[person],
    alternates: (state.alternates ?? []).filter((a) => a.person === person || a.delegate === person),
    presents: state.agenda.filter((t) => t.presenter === person).map((t) => t.topicId),
    turns: floor.turns.filter((t) => t.person === person),
    keyPoints: theirs(state.keyPoints),
    notes: theirs(floor.notes),
    actions: state.actions.filter((a) => a.owner === person || a.internalContact === person),
    plans: state.plans.filter((p) => p.owner === person),
    tasks: state.tasks.filter((t) => t.assignee === person),
    objections: objectionsOf(state).filter((o) => o.person === person),
  };
}
