/** N3: for key people who cannot come an alternative is settled beforehand: a delegate, written input, or another time. */
import { dueAt, lastWorkingDayBefore, toLocal } from '../calendar/index.js';
import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { announceLater } from './announce.js';
import { changed, mail, nextId } from './change.js';
import type { CommandInput, CommandResult } from './commands.js';
import type { Change } from './effects.js';
import { participantOf } from './people.js';
import type { Alternate, By, MeetingState, Participant, PersonId } from './state.js';

/** The seat that somebody sits on, or that is kept warm for them by a delegate. */
export function seatFor(state: MeetingState, person: PersonId): Participant | undefined {
  return participantOf(state, person) ?? state.participants.find((p) => p.standsFor === person);
}

/** Whose seat it is, whoever sits on it. */
const principalOf = (seat: Participant): PersonId => seat.standsFor ?? seat.person;

export const alternateById = (state: MeetingState, id: string): Alternate | undefined =>
  state.alternates?.find((a) => a.id === id);

const ofSeat = (state: MeetingState, seat: Participant): Alternate | undefined =>
  state.alternates?.find((a) => a.person === principalOf(seat));

const put = (state: MeetingState, task: Alternate): MeetingState => ({
  ...state,
  alternates: [...(state.alternates ?? []).filter((a) => a.id !== task.id), task],
});

const ended = (state: MeetingState, task: Alternate, more: Partial<Alternate>, now: Instant, by?: By): MeetingState =>
  put(state, { ...task, endedAt: now, ...(by ? { endedBy: by } : {}), ...more });

/** N3: by when it is asked for: the end of the last working day before the start, or the start. */
function askedBy({ calendar, zone, startsAt }: MeetingState, now: Instant): Instant {
  const day = dueAt(zone, lastWorkingDayBefore(calendar, toLocal(zone, startsAt).date));
  return day > now ? day : startsAt;
}

/** N3: opens the task of a seat, or opens it again; one for each key person. */
function asked(state: MeetingState, seat: Participant, reason: Alternate['reason'], now: Instant): MeetingState {
  const before = ofSeat(state, seat);
  const answerBy = askedBy(state, now);
  if (before !== undefined) {
    const { id, kind, person, createdAt, asked: n } = before;
    return put(state, { id, kind, person, createdAt, reason, status: 'open', dueAt: answerBy, asked: n + 1 });
  }
  const { id, state: counted } = nextId(state, 'q');
  const person = principalOf(seat);
  const common = { id, kind: 'alternate', person, reason, status: 'open', dueAt: answerBy } as const;
  return put(counted, { ...common, createdAt: now, asked: 1 });
}

const occasionOf = ({ id, asked: n }: Alternate): string => `${id}:${n}`;

/** N3: a key person's reply: a refusal asks for an alternate, unless that is settled in writing; coming makes it moot. */
export function afterReply(state: MeetingState, person: PersonId, now: Instant, by: By): Change {
  const seat = participantOf(state, person);
  if (seat === undefined) return changed(state);
  const task = ofSeat(state, seat);
  const reply = state.rsvps[person]?.reply;
  if (reply !== 'declined') {
    const wasOpen = task?.status === 'open' && reply === 'accepted';
    if (!wasOpen) return changed(state);
    const settled = seat.standsFor === undefined ? { status: 'moot' as const } : delegateDone(seat.person);
    return changed(ended(state, task, settled, now, by));
  }
  if (!seat.key || task?.status === 'open' || (task?.status === 'done' && task.way === 'written'))
    return changed(state);
  const next = asked(state, seat, 'declined', now);
  const made = ofSeat(next, seat) as Alternate;
  const to = [made.person, seat.person === made.person ? undefined : seat.person, state.host];
  return changed(next, mail('alternate', occasionOf(made), to, { replyBy: made.dueAt }, made.id));
}

