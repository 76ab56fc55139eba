/** A reader of server-sent events, as plain as the protocol. */
import { adminKey, type Json } from './support.js';

export interface LiveEvent {
  event: string;
  id: number;
  data: Json;
}

export class Reader {
  readonly events: LiveEvent[] = [];
  readonly ended: Promise<void>;
  private readonly wake = new Set<() => void>();

  private constructor(
    readonly response: Response,
    private readonly abort: AbortController,
  ) {
    this.ended = this.read().catch(() => undefined);
  }

  static async open(url: string, id: string, headers: Record<string, string> = {}, query = ''): Promise<Reader> {
    const abort = new AbortController();
    const given = query === '' ? { authorization: `Bearer ${adminKey}`, ...headers } : headers;
    const response = await fetch(`${url}/v1/meetings/${id}/events${query}`, { headers: given, signal: abort.signal });
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return new Reader(response, abort);
  }

  get ids(): number[] {
    return this.events.map((e) => e.id);
  }

  get changes(): LiveEvent[] {
    return this.events.filter((e) => e.event === 'change');
  }

  close(): void {
    this.abort.abort();
  }

  /** When the reader has got so far; fails when it takes too long. */
  async until(done: (reader: Reader) => boolean): Promise<this> {
    const deadline = AbortSignal.timeout(20_000);
    while (!done(this)) {
      if (deadline.aborted) throw new Error(`it did not come in time; so far ${JSON.stringify(this.ids)}`);
      await new Promise<void>((resolve) => {
        this.wake.add(resolve);
        deadline.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    return this;
  }

  reached(revision: number): Promise<this> {
    return this.until((r) => (r.ids.at(-1) ?? -1) >= revision);
  }

  private async read(): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of this.response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) this.take(part);
      for (const wake of this.wake) wake();
      this.wake.clear();
    }
  }

  private take(part: string): void {
    const fields = Object.fromEntries(part.split('\n').map((line) => line.split(/: ?(.*)/s, 2) as [string, string]));
    if (fields['event'] === undefined) return;
    this.events.push({ event: fields['event'], id: Number(fields['id']), data: JSON.parse(fields['data'] ?? 'null') });
  }
}
