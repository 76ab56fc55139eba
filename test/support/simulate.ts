import type { Instant, LocalDate } from '../../domain/calendar/index.js';
import { toIso } from '../../domain/calendar/index.js';
import { Refusal } from '../../domain/errors.js';
import type { Actor, CommandInput, CommandName, CommandResult } from '../../domain/meeting/commands.js';
import type { Change, Effect, EffectReply, MailEffect } from '../../domain/meeting/effects.js';
import type { DepartmentId, MeetingState, PersonId, Tally, Timer } from '../../domain/meeting/state.js';
import { applyBoxComplete, applyCommand, applyReply, applyTimer } from '../../domain/meeting/step.js';

/** What lies outside the rules, and what it answers. */
export interface Outside {
  /** The hash under which the archive keeps the drafted minutes. */
  hash: string;
  survey: { answers: number; mean?: number };
  chain: { heads: PersonId[]; sponsor?: PersonId; pmo?: PersonId };
  tally: Tally;
  /** F2: the last day of the leave that somebody is on; nobody is, unless it says so. */
  leaveUntil?: (person: PersonId, date: LocalDate) => LocalDate | undefined;
  headOf?: (department: DepartmentId) => PersonId | undefined;
}

export const outside: Outside = {
  hash: 'h1',
  survey: { answers: 5, mean: 4.2 },
  chain: { heads: ['p6'] },
  tally: { agree: 5, against: 0, neutral: 0 },
};

export interface SentMail {
  at: Instant;
  effect: MailEffect;
}

/** A meeting, the time, and everything that its rules wanted done so far. */
export interface Simulation {
  state: MeetingState;
  now: Instant;
  mails: SentMail[];
  /** All effects in order, mails among them. */
  effects: { at: Instant; effect: Effect }[];
  /** Phases it went through, each once. */
  phases: MeetingState['phase'][];
}

export function simulate(change: Change, now: Instant, world: Outside = outside): Simulation {
  const empty: Simulation = { state: change.state, now, mails: [], effects: [], phases: [] };
  return take(empty, change, world);
}

/** The timer that fires next; of equal ones the one armed first. */
export function nextTimer(state: MeetingState): Timer | undefined {
  return state.timers.reduce<Timer | undefined>((first, t) => (first && first.at <= t.at ? first : t), undefined);
}

/** Lets time pass, `until` included: the earliest timer fires, and what asks the outside is answered at once. */
export function advance(sim: Simulation, until: Instant, world: Outside = outside): Simulation {
  let next = sim;
  for (let timer = nextTimer(next.state); timer && timer.at <= until; timer = nextTimer(next.state)) {
    const now = Math.max(next.now, timer.at);
    next = take({ ...next, now }, applyTimer(next.state, timer, now), world);
  }
  return { ...next, now: Math.max(next.now, until) };
}

/** A command now. */
export function send<N extends CommandName>(
  sim: Simulation,
  name: N,
  input: CommandInput<N>,
  actor: Actor,
  world: Outside = outside,
): Simulation & { result: CommandResult<N> } {
  const change = applyCommand(sim.state, name, input, { now: sim.now, actor });
  return { ...take(sim, change, world), result: change.result };
}

/** The last answer of a box came. */
export function boxComplete(sim: Simulation, box: string, world: Outside = outside): Simulation {
  return take(sim, applyBoxComplete(sim.state, box, sim.now), world);
}

/** Why something is refused; what goes through is a fault of the test. */
export function refusal(rule: () => unknown): Refusal {
  try {
    rule();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

/** The codes of a refusal, in order. */
export function codes(rule: () => unknown): string[] {
  return refusal(rule).faults.map((f) => f.code);
}

/** `2026-02-02 10:30 minutes → p1 p2`, a line per mail. */
export function story({ mails, state }: Simulation): string[] {
  return mails.map(({ at, effect }) => `${clock(state, at)} ${effect.mail} → ${effect.to.join(' ')}`);
}

/** `2026-02-02 10:30`, by the meeting's clock. */
export function clock({ zone }: Pick<MeetingState, 'zone'>, t: Instant): string {
  return toIso(zone, t).slice(0, 16).replace('T', ' ');
}

/** `2026-02-02 10:30 lapse`, a line per timer, in order, but for those of the digests. */
export function waits(state: MeetingState): string[] {
  return state.timers
    .filter((t) => t.kind !== 'digest')
    .sort((a, b) => a.at - b.at)
    .map((t) => `${clock(state, t.at)} ${t.kind}`);
}

/** Effects go out in order, as the workflow's outbox hands them over; what a reply wants done queues behind them. */
function take(sim: Simulation, change: Change<unknown>, world: Outside): Simulation {
  let next = entered(sim, change.state);
  const queue = [...change.effects];
  for (let effect = queue.shift(); effect; effect = queue.shift()) {
    next = noted(next, effect);
    const reply = answer(effect, world);
    if (!reply) continue;
    const answered = applyReply(next.state, reply, next.now);
    next = entered(next, answered.state);
    queue.push(...answered.effects);
  }
  return next;
}

function entered(sim: Simulation, state: MeetingState): Simulation {
  const phases = sim.phases.at(-1) === state.phase ? sim.phases : [...sim.phases, state.phase];
  return { ...sim, state, phases };
}

function noted(sim: Simulation, effect: Effect): Simulation {
  const mails = effect.type === 'mail' ? [...sim.mails, { at: sim.now, effect }] : sim.mails;
  return { ...sim, mails, effects: [...sim.effects, { at: sim.now, effect }] };
}

function answer(effect: Effect, world: Outside): EffectReply | undefined {
  switch (effect.type) {
    case 'draftMinutes':
      return { type: 'minutesDrafted', hash: world.hash };
    case 'closeSurvey':
      return { type: 'surveyClosed', ...world.survey };
    case 'findChain':
      return { type: 'chainFound', about: effect.about, ...world.chain };
    case 'findStanding': {
      const { about, rung, dueAt, person, date } = effect;
      const leaveUntil = world.leaveUntil?.(person, date);
      return { type: 'standingFound', about, rung, dueAt, ...(leaveUntil === undefined ? {} : { leaveUntil }) };
    }
    case 'findHead': {
      const { about, department } = effect;
      return world.headOf && { type: 'headFound', about, department, person: world.headOf(department) };
    }
    case 'countVote':
      return { type: 'voteCounted', voteId: effect.voteId, tally: world.tally };
    default:
      return undefined;
  }
}
