/** What no meeting may ever be, whatever happened to it. Plain throws: this runs by the ten thousand. */
import type { Change } from '../../../domain/meeting/effects.js';
import { repliers, represented } from '../../../domain/meeting/people.js';
import { floorOf, isAdjourned } from '../../../domain/meeting/floor.js';
import { mostNotes } from '../../../domain/meeting/notes.js';
import { mostTurns } from '../../../domain/meeting/turns.js';
import { isEnded } from '../../../domain/meeting/phases.js';
import type { MeetingState, Phase, Topic } from '../../../domain/meeting/state.js';
import { requiredVotes } from '../../../domain/meeting/votes.js';
import { factsOf } from '../../../domain/review/facts.js';
import { brokenFact } from '../review/check-facts.js';

/**
 * standard.md, Phases. Confirming may be the last thing that was missing; a meeting that ended may still have its last
 * digest to send (H2), which changes no phase.
 */
export const phasesAfter: Record<Phase, Phase[]> = {
  preparation: ['preparation', 'notice', 'cancelled', 'lapsed'],
  notice: ['notice', 'execution', 'cancelled', 'lapsed'],
  execution: ['execution', 'minutes'],
  minutes: ['minutes', 'followUp', 'closed', 'execution'],
  followUp: ['followUp', 'closed', 'execution'],
  closed: ['closed'],
  cancelled: ['cancelled', 'preparation', 'notice'],
  lapsed: ['lapsed'],
};

