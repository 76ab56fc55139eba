/** H4, F1: whose offices are whose once somebody has left; the record keeps who held them until then. */
import type { FormerOfficer, MeetingState, PersonId } from '../state.js';

/**
 * The successor takes every office. Without one, the initiating side leads on: the initiator, else deputy or coordinator;
 * coordinator and recorder fall to whom the rules name without one (F1, M1), and nobody is deputy. A meeting that has nobody
 * else keeps its host: whoever has no successor is asked for one.
 */
export function officesWithout(
  state: MeetingState,
  left: PersonId,
  successor: PersonId | undefined,
): { state: MeetingState; moved: number } {
  const { deputyHost, coordinator, recorder, actingHost, initiator } = state;
  const others = [successor, initiator.person, deputyHost, coordinator];
  const host = state.host === left ? (others.find((p) => p !== undefined && p !== left) ?? left) : state.host;
  const follows = (person: PersonId | undefined) => (person === left ? successor : person);
  const next: MeetingState = {
    ...state,
    host,
    ...given('deputyHost', deputyHost, follows(deputyHost) === host ? undefined : follows(deputyHost)),
    ...given('coordinator', coordinator, follows(coordinator)),
    ...given('recorder', recorder, follows(recorder)),
    ...given('actingHost', actingHost, follows(actingHost)),
    initiator: { ...initiator, person: follows(initiator.person) ?? initiator.person },
  };
  const gone = offices.filter((office) => holder(state, office) === left && holder(next, office) !== left);
  if (gone.length === 0) return { state, moved: 0 };
  const former: FormerOfficer[] = gone.map((office) => ({ office, person: left, revision: state.revision }));
  return { state: { ...next, formerOfficers: [...(state.formerOfficers ?? []), ...former] }, moved: gone.length };
}

const offices: FormerOfficer['office'][] = ['host', 'deputyHost', 'actingHost', 'coordinator', 'recorder', 'initiator'];

function holder(state: MeetingState, office: FormerOfficer['office']): PersonId | undefined {
  return office === 'initiator' ? state.initiator.person : state[office];
}

/** Only what changes is written, so that an office nobody holds stays absent. */
function given<K extends string>(key: K, before: PersonId | undefined, after: PersonId | undefined) {
  return before === after ? {} : ({ [key]: after } as Record<K, PersonId | undefined>);
}
