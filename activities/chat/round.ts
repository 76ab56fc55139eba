/** F7: the messages by chat of one mail, each claimed like the mail itself, so that nothing goes twice (H3). */
import { isUrgent } from '../../domain/meeting/urgency.js';
import type { MeetingState, PersonId } from '../../domain/meeting/state.js';
import { nextAllowed } from '../../domain/calendar/index.js';
import { calendarOf, clockOf } from '../../domain/meeting/hours.js';
import type { ChatMessage } from '../../render/chat.js';
import { domainOf } from '../../render/mail/index.js';
import { nameIn } from '../../render/names.js';
import type { MailDeps } from '../mail/deps.js';
import { messageIdOf } from '../mail/message-id.js';
import { giveUpMs } from '../mail/moot.js';
import { sentForSure } from '../mail/sent.js';
import type { MailKey, Person } from '../ports.js';
import { MailRefused } from '../ports.js';
import { ChatBusy, chatReason, ChatRefused, vendors } from './channel.js';
import type { Vendor } from './channel.js';
import type { Chat } from './create.js';
import { inTrial } from './trial.js';

/** By which of the configured chats somebody is reached. */
export function channelsOf({ personal }: Chat, { chats = {} }: Pick<Person, 'chats'>): Vendor[] {
  return vendors.filter((vendor) => personal[vendor] !== undefined && chats[vendor] !== undefined);
}

export type ChatDeps = Pick<
  MailDeps,
  'chat' | 'from' | 'trialTo' | 'log' | 'heartbeat' | 'sinceScheduledMs' | 'sleep'
> & { ports: Pick<MailDeps['ports'], 'claims' | 'transport'> };

/** What a round of messages is about. */
export interface ChatJob {
  effect: { mail: string; to: PersonId[] };
  state: MeetingState;
  now: number;
  waitedMs?: number;
}

type Outcome = 'done' | 'sent' | 'failed' | 'later';

/** One attempt to tell some people. A chat that is away is asked once in it, not once for each of them. */
export class ChatRound {
  /** Who is still to be told. */
  private readonly waiting = new Set<PersonId>();
  /** Until when it makes no sense to try again; undefined: soon. */
  private nextAt: number | undefined = Number.POSITIVE_INFINITY;
  /** Which chats could not be asked in this attempt, and from when they may be again, if they said so. */
  private readonly away = new Map<Vendor, number | undefined>();

  constructor(
    private readonly deps: ChatDeps,
    private readonly job: ChatJob,
    /** `late`: nobody needs it any more; what waits is shown as not delivered. */
    private readonly options: { patienceMs?: number; late?: boolean } = {},
  ) {}

  /** By every chat that they have; without a message (F5: who has answered) it only looks like one. Never rejects. */
  async tell(reader: Person, key: MailKey, message: ChatMessage | undefined): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const vendor of channelsOf(this.deps.chat, reader)) {
      const outcome = await this.by(vendor, reader, key, message).catch((error: unknown) => {
        this.later(undefined);
        this.warn(vendor, chatReason(error), 'a message waits');
        return 'later' as const;
      });
      if (outcome === 'later') this.waiting.add(reader.id);
      outcomes.push(outcome);
    }
    return outcomes;
  }

  /** F5: where the names would say who has answered, all that have a chat, whether told or not. */
  leftOver(people: Person[]): PersonId[] {
    const { effect } = this.job;
    if (this.waiting.size === 0 || effect.mail !== 'surveyReminder') return [...this.waiting];
    return people.filter((p) => effect.to.includes(p.id) && channelsOf(this.deps.chat, p).length > 0).map((p) => p.id);
  }

  /** Milliseconds until the next try makes sense; undefined: as soon as usual. */
  get waitMs(): number | undefined {
    return this.nextAt === undefined || !Number.isFinite(this.nextAt) ? undefined : Math.max(this.nextAt - this.at, 0);
  }

  private get at(): number {
    return this.job.now + (this.job.waitedMs ?? 0) + this.deps.sinceScheduledMs();
  }

  private async by(vendor: Vendor, reader: Person, mail: MailKey, message: ChatMessage | undefined): Promise<Outcome> {
    const { claims } = this.deps.ports;
    const { now } = this.job;
    const key = { ...mail, occasion: `${mail.occasion}@${vendor}` };
    if ((await claims.claim(key, now, messageIdOf(key, domainOf(this.deps.from.address)))) === 'done') return 'done';
    if (this.options.late === true) return await this.given(key, 'tooLate');
    const allowed = this.allowedAt(reader, this.at);
    if (allowed > this.at) return this.later(allowed);
    if (message === undefined) return await this.sent(key);
    if (this.away.has(vendor) && !this.isOver(reader)) return this.later(this.away.get(vendor));
    try {
      await this.hand(vendor, reader, message, key);
    } catch (error) {
      return await this.failed(vendor, reader, key, error);
    }
    return await this.sent(key);
  }

  /** H9: in trial mode a message is a mail to the one address, too. */
  private hand(vendor: Vendor, reader: Person, message: ChatMessage, key: MailKey): Promise<void> {
    const { chat, trialTo, from, ports } = this.deps;
    const userId = reader.chats?.[vendor] ?? '';
    const messageId = messageIdOf(key, domainOf(from.address));
    if (trialTo === undefined) return chat.personal[vendor]!.send(userId, message, messageId);
    const locale = reader.locale ?? this.job.state.locale;
    const to = { name: nameIn(locale, reader), address: `${vendor} ${userId}` };
    return ports.transport.send({ ...inTrial(locale, to, message), to: trialTo, messageId });
  }

  private async failed(vendor: Vendor, reader: Person, key: MailKey, error: unknown): Promise<Outcome> {
    const refused = error instanceof ChatRefused || error instanceof MailRefused;
    const reason = chatReason(error);
    if (refused || this.isOver(reader)) return await this.given(key, `${refused ? 'refused' : 'gaveUp'} ${reason}`);
    const again = error instanceof ChatBusy ? this.at + error.afterMs : undefined;
    this.away.set(vendor, again);
    this.warn(vendor, reason, 'a message is tried again');
    return this.later(again);
  }

  /** Given up; shown to the host. */
  private async given(key: MailKey, reason: string): Promise<Outcome> {
    await this.deps.ports.claims.markFailed(key, this.job.now, reason);
    return 'failed';
  }

  private async sent(key: MailKey): Promise<Outcome> {
    await sentForSure(this.deps, key, this.job.now);
    return 'sent';
  }

  /** H1: a chat rings, so it keeps the reader's hours whatever it tells, but for what an emergency is urgent for (X1). */
  private allowedAt(reader: Person, t: number): number {
    const { state, effect } = this.job;
    const zone = clockOf(state, reader.id);
    return isUrgent(state, effect.mail) ? t : nextAllowed(calendarOf(state, reader.id), zone, t);
  }

  /** Counted from when it might have gone first. */
  private isOver(reader: Person): boolean {
    return this.at - this.allowedAt(reader, this.job.now) > (this.options.patienceMs ?? giveUpMs);
  }

  /** The earliest of all that wait. */
  private later(at: number | undefined): Outcome {
    if (at === undefined || this.nextAt === undefined) this.nextAt = undefined;
    else this.nextAt = Math.min(this.nextAt, at);
    return 'later';
  }

  private warn(vendor: Vendor, reason: string, message: string): void {
    this.deps.log.warn({ mail: this.job.effect.mail, vendor, reason }, message);
  }
}
