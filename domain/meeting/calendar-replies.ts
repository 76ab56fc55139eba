/** N2: what the calendar programs of invited people send back besides a plain answer. */
import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { changed, mail, nextId, replace, then } from './change.js';
import type { CommandInput, CommandResult } from './commands.js';
import type { Change } from './effects.js';
import { rsvp } from './replies.js';
import { invitees } from './people.js';
import type { By, HeldReply, MeetingState, PersonId, TimeProposal } from './state.js';

/** Of each kind; a program that answers without end fills no meeting. */
const most = 60;
const minute = 60_000;

/** N2, COUNTER: an invited person proposes another time; the host decides. A later proposal of theirs replaces the first. */
export function proposeTime(
  state: MeetingState,
  input: CommandInput<'proposeTime'>,
  now: Instant,
  by: By,
): Change<CommandResult<'proposeTime'>> {
  const { person, startsAt, comment } = input;
  if (!invitees(state).includes(person)) refuse('NotFound', 'N2.notInvited', 'person', { person });
  if (now >= state.startsAt) refuse('Conflict', 'N2.started', '', { startsAt: state.startsAt });
  if (startsAt <= now) refuse('BadInput', 'N2.proposalPast', 'startsAt');
  const durationMinutes = input.durationMinutes ?? state.durationMinutes;
  const before = (state.proposals ?? []).find((p) => p.person === person);
  if (before?.startsAt === startsAt && before.durationMinutes === durationMinutes)
    return changed(state, [], { id: before.id });
  const { id, state: counted } = nextId(state, 'o');
  const proposal: TimeProposal = {
    id,
    person,
    startsAt,
    durationMinutes,
    ...(comment === undefined ? {} : { comment }),
    at: now,
    by,
  };
  const others = (state.proposals ?? []).filter((p) => p.person !== person);
  const next = { ...counted, proposals: [...others, proposal].slice(-most) };
  return changed(next, mail('timeProposed', id, [state.host], {}, id), { id });
}

/** When a proposal would end. */
export const proposalEnd = ({ startsAt, durationMinutes }: TimeProposal): Instant =>
  startsAt + durationMinutes * minute;

/** N2: an answer from an address that is nobody's here waits for the host; what it says is in the archive. */
export function holdReply(
  state: MeetingState,
  input: CommandInput<'holdReply'>,
  now: Instant,
): Change<CommandResult<'holdReply'>> {
  const held = state.heldReplies ?? [];
  const before = held.find((h) => h.letter === input.letter);
  if (before) return changed(state, [], { id: before.id });
  if (held.filter((h) => h.status === 'waiting').length >= most) refuse('Conflict', 'N2.tooManyHeld', '', { most });
  const { id, state: counted } = nextId(state, 'h');
  const { letter, reply, person, proposed } = input;
  const waiting: HeldReply = {
    id,
    letter,
    reply,
    ...(person !== undefined && invitees(state).includes(person) ? { person } : {}),
    ...(proposed === undefined ? {} : { proposed }),
    at: now,
    status: 'waiting',
  };
  const next = { ...counted, heldReplies: [...held, waiting].slice(-2 * most) };
  return changed(next, mail('replyHeld', id, [state.host], { reply }, id), { id });
}

/** N2: the host says whose answer it is, or that it is nobody's. Whom it delegates to and what it proposes count with it. */
export function settleReply(
  state: MeetingState,
  input: CommandInput<'settleReply'>,
  now: Instant,
  by: By,
): Change<CommandResult<'settleReply'>> {
  const held = (state.heldReplies ?? []).find((h) => h.id === input.id);
  if (held === undefined) return refuse('NotFound', 'N2.heldUnknown', 'id', { id: input.id });
  if (held.status !== 'waiting') refuse('Conflict', 'N2.heldSettled', 'id', { id: held.id, status: held.status });
  const person = input.person;
  const settled: HeldReply = {
    ...held,
    status: person === undefined ? 'dismissed' : 'counted',
    ...(person === undefined ? {} : { person }),
    settledAt: now,
    settledBy: by,
  };
  const next = { ...state, heldReplies: replace(state.heldReplies ?? [], settled) };
  if (person === undefined) return changed(next, [], { status: settled.status });
  const { delegate } = input;
  const said = { person, reply: held.reply, ...(delegate === undefined ? {} : { delegate }) };
  const counted = rsvp(next, said, now, by);
  const all = then(counted, (s) => proposeHeld(s, person, held, now, by));
  return { ...all, result: { status: settled.status } };
}

/** A time that has passed meanwhile, or that the meeting has by now, is nothing to decide. */
function proposeHeld(state: MeetingState, person: PersonId, { proposed }: HeldReply, now: Instant, by: By): Change {
  if (proposed === undefined || proposed.startsAt <= now || !invitees(state).includes(person)) return changed(state);
  const { startsAt, durationMinutes = state.durationMinutes } = proposed;
  if (startsAt === state.startsAt && durationMinutes === state.durationMinutes) return changed(state);
  const change = proposeTime(state, { person, startsAt, durationMinutes }, now, by);
  return changed(change.state, change.effects);
}
