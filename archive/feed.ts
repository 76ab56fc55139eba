import type { Instant } from '../domain/calendar/index.js';
import type { MeetingId, Phase } from '../domain/meeting/state.js';
import type { Driver } from './driver.js';
import type { AuditEntry } from './ports.js';

/** One revision of a meeting: what was done, by whom, about what. Ids and codes only. */
export type FeedEntry = Omit<AuditEntry, 'meetingId'>;

/** Where a meeting stands in the archive, and what led there. */
export interface Standing {
  revision: number;
  phase: Phase;
  /** Workflow time of the last burst. */
  at: Instant;
  /** From `after` on (itself included, to compare), in order; a reset leaves several of one revision. */
  entries: FeedEntry[];
}

/** What the live feed reads (design §4), in one statement, so that row and audit belong together. */
export interface FeedReads {
  /** Null: the archive does not know the meeting (yet). At most `limit` revisions. */
  since(meetingId: MeetingId, after: number, limit: number): Promise<Standing | null>;
  /** Which of these meetings are at which revision. */
  revisions(meetingIds: MeetingId[]): Promise<{ meetingId: MeetingId; revision: number }[]>;
}

const sinceStatement = {
  name: 'feed_since',
  text: `select json_build_object('revision', m.revision, 'phase', m.phase, 'at', m.at, 'entries', coalesce((
      select json_agg(json_strip_nulls(json_build_object('revision', a.revision, 'at', a.at, 'event', a.event,
        'person', a.person, 'key', a.key, 'via', a.via, 'onBehalfOf', a.on_behalf_of, 'ref', a.ref))
        order by a.revision, a.at, a.event)
      from record.audit a where a.meeting_id = m.id and a.revision between $2 and $3), '[]'::json)) as found
    from view.meetings m where m.id = $1`,
};

const revisionsStatement = {
  name: 'feed_revisions',
  text: `select m.id as "meetingId", m.revision from view.meetings m where m.id = any($1::text[])`,
};

export function createFeedReads(driver: Driver): FeedReads {
  return {
    async since(meetingId, after, limit) {
      const [row] = await driver.run(sinceStatement, [meetingId, after, Math.min(after + limit, 2_000_000_000)]);
      return (row?.['found'] as Standing | undefined) ?? null;
    },
    async revisions(meetingIds) {
      return (await driver.run(revisionsStatement, [meetingIds])) as { meetingId: string; revision: number }[];
    },
  };
}
