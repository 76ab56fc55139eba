import type { MailEffect } from '../domain/meeting/effects.js';
import type { MeetingState, PersonId } from '../domain/meeting/state.js';
import type { Quarter } from '../domain/review/report.js';
import type { MadeNorms } from '../archive/norm-look.js';
import type { NormsMailJob } from './norms/send-norms.js';
import type { KnowledgeRound } from './knowledge/care.js';
import type { KnowledgeMailJob } from './knowledge/send-reviews.js';
import type { createRecordActivities } from './records.js';
import type { MadeReview } from './review/make-review.js';
import type { ReviewMailJob } from './review/send-review.js';

/** One activity per mail effect: everyone it goes to. */
export interface MailJob {
  effect: MailEffect;
  /** The snapshot that the text is built from. */
  state: MeetingState;
  /** Workflow time at the hand-over. */
  now: number;
  /** F7: of a message that was left over: milliseconds between the hand-over and its own activity. */
  waitedMs?: number;
}

/** H2: the digests of one day, of the people of one meeting. */
export interface DigestJob {
  /** The meeting as it is at the hand-over. */
  state: MeetingState;
  slot: number;
  now: number;
}

/** How it went; for a survey reminder nothing that says who had answered. */
export interface MailSummary {
  sent: number;
  failed: number;
  skipped: number;
  /** H2: who has unsubscribed from such mails; to be put into the digest. */
  digestOnly?: PersonId[];
  /** F7: whose message is not settled: it waits for the morning (H1), or the chat is away. */
  chats?: PersonId[];
}

/** Everything that the workflows may have done outside. */
export type Activities = ReturnType<typeof createRecordActivities> & {
  sendMails(job: MailJob): Promise<MailSummary>;
  /** F7: what `sendMails` left over, until it is settled. */
  sendChats(job: MailJob): Promise<void>;
  sendDigests(job: DigestJob): Promise<MailSummary>;
  /** R1: the quarter that is reviewed at a scheduled time, if any. */
  dueReview(scheduledAt: number): Promise<{ quarter?: Quarter }>;
  makeReview(quarter: Quarter): Promise<MadeReview>;
  sendReview(job: ReviewMailJob): Promise<MailSummary>;
  /** Y1: the year that is looked at, at a scheduled time, if any. */
  dueNorms(scheduledAt: number): Promise<{ year?: number }>;
  makeNorms(job: { year: number; now: number }): Promise<MadeNorms>;
  sendNorms(job: NormsMailJob): Promise<MailSummary & { open: number }>;
  /** R5 */
  knowledgeRound(now: number): Promise<KnowledgeRound>;
  sendKnowledgeReviews(job: KnowledgeMailJob): Promise<MailSummary>;
};
