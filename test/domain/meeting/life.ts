import { Refusal } from '../../../domain/errors.js';
import { mayRemind } from '../../../domain/meeting/hours.js';
import { urgencyOf } from '../../../domain/meeting/urgency.js';
import type { CommandInput, CommandName } from '../../../domain/meeting/commands.js';
import type { Change, Effect, EffectReply, MailEffect } from '../../../domain/meeting/effects.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { applyBoxComplete, applyCommand, applyReply, applyTimer } from '../../../domain/meeting/step.js';
import { admin } from '../../support/meeting.js';
import { nextTimer } from '../../support/simulate.js';
import { checkState, checkStep, freeze, must } from './invariants.js';
import { actorOf, boxOf, commandOf, inputOf, replyOf, staleTimerOf } from './moves.js';
import type { Move } from './moves.js';

/** What lies outside of a meeting: is asked, and told. */
export interface Surroundings {
  now: number;
  perform(life: Life, effect: Effect, m: number): EffectReply | undefined;
  mailed(life: Life, effect: MailEffect): void;
  /** What the API looks up before it hands a command over. */
  refuses(name: CommandName, life: Life, input: object): boolean;
  did(name: CommandName, life: Life, input: object): void;
}

/** One meeting of a world, checked after everything that happens to it. */
export class Life {
  private readonly told = new Set<string>();
  /** H2: automatic mails before the start, by person. */
  private readonly automatic = new Map<string, number>();
  /** Effects in their order, as the outbox hands them over; the first may be done and its answer still on the way. */
  private outbox: { effect: Effect; answer?: { reply: EffectReply | undefined } }[] = [];
  state: MeetingState;

  constructor(
    { state, effects }: Change,
    private readonly world: Surroundings,
  ) {
    this.state = freeze(state);
    this.note(effects);
  }

  /** No effect of these kinds is on its way. */
  isSettled(kinds: Effect['type'][]): boolean {
    return this.outbox.every(({ effect }) => !kinds.includes(effect.type));
  }

  attempt(move: Move): void {
    const { state, now } = this;
    const name = commandOf(move, state);
    if (name) return this.command(name, inputOf(name, move, state, now), move);
    if (move.what === 'reply') this.take(applyReply(state, replyOf(move, state), now));
    if (move.what === 'box') this.take(applyBoxComplete(state, boxOf(move, state), now));
    if (move.what === 'staleTimer')
      must(applyTimer(state, staleTimerOf(move, state), now).state === state, 'a stale timer');
    if (move.what === 'carryOver') this.state = freeze(JSON.parse(JSON.stringify(state)) as MeetingState);
  }

  command<N extends CommandName>(name: N, input: CommandInput<N>, move?: Move): void {
    const { state, now } = this;
    if (this.world.refuses(name, this, input)) return;
    try {
      this.take(applyCommand(state, name, input, { now, actor: move ? actorOf(move) : admin }));
    } catch (error) {
      if (!(error instanceof Refusal) || error.faults.length === 0) throw error;
      return;
    }
    this.world.did(name, this, input);
  }

  /** The earliest timer fires. */
  fire(): void {
    const timer = nextTimer(this.state);
    if (timer === undefined) return;
    const before = this.state;
    this.take(applyTimer(before, timer, this.now));
    must(this.state !== before, `the clock gets on: ${timer.key}`);
  }

  /** The outside answers, sometimes late, sometimes what it did is there before its answer. */
  answer({ n, m }: Pick<Move, 'n' | 'm'>): void {
    for (let first = this.outbox[0], i = 0; first !== undefined && i < 40; first = this.outbox[0], i += 1) {
      if (n % 7 === 3) return;
      first.answer ??= { reply: this.world.perform(this, first.effect, m) };
      if (n % 7 === 5) return;
      this.outbox.shift();
      if (first.answer.reply) this.take(applyReply(this.state, first.answer.reply, this.now));
    }
  }

  private get now(): number {
    return this.world.now;
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
      if (effect.type !== 'mail') {
        this.outbox.push({ effect });
        continue;
      }
      const { digestAt } = effect;
      if (urgencyOf(effect) !== 'atOnce' && digestAt === undefined) this.reminded(effect);
      for (const person of effect.to) {
        must(
          digestAt === undefined || mayRemind(this.state, person, digestAt),
          `H1 a digest in the quiet hours of ${person}`,
        );
        const key = `${effect.mail} ${effect.occasion} ${person}`;
        must(!this.told.has(key), `H3 told once: ${key}`);
        this.told.add(key);
      }
      this.world.mailed(this, effect);
    }
  }
}
