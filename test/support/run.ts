import type { Instant } from '../../domain/calendar/index.js';
import { toIso } from '../../domain/calendar/index.js';
import { Refusal } from '../../domain/errors.js';
import type { Actor, CommandInput, CommandName, CommandResult } from '../../domain/meeting/commands.js';
import type { Change, Effect, EffectReply, MailEffect } from '../../domain/meeting/effects.js';
import type { Action, FollowUpTask, MeetingState, Plan, Timer } from '../../domain/meeting/state.js';
import { applyCommand, applyReply, applyTimer } from '../../domain/meeting/step.js';

/** A meeting run without any engine: time goes on by its own timers, effects are kept in order. */
export class Run {
  readonly effects: { at: Instant; effect: Effect }[] = [];
  /** Registered leave, as the archive knows it. */
  leave: { person: string; from: string; to: string }[] = [];
  /** Who is with us no more. */
  gone: string[] = [];
  standingAnswers = true;

  constructor(
    public state: MeetingState,
    public now: Instant,
  ) {}

  command<N extends CommandName>(name: N, input: CommandInput<N>, actor: Actor): CommandResult<N> {
    return this.take(applyCommand(this.state, name, input, { now: this.now, actor }));
  }

  reply(reply: EffectReply): void {
    this.take(applyReply(this.state, reply, this.now));
  }

  /** The earliest timer. */
  next(): Timer | undefined {
    return [...this.state.timers].sort((a, b) => a.at - b.at)[0];
  }

  /** Fires the earliest timer at its time, and says which it was. */
  fire(): Timer | undefined {
    const timer = this.next();
    if (!timer) return undefined;
    this.now = Math.max(this.now, timer.at);
    this.take(applyTimer(this.state, timer, this.now));
    return timer;
  }

  /** Lets time pass, this instant included. */
  until(t: Instant): void {
    for (let timer = this.next(); timer !== undefined && timer.at <= t; timer = this.next()) this.fire();
    this.now = t;
  }

  /** Why a command is refused; a command that goes through is a fault of the test. */
  refusal<N extends CommandName>(name: N, input: CommandInput<N>, actor: Actor): Refusal {
    try {
      applyCommand(this.state, name, input, { now: this.now, actor });
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
    throw new Error(`${name} was not refused`);
  }

  action(id: string): Action {
    return found(this.state.actions, id);
  }

  plan(id: string): Plan {
    return found(this.state.plans, id);
  }

  task(id: string): FollowUpTask {
    return found(this.state.tasks, id);
  }

  mails(kind?: MailEffect['mail']): (MailEffect & { at: Instant })[] {
    const all = this.effects.flatMap(({ at, effect }) => (effect.type === 'mail' ? [{ ...effect, at }] : []));
    return all.filter((m) => kind === undefined || m.mail === kind);
  }

  /** `2026-02-06 18:00 missed → p7`, a line per mail, in order. */
  story(): string[] {
    return this.mails().map((m) => `${this.clock(m.at)} ${m.mail} → ${m.to.join(' ')}`);
  }

  /** `2026-02-09 08:40 missed → p7`, a line per entry of a digest, by the digest's time. */
  digests(): string[] {
    return this.mails()
      .filter((m) => m.digestAt !== undefined)
      .map((m) => `${this.clock(m.digestAt ?? 0)} ${m.mail} → ${m.to.join(' ')}`);
  }

  /** The timers, `2026-02-06 18:00 missed`, in order, but for those of the digests. */
  agenda(): string[] {
    return this.state.timers
      .filter((t) => t.kind !== 'digest')
      .sort((a, b) => a.at - b.at)
      .map((t) => `${this.clock(t.at)} ${t.kind}`);
  }

  clock(t: Instant): string {
    return toIso(this.state.zone, t).slice(0, 16).replace('T', ' ');
  }

  private take<R>(change: Change<R>): R {
    this.state = change.state;
    for (const effect of change.effects) {
      this.effects.push({ at: this.now, effect });
      if (effect.type === 'findStanding') this.answerStanding(effect);
    }
    return change.result;
  }

  /** The archive says at once who is on leave or gone; silent while `standingAnswers` is false. */
  private answerStanding({ about, rung, dueAt, person, date }: Extract<Effect, { type: 'findStanding' }>): void {
    if (!this.standingAnswers) return;
    const away = this.leave.find((l) => l.person === person && l.from <= date && date <= l.to);
    const left = this.gone.includes(person);
    this.reply({ type: 'standingFound', about, rung, dueAt, ...(away ? { leaveUntil: away.to } : {}), left });
  }
}

function found<T extends { id: string }>(list: T[], id: string): T {
  const item = list.find((x) => x.id === id);
  if (!item) throw new Error(`no ${id}`);
  return item;
}
