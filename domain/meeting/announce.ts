/** N4: exactly those concerned are told of a change, once for all that changed within a minute. */
import type { Instant } from '../calendar/index.js';
import { shownAgenda } from './agenda.js';
import { arm, changed, disarm, mail } from './change.js';
import type { Change, Effect } from './effects.js';
import { invitees, rolesOf } from './people.js';
import { replyBy } from './preparation.js';
import { askedOfPreparers, preparersTold, withPreparersTold } from './preparers.js';
import type { Announced, MeetingState, PersonId } from './state.js';

const second = 1_000;

/** What people know of a meeting. */
export function announcedOf(state: MeetingState): Announced {
  const { startsAt, durationMinutes, place, onlineLink, host } = state;
  const roles = Object.fromEntries(invitees(state).map((p) => [p, rolesOf(state, p)]));
  const asked = state.preparing === undefined ? {} : { asked: askedOfPreparers(state) };
  return { startsAt, durationMinutes, place, onlineLink, host, ...asked, agenda: shownAgenda(state), roles };
}

/**
 * N4: what was changed waits for a minute for what else may be changed; the first change keeps what people know until
 * then. A change that is taken back within the minute is told to nobody.
 */
export function announceLater(
  before: MeetingState,
  after: MeetingState,
  reason: string | undefined,
  now: Instant,
): MeetingState {
  const waiting = before.pendingChange ?? { announced: announcedOf(before), reasons: [] };
  const cleared = after.pendingChange?.cleared ?? waiting.cleared;
  const reasons = [...new Set([...waiting.reasons, ...(reason === undefined ? [] : [reason])])];
  const next: MeetingState = { ...after, pendingChange: { ...waiting, reasons, ...(cleared ? { cleared } : {}) } };
  if (changeEffects(next, now).length === 0) return { ...disarm(next, ['changeMail']), pendingChange: undefined };
  if (before.pendingChange !== undefined) return next;
  return arm(next, now, { kind: 'changeMail', at: now + next.norms.changeBundleSeconds * second }, true);
}

/** The minute is over, or something happens that people must not learn before the change. */
export function tellChange(state: MeetingState, now: Instant): Change {
  if (state.pendingChange === undefined) return changed(state);
  const { asked } = state.pendingChange.announced;
  const told = { ...disarm(withPreparersTold(state, asked), ['changeMail']), pendingChange: undefined };
  return changed(told, changeEffects(state, now));
}

/** Added people get the notice, removed ones a CANCEL; the others a change of what concerns all, or of their own part. */
function changeEffects(state: MeetingState, now: Instant): Effect[] {
  const { pendingChange } = state;
  if (pendingChange === undefined) return [];
  const { announced, reasons } = pendingChange;
  const was = Object.keys(announced.roles);
  const is = invitees(state);
  const occasion = `r${state.revision + 1}`;
  const told = { replyBy: replyBy(state, now), ...(reasons.length === 0 ? {} : { reason: reasons.join('\n') }) };
  const forAll = codesOf(announced, state);
  const concerned = (p: PersonId): boolean => announced.host !== state.host || announced.roles[p] !== rolesOf(state, p);
  const stayed = is.filter((p) => was.includes(p));
  const change = (to: PersonId[], codes: string[]): Effect[] =>
    codes.length === 0 ? [] : mail('change', occasion, to, { ...told, whatChanged: codes.join(',') });
  const removed = was.filter((p) => !is.includes(p));
  const added = is.filter((p) => !was.includes(p));
  return [
    ...mail(state.kind === 'emergency' ? 'emergency' : 'notice', occasion, added, told),
    ...mail('cancellation', occasion, removed, { removed: true }),
    ...change(stayed.filter(concerned), [...forAll, 'people']),
    ...change(
      stayed.filter((p) => !concerned(p)),
      forAll,
    ),
    ...preparersTold(state, announced.asked),
  ];
}

/** What is another one for everybody. */
function codesOf(announced: Announced, state: MeetingState): string[] {
  return [
    ...(announced.startsAt === state.startsAt ? [] : ['time']),
    ...(announced.durationMinutes === state.durationMinutes ? [] : ['duration']),
    ...(announced.place === state.place && announced.onlineLink === state.onlineLink ? [] : ['place']),
    ...(announced.agenda === shownAgenda(state) ? [] : ['agenda']),
  ];
}

/** Who has had the notice, as far as they know: whom a cancellation concerns. */
export function informed(state: MeetingState): PersonId[] {
  return state.pendingChange ? Object.keys(state.pendingChange.announced.roles) : invitees(state);
}
