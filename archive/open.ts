import { sql } from 'drizzle-orm';
import { createAnalyses, type AnalysesPort } from './analyses.js';
import { createAssistants, type Assistants } from './assistants.js';
import { createAudit, type Audit } from './audit.js';
import { createBacklog, type Backlog } from './backlog.js';
import { createBallots, type Ballots } from './ballots.js';
import { Changes } from './changes.js';
import { createCalendarFeeds, type CalendarFeeds } from './calendar-feeds.js';
import { createCalendarReplies, type CalendarReplies } from './calendar-replies.js';
import { createDashboard, type Dashboard } from './dashboard.js';
import { createDigests } from './digests.js';
import { createDirectory, type Directory } from './directory.js';
import type { Db, Driver, Log } from './driver.js';
import { ArchiveError, guarded, redacted } from './errors.js';
import { createExports, type Exports } from './export.js';
import { createFeedReads, type FeedReads } from './feed.js';
import { createFiles, type Files } from './files.js';
import { createImports, type Imports } from './imports.js';
import { createInvitations } from './invitations.js';
import { createKeys, type Keys } from './keys.js';
import { createClaims, type Claims } from './mail.js';
import { migrate } from './migrate.js';
import { createCoordinators, type Coordinators } from './coordinators.js';
import { createInputs } from './inputs.js';
import { createKnowledge, type Knowledge } from './knowledge.js';
import { createKnowledgeCare, type KnowledgeCare } from './knowledge-care.js';
import { withKnowledgeOf } from './knowledge-stories.js';
import { createRepeats, type Repeats } from './repeats.js';
import { createKnowledgeIndex, withKnowledge } from './knowledge-index.js';
import { createMinutes } from './minutes.js';
import { createNorms, type NormsArchive } from './norms.js';
import { createProposals, type Proposals } from './proposals.js';
import { createNormProposals, type NormProposals } from './norm-proposals.js';
import type { DigestPort, InputsPort, InvitationPort, MinutesPort, TopicHistoryPort } from './ports.js';
import { createReviews, type Reviews } from './reviews.js';
import { createOwnData, type OwnData } from './own-data.js';
import { createScrub } from './scrub.js';
import { createSeeding, type Seeding } from './seed.js';
import { createStories, type Stories } from './stories.js';
import { createSeries, type SeriesArchive } from './series.js';
import { createStanding, type Standing } from './standing.js';
import { createSurveys, type Surveys } from './surveys.js';
import { createTopicHistory } from './topic-history.js';
import { createView, type View } from './view.js';

export interface ArchiveOptions {
  /** PostgreSQL 15 or newer. Absent: PGlite in `dataDir`. */
  databaseUrl?: string;
  /** PGlite's folder, ours alone; `memory://` for tests. */
  dataDir?: string;
  /** Where the build keeps an empty database, from which a new folder is copied (template.ts). */
  templates?: string;
  /** Connections to PostgreSQL, besides one that listens. */
  poolSize?: number;
  log?: Log;
  /** H4: by which chats people are reached here; all unless said. */
  chats?: readonly string[];
}

