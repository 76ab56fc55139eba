/** N3: settling an alternate task, by route and by form: who is meant, and a text that the archive keeps. */
import { alternateById, seatFor } from '../domain/meeting/alternates.js';
import type { Actor, CommandInput } from '../domain/meeting/commands.js';
import type { MeetingState, PersonId } from '../domain/meeting/state.js';
import { meetingIdOf } from '../workflows/contracts.js';
import type { Api } from './context.js';
import { problem } from './errors.js';
import { lookUp, Mentions, settle } from './mentions.js';

type Input = CommandInput<'alternate'>;

/** N3: the texts of the written input, by hash. */
export async function inputTexts(api: Api, state: MeetingState): Promise<Record<string, string>> {
  const hashes = (state.writtenInputs ?? []).map((w) => w.hash);
  return hashes.length === 0 ? {} : api.deps.archive.inputs.load(state.id, hashes);
}

/** The meeting of an alternate task, or 404. */
export function meetingOfTask(id: string): string {
  return meetingIdOf(id) ?? problem('NotFound', 'task.unknown', 'id', { id });
}

/**
 * The text is kept only for somebody who may, and the command names its hash. One that is kept already needs no rehearsal,
 * so that the repeat of a request gets the answer that the first had.
 */
export async function writtenInput(
  api: Api,
  actor: Actor,
  id: string,
  said: { topicId: string; text: string },
): Promise<Input> {
  const meetingId = meetingOfTask(id);
  const { topicId, text } = said;
  const { inputs } = api.deps.archive;
  const kept = await inputs.find(meetingId, text);
  if (kept !== undefined) return { id, way: 'written', topicId, hash: kept };
  await api.dryRun('alternate', meetingId, { id, way: 'written', topicId, hash: '' }, actor);
  return { id, way: 'written', topicId, hash: await inputs.save(meetingId, text) };
}

/** Whoever is new is written to the directory only when the rules let it pass; their home is the seat's department, unless named. */
export async function delegateInput(
  api: Api,
  actor: Actor,
  id: string,
  said: { delegate: string; name?: string | undefined; department?: string | undefined },
): Promise<Input> {
  const meetingId = meetingOfTask(id);
  const { state } = await api.meetings.live(meetingId);
  const task = alternateById(state, id);
  const home = said.department ?? (task && seatFor(state, task.person)?.department);
  const rehearse = (delegate: PersonId) => api.dryRun('alternate', meetingId, { id, way: 'delegate', delegate }, actor);
  return { id, way: 'delegate', delegate: await delegatePerson(api, { ...said, department: home }, rehearse) };
}

/** Whoever is new is written to the directory only when the rules let it pass. */
export async function delegatePerson(
  api: Api,
  said: { delegate: string; name?: string | undefined; department?: string | undefined },
  rehearse: (delegate: PersonId) => Promise<unknown>,
): Promise<PersonId> {
  const { delegate, name, department } = said;
  const mentions = new Mentions().department(department, 'department').person(delegate, 'delegate', {
    name,
    ...(department === undefined ? {} : { departmentPath: 'department' }),
  });
  const { directory } = api.deps.archive;
  const found = await lookUp(directory, mentions);
  if (found.fresh) await rehearse(found.person('delegate'));
  return (await settle(directory, mentions, found)).person('delegate');
}
