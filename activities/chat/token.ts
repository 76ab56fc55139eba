import { ChatRefused } from './channel.js';

export interface Token {
  value: string;
  /** Seconds for which the vendor says that it holds. */
  seconds: number;
}

/** Asked for again this long before its end. */
const earlyMs = 120_000;

/** A vendor's access token, asked for once and kept; asked for anew when the vendor says that it no longer holds. */
export class AccessToken {
  private kept: Promise<{ value: string; until: number }> | undefined;

  constructor(
    private readonly ask: () => Promise<Token>,
    private readonly clock: () => number = Date.now,
  ) {}

  /** Runs with a token, and once more with a new one when `work` finds that it no longer holds. */
  async with<T>(work: (token: string) => Promise<T | 'expired'>): Promise<T> {
    for (let attempt = 0; attempt < 2; attempt++) {
      const done = await work(await this.value());
      if (done !== 'expired') return done;
      this.kept = undefined;
    }
    throw new ChatRefused('token');
  }

  private async value(): Promise<string> {
    const kept = await this.kept;
    if (kept !== undefined && kept.until > this.clock()) return kept.value;
    const asking = this.ask().then(({ value, seconds }) => ({ value, until: this.clock() + seconds * 1_000 - earlyMs }));
    this.kept = asking;
    try {
      return (await asking).value;
    } catch (error) {
      this.kept = undefined;
      throw error;
    }
  }
}
