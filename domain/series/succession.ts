/** H4, S1: a series whose people change because one of them is gone. */
import type { PersonId } from '../meeting/words.js';
import type { SeriesPlan } from './plan.js';

/**
 * The successor takes offices, seat, topics and materials; nobody has two seats. Without a successor the seat is gone; who
 * holds an office is not asked for here (they have to name somebody).
 */
export function withoutPerson(plan: SeriesPlan, gone: PersonId, successor?: PersonId): SeriesPlan {
  const { template } = plan;
  const next = (person: PersonId): PersonId => (person === gone && successor !== undefined ? successor : person);
  const maybe = (person: PersonId | undefined): PersonId | undefined => (person === gone ? successor : person);
  const seats = template.participants.map((p) => ({ ...p, person: next(p.person) }));
  const participants = seats.filter(
    (p, i) => p.person !== gone && seats.findIndex((other) => other.person === p.person) === i,
  );
  const office = <K extends 'host' | 'deputyHost' | 'coordinator' | 'recorder' | 'sponsor'>(name: K) => {
    const person = maybe(template[name]);
    return person === undefined ? {} : { [name]: person };
  };
  const { host: _, deputyHost: __, coordinator: ___, recorder: ____, sponsor: _____, ...rest } = template;
  return {
    ...plan,
    template: {
      ...rest,
      initiator: { ...template.initiator, person: next(template.initiator.person) },
      ...office('host'),
      ...office('deputyHost'),
      ...office('coordinator'),
      ...office('recorder'),
      ...office('sponsor'),
      participants,
      supportDepartments: template.supportDepartments
        .map((d) => ({ ...d, person: next(d.person) }))
        .filter((d) => d.person !== gone),
      agenda: template.agenda.map(({ presenter, ...topic }) => {
        const speaks = maybe(presenter);
        const materials = topic.materials?.map((m) => ({ ...m, owner: next(m.owner) })).filter((m) => m.owner !== gone);
        return {
          ...topic,
          ...(speaks === undefined ? {} : { presenter: speaks }),
          ...(materials === undefined ? {} : { materials }),
        };
      }),
    },
  };
}
