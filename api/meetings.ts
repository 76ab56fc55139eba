/** Reading one meeting: from its workflow while it is open, from the archive after its end or when nobody answers. */
import { QueryRejectedError } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import type { Instant, ZoneData } from '../domain/calendar/index.js';
import { isEnded } from '../domain/meeting/phases.js';
import type { Locale, MeetingState } from '../domain/meeting/state.js';
import { meetingQuery, meetingWorkflowId } from '../workflows/contracts.js';
import type { ApiDeps } from './deps.js';
import { fromEngine, isGone } from './engine-errors.js';
import { problem, toProblem, unavailable } from './errors.js';
import { isMeetingId } from './ids.js';
import { patiently, Shared } from './patience.js';

export interface Loaded {
  state: MeetingState;
  /** Workflow time; of an ended meeting its end, of a stale answer the wall clock. */
  now: Instant;
  stale: boolean;
}

/** What a request needs to know of a meeting before its command: neither changes often, the zone never. */
export interface MeetingFrame {
  zone: ZoneData;
  locale: Locale;
  /** H10: who may not see it learns nothing, not even its zone. */
  confidential?: boolean | undefined;
}

const queryMs = 2_500;
/** Milliseconds by which clocks of several machines may differ. */
const skewMs = 1_000;
const frameMs = 30_000;
const mostFrames = 5_000;

export class Meetings {
  private readonly asked = new Shared<{ state: MeetingState; now: Instant }>();
  private readonly frames = new Map<string, { frame: MeetingFrame; until: number }>();

  constructor(private readonly deps: Pick<ApiDeps, 'client' | 'archive' | 'clock'>) {}

  /** Throws 404; 503 only when neither workflow nor archive answers. */
  async load(id: string): Promise<Loaded> {
    if (!isMeetingId(id)) problem('NotFound', 'meeting.unknown', '', { id });
    const loaded = (await this.query(id)) ?? (await this.ended(id));
    this.remember(loaded.state);
    return loaded;
  }

  /** As it is now, to act on: 503 when only the archive answers. */
  async live(id: string): Promise<Loaded> {
    const loaded = await this.load(id);
    if (loaded.stale) throw unavailable('http.noWorker', 5);
    return loaded;
  }

  /**
   * The meeting's zone and language, asked for once in a while; of the archive first, which answers at once even when no
   * worker does, so that the command's own deadline is the only one.
   */
  async frame(id: string): Promise<MeetingFrame> {
    const known = this.frames.get(id);
    if (known !== undefined && known.until > this.deps.clock()) return known.frame;
    if (!isMeetingId(id)) problem('NotFound', 'meeting.unknown', '', { id });
    const state = await this.deps.archive.view.meeting(id).catch(() => null);
    if (state === null) return (await this.load(id)).state;
    this.remember(state);
    return state;
  }

  /** After a change of what a frame holds. */
  forget(id: string): void {
    this.frames.delete(id);
  }

  /** What the archive has of a meeting whose workflow is over. */
  async endedPhase(id: string): Promise<{ phase: MeetingState['phase']; zone: ZoneData } | undefined> {
    const state = await this.deps.archive.view.meeting(id);
    return state === null ? undefined : { phase: state.phase, zone: state.zone };
  }

  /** Undefined: there is no open workflow. */
  private async query(id: string): Promise<Loaded | undefined> {
    const { client } = this.deps;
    try {
      const handle = client.workflow.getHandle(meetingWorkflowId(id));
      const ask = async () => {
        const { state, now } = await patiently(client, queryMs, () => handle.query(meetingQuery));
        return { state, now: await this.nowOf(id, now) };
      };
      return { ...(await this.asked.ask(id, ask)), stale: false };
    } catch (error) {
      if (isGone(error) || error instanceof QueryRejectedError) return undefined;
      return this.stale(id, error);
    }
  }

  /**
   * A query is answered as of the last thing that happened in the meeting; the clock has gone on since. One that was
   * fast-forwarded lives ahead of the wall clock, and only the server knows how far.
   */
  private async nowOf(id: string, last: Instant): Promise<Instant> {
    const { client, clock } = this.deps;
    const wall = clock();
    if (last <= wall + skewMs) return Math.max(last, wall);
    try {
      const handle = client.workflow.getHandle(meetingWorkflowId(id));
      const { raw } = await patiently(client, queryMs, () => handle.describe());
      const ahead = raw.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
      return ahead ? Math.max(last, tsToMs(ahead)) : last;
    } catch {
      return last;
    }
  }

  /** Nobody answers: what the archive knows, said to be stale. */
  private async stale(id: string, error: unknown): Promise<Loaded> {
    const state = await this.deps.archive.view.meeting(id);
    if (state === null) throw toProblem(fromEngine(error));
    return this.archived(state, !isEnded(state.phase));
  }

  private async ended(id: string): Promise<Loaded> {
    const state = await this.deps.archive.view.meeting(id);
    return state === null ? problem('NotFound', 'meeting.unknown', '', { id }) : this.archived(state, false);
  }

  private archived(state: MeetingState, stale: boolean): Loaded {
    return { state, now: stale ? this.deps.clock() : (state.endedAt ?? this.deps.clock()), stale };
  }

  private remember({ id, zone, locale, confidential }: MeetingState): void {
    if (this.frames.size >= mostFrames) this.frames.clear();
    this.frames.set(id, { frame: { zone, locale, confidential }, until: this.deps.clock() + frameMs });
  }
}
