/** H1–H3: what the rules want said, on its way to people: singly and at once, or in the digest; one mail per person. */
import type { Instant } from '../calendar/index.js';
import { arm } from './change.js';
import type { Change, Effect, MailEffect } from './effects.js';
import { askHostsClock, digestSlot, digestWaitMs, mayRemind } from './hours.js';
import { isEnded } from './phases.js';
import { invitees } from './people.js';
import { noticeLimit } from './preparation.js';
import { preparers } from './preparers.js';
import type { MeetingState, PersonId, Reminded } from './state.js';
import { rankOf, standsAlone, urgencyOf } from './urgency.js';

const nothing: Reminded = { sent: 0, digest: 0, dropped: 0 };

/** Every change of a meeting passes here last. */
export function routed<R>(change: Change<R>, before: MeetingState | undefined, now: Instant): Change<R> {
  const known = askClocks(change.state);
  let state = known.state;
  const effects: Effect[] = [];
  for (const effect of onePerPerson(change.effects)) {
    if (effect.type !== 'mail') {
      effects.push(effect);
      continue;
    }
    const split = sorted(state, effect, now);
    state = split.state;
    effects.push(...split.effects);
  }
  return { ...change, state: afterTheEnd(state, before), effects: [...known.effects, ...effects] };
}

/** H1: whose clock nobody has asked for yet: everyone invited, and who owns or decides something; of a draft its host. */
function askClocks(state: MeetingState): { state: MeetingState; effects: Effect[] } {
  if (isEnded(state.phase)) return { state, effects: [] };
  // Only a draft that has asked for its first host's clock asks for that of the next one.
  if (state.phase === 'preparation') return state.clocks === undefined ? { state, effects: [] } : askHostsClock(state);
  const asked = state.clocks?.asked ?? [];
  const owners = [...state.actions, ...state.plans].map((x) => x.owner);
  const all = [...invitees(state), ...preparers(state), ...owners, ...state.tasks.flatMap((t) => t.assignee ?? [])];
  const people = [...new Set(all)].filter((p) => !asked.includes(p));
  if (people.length === 0) return { state, effects: [] };
  const clocks = { away: {}, ...state.clocks, asked: [...asked, ...people] };
  return { state: { ...state, clocks }, effects: [{ type: 'findClocks', people }] };
}

/** H3: of two mails of one moment to one person the stronger one tells both. */
function onePerPerson(effects: Effect[]): Effect[] {
  const mails = effects.filter((e): e is MailEffect => e.type === 'mail' && urgencyOf(e) !== 'digest');
  const free = mails.filter((m) => !standsAlone(m.mail)).sort((a, b) => rankOf(a.mail) - rankOf(b.mail));
  const twice = [...new Set(free.flatMap((m) => m.to))].filter((p) => free.filter((m) => m.to.includes(p)).length > 1);
  if (twice.length === 0) return effects;
  const joined = twice.map((person): MailEffect => {
    const [first, ...others] = free.filter((m) => m.to.includes(person)) as [MailEffect, ...MailEffect[]];
    const also = others.map(({ mail, occasion, ref, params }) => ({ mail, occasion, params, ...(ref ? { ref } : {}) }));
    return { ...first, to: [person], also };
  });
  const rest = effects.map((e) =>
    e.type === 'mail' && free.includes(e) ? { ...e, to: e.to.filter((p) => !twice.includes(p)) } : e,
  );
  return [...rest.filter((e) => e.type !== 'mail' || e.to.length > 0), ...joined];
}

/** H1, H2: singly to those who may have it now; the others' goes into the digest. */
function sorted(state: MeetingState, effect: MailEffect, now: Instant): { state: MeetingState; effects: Effect[] } {
  const urgency = urgencyOf(effect);
  if (urgency === 'atOnce') return { state, effects: [effect] };
  if (urgency === 'digest') return intoDigest(state, effect, effect.to, now);
  const before = isBeforeStart(state, now);
  const most = state.norms.remindersBeforeStart ?? 3;
  const singly = effect.to.filter(
    (p) => mayRemind(state, p, now) && !(before && (state.reminded?.[p]?.sent ?? 0) >= most),
  );
  const others = effect.to.filter((p) => !singly.includes(p));
  const counted = before ? singly.reduce((s, p) => count(s, p, 'sent'), state) : state;
  const put = intoDigest(counted, effect, others, now);
  return { state: put.state, effects: [...(singly.length > 0 ? [{ ...effect, to: singly }] : []), ...put.effects] };
}

const isBeforeStart = (state: MeetingState, now: Instant): boolean =>
  (state.phase === 'preparation' || state.phase === 'notice') && now < state.startsAt;

function count(state: MeetingState, person: PersonId, what: keyof Reminded): MeetingState {
  const counts = state.reminded?.[person] ?? nothing;
  return { ...state, reminded: { ...state.reminded, [person]: { ...counts, [what]: counts[what] + 1 } } };
}

/** H2: each person's next digest; what would come after that for which it is meant is left out, and counted. */
export function intoDigest(
  state: MeetingState,
  effect: MailEffect,
  people: PersonId[],
  now: Instant,
): { state: MeetingState; effects: MailEffect[] } {
  const slots = new Map<Instant, PersonId[]>();
  let next = state;
  for (const person of people) {
    const slot = digestSlot(state, person, now);
    const inTime = slot < deadlineOf(state, effect);
    if (isBeforeStart(state, now) || !inTime) next = count(next, person, inTime ? 'digest' : 'dropped');
    if (inTime) slots.set(slot, [...(slots.get(slot) ?? []), person]);
  }
  const news = effect.mail === 'decided' ? [...slots.keys()] : [];
  if (news.length > 0) next = { ...next, digestNews: [...new Set([...(next.digestNews ?? []), ...news])] };
  const effects = [...slots].map(([digestAt, to]): MailEffect => ({ ...effect, to, digestAt }));
  for (const slot of slots.keys())
    next = arm(next, now, { kind: 'digest', at: slot + digestWaitMs, ref: String(slot) });
  return { state: next, effects };
}

/** After this moment a reminder is of no use. */
function deadlineOf(state: MeetingState, { mail, params }: MailEffect): Instant {
  const closesAt = params['closesAt'];
  if (mail === 'surveyReminder') return typeof closesAt === 'number' ? closesAt : Infinity;
  const before =
    (state.phase === 'preparation' || state.phase === 'notice') && urgencyOf({ mail, occasion: '' }) === 'clock';
  // N1: after the notice limit nothing can be published any more.
  if (mail === 'draftLimit') return noticeLimit(state.startsAt, state.kind, state.norms);
  if (before) return state.startsAt;
  return mail === 'confirmMinutes' ? (state.minutes?.dueAt ?? Infinity) : Infinity;
}

/** Phases: an end takes every timer away, but for the digests that tell somebody what was decided. */
function afterTheEnd(state: MeetingState, before: MeetingState | undefined): MeetingState {
  if (!isEnded(state.phase) || state.digestNews === undefined) return state;
  const news = new Set(state.digestNews.map(String));
  const wasEnded = before !== undefined && isEnded(before.phase);
  const all = wasEnded ? state.timers : [...(before?.timers ?? []), ...state.timers];
  const kept = all.filter((t) => t.kind === 'digest' && news.has(t.ref ?? ''));
  const timers = kept.filter((t, i) => kept.findIndex((x) => x.key === t.key) === i);
  return { ...state, timers };
}
