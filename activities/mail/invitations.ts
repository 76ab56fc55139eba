import type { MailKind } from '../../domain/meeting/effects.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import type { Invitation, RenderedMail } from '../../render/mail/index.js';
import type { MailKey, OutgoingMail, Ports } from '../ports.js';

export interface Numbered {
  claimed: MailKey;
  calendar?: OutgoingMail['calendar'];
}

/**
 * Design §7: an invitation is compared with the last content that went to this person; the same content keeps its SEQUENCE
 * and so its claim, which then says whether it went out; another content takes the next one.
 *
 * `superseded`: a later hand-over has given this person newer content. Mails run beside each other, so the notice of a
 * slow mailbox may come after the change that followed it; it must not bring back what was.
 */
export async function numbered(
  { invitations }: Pick<Ports, 'invitations'>,
  state: MeetingState,
  key: MailKey,
  { invitation }: RenderedMail,
  now: number,
): Promise<Numbered | 'superseded'> {
  if (invitation === undefined) return { claimed: key };
  const { meetingId, person } = key;
  const last = await invitations.current(meetingId, person);
  const kept = last === null ? undefined : stamped(last.hash);
  const same = kept?.hash === invitation.hash && last?.method === invitation.method;
  if (kept !== undefined && !same && kept.at > now) return 'superseded';
  const hash = same && last ? last.hash : `${invitation.hash}@${now}`;
  const { sequence } = await invitations.next(meetingId, person, hash, invitation.method);
  return {
    claimed: { ...key, kind: kindOf(state, invitation, sequence), occasion: `invite:${sequence}` },
    calendar: { method: invitation.method, content: invitation.content(sequence) },
  };
}

/** The kept hash ends in the workflow time of its hand-over, which a reset of the workflow never turns back. */
function stamped(kept: string): { hash: string; at: number } {
  const [hash = '', at] = kept.split('@');
  return { hash, at: Number(at ?? 0) };
}

/** One claim per SEQUENCE, whatever rule wanted the mail: a change that shows the same as the notice is no new mail. */
function kindOf(state: MeetingState, { method }: Invitation, sequence: number): MailKind {
  if (method === 'CANCEL') return 'cancellation';
  if (sequence > 0) return 'change';
  return state.kind === 'emergency' ? 'emergency' : 'notice';
}
