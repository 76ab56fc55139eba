/** N2: a held answer that the host counts brings whom it delegates to; they become known only then. */
import type { Actor, CommandInput } from '../../domain/meeting/commands.js';
import type { PersonId } from '../../domain/meeting/state.js';
import { delegatePerson } from '../alternates.js';
import type { Api } from '../context.js';

/** The address that the letter of a waiting answer names. */
export async function delegateIn(api: Api, meetingId: string, id: string): Promise<string | undefined> {
  const { state } = await api.meetings.live(meetingId);
  const held = (state.heldReplies ?? []).find((h) => h.id === id && h.status === 'waiting');
  const letter = held && (await api.deps.archive.calendarReplies.held(held.letter));
  return letter?.delegate || undefined;
}

export async function settlement(
  api: Api,
  actor: Actor,
  meetingId: string,
  given: { id: string; person?: PersonId },
): Promise<CommandInput<'settleReply'>> {
  const address = given.person === undefined ? undefined : await delegateIn(api, meetingId, given.id);
  if (address === undefined) return given;
  const rehearse = (delegate: PersonId) => api.dryRun('settleReply', meetingId, { ...given, delegate }, actor);
  return { ...given, delegate: await delegatePerson(api, { delegate: address }, rehearse) };
}
