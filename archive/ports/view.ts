/** What is shown of a meeting, and who did what. */
import type { Instant } from '../../domain/calendar/index.js';
import type { MeetingId, MeetingState, PersonId } from '../../domain/meeting/state.js';

/**
 * One burst of what changed, one transaction. An older burst never overwrites a newer row: without `told` rows are compared
 * by revision; with it by the moment first, since what a lost task wrote may have a higher revision than what happened.
 */
export interface Burst {
  state: MeetingState;
  audit: AuditEntry[];
  told?: {
    /** Never less than in an earlier burst of the same meeting. */
    at: Instant;
    /** The engine's id of the workflow run. */
    run: string;
    /** All up to this revision is known to be written; what the run wrote beyond it was a task that was lost. */
    after: number;
  };
}

export interface AuditEntry {
  meetingId: MeetingId;
  revision: number;
  at: Instant;
  /** Command, timer or reply name. */
  event: string;
  person?: PersonId;
  key?: string;
  via: 'api' | 'link' | 'calendar' | 'clock' | 'engine';
  /** Set when somebody spoke for another (H8, act-as). */
  onBehalfOf?: PersonId;
  ref?: string;
}

export interface ViewPort {
  write(burst: Burst): Promise<void>;
  /** As of its last burst. */
  meeting(id: MeetingId): Promise<MeetingState | null>;
}
