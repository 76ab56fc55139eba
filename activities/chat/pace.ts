/** So many in so much time, in order; a vendor's documented rate, so that its limit is the exception. */
export class Pace {
  private readonly sent: number[] = [];
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly count: number,
    private readonly windowMs: number,
    private readonly clock: () => number = Date.now,
    private readonly sleep: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
  ) {}

  /** Resolves when the next one may go. */
  turn(): Promise<void> {
    this.last = this.last.then(() => this.wait());
    return this.last;
  }

  private async wait(): Promise<void> {
    const oldest = this.sent.length < this.count ? undefined : this.sent[this.sent.length - this.count];
    const waitMs = oldest === undefined ? 0 : oldest + this.windowMs - this.clock();
    if (waitMs > 0) await this.sleep(waitMs);
    this.sent.push(this.clock());
    if (this.sent.length > this.count) this.sent.splice(0, this.sent.length - this.count);
  }
}
