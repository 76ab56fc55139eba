/** H7: external people see their own topics and actions, and an approved extract of the minutes; no vote, survey or list. */
import { refuse } from '../errors.js';
import { changed, mail } from './change.js';
import type { Change } from './effects.js';
import { minutesReaders, participantOf } from './people.js';
import type { MeetingState, PersonId, TopicId } from './state.js';
import { isExternal } from './visibility.js';

/** M1: who gets the whole minutes. */
export const fullReaders = (state: MeetingState): PersonId[] =>
  minutesReaders(state).filter((p) => !isExternal(state, p));

export const extractReaders = (state: MeetingState): PersonId[] =>
  minutesReaders(state).filter((p) => isExternal(state, p));

/** The topics that somebody presents or has as their own; a delegate has those of the seat (N3). */
export function ownTopics(state: MeetingState, person: PersonId): TopicId[] {
  const seat =
    participantOf(state, person) ?? state.participants.find((p) => state.rsvps[p.person]?.delegate === person);
  const own = seat?.topics ?? [];
  return state.agenda.filter((t) => t.presenter === person || own.includes(t.topicId)).map((t) => t.topicId);
}

/** The meeting as an external person may see it: their own topics and actions, nothing of the others. */
export function extractOf(state: MeetingState, person: PersonId): MeetingState {
  const own = ownTopics(state, person);
  return {
    ...state,
    agenda: state.agenda.filter((t) => own.includes(t.topicId)),
    actions: state.actions.filter((a) => a.owner === person),
    participants: state.participants.filter((p) => p.person === person),
    supportDepartments: [],
    attendance: {},
    rsvps: {},
    votes: [],
    keyPoints: [],
    plans: [],
    tasks: [],
    warnings: [],
    survey: undefined,
  };
}

/** The same of the minutes' text: the summary is about all topics, so it is left out. */
export function extractText<
  T extends { summary?: string; topics: { topicId: string }[]; nextMeetingAt?: number; followUp?: unknown },
>(
  state: MeetingState,
  person: PersonId,
  { summary: _, nextMeetingAt: __, followUp: ___, topics, ...rest }: T,
): Pick<T, 'topics'> {
  const own = ownTopics(state, person);
  return { ...rest, topics: topics.filter((t) => own.includes(t.topicId)) };
}

/**
 * Sends the extracts of the version that stands: of `changed` only to those whose topics these are, and only when they had
 * an extract before.
 */
export function sendExtracts(state: MeetingState, changedTopics?: TopicId[]): Change {
  const { minutes } = state;
  if (!minutes || minutes.extractVersion === minutes.version) return changed(state);
  if (changedTopics !== undefined && minutes.extractVersion === undefined) return changed(state);
  const all = extractReaders(state);
  const to = all.filter((p) => changedTopics?.some((t) => ownTopics(state, p).includes(t)) ?? true);
  if (all.length === 0) return changed(state);
  const { version, hash, extractVersion, extractVersions = [] } = minutes;
  const params = {
    version,
    ...(hash === undefined ? {} : { hash }),
    ...(extractVersion === undefined ? {} : { before: extractVersion }),
  };
  const released = {
    ...state,
    minutes: { ...minutes, extractVersion: version, extractVersions: [...extractVersions, version] },
  };
  return changed(released, mail('minutesExtract', `v${version}`, to, params));
}

/** H7: the host lets external people have their extract before the minutes are confirmed; the confirmation does by itself. */
export function releaseExtract(state: MeetingState): Change<{ people: number }> {
  const { minutes } = state;
  if (!minutes) refuse('Conflict', 'M1.none', '', {});
  const people = extractReaders(state).length;
  if (people === 0) refuse('Conflict', 'H7.noExternals', '', {});
  if (minutes.extractVersion === minutes.version)
    refuse('Conflict', 'H7.extractReleased', '', { version: minutes.version });
  const { state: released, effects } = sendExtracts(state);
  return changed(released, effects, { people });
}
