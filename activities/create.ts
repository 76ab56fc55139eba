import { activityInfo, ApplicationFailure, heartbeat, sleep } from '@temporalio/activity';
import { renderMail } from '../render/mail/index.js';
import { noChat } from './chat/create.js';
import type { Chat } from './chat/create.js';
import { ChatsWait, sendChats } from './chat/send-chats.js';
import type { Activities } from './index.js';
import { knowledgeRound } from './knowledge/care.js';
import { sendKnowledgeReviews } from './knowledge/send-reviews.js';
import { sendDigests } from './mail/digest.js';
import { sendMails } from './mail/send-mails.js';
import type { MailDeps } from './mail/send-mails.js';
import { dueNorms, makeNorms } from './norms/make-norms.js';
import { sendNorms } from './norms/send-norms.js';
import type { Ports } from './ports.js';
import type { Planning } from './plan-series.js';
import { createRecordActivities } from './records.js';
import { dueReview, makeReview } from './review/make-review.js';
import { sendReview } from './review/send-review.js';

export type ActivityDeps = { ports: Ports; planning?: Planning; chat?: Chat } & Pick<
  MailDeps,
  'links' | 'from' | 'trialTo' | 'log'
>;

/** All activities of a worker, on what is passed in. */
export function createActivities({ ports, planning, chat = noChat, ...mail }: ActivityDeps): Activities {
  const deps: MailDeps = {
    ...mail,
    ports,
    chat,
    render: renderMail,
    heartbeat: (done) => heartbeat(done),
    sinceScheduledMs,
    sleep: (ms) => sleep(ms),
  };
  return {
    ...createRecordActivities(ports, planning),
    sendMails: (job) => alive(() => sendMails(deps, job)),
    sendChats: (job) => alive(() => sendChats(deps, job)).catch(waiting),
    sendDigests: (job) => alive(() => sendDigests({ ...deps, ports }, job)),
    dueReview: (scheduledAt) => {
      const quarter = dueReview(reviewing(planning), scheduledAt);
      return Promise.resolve(quarter === undefined ? {} : { quarter });
    },
    makeReview: (quarter) => alive(() => makeReview(ports, reviewing(planning), quarter)),
    dueNorms: (scheduledAt) => {
      const year = dueNorms(reviewing(planning), scheduledAt);
      return Promise.resolve(year === undefined ? {} : { year });
    },
    makeNorms: (job) => alive(() => makeNorms(ports, reviewing(planning), job)),
    sendNorms: (job) => alive(() => sendNorms({ ...deps, ports, planning: reviewing(planning) }, job)),
    knowledgeRound: (now) => alive(() => knowledgeRound(ports, reviewing(planning), now)),
    sendKnowledgeReviews: (job) =>
      alive(() => sendKnowledgeReviews({ ...deps, ports, planning: reviewing(planning) }, job)),
    sendReview: (job) => alive(() => sendReview({ ...deps, ports, planning: reviewing(planning) }, job)),
  };
}

/** What knows when to try again says so; the engine keeps the time. */
function waiting(error: unknown): never {
  if (!(error instanceof ChatsWait) || error.afterMs === undefined) throw error;
  throw ApplicationFailure.create({ message: error.message, type: error.name, nextRetryDelay: error.afterMs });
}

/** By the engine's clock alone, which may run ahead of this machine's (time travel). */
function sinceScheduledMs(): number {
  const { currentAttemptScheduledTimestampMs, scheduledTimestampMs } = activityInfo();
  return currentAttemptScheduledTimestampMs - scheduledTimestampMs;
}

const beatMs = 4_000;

/** A slow mail server is no dead worker: tells the engine so while the work lasts. */
async function alive<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => heartbeat(), beatMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

function reviewing(planning: Planning | undefined): Planning {
  if (planning === undefined) throw new Error('this worker makes no reviews');
  return planning;
}
