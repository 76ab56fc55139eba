/** Everything the HTTP side needs from outside, passed in (design §2: configuration is passed, never imported). */
import type { Client } from '@temporalio/client';
import type { FastifyBaseLogger } from 'fastify';
import type { Registry } from 'prom-client';
import type { Sharer } from '../activities/chat/share.js';
import type { Archive } from '../archive/open.js';
import type { FileStore } from '../archive/store/store.js';
import type { Instant, WorkingCalendar } from '../domain/calendar/index.js';
import type { Locale } from '../domain/meeting/state.js';
import type { Norms } from '../domain/norms.js';
import type { Links } from '../render/links.js';

/** What the API asks of the archive; boxes are opened and closed by the workflow. */
export type ApiArchive = Pick<
  Archive,
  | 'directory'
  | 'assistants'
  | 'imports'
  | 'keys'
  | 'claims'
  | 'invitations'
  | 'calendarReplies'
  | 'calendarFeeds'
  | 'coordinators'
  | 'ownData'
  | 'exports'
  | 'ballots'
  | 'surveys'
  | 'minutes'
  | 'analyses'
  | 'inputs'
  | 'audit'
  | 'view'
  | 'feed'
  | 'files'
  | 'stories'
  | 'knowledge'
  | 'knowledgeCare'
  | 'repeats'
  | 'changes'
  | 'backlog'
  | 'series'
  | 'ping'
  | 'standing'
  | 'norms'
  | 'normProposals'
  | 'reviews'
  | 'dashboard'
  | 'proposals'
>;

export interface ApiConfig {
  /** Where people reach this server, without a slash at the end. */
  publicUrl: string;
  /** Defaults of the organisation. */
  timeZone: string;
  locale: Locale;
  calendar: WorkingCalendar;
  adminKey: string;
  /** Newest first: makes the ids of repeated creations. */
  secrets: string[];
  /** Our From address: the organizer of calendar objects. */
  from?: { name: string; address: string } | undefined;
  temporalUiUrl?: string | undefined;
  /** R1: clocks are pushed, so that a quarter may be over before it is on the wall: any may be reviewed. */
  timeTravel?: boolean | undefined;
  /** Addresses of reverse proxies whose X-Forwarded-For is believed. */
  trustProxy?: string[] | undefined;
  /** Forms and failed logins per minute and address; default 600. */
  ratePerMinute?: number | undefined;
  /** How far the event loop may lag before requests are sent away (503) to keep those under way alive; default 3,000 ms, 0: never. */
  busyAfterMs?: number | undefined;
}

export interface ApiDeps {
  /** Made with `workflow: {queryRejectCondition: NOT_OPEN}`, so that an ended meeting is read from the archive at once. */
  client: Client;
  archive: ApiArchive;
  links: Links;
  /** F7: the groups that people may share their words to; unset: none. */
  sharer?: Sharer | undefined;
  /** Where the bytes of materials lie (P8). */
  files: FileStore;
  config: ApiConfig;
  /** Y1: the norms in force at a moment; a meeting takes its copy. */
  norms(at: Instant): Promise<Norms>;
  log: FastifyBaseLogger;
  taskQueue: string;
  /** The only wall clock, epoch milliseconds: creation, sessions and rate limits. */
  clock(): number;
  metrics?: Registry | undefined;
  /** Shorter in tests. */
  commandDeadlineMs?: number | undefined;
  /** Fewer in tests. */
  mostListeners?: number | undefined;
}
