/**
 * R1: the review by mail: the whole to executives, their departments to heads, and to who organises a series what is proposed
 * for it (R2). Claimed per person and quarter before sending,
 * so that a review that is run twice, or killed in the middle, is mailed once.
 */
import pLimit from 'p-limit';
import { zoneAround } from '../../archive/review-input.js';
import { toLocal } from '../../domain/calendar/index.js';
import type { Locale, PersonId } from '../../domain/meeting/state.js';
import { leadsPmo, readersOf, reviewFor, type Audience } from '../../domain/review/audience.js';
import { departmentsIn, peopleIn } from '../../domain/review/names.js';
import type { Proposal } from '../../domain/review/proposals.js';
import type { Quarter, ReviewReport } from '../../domain/review/report.js';
import { domainOf, trialSubject } from '../../render/mail/index.js';
import { nameIn, namesIn } from '../../render/names.js';
import { reviewMail, rowsUrl, type RowsOf } from '../../render/review/index.js';
import type { MailSummary } from '../index.js';
import { withMailboxes } from '../mail/cast.js';
import type { MailDeps } from '../mail/deps.js';
import { messageIdOf } from '../mail/message-id.js';
import { giveUpMs } from '../mail/moot.js';
import { reasonOf } from '../mail/reasons.js';
import { TryAgain } from '../mail/send-mails.js';
import { sentForSure } from '../mail/sent.js';
import type { Planning } from '../plan-series.js';
import type { Department, MailKey, Person, Ports } from '../ports.js';
import { MailRefused } from '../ports.js';
import { answerersIn } from './deciding.js';

const atOnce = 4;

export type ReviewMailDeps = Omit<MailDeps, 'ports' | 'render' | 'chat'> & {
  ports: Pick<Ports, 'directory' | 'claims' | 'transport' | 'reviews' | 'series'>;
  planning: Planning;
};

export interface ReviewMailJob {
  quarter: Quarter;
  /** Workflow time. */
  now: number;
}

interface Cast {
  report: ReviewReport;
  people: Person[];
  departments: Department[];
  /** R2 */
  mayAnswer(person: PersonId, proposal: Proposal): boolean;
}

interface Reader {
  person: PersonId;
  audience: Audience;
}

export async function sendReview(deps: ReviewMailDeps, job: ReviewMailJob): Promise<MailSummary> {
  const { ports, planning } = deps;
  const report = await ports.reviews.find(job.quarter);
  if (report === null) throw new Error('there is no such review');
  const today = toLocal(zoneAround(planning.timeZone, job.now), job.now).date;
  const leaders = await ports.reviews.leaders(today);
  const { pmo } = await planning.norms(job.now);
  const answerers = await answerersIn(ports, report.proposals);
  const readers = withAnswerers(readersOf(report, leaders, pmo), [...answerers.values()].flat());
  const known = await ports.directory.people([...new Set([...readers.map((r) => r.person), ...peopleIn(report)])]);
  const people = await withMailboxes(
    ports,
    known,
    readers.map((r) => r.person),
  );
  const cast: Cast = {
    ...{ report, people, departments: await ports.directory.departments(departmentsIn(report)) },
    mayAnswer: (person, { id }) => answerers.get(id)?.includes(person) === true || leadsPmo(person, leaders, pmo),
  };
  const summary: MailSummary = { sent: 0, failed: 0, skipped: 0 };
  const limit = pLimit(atOnce);
  let later = 0;
  const one = async ({ person, audience }: Reader): Promise<void> => {
    const outcome = await sendTo(deps, job, cast, { person, audience }).catch((error: unknown) => {
      deps.log.warn({ mail: 'review', person, reason: reasonOf(error) }, 'a mail waits');
      return 'later' as const;
    });
    if (outcome === 'later') later++;
    else summary[outcome]++;
    deps.heartbeat(summary.sent + summary.failed + summary.skipped + later);
  };
  await Promise.all(readers.map((reader) => limit(() => one(reader))));
  if (later > 0) throw new TryAgain('some readers of the review are not reached yet');
  return summary;
}

