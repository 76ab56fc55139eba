import { expect, test } from 'vitest';
import fc from 'fast-check';
import { Refusal } from '../../../domain/errors.js';
import { mayRemind } from '../../../domain/meeting/hours.js';
import { urgencyOf } from '../../../domain/meeting/urgency.js';
import type { Change, Effect, EffectReply, MailEffect } from '../../../domain/meeting/effects.js';
import type { MeetingState, Phase } from '../../../domain/meeting/state.js';
import { applyBoxComplete, applyCommand, applyReply, applyTimer } from '../../../domain/meeting/step.js';
import { nextTimer } from '../../support/simulate.js';
import { checkFacts, checkState, checkStep, freeze, must, phasesAfter } from './invariants.js';
import { actorOf, boxOf, commandOf, inputOf, moves, replyOf, staleTimerOf, timeOf } from './moves.js';
import type { Move } from './moves.js';
import { create, inBerlin, inTaipei, people, topic, wednesday } from './support.js';

/** One meeting of one run, checked after everything that happens to it. */
class Life {
  /** Commands that went through. */
  readonly done: string[] = [];
  readonly phases = new Set<Phase>();
  private readonly told = new Set<string>();
  /** H2: automatic mails before the start, by person. */
  private readonly automatic = new Map<string, number>();
  private unanswered: Effect[] = [];
  state: MeetingState;

  constructor(
    { state, effects }: Change,
    private now: number,
  ) {
    this.state = freeze(state);
    this.note(effects);
  }

  play(move: Move): void {
    this.goTo(timeOf(move, this.state, this.now));
    this.attempt(move);
    // What is armed for a moment that is past acts at once.
    this.goTo(this.now);
    this.answer(move);
    this.phases.add(this.state.phase);
  }

  /** Nobody does anything any more: the clock alone, up to third misses and decisions that nobody takes. */
  runOn(steps: number): void {
    for (let i = 0; i < steps; i += 1) {
      const timer = nextTimer(this.state);
      if (timer === undefined) return;
      this.goTo(Math.max(this.now, timer.at));
      this.answer(move('wait', 1));
    }
  }

  private attempt(move: Move): void {
    const { state, now } = this;
    const name = commandOf(move, state);
    if (name) return this.command(name, move);
    if (move.what === 'reply') this.take(applyReply(state, replyOf(move, state), now));
    if (move.what === 'box') this.take(applyBoxComplete(state, boxOf(move, state), now));
    if (move.what === 'staleTimer')
      must(applyTimer(state, staleTimerOf(move, state), now).state === state, 'a stale timer');
    if (move.what === 'carryOver') this.state = freeze(JSON.parse(JSON.stringify(state)) as MeetingState);
  }

  private command(name: NonNullable<ReturnType<typeof commandOf>>, move: Move): void {
    const { state, now } = this;
    try {
      this.take(applyCommand(state, name, inputOf(name, move, state, now), { now, actor: actorOf(move) }));
      this.done.push(name);
    } catch (error) {
      if (!(error instanceof Refusal) || error.faults.length === 0) throw error;
    }
  }

  private goTo(until: number): void {
    for (let timer = nextTimer(this.state); timer && timer.at <= until; timer = nextTimer(this.state)) {
      this.now = Math.max(this.now, timer.at);
      const before = this.state;
      this.take(applyTimer(before, timer, this.now));
      must(this.state !== before, `the clock gets on: ${timer.key}`);
    }
    this.now = until;
  }

  /** The outside answers, sometimes late. */
  private answer({ n, m }: Move): void {
    const effects = this.unanswered;
    this.unanswered = [];
    for (const effect of effects) {
      if (n % 5 === 0) this.unanswered.push(effect);
      else this.take(applyReply(this.state, replyTo(effect, m), this.now));
    }
  }

  private take(change: Change<unknown>): void {
    const before = this.state;
    if (change.state === before) return must(change.effects.length === 0, 'no change, no effect');
    this.state = freeze(change.state);
    this.note(change.effects);
    checkStep(before, change);
    checkState(change.state);
  }

  /** A reminder that goes singly and now. */
  private reminded({ mail, to }: MailEffect): void {
    const { state, now } = this;
    const early = state.phase === 'preparation' || state.phase === 'notice';
    for (const person of to) {
      must(mayRemind(state, person, now), `H1 ${mail} in the quiet hours of ${person}`);
      if (!early || now >= state.startsAt) continue;
      const count = (this.automatic.get(person) ?? 0) + 1;
      this.automatic.set(person, count);
      must(count <= 3, `H2 a fourth automatic mail before the start: ${mail} to ${person}`);
    }
  }

