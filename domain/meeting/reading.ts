/** E1, E2: what is read and prepared before the start, and what the host is told about it. */
import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import type { Fault } from '../errors.js';
import { inOrder } from './agenda.js';
import { changed, mail } from './change.js';
import type { CommandInput, CommandResult } from './commands.js';
import type { Change } from './effects.js';
import { remindedBy } from './hours.js';
import { invitees, silent } from './people.js';
import { isMissing } from './prepared.js';
import { preparersReminded } from './preparers.js';
import type { Alternate, By, Material, MeetingState, PersonId, Timer, Topic } from './state.js';

/** E1: "I have read the materials": a button, never the opening of a link; it may be taken back. */
export function reading(
  state: MeetingState,
  { person, read }: CommandInput<'reading'>,
  now: Instant,
  by: By,
): Change<CommandResult<'reading'>> {
  if (!invitees(state).includes(person)) refuse('NotFound', 'N2.notInvited', 'person', { person });
  const { [person]: before, ...others } = state.readings ?? {};
  if ((before !== undefined) === read) return changed(state, [], { read });
  const readings = read ? { ...others, [person]: { at: now, by } } : others;
  return changed({ ...state, readings }, [], { read });
}

/** P8: what was announced and is not there. */
export function missingMaterials(state: Pick<MeetingState, 'agenda'>): { topic: Topic; material: Material }[] {
  return inOrder(state.agenda).flatMap((topic) =>
    topic.materials.filter(isMissing).map((material) => ({ topic, material })),
  );
}

/** E1: who is coming and has not confirmed the reading; nobody, when there is nothing to read. P8: and who owes something. */
export function preRead(state: MeetingState, timer: Timer): Change {
  const any = state.agenda.some((t) => t.materials.length > 0);
  const people = invitees(state).filter(
    (p) => state.rsvps[p]?.reply !== 'declined' && state.readings?.[p] === undefined,
  );
  const told = any ? mail('preRead', `${state.startsAt}`, remindedBy(state, timer, people)) : [];
  return changed(state, [...told, ...preparersReminded(state, timer)]);
}

/** E2: what is still open the evening before, for the host. */
export interface OpenPoints {
  silent: PersonId[];
  alternates: Alternate[];
  materials: { topic: Topic; material: Material }[];
  withoutConclusion: Topic[];
  hints: Fault[];
}

export function openPoints(state: MeetingState): OpenPoints {
  return {
    silent: silent(state),
    alternates: (state.alternates ?? []).filter((a) => a.status === 'open'),
    materials: missingMaterials(state),
    withoutConclusion: inOrder(state.agenda).filter((t) => t.expectedConclusion === undefined),
    // Those topics have a list of their own here.
    hints: state.warnings.filter((w) => w.code !== 'E2.noConclusion'),
  };
}

export function countOpen(points: OpenPoints): number {
  return Object.values(points as unknown as Record<string, unknown[]>).reduce((n, list) => n + list.length, 0);
}

/** E2: at 17:00 on the last working day before the start. */
export function hostBrief(state: MeetingState): Change {
  return changed(state, mail('hostBrief', `${state.startsAt}`, [state.host]));
}
