/**
 * N2 by the calendar program's own button: a message as it came in → a reply, a proposal, something for the host to look
 * at, or nothing. Whoever wrote it never gets an answer from here, so that nothing can go round in a circle.
 */
import { createHash } from 'node:crypto';
import { Refusal } from '../../domain/errors.js';
import type { Actor, CommandInput, CommandName } from '../../domain/meeting/commands.js';
import { invitees } from '../../domain/meeting/people.js';
import type { HeldReply, MeetingState, PersonId } from '../../domain/meeting/state.js';
import type { Api } from '../context.js';
import { Problem } from '../errors.js';
import { isMeetingId } from '../ids.js';
import { vouchedFor } from './authenticate.js';
import { readReply } from './read.js';
import type { CalendarReply, Junk } from './read.js';

export interface ReplySettings {
  /** Our From address: the ORGANIZER of all invitations. */
  ourAddress: string;
  /** The name by which our front mail server signs its Authentication-Results; unset: nobody vouches for senders, every answer waits for the host. */
  authserv?: string | undefined;
}

/** What became of a message. `again`: archive or engine is away, the message must be kept and brought again. */
export type Outcome =
  | { did: 'replied' | 'proposed' | 'held'; meetingId: string }
  | { did: 'dropped'; why: Junk | Reason; meetingId?: string }
  | { did: 'again' };

type Reason = 'unknownMeeting' | 'olderInvitation' | 'olderAnswer' | 'forged' | 'refused';

/** One message. Never throws. What it answers is for the log: no address, no name. */
export async function takeReply(api: Api, settings: ReplySettings, source: Buffer): Promise<Outcome> {
  const reply = await readReply(source, settings.ourAddress);
  if (typeof reply === 'string') return { did: 'dropped', why: reply };
  try {
    return await apply(api, settings, reply, source);
  } catch (error) {
    const refused = error instanceof Problem || error instanceof Refusal ? error : undefined;
    if (refused instanceof Refusal || (refused !== undefined && refused.status < 500))
      return { did: 'dropped', why: 'refused' };
    api.deps.log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'a calendar reply waits');
    return { did: 'again' };
  }
}

async function apply(api: Api, settings: ReplySettings, reply: CalendarReply, source: Buffer): Promise<Outcome> {
  const meetingId = reply.uid.split('@')[0] ?? '';
  if (!isMeetingId(meetingId)) return { did: 'dropped', why: 'unknownMeeting' };
  const loaded = await api.meetings.live(meetingId).catch((error: unknown) => {
    if (error instanceof Problem && error.kind === 'NotFound') return undefined;
    throw error;
  });
  if (loaded === undefined) return { did: 'dropped', why: 'unknownMeeting' };
  const vouched = vouch(settings, reply);
  if (vouched === 'no') return { did: 'dropped', why: 'forged', meetingId };
  const person = await personOf(api, loaded.state, reply.attendee);
  const listed = person !== undefined && reply.from === reply.attendee;
  if (!listed || vouched === 'unsaid') return hold(api, loaded.state, reply, person, source);
  return count(api, loaded.state, person, reply, source);
}

/** Without the name of a front server there is nothing to go by but the sender's own word: that is for the host to judge. */
function vouch({ authserv }: ReplySettings, { authenticationResults, from }: CalendarReply): 'yes' | 'no' | 'unsaid' {
  return authserv === undefined ? 'unsaid' : vouchedFor(authenticationResults, authserv, from);
}

/** Whoever has this address, if they are invited. */
async function personOf(api: Api, state: MeetingState, address: string): Promise<PersonId | undefined> {
  const found = await api.deps.archive.directory.getPerson(address);
  return found !== null && invitees(state).includes(found.id) ? found.id : undefined;
}

async function count(
  api: Api,
  state: MeetingState,
  person: PersonId,
  reply: CalendarReply,
  source: Buffer,
): Promise<Outcome> {
  const { archive } = api.deps;
  const sent = await archive.invitations.current(state.id, person);
  if (sent !== null && reply.sequence < sent.sequence)
    return { did: 'dropped', why: 'olderInvitation', meetingId: state.id };
  if (!(await archive.calendarReplies.isNews(state.id, person, reply.sequence, reply.stampedAt)))
    return { did: 'dropped', why: 'olderAnswer', meetingId: state.id };
  const actor: Actor = { person, roles: ['member'], scopes: [], via: 'calendar' };
  const key = letterOf(source);
  await run(api, state.id, actor, key, 'rsvp', await answerOf(api, person, reply));
  const proposed = proposalOf(state, reply);
  if (proposed === undefined) return { did: 'replied', meetingId: state.id };
  await run(api, state.id, actor, key, 'proposeTime', {
    person,
    ...proposed,
    ...(reply.comment === undefined ? {} : { comment: reply.comment }),
  });
  return { did: 'proposed', meetingId: state.id };
}

/** COUNTER: another time than the meeting has. */
function proposalOf(state: MeetingState, { proposed }: CalendarReply): HeldReply['proposed'] {
  if (proposed === undefined || isAsNow(state, proposed)) return undefined;
  const { startsAt, endsAt = startsAt } = proposed;
  const minutes = Math.round((endsAt - startsAt) / 60_000);
  return { startsAt, ...(minutes > 0 && minutes <= 24 * 60 ? { durationMinutes: minutes } : {}) };
}

const isAsNow = (state: MeetingState, { startsAt, endsAt }: NonNullable<CalendarReply['proposed']>): boolean =>
  startsAt === state.startsAt && (endsAt ?? state.plannedEndAt) === state.plannedEndAt;

async function answerOf(api: Api, person: PersonId, reply: CalendarReply): Promise<CommandInput<'rsvp'>> {
  const { delegate, comment } = reply;
  const instead =
    delegate === undefined ? undefined : await api.deps.archive.directory.ensurePerson({ email: delegate, path: '' });
  return {
    person,
    reply: reply.reply,
    ...(comment === undefined ? {} : { comment }),
    ...(instead === undefined ? {} : { delegate: instead.id }),
  };
}

/** For the host to look at: whose answer it is, or nobody's. */
async function hold(
  api: Api,
  state: MeetingState,
  reply: CalendarReply,
  person: PersonId | undefined,
  source: Buffer,
): Promise<Outcome> {
  const { id: meetingId } = state;
  const letter = letterOf(source);
  const { from: address, attendee, attendeeName: name, comment = '', delegate = '' } = reply;
  await api.deps.archive.calendarReplies.hold({
    letter,
    meetingId,
    address,
    attendee,
    name: name.slice(0, 120),
    comment,
    delegate,
  });
  const actor: Actor = { roles: ['service'], scopes: [], via: 'calendar' };
  const proposed = proposalOf(state, reply);
  const held = {
    letter,
    reply: reply.reply,
    ...(person === undefined ? {} : { person }),
    ...(proposed === undefined ? {} : { proposed }),
  };
  await run(api, meetingId, actor, letter, 'holdReply', held);
  return { did: 'held', meetingId };
}

/** The same message brought twice is the same command. */
const letterOf = (source: Buffer): string => createHash('sha256').update(source).digest('hex').slice(0, 32);

async function run<N extends CommandName>(
  api: Api,
  meetingId: string,
  actor: Actor,
  key: string,
  name: N,
  input: CommandInput<N>,
): Promise<void> {
  const hash = createHash('sha256').update(JSON.stringify(input)).digest('hex');
  await api.commands.run(name, { meetingId, actor, input, principal: 'calendar', idempotency: { key, hash } });
}
