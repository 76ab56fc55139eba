import { ChatAway } from './channel.js';

export interface Token {
  value: string;
  /** Seconds for which the vendor says that it holds. */
  seconds: number;
}

interface Kept {
  value: string;
  until: number;
}

/** Asked for again this long before its end. */
const earlyMs = 120_000;

/** A vendor's access token, asked for once and kept; asked for anew when the vendor says that it no longer holds. */
export class AccessToken {
  private kept: Kept | undefined;
  private asking: Promise<Kept> | undefined;

  constructor(
    private readonly ask: () => Promise<Token>,
    private readonly clock: () => number = Date.now,
  ) {}

  /** Runs with a token, and once more with a new one when `work` finds that it no longer holds. */
  async with<T>(work: (token: string) => Promise<T | 'expired'>): Promise<T> {
    for (let attempt = 0; attempt < 2; attempt++) {
      const kept = await this.current();
      const done = await work(kept.value);
      if (done !== 'expired') return done;
      // Unless somebody has a newer one by now.
      if (this.kept === kept) this.kept = undefined;
    }
    throw new ChatAway('token');
  }

  private async current(): Promise<Kept> {
    if (this.kept !== undefined && this.kept.until > this.clock()) return this.kept;
    this.asking ??= this.askAnew().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async askAnew(): Promise<Kept> {
    const { value, seconds } = await this.ask();
    this.kept = { value, until: this.clock() + seconds * 1_000 - earlyMs };
    return this.kept;
  }
}