  private note(effects: Effect[]): void {
    for (const effect of effects) {
      if (answered.includes(effect.type)) this.unanswered.push(effect);
      if (effect.type !== 'mail') continue;
      if (urgencyOf(effect) !== 'atOnce' && effect.digestAt === undefined) this.reminded(effect);
      for (const person of effect.to) {
        const { digestAt } = effect;
        must(
          digestAt === undefined || mayRemind(this.state, person, digestAt),
          `H1 a digest in the quiet hours of ${person}`,
        );
        const key = `${effect.mail} ${effect.occasion} ${person}`;
        must(!this.told.has(key), `H3 told once: ${key}`);
        this.told.add(key);
      }
    }
  }
}

const answered: Effect['type'][] = ['draftMinutes', 'closeSurvey', 'findChain', 'countVote', 'findStanding'];

function replyTo(effect: Effect, m: number): EffectReply {
  switch (effect.type) {
    case 'closeSurvey':
      return { type: 'surveyClosed', answers: m % 6, ...(m % 6 > 2 ? { mean: 1 + (m % 5) } : {}) };
    case 'findChain':
      return { type: 'chainFound', about: effect.about, heads: m % 3 ? ['p6', 'p7', effect.owner] : [], sponsor: 'p5' };
    case 'countVote':
      return { type: 'voteCounted', voteId: effect.voteId, tally: { agree: m % 9, against: 0, neutral: 0 } };
    // F2, F3: mostly there, so that dates are missed, a third time too.
    case 'findStanding': {
      const { about, rung, dueAt } = effect;
      return { type: 'standingFound', about, rung, dueAt, left: m % 31 === 0 };
    }
    default:
      return { type: 'minutesDrafted', hash: 'h' };
  }
}

const move = (what: Move['what'], n = 2): Move => ({ what, which: 0, who: 0, n, m: 1, k: 0 });
const present = Array.from({ length: 8 }, (_, i) => move('attendance', i + 12));
const opened = [move('toStart', 3), move('open'), ...present];
/** What leads to where a run begins; people 1 to 8 are there. */
const preludes: Record<string, Move[]> = {
  draft: [],
  notice: [],
  execution: [...opened, move('startTopic'), move('openVote', 1)],
  followUp: [...opened, move('action', 6), move('action', 20), move('close'), move('confirmMinutes')],
};

const beginnings = fc.record({
  kind: fc.constantFrom('regular' as const, 'emergency' as const),
  where: fc.constantFrom('draft', 'notice', 'execution', 'execution', 'followUp'),
  size: fc.integer({ min: 2, max: 15 }),
  berlin: fc.boolean(),
  hoursAhead: fc.integer({ min: 24, max: 400 }),
});

// Ten thousand lives take a minute or two; `PROPERTY_RUNS` makes it shorter or longer.
test('whatever happens to a meeting, its rules refuse or hold', () => {
  const done = new Set<string>();
  const phases = new Set<Phase>();
  let changes = 0;
  let thirds = 0;
  fc.assert(
    fc.property(beginnings, moves, ({ kind, where, size, berlin, hoursAhead }, all) => {
      const place = berlin ? inBerlin : inTaipei;
      const now = berlin ? inBerlin.at('2026-03-18', '10:00') : wednesday;
      const request = {
        kind,
        emergencyReason: 'x',
        publish: where !== 'draft',
        participants: people(size),
        agenda: [topic('A', 15, 2), topic('B', 15, 1), topic('C', 10, 3)],
        startsAt: now + hoursAhead * 3_600_000,
      };
      const life = new Life(create(request, { ...place, now }), now);
      for (const next of [...(preludes[where] ?? []), ...all]) life.play(next);
      if (where === 'followUp' && size % 3 === 0) life.runOn(60);
      checkFacts(life.state);
      life.done.forEach((name) => done.add(name));
      life.phases.forEach((phase) => phases.add(phase));
      changes += life.state.revision;
      thirds += life.state.tasks.filter((t) => t.kind === 'escalation' && t.cause === undefined).length;
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000) },
  );
  // Runs that refuse everything would prove nothing.
  expect(changes).toBeGreaterThan(4_000);
  expect(thirds).toBeGreaterThan(0);
  expect([...phases].sort()).toEqual(Object.keys(phasesAfter).sort());
  expect(done.size).toBeGreaterThanOrEqual(30);
}, 900_000);