/** N3: at 16:00 on the last working day before: the key people who are silent, each asked, and the host in one mail. */
export function alternateCheck(state: MeetingState, now: Instant): Change {
  const seats = state.participants.filter((p) => p.key && state.rsvps[p.person] === undefined);
  const open = seats.filter((seat) => ofSeat(state, seat)?.status !== 'open');
  if (open.length === 0) return changed(state);
  const next = open.reduce((s, seat) => asked(s, seat, 'silent', now), state);
  const tasks = open.map((seat) => ofSeat(next, seat) as Alternate);
  const replyBy = askedBy(state, now);
  const own = tasks.flatMap((t) => mail('alternate', occasionOf(t), [t.person], { replyBy }, t.id));
  const hostAsked = tasks.some((t) => t.person === state.host);
  return changed(next, [
    ...own,
    ...(hostAsked ? [] : mail('alternate', `host:${state.startsAt}`, [state.host], { replyBy })),
  ]);
}

const delegateDone = (delegate: PersonId): Partial<Alternate> => ({ status: 'done', way: 'delegate', delegate });

/**
 * N3: a delegate takes over the seat, and with it vote and survey; the notice goes to them, and the one they stand for is
 * told. One person, one seat, one vote: who has a seat of their own, be it held by a delegate, stands in for nobody.
 * `before`: what people know.
 */
export function delegated(
  before: MeetingState,
  state: MeetingState,
  person: PersonId,
  delegate: PersonId,
  now: Instant,
  by: By,
): Change {
  const seat = seatFor(state, person);
  if (seat === undefined) refuse('Conflict', 'N3.noSeat', 'delegate', {});
  const principal = principalOf(seat);
  if ([seat.person, person, principal].includes(delegate)) refuse('Conflict', 'N3.sameAgain', 'delegate', {});
  if (seatFor(state, delegate) !== undefined) refuse('Conflict', 'N3.hasSeat', 'delegate', {});
  const taken: Participant = { ...seat, person: delegate, standsFor: principal };
  const seated = sit(state, seat, taken, delegate, now, by);
  const task = ofSeat(seated, taken);
  const settled = task?.status === 'open' ? ended(seated, task, delegateDone(delegate), now, by) : seated;
  return changed(announceLater(before, settled, undefined, now));
}

/** N3: the host lets the person themselves come after all. */
export function takenBack(before: MeetingState, state: MeetingState, person: PersonId, now: Instant, by: By): Change {
  const seat = seatFor(state, person);
  if (seat?.standsFor !== person) return changed(state);
  const { standsFor: _, ...plain } = seat;
  const seated = sit(state, seat, { ...plain, person }, undefined, now, by);
  const task = ofSeat(seated, seat);
  const moot = task ? ended(seated, task, { status: 'moot', way: undefined, delegate: undefined }, now, by) : seated;
  return changed(announceLater(before, moot, undefined, now));
}

/** Another person on a seat. Who leaves it and is not invited for anything else has no reply any more, but the principal. */
function sit(
  state: MeetingState,
  from: Participant,
  to: Participant,
  delegate: PersonId | undefined,
  now: Instant,
  by: By,
): MeetingState {
  const participants = state.participants.map((p) => (p.person === from.person ? to : p));
  const principal = principalOf(from);
  const { [from.person]: left, ...others } = state.rsvps;
  const stays = from.person === principal || isOfficer(state, from.person);
  const rsvps = stays && left !== undefined ? { ...others, [from.person]: left } : others;
  const own = rsvps[principal] ?? (to.person === principal ? undefined : { reply: 'declined' as const, at: now, by });
  const { delegate: _, ...said } = own ?? { reply: 'declined' as const, at: now, by };
  const kept = own === undefined ? {} : { [principal]: { ...said, ...(delegate === undefined ? {} : { delegate }) } };
  return { ...state, participants, rsvps: { ...rsvps, ...kept } };
}

const isOfficer = (s: MeetingState, p: PersonId): boolean =>
  [s.host, s.deputyHost, s.coordinator, s.recorder, s.initiator.person].includes(p);