/** The database, and everything that is asked of it. All errors are domain Refusals or ArchiveErrors without values. */
export interface Archive {
  kind: 'pglite' | 'postgres';
  db: Db;
  directory: Directory;
  assistants: Assistants;
  imports: Imports;
  keys: Keys;
  claims: Claims;
  invitations: InvitationPort;
  calendarReplies: CalendarReplies;
  calendarFeeds: CalendarFeeds;
  /** R4 */
  coordinators: Coordinators;
  ownData: OwnData;
  /** Everything, for whoever takes it elsewhere. */
  exports: Exports;
  digests: DigestPort;
  ballots: Ballots;
  surveys: Surveys;
  minutes: MinutesPort;
  analyses: AnalysesPort;
  inputs: InputsPort;
  files: Files;
  /** P9 */
  stories: Stories;
  /** R5 */
  knowledge: Knowledge;
  knowledgeCare: KnowledgeCare;
  /** R2 */
  repeats: Repeats;
  backlog: Backlog;
  series: SeriesArchive;
  /** R1 */
  reviews: Reviews;
  dashboard: Dashboard;
  standing: Standing;
  /** Y1 */
  norms: NormsArchive;
  normProposals: NormProposals;
  /** R2 */
  proposals: Proposals;
  topics: TopicHistoryPort;
  audit: Audit;
  view: View;
  /** For the live feed. */
  feed: FeedReads;
  changes: Changes;
  /** For generated data. */
  seeding: Seeding;
  /** Rejects when the database does not answer (readiness). */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Opens it and brings it to this version; any number of processes may do so at once on PostgreSQL. */
export async function openArchive(options: ArchiveOptions): Promise<Archive> {
  const log = options.log ?? (() => undefined);
  const driver = await openDriver(options, log);
  const changes = new Changes(driver, log);
  const scrub = createScrub(driver, log);
  const view = createView(driver, changes);
  try {
    await migrate(driver);
    await changes.listen();
    // A process that died between a close and its wiping left the wiping to us.
    await scrub.now('ballots');
    await scrub.now('surveys');
  } catch (error) {
    await driver.close().catch(() => undefined);
    throw redacted(error);
  }
  const [minutes, analyses] = [createMinutes(driver), createAnalyses(driver)];
  const index = createKnowledgeIndex(driver, { minutes, analyses });
  return {
    kind: driver.kind,
    db: driver.db,
    directory: guarded(createDirectory(driver, options.chats)),
    assistants: guarded(createAssistants(driver)),
    imports: guarded(createImports(driver)),
    keys: guarded(createKeys(driver)),
    claims: guarded(createClaims(driver)),
    invitations: guarded(createInvitations(driver)),
    calendarFeeds: guarded(createCalendarFeeds(driver)),
    coordinators: guarded(createCoordinators(driver)),
    ownData: guarded(createOwnData(driver)),
    exports: createExports(driver),
    calendarReplies: guarded(createCalendarReplies(driver)),
    digests: guarded(createDigests(driver)),
    ballots: guarded(createBallots(driver, scrub)),
    surveys: guarded(createSurveys(driver, scrub)),
    minutes: guarded(minutes),
    analyses: guarded(analyses),
    inputs: guarded(createInputs(driver)),
    files: guarded(createFiles(driver)),
    stories: guarded(withKnowledgeOf(createStories(driver), driver)),
    backlog: guarded(createBacklog(driver)),
    series: guarded(createSeries(driver)),
    reviews: guarded(createReviews(driver)),
    dashboard: guarded(createDashboard(driver)),
    standing: guarded(createStanding(driver)),
    norms: guarded(createNorms(driver)),
    normProposals: guarded(createNormProposals(driver)),
    proposals: guarded(createProposals(driver)),
    topics: guarded(createTopicHistory(driver)),
    audit: guarded(createAudit(driver)),
    view: guarded(withKnowledge(view, index, log)),
    knowledge: guarded(createKnowledge(driver, index)),
    knowledgeCare: guarded(createKnowledgeCare(driver)),
    repeats: guarded(createRepeats(driver)),
    feed: guarded(createFeedReads(driver)),
    changes,
    seeding: guarded(createSeeding(driver, view)),
    async ping() {
      await driver.db.execute(sql`select 1`).catch((error: unknown) => {
        throw redacted(error);
      });
    },
    async close() {
      scrub.stop();
      await changes.idle();
      await driver.close();
    },
  };
}

async function openDriver(options: ArchiveOptions, log: Log): Promise<Driver> {
  const { databaseUrl, dataDir, poolSize = 10, templates } = options;
  try {
    if (databaseUrl !== undefined)
      return await (await import('./driver-pg.js')).openPostgres(databaseUrl, poolSize, log);
    if (dataDir !== undefined) return await openFolder(dataDir, templates);
  } catch (error) {
    throw redacted(error);
  }
  throw new ArchiveError('archive.nowhere', 'Neither a database address nor a data folder was given.', false);
}

async function openFolder(dataDir: string, templates: string | undefined): Promise<Driver> {
  const { openPglite } = await import('./driver-pglite.js');
  if (templates === undefined) return openPglite(dataDir);
  const { copyTemplate } = await import('./template.js');
  return openPglite(dataDir, () => void copyTemplate(templates, dataDir));
}
