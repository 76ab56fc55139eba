/** What waits for an agenda, what earlier meetings did about a topic, and the series they belong to (F4, S1). */
import type { Instant } from '../../domain/calendar/index.js';
import type { BacklogTopic, HeldMeeting, TakenTopic, TopicAction } from '../../domain/meeting/effects.js';
import type { FollowUp } from '../../domain/series/follow-up.js';
import type { SeriesPlan } from '../../domain/series/plan.js';
import type { DepartmentId, LastChoice, OffAgenda, MeetingId, TopicId } from '../../domain/meeting/state.js';

/** F4: other meetings that had these topics and started before `before`, what is followed up of them, what was chosen last. */
export interface TopicHistoryPort {
  of(
    topicIds: TopicId[],
    meetingId: MeetingId,
    before: Instant,
  ): Promise<{
    meetings: (HeldMeeting & { topicId: TopicId })[];
    actions: TopicAction[];
    choices: Record<TopicId, LastChoice>;
  }>;
  /** S1: topics of earlier meetings of a series whose actions are still open, none confidential; and those meetings. */
  openInSeries(
    seriesId: string,
    meetingId: MeetingId,
    before: Instant,
  ): Promise<{ topics: ({ topicId: TopicId } & OffAgenda)[]; meetings: HeldMeeting[] }>;
}

export interface BacklogPort {
  /**
   * Takes back what waits of these topics, whoever left it last. Answers which of them are another meeting's by now: taken,
   * or settled since. Again → the same.
   */
  withdraw(meetingId: MeetingId, topics: TopicId[]): Promise<TopicId[]>;
  /**
   * Keyed by topicId: again → the same row; a topic that another meeting has taken stays with it. `ended`: the meeting is
   * over; of what it had taken, `done` is settled and the rest goes back. After that, what it asked for earlier and comes
   * late changes nothing.
   */
  put(meetingId: MeetingId, at: Instant, topics: BacklogTopic[], ended?: { done: TopicId[] }): Promise<void>;
  /**
   * Atomic: topics of the series, and those named, that no meeting has taken are this meeting's now. Answers everything it
   * holds, so that a repeat gets the same. A meeting that has ended gets nothing.
   */
  take(meetingId: MeetingId, at: Instant, wanted: Wanted): Promise<TakenTopic[]>;
  /** Design §3, Carry-over: what waits without a series for this department's next host; nothing confidential (H10). */
  offered(department: DepartmentId): Promise<BacklogTopic[]>;
}

/** What a meeting wants of the backlog. */
export interface Wanted {
  seriesId?: string | undefined;
  topicIds: TopicId[];
  except: TopicId[];
}

/** Series as the planning of their meetings needs them. */
export interface SeriesPort {
  /** Null: unknown, or ended. */
  active(id: string): Promise<SeriesPlan | null>;
  /** Those of these meetings that exist already. */
  made(ids: MeetingId[]): Promise<MeetingId[]>;
  /** The meeting of the series that was held last before this start. */
  heldBefore(seriesId: string, meetingId: MeetingId, startsAt: Instant): Promise<MeetingId | null>;
  /**
   * Actions of a held meeting, and what is still open of earlier ones of its series, for the follow-up in the next one.
   * Null: no such meeting.
   */
  followUp(meetingId: MeetingId): Promise<FollowUp | null>;
}
