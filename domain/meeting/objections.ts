/** M3: objections to the minutes, within 2 wd of their sending; host or recorder accept (a correction follows) or reject. */
import { addWorkingDays, nextAllowed } from '../calendar/index.js';
import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { arm, changed, disarm, mail, nextId, replace } from './change.js';
import type { CommandInput, CommandResult, MinutesEditInput } from './commands.js';
import { correct, minutesOf, objectionsOf } from './corrections.js';
import type { Change, Effect } from './effects.js';
import { fullReaders, ownTopics } from './extract.js';
import { normsOf } from './floor.js';
import { calendarOf, clockOf, mayRemind } from './hours.js';
import { leader, minutesReaders, recorder } from './people.js';
import type { By, MeetingState, Objection, Timer } from './state.js';
import { isExternal } from './visibility.js';

/** M3: recorded, host and recorder are told. */
export function objection(
  state: MeetingState,
  input: CommandInput<'objection'>,
  now: Instant,
  by: By,
): Change<CommandResult<'objection'>> {
  const minutes = minutesOf(state);
  if (minutes.sentAt === undefined) refuse('Conflict', 'M3.notSent', '', { dueAt: minutes.dueAt });
  const { objectionsUntil: until = 0 } = minutes;
  if (now > until) refuse('Conflict', 'M3.windowOver', '', { until });
  const person = input.person ?? by.person;
  refuseStrangers(state, person, input.topicId);
  const { id, state: counted } = nextId(state, 'o');
  const answerBy = answerable(state, now);
  const raised: Objection = {
    id,
    person,
    at: now,
    by,
    text: input.text,
    topicId: input.topicId,
    version: minutes.sentVersion ?? minutes.version,
    status: 'open',
    asked: 1,
    answerBy,
  };
  const next = { ...counted, minutes: { ...minutes, objections: [...(minutes.objections ?? []), raised] } };
  const armed = arm(next, now, { kind: 'objectionSilent', at: answerBy, ref: id });
  return changed(armed, ask(state, raised), { id, answerBy });
}

/** Only of what somebody has got: the minutes, or as an external person (H7) one's own topics. */
function refuseStrangers(state: MeetingState, person: string | undefined, topicId: string | undefined): void {
  if (person !== undefined && !minutesReaders(state).includes(person))
    refuse('BadInput', 'M3.notReader', 'person', { person });
  const own = person !== undefined && isExternal(state, person) ? ownTopics(state, person) : undefined;
  const known = own ?? state.agenda.map((t) => t.topicId);
  if (topicId !== undefined && !known.includes(topicId)) refuse('BadInput', 'E4.noSuchTopic', 'topicId', { topicId });
}

/**
 * Until when it may be answered; H1: what is raised at night is asked about again, or told to be unanswered, in the hours
 * of those who are asked.
 */
function answerable(state: MeetingState, now: Instant): Instant {
  const at = addWorkingDays(state.calendar, state.zone, now, state.norms.objectionWd);
  const asked = [leader(state), recorder(state)];
  const allowed = (t: Instant, person: string): Instant =>
    nextAllowed(calendarOf(state, person), clockOf(state, person), t);
  let t = asked.reduce(allowed, at);
  // Hours that never meet: the leader's.
  for (let tries = 0; tries < 10 && !asked.every((p) => mayRemind(state, p, t)); tries += 1)
    t = asked.reduce(allowed, t);
  return asked.every((p) => mayRemind(state, p, t)) ? t : allowed(at, leader(state));
}

function ask(state: MeetingState, { id, asked, answerBy }: Objection): Effect[] {
  const params = { answerBy, again: asked > 1 };
  return mail('objection', `${id}:${asked}`, [leader(state), recorder(state)], params, id);
}

function withObjection(state: MeetingState, next: Objection): MeetingState {
  const minutes = minutesOf(state);
  return { ...state, minutes: { ...minutes, objections: replace(minutes.objections ?? [], next) } };
}

/** M3: accepted, the corrected text is the next version; rejected, the objector learns why. */
export function answerObjection(
  state: MeetingState,
  input: CommandInput<'answerObjection'>,
  now: Instant,
  by: By,
): Change<CommandResult<'answerObjection'>> {
  const found = objectionsOf(state).find((o) => o.id === input.id);
  if (!found) refuse('NotFound', 'M3.noSuchObjection', 'id', { id: input.id });
  const here = minutesOf(state).objections?.includes(found) === true;
  if (!here || found.status === 'accepted' || found.status === 'rejected') refuse('Conflict', 'M3.answered', 'id', {});
  const quiet = disarm(state, ['objectionSilent'], found.id);
  return input.accepted ? accept(quiet, found, input, now, by) : reject(quiet, found, input.reason, now, by);
}

function accept(
  state: MeetingState,
  found: Objection,
  input: Partial<MinutesEditInput>,
  now: Instant,
  by: By,
): Change<CommandResult<'answerObjection'>> {
  const { hash, reason = found.text } = input;
  if (hash === undefined) refuse('BadInput', 'M3.correctionNeeded', 'correction', {});
  const made = correct(state, { ...input, hash, reason }, now, by, found.id);
  const { version } = made.result;
  const answer = { at: now, by, version, ...(input.reason === undefined ? {} : { reason: input.reason }) };
  const next = withObjection(made.state, { ...found, status: 'accepted', answer });
  const told = made.effects.some((e) => e.type === 'mail' && e.mail === 'corrected')
    ? [found.person].filter((p) => p !== undefined && !fullReaders(state).includes(p))
    : [found.person];
  const effects = [...made.effects, ...mail('objectionAnswered', `${found.id}:accepted`, told, {}, found.id)];
  return changed(next, effects, { status: 'accepted', version });
}

function reject(
  state: MeetingState,
  found: Objection,
  reason: string | undefined,
  now: Instant,
  by: By,
): Change<CommandResult<'answerObjection'>> {
  if (reason === undefined) refuse('BadInput', 'M3.rejectReason', 'reason', {});
  const next = withObjection(state, { ...found, status: 'rejected', answer: { at: now, by, reason } });
  const told = mail('objectionAnswered', `${found.id}:rejected`, [found.person], {}, found.id);
  return changed(next, told, { status: 'rejected', version: minutesOf(state).version });
}

/** `objectionSilent`: asked again, as often as the norm says; then it stands as unanswered, and who raised it is told so. */
export function objectionSilent(state: MeetingState, timer: Timer, now: Instant): Change {
  const found = state.minutes?.objections?.find((o) => o.id === timer.ref);
  if (found?.status !== 'open') return changed(state);
  if (found.asked >= normsOf(state).objectionTimesAsked) {
    const told = mail('objectionAnswered', `${found.id}:unanswered`, [found.person], {}, found.id);
    return changed(withObjection(state, { ...found, status: 'unanswered' }), told);
  }
  const answerBy = answerable(state, now);
  const again = { ...found, asked: found.asked + 1, answerBy };
  const armed = arm(withObjection(state, again), now, { kind: 'objectionSilent', at: answerBy, ref: found.id });
  return changed(armed, ask(state, again));
}