export function must(condition: boolean, what: string): void {
  if (!condition) throw new Error(`broken: ${what}`);
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
const unique = (list: unknown[], what: string): void => must(new Set(list).size === list.length, `${what} twice`);

/** One change. */
export function checkStep(before: MeetingState, { state, effects }: Change<unknown>): void {
  must(state.revision === before.revision + 1, 'the revision rises by one');
  must(phasesAfter[before.phase].includes(state.phase), `${before.phase} → ${state.phase}`);
  const mails = effects.filter((e) => e.type === 'mail').map((e) => e.mail);
  if (before.phase === 'preparation' && state.phase === 'preparation')
    must(
      mails.every((m) => m === 'draftLimit'),
      'N1 a draft is mailed to nobody but its host',
    );
  if (state.phase === 'cancelled')
    must(
      mails.every((m) => m === 'cancellation' || m === 'prepareOff'),
      'only the cancellation after a cancel',
    );
  if (state.phase === 'lapsed' && before.phase !== 'lapsed')
    must(same(mails, ['notHeld']), 'one mail about what was not held');
  if (isEnded(before.phase) && before.phase === state.phase && before.cancelling === undefined)
    must(
      effects.every((e) => e.type === 'sendDigest'),
      'H2 what is over sends its last digest and does nothing else',
    );
  for (const vote of before.votes) {
    const after = state.votes.find((v) => v.id === vote.id);
    must(after !== undefined, 'a vote stays');
    if (before.phase === 'execution' && isAdjourned(state)) must(same(after, vote), 'E15 adjourning counts no vote');
    must(after?.electorate === vote.electorate || same(after?.electorate, vote.electorate), 'E8 a frozen electorate');
    if (vote.status === 'closed') must(same(after, vote), 'E8 a vote is counted once');
  }
  for (const vote of state.votes)
    if (!before.votes.some((v) => v.id === vote.id))
      must(
        vote.electorate.every((p) => before.attendance[p]?.present === true),
        'E8 only who is present has a vote',
      );
  for (const t of before.agenda)
    if (t.outcome === 'decided' || t.outcome === 'informed')
      must(same(decisionIn(t), decisionIn(state.agenda.find((x) => x.topicId === t.topicId))), 'E9 a decision stays');
  checkEscalated(before, state);
  for (const [letter, n] of Object.entries(before.counters)) must((state.counters[letter] ?? 0) >= n, 'ids are new');
}

/** F3: a decision is wanted at the third miss, once, and at no other. */
function checkEscalated(before: MeetingState, { actions, plans, tasks, norms }: MeetingState): void {
  const thirds = (id: string, n: number): number =>
    [...before.actions, ...before.plans].filter((x) => x.id === id && x.missed < n).length;
  for (const { id, missed } of [...actions, ...plans]) {
    const isThird = missed >= norms.missesToEscalate && thirds(id, norms.missesToEscalate) > 0;
    const ofMisses = (list: MeetingState['tasks']): number =>
      list.filter((t) => t.about === id && t.kind === 'escalation' && t.cause === undefined).length;
    const raised = tasks.length === before.tasks.length ? 0 : ofMisses(tasks) - ofMisses(before.tasks);
    must(raised === (isThird ? 1 : 0), 'F3 a third miss escalates once');
  }
}

/** F4 counts a topic's meetings after its decision; P8: what belongs to it may come until the close. */
function decisionIn(topic: Topic | undefined): Partial<Topic> | undefined {
  if (topic === undefined) return undefined;
  const { timesCarried: _, lastChoice: __, materials: ___, ...decision } = topic;
  return decision;
}

/** One state. */
export function checkState(state: MeetingState): void {
  plain(state, 'state');
  unique(
    state.timers.map((t) => t.key),
    'timer',
  );
  unique(
    state.participants.map((p) => p.person),
    'P3 participant',
  );
  unique([...state.participants.map((p) => p.person), ...represented(state)], 'N3 one person, one seat:');
  unique(
    (state.alternates ?? []).map((a) => a.person),
    'N3 alternate task of a seat',
  );
  if (isEnded(state.phase) && state.cancelling === undefined)
    must(!(state.alternates ?? []).some((a) => a.status === 'open'), 'N3 nothing is asked any more');
  const room = floorOf(state);
  const made = [
    ...room.turns,
    ...room.breakouts,
    ...room.notes,
    ...(state.alternates ?? []),
    ...(state.writtenInputs ?? []),
    ...state.keyPoints,
    ...state.votes,
    ...state.actions,
    ...state.plans,
    ...state.tasks,
  ];
  unique(
    made.map((x) => x.id),
    'id',
  );
  // H2: over, only a digest may be left that tells of a decision.
  const timers = state.timers.filter((t) => !(isEnded(state.phase) && t.kind === 'digest'));
  const waits = timers.length > 0 || state.survey?.status === 'closing';
  const over = isEnded(state.phase) && state.cancelling === undefined;
  must(over ? !waits && state.endedAt !== undefined : waits, 'over or waiting for something');
  const invited = repliers(state);
  must(
    Object.keys(state.rsvps).every((p) => invited.includes(p)),
    'N4 only who is invited has a reply',
  );
  for (const { present, log } of Object.values(state.attendance))
    must(present === log.at(-1)?.present, 'E3 the last mark');
  for (const { owner, dueAt } of [...state.actions, ...state.plans])
    must(owner !== '' && dueAt > state.createdAt, 'E14 an action has one owner and a date');
  checkLadder(state);
  checkAgenda(state);
  checkVotes(state);
  checkRoom(state);
  if (state.phase === 'closed') checkClosed(state);
}

/** F3: nobody decides about their own; about who stands below whom see world.ts. */
function checkLadder({ actions, plans, tasks }: MeetingState): void {
  const escalations = tasks.filter((t) => t.kind === 'escalation');
  if (escalations.length === 0) return;
  for (const { id, owner } of [...actions, ...plans]) {
    const its = escalations.filter((t) => t.about === id);
    must(its.filter((t) => t.status === 'open').length <= 1, 'F3 one decision at a time');
    must(
      its.every((t) => t.status !== 'open' || t.assignee !== owner),
      'F3 nobody decides about their own',
    );
  }
}

function checkClosed(state: MeetingState): void {
  must(
    [...state.actions, ...state.plans].every((x) => x.endedAt !== undefined),
    'actions ended',
  );
  must(
    state.tasks.every((x) => x.status !== 'open'),
    'tasks ended',
  );
  must(state.survey?.status === 'published', 'survey published');
  must(state.minutes?.sentAt !== undefined, 'minutes sent');
}

/** E6, E10, E13, E15 */
function checkRoom(state: MeetingState): void {
  const { turns, parked, breakouts, analyses, notes } = floorOf(state);
  const sitting = state.phase === 'execution' && !isAdjourned(state);
  const here = (person: string | undefined): boolean =>
    person === undefined || state.attendance[person]?.present === true;
  const waiting = turns.filter((t) => t.status !== 'ended');
  must(turns.filter((t) => t.status === 'speaking').length <= (sitting ? 1 : 0), 'E6 one speaks');
  must(sitting || waiting.length === 0, 'E6 nobody waits when nobody sits');
  must(
    waiting.every((t) => here(t.person)),
    'E6 who is absent neither speaks nor waits',
  );
  unique(
    waiting.map((t) => t.person ?? t.department),
    'E6 in the queue',
  );
  must(
    turns.every((t) => (t.startedAt === undefined) === (t.status === 'queued')),
    'E6 begun or waiting',
  );
  must(
    turns.every((t) => t.status !== 'ended' || (t.endedAt ?? 0) >= (t.startedAt ?? Infinity)),
    'E6 ended after it began',
  );
  must(breakouts.filter((b) => b.endedAt === undefined).length <= (sitting ? 1 : 0), 'E10 one round');
  for (const b of breakouts)
    unique(
      b.groups.flatMap((g) => g.members),
      'E10 nobody in two groups',
    );
  unique(
    [...state.agenda, ...parked].map((t) => t.topicId),
    'E6 a parked topic has its own identity',
  );
  unique(
    analyses.map((a) => a.topicId),
    'E12 analysis',
  );
  must(notes.length <= mostNotes && turns.length <= mostTurns, 'E13, E6 bounds');
  for (const { became } of notes)
    if (became)
      must(
        [
          ...state.agenda.map((t) => t.topicId),
          ...state.keyPoints.map((k) => k.id),
          ...state.actions.map((a) => a.id),
        ].includes(became.id),
        'E13 what it became is there',
      );
  if (!isAdjourned(state)) return;
  must(
    state.agenda.every((t) => t.status !== 'live'),
    'E15 nothing is live',
  );
  must(
    state.votes.every((v) => v.status !== 'open'),
    'E15 no vote is open',
  );
  must(
    state.timers.every((t) => t.kind !== 'plannedEnd'),
    'E15 the end waits for the next sitting',
  );
  must(
    state.timers.some((t) => t.kind === 'autoClose'),
    'E15 it does not stay open for ever',
  );
}

function checkAgenda(state: MeetingState): void {
  const ids = state.agenda.map((t) => t.topicId);
  unique(ids, 'P5 topic');
  must(
    state.participants.every((p) => p.topics.every((topicId) => ids.includes(topicId))),
    'P3 own topics are on the agenda',
  );
  const live = state.agenda.filter((t) => t.status === 'live').length;
  must(live <= (state.phase === 'execution' ? 1 : 0), 'E4 one live topic');
  const held = ['minutes', 'followUp', 'closed'].includes(state.phase);
  for (const t of state.agenda) {
    must(t.spentMs >= 0, 'E4 spent time');
    must((t.outcome !== undefined) === (t.status === 'finished'), 'finished with an outcome');
    must((t.deferral !== undefined) === (t.outcome === 'deferred'), 'deferred with its deferral');
    must(!held || t.status === 'finished', 'E14 nothing is left open by the close');
    if (t.outcome !== 'decided') continue;
    must(t.basis !== undefined && t.conclusion !== undefined, 'E9 decided with basis and conclusion');
    const newest = state.votes.filter((v) => v.topicId === t.topicId).at(-1);
    must(t.basis !== 'vote' || newest?.passed === true, 'E9 decided by the newest vote, which passed');
    must(t.voteId === (t.basis === 'vote' ? newest?.id : undefined), 'E9 named with the vote');
  }
}

function checkVotes(state: MeetingState): void {
  const open = state.votes.filter((v) => v.status === 'open').length;
  must(open <= (state.phase === 'execution' ? 1 : 0), 'E8 one open vote');
  for (const v of state.votes) {
    unique(v.electorate, 'E8 a seat in an electorate');
    must(v.required === requiredVotes(v.electorate.length, state.norms), 'E9 the rule of its electorate');
    must(v.openedAt >= (state.adjournments?.[0]?.startsAt ?? state.startsAt), 'H11 no vote before the start');
    if (v.status === 'closed') must(v.passed === (v.tally?.agree ?? 0) >= v.required, 'E9 passed on enough');
  }
}

/** Looked at before, and frozen since. */
const known = new WeakSet<object>();

/** What JSON gives back as it was: no date, map, class or number that it does not know. */
function plain(value: unknown, path: string): void {
  if (typeof value === 'object' && value !== null) {
    if (known.has(value)) return;
    if (Object.isFrozen(value)) known.add(value);
  }
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') return must(Number.isFinite(value), `${path} is ${value}`);
  if (Array.isArray(value)) return value.forEach((x, i) => plain(x, `${path}[${i}]`));
  must(Object.getPrototypeOf(value) === Object.prototype, `${path} is a plain object`);
  for (const [key, x] of Object.entries(value)) if (key !== 'calendar' && key !== 'zone') plain(x, `${path}.${key}`);
}

/** So that a rule that writes into the state it was given throws. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
  return value;
}

/** R1: of a life as it stands in the end; asked after every step it would take as long as all the rest. */
export function checkFacts(state: MeetingState): void {
  const broken = brokenFact(factsOf(state));
  must(broken === undefined, `R1 ${broken}`);
}
