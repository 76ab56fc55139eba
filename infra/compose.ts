/** Where the layers become processes: the one file that knows all of them. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, QueryRejectCondition } from '@temporalio/client';
import type { ApiDeps } from '../api/deps.js';
import { createChat, reachedBy } from '../activities/chat/create.js';
import { createSharer } from '../activities/chat/share.js';
import { createActivities } from '../activities/create.js';
import { createSmtpTransport } from '../activities/mail/smtp-transport.js';
import { upsertNormsSchedule } from '../api/norms/schedule.js';
import { upsertKnowledgeSchedule } from '../api/knowledge-schedule.js';
import { upsertReviewSchedule } from '../api/reviews/schedule.js';
import { upsertSchedules } from '../api/series/schedules.js';
import type { Archive } from '../archive/open.js';
import { openArchive } from '../archive/open.js';
import { openStore } from '../archive/store/open.js';
import { createLinks } from '../render/links.js';
import { searchAttributes, taskQueue } from '../workflows/contracts.js';
import { buildServer } from '../web/server.js';
import type { Composition, Connected, Context } from './parts.js';
import { startReplies } from './replies/start.js';
import { startWorker } from './worker.js';

/** Beside the compiled code (infra/build-archive.ts); a checkout that was never built has none. */
const templates = fileURLToPath(new URL('../archive-templates', import.meta.url));

export const composition: Composition<Archive> = {
  searchAttributes,

  openArchive({ config, log }: Context) {
    const databaseUrl = config.databaseUrl;
    return openArchive({
      ...(databaseUrl === undefined
        ? { dataDir: path.join(config.dataFolder, 'archive'), templates }
        : { databaseUrl }),
      chats: reachedBy(config.chat),
      log: (level, message, detail) => log[level](detail ?? {}, message),
    });
  },

  async startApi(context, archive, port) {
    const { config, secrets, log, registry, temporal } = context;
    const { connection } = temporal.client;
    const sharing = sharingOf(context, archive);
    const deps: ApiDeps = {
      client: new Client({
        connection,
        namespace: config.temporal.namespace,
        workflow: { queryRejectCondition: QueryRejectCondition.NOT_OPEN },
      }),
      archive,
      links: linksOf(context),
      sharer: sharing.sharer,
      files: await openStore(config.filesUrl),
      config: {
        publicUrl: context.publicUrl,
        timeZone: config.timeZone,
        locale: config.locale,
        calendar: config.calendar,
        adminKey: secrets.adminKey,
        secrets: secrets.secrets,
        temporalUiUrl: context.temporalUiUrl,
        from: config.mail.from,
        trustProxy: config.trustProxy,
        timeTravel: config.timeTravel,
      },
      norms: (at) => archive.norms.at(at),
      log,
      taskQueue,
      clock: Date.now,
      metrics: registry,
    };
    const app = await buildServer(deps);
    const url = await app.listen({ host: config.host, port });
    schedule(context, archive);
    const replies = await startReplies(config, deps).catch(async (error: unknown) => {
      await app.close();
      throw error;
    });
    return {
      url,
      stop: async () => {
        await replies.stop();
        await app.close();
        sharing.stop();
      },
    };
  },

  async startWorker(context, archive) {
    const { config, log, temporal, smtpUrl } = context;
    if (smtpUrl === undefined) throw new Error('A worker needs SMTP_URL');
    const transport = createSmtpTransport({ url: smtpUrl, from: config.mail.from, dkim: config.mail.dkim });
    const worker = await startWorker({
      native: temporal.native,
      namespace: config.temporal.namespace,
      taskQueue,
      activities: createActivities({
        ports: { ...archive, transport },
        planning: {
          norms: (at) => archive.norms.at(at),
          calendar: config.calendar,
          timeZone: config.timeZone,
          locale: config.locale,
        },
        links: linksOf(context),
        chat: createChat(config.chat),
        from: config.mail.from,
        trialTo: config.mail.trialTo,
        log,
      }),
    });
    schedule(context, archive);
    // R1: meetings of before the facts that reviews count.
    inBackground(log, 'the facts of older meetings were not filled in', archive.reviews.catchUp());
    // R5: meetings of before the knowledge base, or that were written past it.
    inBackground(log, 'the knowledge base was not brought up to date', archive.knowledge.catchUp());
    return {
      ended: worker.ended,
      stop: async () => {
        await worker.stop();
        transport.close();
      },
    };
  },
};

/** S1, R1, R5, Y1: schedules that were lost, or never made, are there again after the next start of any process. */
function schedule({ config, temporal: { client }, log }: Connected, archive: Archive): void {
  inBackground(log, 'schedules of series were not brought up to date', upsertSchedules(client, archive, taskQueue));
  const review = upsertReviewSchedule(client, config.timeZone, taskQueue);
  inBackground(log, 'the schedule of the quarterly review was not brought up to date', review);
  const yearly = upsertNormsSchedule(client, config.timeZone, taskQueue);
  inBackground(log, 'the schedule of the yearly look at the norms was not brought up to date', yearly);
  const care = upsertKnowledgeSchedule(client, config.timeZone, taskQueue);
  inBackground(log, 'the schedule of the knowledge base was not brought up to date', care);
}

/** What nobody waits for, and the next start does again. */
function inBackground(log: Connected['log'], failure: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, failure));
}

function linksOf({ secrets, publicUrl }: Connected): ReturnType<typeof createLinks> {
  return createLinks({ secrets: secrets.secrets, publicUrl });
}

/** F7: groups; in trial mode (H9) a mail server takes their place, and without one nothing can be shared. */
function sharingOf({ config, smtpUrl, log }: Connected, archive: Archive) {
  const { from, trialTo, dkim } = config.mail;
  const transport =
    trialTo === undefined || smtpUrl === undefined ? undefined : createSmtpTransport({ url: smtpUrl, from, dkim });
  const { groups } = createChat(config.chat);
  const offered = trialTo !== undefined && transport === undefined ? new Map<never, never>() : groups;
  const trial = trialTo && transport && { to: trialTo, transport };
  return {
    sharer: createSharer({ groups: offered, claims: archive.claims, from, log, trial }),
    stop: () => transport?.close(),
  };
}
