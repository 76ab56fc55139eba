import { EventEmitter } from 'node:events';
import type { MeetingId } from '../domain/meeting/state.js';
import type { Driver, Log } from './driver.js';
import { codeOf } from './errors.js';

/** A meeting's row in the view is now at this revision. Heard at least once, not always once, and seldom not at all. */
export interface Changed {
  meetingId: MeetingId;
  revision: number;
}

export type Heard = (change: Changed) => void;

/**
 * Who hears of changes: this process at once, the others of the same PostgreSQL by NOTIFY. NOTIFY goes out after the burst,
 * in one transaction for all that came meanwhile: inside the burst its commits would queue behind one lock of the server.
 */
export class Changes {
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  private readonly waiting = new Map<MeetingId, number>();
  private sending: Promise<void> | undefined;

  constructor(
    private readonly driver: Driver,
    private readonly log: Log,
  ) {}

  /** `*` hears every meeting. Call the answer to stop. What a listener throws is logged: the burst has been written. */
  on(meetingId: MeetingId, heard: Heard): () => void {
    const event = `meeting ${meetingId}`;
    const listener = (change: Changed): void => {
      try {
        heard(change);
      } catch (error) {
        this.log('warn', 'a listener for changes failed', { code: codeOf(error) });
      }
    };
    this.emitter.on(event, listener);
    return () => void this.emitter.off(event, listener);
  }

  /** After a burst of ours was committed. */
  announce(change: Changed): void {
    this.tell(change);
    if (this.driver.kind === 'pglite') return;
    this.waiting.set(change.meetingId, Math.max(change.revision, this.waiting.get(change.meetingId) ?? 0));
    this.sending ??= this.send().finally(() => (this.sending = undefined));
  }

  async listen(): Promise<void> {
    await this.driver.listen((payload) => {
      const [meetingId = '', revision] = payload.split(':');
      this.tell({ meetingId, revision: Number(revision) });
    });
  }

  /** What was announced has gone out. */
  async idle(): Promise<void> {
    await this.sending;
  }

  private tell(change: Changed): void {
    this.emitter.emit(`meeting ${change.meetingId}`, change);
    this.emitter.emit('meeting *', change);
  }

  private async send(): Promise<void> {
    while (this.waiting.size > 0) {
      const payloads = [...this.waiting].map(([meetingId, revision]) => `${meetingId}:${revision}`);
      this.waiting.clear();
      try {
        await this.driver.announce(payloads);
      } catch (error) {
        // Readers poll as well; a gap gets a snapshot (design §4).
        this.log('warn', 'other processes were not told of a change', { code: codeOf(error) });
      }
    }
  }
}
