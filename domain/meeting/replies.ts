/** N2, H8: replies to the notice, for oneself or entered for somebody. */
import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { afterReply, delegated, seatFor, takenBack } from './alternates.js';
import { changed, mail, then } from './change.js';
import type { CommandInput, CommandResult } from './commands.js';
import type { Change } from './effects.js';
import { invitees } from './people.js';
import type { By, Channel, MeetingState, PersonId, Rsvp } from './state.js';

/**
 * N2: the last answer before the start counts; a reversal is confirmed by mail and can be undone, since mail scanners press
 * buttons too. N3: `delegate` names who comes instead.
 */
export function rsvp(
  state: MeetingState,
  input: CommandInput<'rsvp'>,
  now: Instant,
  by: By,
): Change<CommandResult<'rsvp'>> {
  const { person, reply, comment, delegate } = input;
  const represented = refuseUninvited(state, person, by);
  refuseStarted(state, now);
  if (delegate !== undefined && reply !== 'declined') refuse('BadInput', 'N3.declineFirst', 'delegate', {});
  const before = state.rsvps[person];
  // The host's own coming, which the notice took for granted, is an answer too: a scanner may decline it.
  const reversed = before !== undefined && before.reply !== reply;
  const ref = `r${state.revision + 1}`;
  const former = reversed && { ref, reply: before.reply, comment: before.comment, by: before.by };
  const sent = represented && reply === 'declined' ? before?.delegate : undefined;
  const plain: Rsvp = {
    reply,
    comment,
    at: now,
    by: entered(by, person, input.channel),
    ...(former ? { former } : {}),
  };
  const said = sent === undefined ? plain : { ...plain, delegate: sent };
  const told = reversed ? mail('replyChanged', ref, [person], { reply, before: before.reply }, ref) : [];
  const replied = changed({ ...state, rsvps: { ...state.rsvps, [person]: said } }, told, { reply });
  if (delegate !== undefined) return then(replied, (s) => delegated(state, s, person, delegate, now, by));
  if (represented && reply !== 'declined') return then(replied, (s) => takenBack(state, s, person, now, by));
  return then(replied, (s) => afterReply(s, person, now, by));
}

/** N2: gives the former answer back. It sends no mail: one that it made could be undone, and so on for ever. */
export function undoReply(
  state: MeetingState,
  { person, ref }: CommandInput<'undoReply'>,
  now: Instant,
  by: By,
): Change<CommandResult<'undoReply'>> {
  const represented = refuseUninvited(state, person, by);
  refuseStarted(state, now);
  const mine = state.rsvps[person];
  const former = mine?.former;
  if (former === undefined || (ref !== undefined && ref !== former.ref)) refuse('Conflict', 'N2.nothingToUndo', '', {});
  const { reply, comment } = former;
  const restored: Rsvp = { reply, comment, at: now, by: { ...former.by, via: by.via } };
  const next = { ...state, rsvps: { ...state.rsvps, [person]: restored } };
  const undone = changed(next, [], { reply });
  if (represented && reply !== 'declined') return then(undone, (s) => takenBack(state, s, person, now, by));
  return then(undone, (s) => afterReply(s, person, now, by));
}

/**
 * Throws for somebody who is not invited; true for somebody whose seat a delegate holds: they only read, the host acts, and
 * who is invited for an office too speaks for themselves.
 */
function refuseUninvited(state: MeetingState, person: PersonId, by: By): boolean {
  const seat = seatFor(state, person);
  if (invitees(state).includes(person)) return seat?.standsFor === person;
  if (seat === undefined) refuse('NotFound', 'N2.notInvited', 'person', { person });
  if (by.person === person || by.via === 'link') refuse('Conflict', 'N3.delegated', '', {});
  return true;
}

function refuseStarted(state: MeetingState, now: Instant): void {
  if (now >= state.startsAt) refuse('Conflict', 'N2.started', '', { startsAt: state.startsAt });
}

/** H8: what somebody enters for another is recorded as such, with how it was said. */
export function entered(by: By, person: PersonId, channel: Channel | undefined): By {
  if (by.person === person) return by;
  return { ...by, channel: channel ?? 'other' };
}
