import { ChatBusy } from './channel.js';

/** By which chats wait and sign. */
export interface ChatTime {
  now(): number;
  sleep(ms: number): Promise<void>;
}

export const realTime: ChatTime = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
};

/** Whoever would wait longer comes back later instead of holding up others. */
const longestMs = 5_000;

/** So many in so much time, in order: a vendor's documented rate, so that running into its limit is the exception. */
export class Pace {
  /** When the newest ones may go or went. */
  private readonly turns: number[] = [];

  constructor(
    private readonly count: number,
    private readonly windowMs: number,
    private readonly time: ChatTime,
  ) {}

  /** Resolves when the next one may go; ChatBusy when that is long from now. */
  async turn(): Promise<void> {
    const now = this.time.now();
    const oldest = this.turns.length < this.count ? undefined : this.turns[0];
    const at = oldest === undefined ? now : Math.max(now, oldest + this.windowMs);
    if (at - now > longestMs) throw new ChatBusy(at - now);
    this.turns.push(at);
    if (this.turns.length > this.count) this.turns.shift();
    if (at > now) await this.time.sleep(at - now);
  }
}

/** The same for each of many, for example each person's conversation. */
export class PaceEach {
  private readonly paces = new Map<string, Pace>();

  constructor(
    private readonly count: number,
    private readonly windowMs: number,
    private readonly time: ChatTime,
  ) {}

  turn(key: string): Promise<void> {
    // Bounded; a forgotten pace costs at most one answer "too often", which is heard anyway.
    if (this.paces.size > 5_000) this.paces.clear();
    const pace = this.paces.get(key) ?? new Pace(this.count, this.windowMs, this.time);
    this.paces.set(key, pace);
    return pace.turn();
  }
}