/** R2: who reads no reviews, but has something to answer. */
function withAnswerers(readers: Reader[], answerers: PersonId[]): Reader[] {
  const others = [...new Set(answerers)].filter((p) => !readers.some((r) => r.person === p)).sort();
  return [...readers, ...others.map((person) => ({ person, audience: { departments: [], person } }))];
}

async function sendTo(
  deps: ReviewMailDeps,
  { quarter, now }: ReviewMailJob,
  cast: Cast,
  { person, audience }: Reader,
): Promise<'sent' | 'failed' | 'skipped' | 'later'> {
  const { ports, from } = deps;
  const key: MailKey = { meetingId: '', kind: 'review', person, occasion: quarter };
  const messageId = messageIdOf(key, domainOf(from.address));
  const reader = cast.people.find((p) => p.id === person);
  if ((await ports.claims.claim(key, now, messageId)) === 'done') return 'skipped';
  if (reader?.email === undefined) {
    await ports.claims.markFailed(key, now, 'noChannel');
    return 'failed';
  }
  const mail = await written(deps, cast, reader, audience, { quarter, now });
  try {
    await ports.transport.send({ ...addressed(deps, { ...reader, email: reader.email }, mail), messageId });
  } catch (error) {
    const refused = error instanceof MailRefused;
    if (!refused && deps.sinceScheduledMs() < giveUpMs) return 'later';
    await ports.claims.markFailed(key, now, `${refused ? 'refused' : 'gaveUp'} ${reasonOf(error)}`);
    return 'failed';
  }
  await sentForSure(deps, key, now);
  return 'sent';
}

type Written = Pick<Awaited<ReturnType<typeof reviewMail>>, 'subject' | 'text' | 'html' | 'headers'> & {
  locale: Locale;
};

async function written(
  { links, planning }: ReviewMailDeps,
  cast: Cast,
  reader: Person,
  audience: Audience,
  { quarter, now }: ReviewMailJob,
): Promise<Written> {
  const { report, people, departments } = cast;
  const locale = reader.locale ?? planning.locale;
  const by = reader.through === undefined ? {} : { by: reader.through };
  const reviewUrl = await links.url({ purpose: 'review', person: reader.id, meeting: quarter, ...by }, now);
  const names = namesIn(locale, people, departments);
  const scope = audience.departments === 'all' ? ('organisation' as const) : audience.departments;
  const mine = report.proposals.filter((p) => cast.mayAnswer(reader.id, p));
  const urls = await decidingUrls({ links, now }, report.quarter, reader, mine);
  const find = (rows: RowsOf): string | undefined =>
    rows.of === 'proposal'
      ? urls.get(rows.proposalId)
      : rowsUrl(rows, quarter, (q) => (q === quarter ? reviewUrl : undefined));
  const own = reviewFor(report, audience, mine);
  return { ...(await reviewMail(own, scope, { locale, names, reviewUrl, links: find })), locale };
}

/** H6: what somebody is to decide is not handed on: there is no link for an assistant's mailbox. */
async function decidingUrls(
  { links, now }: Pick<ReviewMailDeps, 'links'> & { now: number },
  quarter: Quarter,
  { id: person, through }: Person,
  proposals: Proposal[],
): Promise<Map<string, string>> {
  if (through !== undefined) return new Map();
  const claims = proposals.map(({ id: ref }) => ({ purpose: 'proposal' as const, person, meeting: quarter, ref }));
  return new Map(await Promise.all(claims.map(async (c) => [c.ref, await links.url(c, now)] as const)));
}

/** H9: in trial mode everything goes to one address, marked with whom it was for. */
function addressed({ trialTo }: ReviewMailDeps, reader: Person & { email: string }, mail: Written) {
  const to = { name: nameIn(mail.locale, reader), address: reader.email };
  const { locale, subject, ...rest } = mail;
  if (trialTo === undefined) return { ...rest, to, subject };
  return { ...rest, to: trialTo, subject: trialSubject(locale, to, subject) };
}