/** N3: a task settled in one of the three ways. */
export function alternate(
  state: MeetingState,
  input: CommandInput<'alternate'>,
  now: Instant,
  by: By,
): Change<CommandResult<'alternate'>> {
  const task = alternateById(state, input.id) ?? refuse('NotFound', 'task.unknown', 'id', { id: input.id });
  if (task.status !== 'open') refuse('Conflict', 'N3.settled', '', { status: task.status });
  if (now >= state.startsAt) refuse('Conflict', 'N2.started', '', { startsAt: state.startsAt });
  switch (input.way) {
    case 'delegate': {
      const declined = withDeclined(state, task.person, now, by);
      const change = delegated(state, declined, task.person, input.delegate, now, by);
      return changed(change.state, change.effects, { status: 'done' });
    }
    case 'written': {
      const { topicId, hash } = input;
      if (!state.agenda.some((t) => t.topicId === topicId))
        refuse('NotFound', 'E4.noSuchTopic', 'topicId', { topicId });
      const { id, state: counted } = nextId(withDeclined(state, task.person, now, by), 'w');
      const written = { id, topicId, hash, person: task.person, at: now, by };
      const next = { ...counted, writtenInputs: [...(state.writtenInputs ?? []), written] };
      return changed(ended(next, task, { status: 'done', way: 'written' }, now, by), [], { status: 'done' });
    }
    case 'otherTime': {
      if (input.proposedAt !== undefined && input.proposedAt <= now)
        refuse('BadInput', 'P2.startPast', 'proposedAt', {});
      const { proposedAt, comment } = input;
      const wanted: Alternate = { ...task, way: 'otherTime', proposedAt, comment, asked: task.asked + 1 };
      return changed(put(state, wanted), mail('otherTime', occasionOf(wanted), [state.host], {}, task.id), {
        status: 'open',
      });
    }
  }
}

/** Who arranges for somebody else does not come. */
function withDeclined(state: MeetingState, person: PersonId, now: Instant, by: By): MeetingState {
  const before = state.rsvps[person];
  if (before?.reply === 'declined' || participantOf(state, person) === undefined) return state;
  return { ...state, rsvps: { ...state.rsvps, [person]: { reply: 'declined', at: now, by } } };
}

/** N3: at the opening: what was not settled is recorded, for answer and minutes. */
export function recordUnsettled(state: MeetingState, now: Instant): MeetingState {
  return endOpen(state, 'unsettled', now);
}

/** Another time asks everyone anew, and a meeting that is not held needs nobody. */
export function alternatesMoot(state: MeetingState, now: Instant): MeetingState {
  return endOpen(state, 'moot', now);
}

function endOpen(state: MeetingState, status: 'moot' | 'unsettled', now: Instant): MeetingState {
  const { alternates } = state;
  if (!alternates?.some((a) => a.status === 'open')) return state;
  const over = (a: Alternate): Alternate => (a.status === 'open' ? { ...a, status, endedAt: now } : a);
  return { ...state, alternates: alternates.map(over) };
}

/** N4: another time gives every seat back to the one it belongs to, and asks them anew. */
export function seatsGivenBack(state: MeetingState, now: Instant): MeetingState {
  const participants = state.participants.map(({ standsFor, ...p }) => ({ ...p, person: standsFor ?? p.person }));
  const moot = (state.alternates ?? []).map((a): Alternate => ({
    ...a,
    ...(a.status === 'open' || a.status === 'done' ? { status: 'moot' as const, endedAt: a.endedAt ?? now } : {}),
  }));
  return { ...state, participants, ...(state.alternates === undefined ? {} : { alternates: moot }) };
}

/**
 * N3: after another list of people: without a key seat there is nothing to arrange, and whose delegate is not on it is
 * asked like anybody who is put on it.
 */
export function afterList(state: MeetingState, now: Instant): MeetingState {
  const { participants, alternates } = state;
  const sent = (person: PersonId): boolean => participants.some((p) => p.standsFor === person);
  const rsvps = Object.entries(state.rsvps).filter(([p, { delegate }]) => delegate === undefined || sent(p));
  const next = { ...state, rsvps: Object.fromEntries(rsvps) };
  return alternates === undefined ? next : { ...next, alternates: alternates.map(settled) };

  function settled({ way, delegate, ...task }: Alternate): Alternate {
    const wanted = participants.some((p) => p.key && principalOf(p) === task.person);
    const over = task.status === 'open' ? !wanted : task.status === 'done' && way === 'delegate' && !sent(task.person);
    return over
      ? { ...task, status: 'moot', endedAt: task.endedAt ?? now }
      : { ...task, ...(way && { way }), ...(delegate && { delegate }) };
  }
}
